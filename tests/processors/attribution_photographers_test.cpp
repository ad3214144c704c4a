// Photographers named in running text, in ten languages.
#include "tests/processors/attribution_support.h"

namespace copytaster {
namespace {

using testing::AttributionTest;

struct Labelled {
  std::string_view language, text, photographer;
};

constexpr Labelled kPhotographers[] = {
    {"en", "Done.\n\nPhoto: Nora Whitcombe", "Nora Whitcombe"},
    {"en", "The bridge is open again (photo: Nora Whitcombe/City Press).", "Nora Whitcombe/City Press"},
    {"en", "Photos by Nora Whitcombe.", "Nora Whitcombe"},
    {"en", "What a day! Photo credit: Nora Whitcombe", "Nora Whitcombe"},
    {"en", "What a day! 📷 Nora Whitcombe", "Nora Whitcombe"},
    {"en", "The new hall. © 2022 Nora Whitcombe", "Nora Whitcombe"},
    {"fr", "C'est fait.\n\nCrédit photo : Maël Kervadec", "Maël Kervadec"},
    {"fr", "C'est fait. © Maël Kervadec", "Maël Kervadec"},
    {"fr", "C'est fait. Photo\u202f: Maël Kervadec / Ville de Lyon", "Maël Kervadec / Ville de Lyon"},
    {"uk", "Готово.\n\nФото: Олена Гнатюк", "Олена Гнатюк"},
    {"uk", "Готово. Світлини: Олена Гнатюк", "Олена Гнатюк"},
    {"uk", "Готово. Автор фото: Олена Гнатюк", "Олена Гнатюк"},
    {"de", "Fertig.\n\nFoto: Heike Stollberg", "Heike Stollberg"},
    {"de", "Fertig. (Foto: Stadt Kassel/Heike Stollberg)", "Stadt Kassel/Heike Stollberg"},
    {"de", "Fertig. Bildnachweis: Heike Stollberg", "Heike Stollberg"},
    {"de", "Fertig.\n\nFoto: Pressestelle der Stadt", "Pressestelle der Stadt"},
    {"de", "Fertig.\n\nFoto: dpa", "dpa"},
    {"en", "Done.\n\nPhoto: City council press office", "City council press office"},
    {"en", "Done.\n\nPhoto: Reuters", "Reuters"},
    {"uk", "Готово.\n\nФото: пресслужба міськради", "пресслужба міськради"},
    {"es", "Hecho.\n\nFoto: Lucía Bermejo", "Lucía Bermejo"},
    {"es", "Hecho. Fotografía de Lucía Bermejo.", "Lucía Bermejo"},
    {"it", "Fatto.\n\nFoto di Chiara Benassi", "Chiara Benassi"},
    {"it", "Fatto. Foto: Chiara Benassi", "Chiara Benassi"},
    {"pl", "Gotowe.\n\nFot. Zofia Maliszewska", "Zofia Maliszewska"},
    {"pl", "Gotowe. Zdjęcia: Zofia Maliszewska", "Zofia Maliszewska"},
    {"pt", "Feito.\n\nFoto: Inês Falcão", "Inês Falcão"},
    {"pt", "Feito. Fotografia de Inês Falcão.", "Inês Falcão"},
    {"nl", "Klaar.\n\nFoto: Sanne Verhulst", "Sanne Verhulst"},
    {"nl", "Klaar. Beeld: Sanne Verhulst", "Sanne Verhulst"},
    {"el", "Έτοιμο.\n\nΦωτογραφία: Ελένη Μαυρίδου", "Ελένη Μαυρίδου"},
    {"el", "Έτοιμο. Φωτό: Ελένη Μαυρίδου", "Ελένη Μαυρίδου"},
    {"en", "Elk on the road!\nShot by Nora Whitcombe", "Nora Whitcombe"},
    {"it", "Fatto.\n\nPh. Chiara Benassi", "Chiara Benassi"},
    {"it", "Fatto. Credit foto: Chiara Benassi", "Chiara Benassi"},
    {"pl", "Gotowe. Zdj. Zofia Maliszewska", "Zofia Maliszewska"},
    {"uk", "Готово.\nФото — Олена Гнатюк", "Олена Гнатюк"},
    {"en", "Done.\nPhoto - Nora Whitcombe", "Nora Whitcombe"},
    {"en", "Done. Photos by Nora Whitcombe and Tom Arkley.", "Nora Whitcombe and Tom Arkley"},
    {"fr", "Fini. Photos : Maël Kervadec et Inès Bravard", "Maël Kervadec et Inès Bravard"},
    {"uk", "Готово. Фото: Олена Гнатюк та Ігор Савчин", "Олена Гнатюк та Ігор Савчин"},
    {"de", "Fertig. Fotos: Heike Stollberg und Jan Petersen", "Heike Stollberg und Jan Petersen"},
    {"pl", "Gotowe. Zdjęcia: Zofia Maliszewska i Jan Turek", "Zofia Maliszewska i Jan Turek"},
    {"nl", "Klaar. Foto's: Sanne Verhulst en Piet Mulder", "Sanne Verhulst en Piet Mulder"},
    {"el", "Έτοιμο. Φωτογραφίες: Ελένη Μαυρίδου και Νίκος Παππάς", "Ελένη Μαυρίδου και Νίκος Παππάς"},
};

TEST_F(AttributionTest, ThePhotographerNamedInThePostComesBeforeTheAccount) {
  for (const Labelled& one : kPhotographers) {
    const Item done = credited(post(one.text, one.language));
    const Attribution& line = done.media(0).attribution();
    EXPECT_EQ(line.name(), one.photographer) << one.text;
    EXPECT_EQ(line.rule(), "photographer-in-text") << one.text;
    EXPECT_EQ(line.credit_line(),
              "Photo: " + std::string(one.photographer) + ". Source: Odile Marchal on Facebook");
    EXPECT_EQ(line.official_id(), "") << one.text;
    EXPECT_EQ(line.role(), "") << "a photographer does not hold the mayor's office: " << one.text;
    EXPECT_EQ(done.attribution().name(), "Odile Marchal") << "the words stay hers: " << one.text;
  }
}

constexpr Labelled kNoPhotographers[] = {
    {"en", "Photo: the new tram at the old harbour", ""},
    {"en", "Photo: Nora Whitcombe cuts the ribbon at the harbour", ""},
    {"en", "In the photo: everybody who helped.", ""},
    {"en", "More photos soon. By Nora Whitcombe's own account it was a long night.", ""},
    {"fr", "Photo : la nouvelle rame en station ce matin", ""},
    {"fr", "Le crédit photo sera ajouté demain.", ""},
    {"uk", "Фото: новий трамвай на мосту", ""},
    {"de", "Foto: Neue Straßenbahn auf der Brücke", ""},
    {"de", "Bild: Baustelle Rathausplatz", ""},
    {"es", "Foto: el nuevo tranvía en el puente", ""},
    {"it", "Foto: il nuovo tram sul ponte", ""},
    {"pl", "Zdjęcie: nowy tramwaj na moście", ""},
    {"pt", "Foto: o novo elétrico na ponte", ""},
    {"nl", "Foto: de nieuwe tram op de brug", ""},
    {"el", "Φωτογραφία: το νέο τραμ στη γέφυρα", ""},
    {"en", "She holds a Ph.D. in history. Ph. D. is how the old ones write it.", ""},
    {"en", "Photo - the new tram at the old harbour", ""},
    {"en", "Photo 1: Nora Whitcombe\nPhoto 2: Tom Arkley", ""},  // whom they show
    {"en", "Photo: Nora Whitcombe and the new tram", ""},
    {"en", "Photo: Bohdan Kravets", ""},  // shows another mayor: a caption, not a credit
};

// Agencies, offices and bodies of the public, whose names are no persons'.
constexpr Labelled kBodies[] = {
    {"en", "Done. Photo courtesy of Reuters", "Reuters"},
    {"en", "Done. Photo courtesy of Nora Whitcombe.", "Nora Whitcombe"},
    {"en", "Done. Photos: courtesy of City of Cork", "City of Cork"},
    {"en", "Done. Photo: Cork City Council", "Cork City Council"},
    {"en", "Done. Photo: Cork Fire Brigade. It opens at nine.", "Cork Fire Brigade"},
    {"de", "Fertig. Foto: Stadt Köln", "Stadt Köln"},
    {"de", "Fertig. Foto: Stadt Köln. Bild: KI-generiert", "Stadt Köln"},
    {"de", "Fertig. Foto: Stadt Halle", "Stadt Halle"},
    {"de", "Fertig. Foto: Freiwillige Feuerwehr Musterstadt", "Freiwillige Feuerwehr Musterstadt"},
    {"de", "Fertig. Foto: Landeshauptstadt München/Jan Petersen", "Landeshauptstadt München/Jan Petersen"},
    {"de", "Fertig. Foto: dpa/Jan Petersen", "dpa/Jan Petersen"},
    {"de", "Fertig. Foto: Jan Petersen/dpa", "Jan Petersen/dpa"},
    {"de", "Fertig. Foto: picture alliance / dpa", "picture alliance / dpa"},
    {"fr", "Fini. Photo : Ville de Dijon", "Ville de Dijon"},
    {"fr", "Fini. Photo : sapeurs-pompiers de Rennes", "sapeurs-pompiers de Rennes"},
    {"fr", "Fini. Photo : service de presse de la Ville", "service de presse de la Ville"},
    {"es", "Hecho. Foto: Ayuntamiento de Lugo", "Ayuntamiento de Lugo"},
    {"es", "Hecho. Foto: Gabinete de Prensa del Ayuntamiento de Lugo",
     "Gabinete de Prensa del Ayuntamiento de Lugo"},
    {"es", "Hecho. Foto: cortesía de Lucía Bermejo", "Lucía Bermejo"},
    {"it", "Fatto. Foto: Comune di Modena", "Comune di Modena"},
    {"it", "Fatto. Foto: ufficio stampa del Comune", "ufficio stampa del Comune"},
    {"pl", "Gotowe. Fot. UM Lublin", "UM Lublin"},
    {"pl", "Gotowe. Zdjęcie: biuro prasowe urzędu", "biuro prasowe urzędu"},
    {"pt", "Feito. Foto: Câmara Municipal do Porto", "Câmara Municipal do Porto"},
    {"pt", "Feito. Foto: assessoria de imprensa", "assessoria de imprensa"},
    {"nl", "Klaar. Foto: gemeente Nijmegen", "gemeente Nijmegen"},
    {"nl", "Klaar. Foto: persdienst gemeente", "persdienst gemeente"},
    {"uk", "Готово. Фото: Львівська міська рада", "Львівська міська рада"},
    {"uk", "Готово. Фото: пресслужба міськради", "пресслужба міськради"},
    {"el", "Έτοιμο. Φωτογραφία: Δήμος Αθηναίων", "Δήμος Αθηναίων"},
    {"el", "Έτοιμο. Φωτογραφία: γραφείο τύπου του δήμου", "γραφείο τύπου του δήμου"},
};

TEST_F(AttributionTest, AgenciesOfficesAndBodiesAreCredited) {
  for (const Labelled& one : kBodies)
    EXPECT_EQ(credited(post(one.text, one.language)).media(0).attribution().name(), one.photographer)
        << one.text;
}

// Who is no photographer, and what no picture shows.
constexpr Labelled kNobodies[] = {
    {"en", "Done. Photo by Anna Smith's son, thanks to John.", ""},
    {"en", "Done. Photo: Nora Whitcombe’s mother", ""},
    {"en", "Done. Photo credit: to be confirmed. Photo by phone.", ""},
    {"en", "Done. Photo courtesy of the internet", ""},
    {"en", "Done. Photo: AI-generated", ""},
    {"en", "Done. Photo: courtesy of a reader", ""},
    {"fr", "Fini. Crédit photo : DR.", ""},
    {"fr", "Fini. Crédit photo : DR. © Tous droits réservés", ""},
    {"fr", "Fini. Photo : générée par IA", ""},
    {"de", "Fertig. Foto: privat. Foto: Symbolbild. Bild: Archiv", ""},
    {"de", "Fertig. Bild: KI-generiert", ""},
    {"de", "Fertig. Foto: Anna Müllers Sohn", ""},
    {"de", "Fertig. Foto: Feuerwehr Übung", ""},
    {"de", "Fertig. Foto: Stadt Köln feiert den neuen Platz", ""},
    {"es", "Hecho. Foto: archivo", ""},
    {"es", "Hecho. Foto: cortesía", ""},
    {"it", "Fatto. Foto di repertorio", ""},
    {"it", "Fatto. Foto: generata con l'IA", ""},
    {"pl", "Gotowe. Zdjęcie: ilustracyjne. fot. czytelnik", ""},
    {"pt", "Feito. Foto: divulgação", ""},
    {"pt", "Feito. Foto: Arquivo pessoal", ""},
    {"nl", "Klaar. Foto: archief", ""},
    {"uk", "Готово. Фото: з відкритих джерел", ""},
    {"uk", "Готово. Фото: соцмережі", ""},
    {"el", "Έτοιμο. Φωτογραφία: αρχείου", ""},
    {"en", "Done. Photo: City of Cork opens the new quay", ""},
};

TEST_F(AttributionTest, ArchivesMachinesAndOtherPeoplesSonsAreNot) {
  for (const Labelled& one : kNobodies)
    EXPECT_EQ(picture_line(post(one.text, one.language)), "Source: Odile Marchal on Facebook") << one.text;
  EXPECT_EQ(credited(post("Done. Photo: Dr. Nora Whitcombe", "en")).media(0).attribution().name(),
            "Dr. Nora Whitcombe")
      << "not \"DR\"";
}

TEST_F(AttributionTest, NobodyInTheFileIsNobody) {
  for (const char* credit :
       {"DR", "Foto: privat", "divulgação", "© Alle Rechte vorbehalten", "KI-generiert"}) {
    Item one = post("x", "en");
    one.mutable_media(0)->mutable_embedded()->set_credit(credit);
    EXPECT_EQ(picture_line(one), "Source: Odile Marchal on Facebook") << credit;
  }
}

TEST_F(AttributionTest, ACaptionBehindALabelIsNoPhotographer) {
  for (const Labelled& one : kNoPhotographers) {
    EXPECT_EQ(picture_line(post(one.text, one.language)), "Source: Odile Marchal on Facebook") << one.text;
  }
}

TEST_F(AttributionTest, APhotographerUnderThePictureIsItsOwn) {
  Item one = post("Voilà. Photo : Inès Bravard", "fr");
  one.mutable_media(0)->set_caption("Le pont à l'aube. Photo : Maël Kervadec");
  one.add_media();
  const Item done = credited(one);
  EXPECT_EQ(done.media(0).attribution().name(), "Maël Kervadec");
  EXPECT_EQ(done.media(0).attribution().rule(), "photographer-in-caption");
  EXPECT_EQ(done.media(1).attribution().name(), "Inès Bravard");
}

TEST_F(AttributionTest, NumbersBehindNamesSayWhoTookWhich) {
  for (const Labelled& one :
       {Labelled{"en", "Done.\n\nPhotos: Nora Whitcombe (1, 3), Tom Arkley (2)", "Nora Whitcombe|Tom Arkley"},
        Labelled{"fr", "Fini. Photos : Maël Kervadec (1 et 3), Inès Bravard (2)",
                 "Maël Kervadec|Inès Bravard"},
        Labelled{"uk", "Готово. Фото: Олена Гнатюк (1, 3), Ігор Савчин (2).", "Олена Гнатюк|Ігор Савчин"},
        Labelled{"de", "Fertig. (Fotos: Heike Stollberg (1+3), Jan Petersen (2))",
                 "Heike Stollberg|Jan Petersen"},
        Labelled{"es", "Hecho. Fotos: Lucía Bermejo (1 y 3) y Teo Vidal (2)", "Lucía Bermejo|Teo Vidal"},
        Labelled{"el", "Έτοιμο. Φωτό: Ελένη Μαυρίδου (1, 3), Νίκος Παππάς (2) #πόλη",
                 "Ελένη Μαυρίδου|Νίκος Παππάς"}}) {
    Item three = post(one.text, one.language);
    three.add_media();
    three.add_media();
    three.add_media();
    const Item done = credited(three);
    const std::string first(one.photographer.substr(0, one.photographer.find('|')));
    const std::string second(one.photographer.substr(first.size() + 1));
    EXPECT_EQ(done.media(0).attribution().name(), first) << one.text;
    EXPECT_EQ(done.media(1).attribution().name(), second) << one.text;
    EXPECT_EQ(done.media(2).attribution().name(), first) << one.text;
    EXPECT_EQ(done.media(3).attribution().credit_line(), "Source: Odile Marchal on Facebook")
        << "nobody says who took the fourth: " << one.text;
  }
  const Item range = credited([&] {
    Item two = post("Photos: Nora Whitcombe (1-2)", "en");
    two.add_media();
    return two;
  }());
  EXPECT_EQ(range.media(1).attribution().name(), "Nora Whitcombe");
  EXPECT_EQ(picture_line(post("Photo: The Market Hall (1911), Tom Arkley (45)", "en")),
            "Source: Odile Marchal on Facebook");
}

TEST_F(AttributionTest, NumbersInBracketsSurviveHostileText) {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "Photo - (1, \nFotos: Jan Petersen (1-99), (";
  Item one = post(text, "en");
  for (int i = 0; i < 70; ++i) one.add_media();
  one.mutable_media(69)->set_caption("Photo: Tom Arkley (70), Nora Whitcombe (0)");
  EXPECT_EQ(credited(one).media_size(), 71);
}

TEST_F(AttributionTest, ACameraIsNoPhotographer) {
  for (const char* camera :
       {"NIKON CORPORATION", "Canon EOS R6", "Canon Inc.", "HUAWEI", "Apple", "iPhone 14 Pro",
        "Samsung Electronics", "OLYMPUS IMAGING CORP.", "FUJIFILM X-T4", "Xiaomi"}) {
    Item one = post("Voilà.", "fr");
    one.mutable_media(0)->mutable_embedded()->set_creator(camera);
    EXPECT_EQ(picture_line(one), "Source: Odile Marchal on Facebook") << camera;
  }
  for (const char* person : {"Canon Mathieu Roux", "Sony Marchetti", "Max Apple"}) {
    Item one = post("Voilà.", "fr");
    one.mutable_media(0)->mutable_embedded()->set_creator(person);
    EXPECT_EQ(credited(one).media(0).attribution().name(), person);
  }
}

}  // namespace
}  // namespace copytaster
