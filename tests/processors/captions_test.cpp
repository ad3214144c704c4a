#include <gtest/gtest.h>

#include "processors/captions_boilerplate.h"
#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using testing::Steps;

TEST(CaptionBoilerplate, IsNeverACaption) {
  for (const char* text : {"Timeline photos",
                           "Mobile uploads",
                           "May be an image of 2 people and text",
                           "No photo description available.",
                           "Photos from Odile Marchal's post",
                           "Photo by Odile Marchal on April 14, 2022.",
                           "Image may contain: 3 people, outdoor",
                           "Photos du journal",
                           "Peut être une image de 2 personnes",
                           "Aucune description de photo disponible.",
                           "Може бути зображення: 2 людини",
                           "Світлини з допису Богдана Кравця",
                           "Möglicherweise ein Bild von 2 Personen",
                           "Keine Fotobeschreibung verfügbar.",
                           "Fotos aus dem Beitrag von Stadt Kassel",
                           "Puede ser una imagen de una o varias personas",
                           "No hay descripción de la foto disponible.",
                           "Fotos de la biografía",
                           "Potrebbe essere un'immagine raffigurante 1 persona",
                           "Nessuna descrizione della foto disponibile.",
                           "Może być zdjęciem przedstawiającym 2 osoby",
                           "Brak dostępnego opisu zdjęcia.",
                           "Zdjęcia na osi czasu",
                           "Pode ser uma imagem de 2 pessoas",
                           "Nenhuma descrição de foto disponível.",
                           "Fotos da cronologia",
                           "Kan een afbeelding zijn van 2 mensen",
                           "Geen fotobeschrijving beschikbaar.",
                           "Tijdlijnfoto's",
                           "Μπορεί να είναι εικόνα 2 άτομα",
                           "Δεν υπάρχει διαθέσιμη περιγραφή για τη φωτογραφία.",
                           "IMG_1234.JPG",
                           "DSC01234",
                           "PXL_20220414_081200123",
                           "20220414_081200.jpg",
                           "b2f0c9d17a3e4f5566778899aabbccdd",
                           "WhatsApp Image 2022-04-14 at 08.12.00.jpeg",
                           "OLYMPUS DIGITAL CAMERA",
                           "SONY DSC",
                           "https://example.org/p/1",
                           "📸",
                           "12 / 34",
                           "Foto von Odile Marchal am 2. Mai 2022. Möglicherweise ein Bild von Strand.",
                           "Foto de Odile Marchal el 2 de mayo. Puede ser una imagen de playa.",
                           "",
                           "image"}) {
    EXPECT_TRUE(is_caption_boilerplate(text)) << text;
  }
}

TEST(CaptionBoilerplate, LeavesPeoplesWordsAlone) {
  for (const char* text :
       {"The mayors sign the agreement.", "Photos from the signing in Lyon", "May Day parade on the quay",
        "Photo finish in the city run", "L'image de la semaine : le nouveau tram",
        "Може, й дощитиме, але парк відкрито", "Fotos von der Eröffnung der Schule",
        "Foto di gruppo davanti al municipio", "Kan een stad zonder auto's? Wel op de markt.",
        "P1 parking reopens", "The market on Friday. May be a long one."}) {
    EXPECT_FALSE(is_caption_boilerplate(text)) << text;
  }
}

// "Perhaps" begins machines' captions and people's sentences.
TEST(CaptionBoilerplate, PeopleSayPerhapsToo) {
  for (const char* text :
       {"May be a long night, but the bridge opens at six.", "Peut être une chance pour tout le quartier.",
        "Може бути холодно, але каток уже відкрито.", "Möglicherweise fällt der Markt am Samstag aus.",
        "Puede ser una noche larga en el puente.", "Potrebbe essere l'ultima nevicata dell'anno.",
        "Może być ślisko na nowym moście.", "Pode ser uma boa notícia para a escola.",
        "Μπορεί να είναι η τελευταία μέρα του χιονιού."}) {
    EXPECT_FALSE(is_caption_boilerplate(text)) << text;
  }
  for (const char* text :
       {"May be a cartoon of 2 people", "May be a Twitter screenshot of text that says 'vote'",
        "May be a black-and-white image of 1 person", "Peut être une illustration de 1 personne et texte",
        "Може бути ілюстрацією", "Möglicherweise eine Grafik von Text",
        "Puede ser una captura de pantalla de texto",
        "Potrebbe essere un contenuto artistico raffigurante il seguente testo",
        "Może być zrzutem ekranu przedstawiającym tekst", "Pode ser uma ilustração de 3 pessoas",
        "Μπορεί να είναι σκίτσο 1 άτομο"}) {
    EXPECT_TRUE(is_caption_boilerplate(text)) << text;
  }
}

TEST_F(Steps, AltTextNeverComesIntoThePostAndThePostNeverIntoTheAltText) {
  Item one = item("Le pont est ouvert.", "fr");
  one.add_media()->set_alt_text("Un pont à l'aube");
  const std::string text = one.text();
  run(&one, *make_captions_step());
  EXPECT_EQ(one.text(), text);
  EXPECT_EQ(one.media(0).alt_text(), "Un pont à l'aube");
  ASSERT_EQ(one.media(0).captions_size(), 1) << "a sentence that does not point at the picture is no caption";
  EXPECT_EQ(one.media(0).captions(0).origin(), "alt");
}

TEST_F(Steps, TheCaptionsOfAResharedPictureStandInItsOwnPost) {
  Item one = item("", "fr");
  Related& theirs = *one.mutable_repost_of();
  theirs.set_item_id("mastodon:7");
  theirs.add_media()->set_caption("Підписання угоди про партнерство двох міст");
  run(&one, *make_captions_step());
  ASSERT_EQ(one.repost_of().media(0).captions_size(), 1);
  const Caption& caption = one.repost_of().media(0).captions(0);
  EXPECT_EQ(caption.item_id(), "mastodon:7");
  EXPECT_EQ(caption.language(), "uk");
}

TEST_F(Steps, ACamerasListIsNoCaption) {
  Item one = item("x", "de");
  one.add_media()->mutable_embedded()->set_caption(
      "Dateiname : A.JPG\r\nKamera : E1\r\nBlende : F2.6\r\nEmpfindlichkeit : Auto\r\nFarbmodus : Farbe\r\n"
      "Objektiv : Integriert\r\n");
  one.add_media()->mutable_embedded()->set_caption(
      "Von links: die Bürgermeister.\nMitte: der Fluss.\nRechts: die Brücke.");
  run(&one, *make_captions_step());
  EXPECT_EQ(one.media(0).captions_size(), 0);
  EXPECT_EQ(one.media(1).captions_size(), 1);
}

TEST_F(Steps, AMachinesCaptionInTheFileIsNoneEither) {
  Item one = item("x", "en");
  Media* media = one.add_media();
  media->mutable_embedded()->set_caption("OLYMPUS DIGITAL CAMERA");
  media->mutable_embedded()->set_headline("DSC_0042.JPG");
  run(&one, *make_captions_step());
  EXPECT_EQ(one.media(0).captions_size(), 0);
}

TEST_F(Steps, CaptionsKeepEveryCandidateBestFirst) {
  Item one =
      item("Grand jour. Sur la photo, Odile Marchal est la 4e en partant de la gauche. À demain !", "fr");
  Media* media = one.add_media();
  media->set_alt_text("Neuf personnes dans une salle");
  media->set_caption("Avec les actrices de la société civile");
  media->mutable_embedded()->set_caption("Rencontre à la mairie de Lyon, 14 avril 2022");
  run(&one, *make_captions_step());
  ASSERT_EQ(one.media(0).captions_size(), 4);
  EXPECT_EQ(one.media(0).captions(0).origin(), "description");
  EXPECT_EQ(one.media(0).captions(1).origin(), "embedded");
  EXPECT_EQ(one.media(0).captions(2).origin(), "alt");
  const Caption& sentence = one.media(0).captions(3);
  EXPECT_EQ(sentence.origin(), "post-sentence");
  EXPECT_EQ(sentence.text(), "Sur la photo, Odile Marchal est la 4e en partant de la gauche.");
  EXPECT_EQ(one.text().substr(sentence.begin(), sentence.end() - sentence.begin()), sentence.text());
  EXPECT_EQ(sentence.item_id(), one.id());
  for (int i = 1; i < 4; ++i)
    EXPECT_GE(one.media(0).captions(i - 1).confidence(), one.media(0).captions(i).confidence());
  for (const Caption& caption : one.media(0).captions())
    EXPECT_EQ(caption.language(), "fr") << caption.text();
  EXPECT_EQ(one.media(0).alt_text(), "Neuf personnes dans une salle") << "the collector's half stays";
}

TEST_F(Steps, ACaptionInTheFileNamesItsStandard) {
  for (const char* from : {"iptc", "xmp", "exif", ""}) {
    Item one = item("Text.", "en");
    EmbeddedMetadata* embedded = one.add_media()->mutable_embedded();
    embedded->set_caption("The new bridge over the river");
    embedded->set_caption_from(from);
    embedded->set_alt_text("A bridge with two arches");
    run(&one, *make_captions_step());
    ASSERT_EQ(one.media(0).captions_size(), 2);
    EXPECT_EQ(one.media(0).captions(0).origin(), *from == '\0' ? "embedded" : from);
    EXPECT_EQ(one.media(0).captions(1).origin(), "xmp") << "no other standard has alt text";
  }
}

TEST_F(Steps, AFeedsCaptionIsItsFigcaption) {
  Item one = item("Text.", "en");
  one.set_platform("feed");
  one.add_media()->set_caption("The bridge at dawn.");
  run(&one, *make_captions_step());
  ASSERT_EQ(one.media(0).captions_size(), 1);
  EXPECT_EQ(one.media(0).captions(0).origin(), "figcaption");
}

TEST_F(Steps, AFilesCaptionSaysWhereItStood) {
  Item one = item("Text.", "en");
  one.add_media()->mutable_embedded()->set_caption("The bridge at dawn.");
  one.mutable_media(0)->mutable_embedded()->set_caption_from("xmp");
  run(&one, *make_captions_step());
  ASSERT_EQ(one.media(0).captions_size(), 1);
  EXPECT_EQ(one.media(0).captions(0).origin(), "xmp");
}

// What was chosen may be the stale one.
TEST_F(Steps, WhatElseTheFileSaysIsOfferedWithItsStandard) {
  Item one = item("Text.", "en");
  EmbeddedMetadata* file = one.add_media()->mutable_embedded();
  file->set_caption("The bridge at dawn.");
  file->set_caption_from("xmp");
  const auto add = [&](std::string_view text, std::string_view from) {
    EmbeddedCaption* other = file->add_other_captions();
    other->set_text(std::string(text));
    other->set_from(std::string(from));
  };
  add("Die Brücke am Morgen. Foto: Heike Stollberg", "iptc");
  add("OLYMPUS DIGITAL CAMERA", "exif");
  add("THE BRIDGE AT DAWN.", "exif");
  one.mutable_media(0)->set_alt_text("A bridge over a river");
  run(&one, *make_captions_step());
  ASSERT_EQ(one.media(0).captions_size(), 3) << one.media(0).DebugString();
  EXPECT_EQ(one.media(0).captions(0).origin(), "xmp");
  EXPECT_EQ(one.media(0).captions(1).origin(), "alt");
  EXPECT_EQ(one.media(0).captions(2).text(), "Die Brücke am Morgen.");
  EXPECT_EQ(one.media(0).captions(2).origin(), "iptc");
  EXPECT_EQ(one.media(0).captions(2).language(), "de");
}

TEST_F(Steps, WordsReadInAPictureComeBehindAllOthers) {
  Item one = item("In the photo: the mayor on the new bridge.", "en");
  Media* media = one.add_media();
  media->set_read_text("Le marché de Noël\nouvre samedi à dix heures");
  media->mutable_embedded()->set_headline("Christmas market");
  run(&one, *make_captions_step());
  ASSERT_GE(one.media(0).captions_size(), 2);
  const Caption& last = one.media(0).captions(one.media(0).captions_size() - 1);
  EXPECT_EQ(last.origin(), "ocr");
  EXPECT_EQ(last.text(), "Le marché de Noël ouvre samedi à dix heures");
  EXPECT_EQ(last.language(), "fr");
  EXPECT_GT(last.confidence(), 0);
  EXPECT_LT(last.confidence(), 0.3F);
}

TEST_F(Steps, NotAllWordsInAPictureCouldBeACaption) {
  for (const std::string& read : {std::string(), std::string("STOP"), std::string("Zeitungsverkäufer"),
                                  std::string("on 5"), std::string(200, 'a') + " " + std::string(200, 'b')}) {
    Item one = item("Text.", "en");
    one.add_media()->set_read_text(read);
    run(&one, *make_captions_step());
    EXPECT_EQ(one.media(0).captions_size(), 0) << read;
    EXPECT_EQ(one.media(0).read_text(), read) << "it stays, and can be searched";
  }
}

// Nobody of those who are credited or cited has said it here.
TEST_F(Steps, WordsReadInAPictureAreNeverThePosts) {
  Item one = item("A poster.", "en");
  one.add_media()->set_read_text("Mayor Odile Marchal said: \"We will build the bridge.\"");
  const std::string text = one.text();
  for (auto make : {make_language_step, make_captions_step, make_mentions_step, make_quotes_step})
    run(&one, *make());
  EXPECT_EQ(one.text(), text);
  EXPECT_EQ(one.quotes_size(), 0);
  EXPECT_EQ(one.mentions_size(), 0);
}

struct Pointing {
  std::string_view language, text, sentence;
};

// "Photo: DR" stands where a caption would, and is none.
TEST_F(Steps, WhatStandsInAPhotographersPlaceIsNoCaption) {
  for (const auto& [language, text] : std::vector<std::pair<std::string, std::string>>{
           {"de", "Fertig. Foto: privat. Foto: Symbolbild. Bild: Archiv"},
           {"fr", "Fini. Photo : prise hier. Crédit photo : DR. © Tous droits réservés"},
           {"en", "Done. Photo: to be confirmed"},
           {"es", "Hecho. Foto: generada con IA"},
           {"pt", "Feito. Foto: Arquivo pessoal"},
           {"uk", "Готово. Фото: з відкритих джерел"},
           {"en", "Done. Photo: Cork City Council"},
           {"de", "Fertig. Foto: Freiwillige Feuerwehr Musterstadt"},
           {"el", "Έτοιμο. Φωτογραφία: Δήμος Αθηναίων"}}) {
    Item one = item(text, language);
    one.add_media();
    run(&one, *make_captions_step());
    EXPECT_EQ(one.media(0).captions_size(), 0) << text << one.media(0).DebugString();
  }
  Item two = item("Fini. Photo : le nouveau pont ce matin. Crédit photo : DR.", "fr");
  two.add_media();
  run(&two, *make_captions_step());
  ASSERT_EQ(two.media(0).captions_size(), 1);
  EXPECT_EQ(two.media(0).captions(0).text(), "le nouveau pont ce matin.");
}

struct Under {
  std::string_view language, caption, printed;
};

// Sites write the photographer behind the words under the picture.
TEST_F(Steps, ACreditAtTheEndOfACaptionIsNotPrintedWithIt) {
  for (const Under& one :
       {Under{"en", "The bridge at dawn. Photo: Nora Whitcombe", "The bridge at dawn."},
        Under{"en", "The bridge at dawn (photo: Nora Whitcombe/City Press).", "The bridge at dawn"},
        Under{"en", "The bridge at dawn | © 2022 Nora Whitcombe", "The bridge at dawn"},
        Under{"fr", "Le pont à l'aube. Crédit photo : Maël Kervadec", "Le pont à l'aube."},
        Under{"uk", "Міст на світанку. Фото: Олена Гнатюк", "Міст на світанку."},
        Under{"de", "Die Brücke am Morgen. (Foto: Heike Stollberg)", "Die Brücke am Morgen."},
        Under{"es", "El puente al alba. Foto: Lucía Bermejo", "El puente al alba."},
        Under{"it", "Il ponte all'alba. Foto di Chiara Benassi", "Il ponte all'alba."},
        Under{"pl", "Most o świcie. Fot. Zofia Maliszewska", "Most o świcie."},
        Under{"pt", "A ponte de manhã – Foto: Inês Falcão", "A ponte de manhã"},
        Under{"nl", "De brug bij dageraad. Beeld: Sanne Verhulst", "De brug bij dageraad."},
        Under{"fr", "Le pont à l'aube. Crédit photo : DR. © Tous droits réservés", "Le pont à l'aube."},
        Under{"de", "Die Brücke am Morgen (Foto: privat)", "Die Brücke am Morgen"},
        Under{"de", "Foto: privat. Die Brücke am Morgen.", "Foto: privat. Die Brücke am Morgen."},
        Under{"es", "El puente al alba. Foto: Ayuntamiento de Lugo", "El puente al alba."},
        Under{"el", "Η γέφυρα το πρωί. Φωτό: Ελένη Μαυρίδου", "Η γέφυρα το πρωί."},
        Under{"en", "Photo: the bridge at dawn", "Photo: the bridge at dawn"},
        Under{"en", "Photo: Nora Whitcombe. The bridge at dawn.",
              "Photo: Nora Whitcombe. The bridge at dawn."},
        Under{"en", "© Nora Whitcombe", ""}}) {
    Item post = item("Text.", one.language);
    post.set_platform("feed");
    post.add_media()->set_caption(std::string(one.caption));
    run(&post, *make_captions_step());
    const auto& captions = post.media(0).captions();
    EXPECT_EQ(captions.empty() ? "" : captions[0].text(), one.printed);
    EXPECT_EQ(post.media(0).caption(), one.caption) << "the collector's half stays";
  }
}

TEST_F(Steps, ANumberedSentenceBelongsToThatPicture) {
  for (const Pointing& one :
       {Pointing{"en", "Two years.\n\nPhoto 1: the bridge before.\nPhoto 2: the bridge today.",
                 "the bridge today."},
        Pointing{"en", "Two years. Photo 1: the bridge before. Photo 2: the bridge today.",
                 "the bridge today."},
        Pointing{"fr", "Photo 1 : le pont hier.\nPhoto 2 : le pont aujourd'hui.", "le pont aujourd'hui."},
        Pointing{"uk", "Фото 1: міст учора.\nФото 2: міст сьогодні.", "міст сьогодні."},
        Pointing{"de", "Bild 1: die Brücke gestern.\nBild 2: die Brücke heute.", "die Brücke heute."},
        Pointing{"es", "Foto 1: el puente ayer.\nFoto 2: el puente hoy mismo.", "el puente hoy mismo."},
        Pointing{"it", "Foto 1: il ponte ieri.\nFoto 2: il ponte di oggi.", "il ponte di oggi."},
        Pointing{"pl", "Zdjęcie 1: most wczoraj.\nZdjęcie 2: ten most dzisiaj.", "ten most dzisiaj."},
        Pointing{"pt", "Foto 1: a ponte ontem.\nFoto 2: a ponte de hoje.", "a ponte de hoje."},
        Pointing{"nl", "Foto 1: de brug gisteren.\nFoto 2: de brug van nu.", "de brug van nu."},
        Pointing{"el", "Φωτογραφία 1: η γέφυρα χθες.\nΦωτογραφία 2: η γέφυρα σήμερα.", "η γέφυρα σήμερα."}}) {
    Item post = item(one.text, one.language);
    for (int i = 0; i < 3; ++i) post.add_media();
    run(&post, *make_captions_step());
    ASSERT_EQ(post.media(0).captions_size(), 1) << one.text;
    ASSERT_EQ(post.media(1).captions_size(), 1) << one.text;
    EXPECT_EQ(post.media(2).captions_size(), 0) << one.text;
    const Caption& caption = post.media(1).captions(0);
    EXPECT_EQ(caption.text(), one.sentence);
    EXPECT_EQ(post.text().substr(caption.begin(), caption.end() - caption.begin()), one.sentence);
  }
}

TEST_F(Steps, ASentenceOfTheSecondPictureIsNotTheFirstOnes) {
  for (const Pointing& one : {Pointing{"en", "Done. In the second picture the crew at work.",
                                       "In the second picture the crew at work."},
                              Pointing{"fr", "Fini. Sur la deuxième photo, l'équipe au travail.",
                                       "Sur la deuxième photo, l'équipe au travail."},
                              Pointing{"uk", "Готово. На другій світлині бригада за роботою.",
                                       "На другій світлині бригада за роботою."},
                              Pointing{"de", "Fertig. Auf dem zweiten Foto die Mannschaft bei der Arbeit.",
                                       "Auf dem zweiten Foto die Mannschaft bei der Arbeit."},
                              Pointing{"es", "Hecho. En la segunda imagen, el equipo trabajando.",
                                       "En la segunda imagen, el equipo trabajando."},
                              Pointing{"it", "Fatto. Nella seconda immagine la squadra al lavoro.",
                                       "Nella seconda immagine la squadra al lavoro."},
                              Pointing{"pl", "Gotowe. Na drugiej fotografii ekipa przy pracy.",
                                       "Na drugiej fotografii ekipa przy pracy."},
                              Pointing{"pt", "Feito. Na segunda imagem, a equipa a trabalhar.",
                                       "Na segunda imagem, a equipa a trabalhar."},
                              Pointing{"nl", "Klaar. Op de tweede foto is de ploeg aan het werk.",
                                       "Op de tweede foto is de ploeg aan het werk."},
                              Pointing{"el", "Έτοιμο. Στη δεύτερη εικόνα το συνεργείο δουλεύει.",
                                       "Στη δεύτερη εικόνα το συνεργείο δουλεύει."}}) {
    Item post = item(one.text, one.language);
    for (int i = 0; i < 3; ++i) post.add_media();
    run(&post, *make_captions_step());
    EXPECT_EQ(post.media(0).captions_size(), 0) << one.text;
    ASSERT_EQ(post.media(1).captions_size(), 1) << one.text;
    EXPECT_EQ(post.media(1).captions(0).text(), one.sentence);
    EXPECT_EQ(post.media(2).captions_size(), 0) << one.text;
  }
}

TEST_F(Steps, WherePicturesAreToBeFoundIsNoCaption) {
  for (const Pointing& one :
       {Pointing{"en", "Photos: link in the bio, see you there", ""},
        Pointing{"fr", "Photos : le lien en bio ce soir", ""},
        Pointing{"uk", "Фото: за посиланням у профілі", ""},
        Pointing{"de", "Bilder: der Link ist in der Bio", ""},
        Pointing{"es", "Fotos: el enlace está en la bio", ""},
        Pointing{"it", "Foto: trovate il link in bio", ""},
        Pointing{"pl", "Zdjęcia: pod linkiem w komentarzu", ""},
        Pointing{"pt", "Fotos: o link está na bio", ""}, Pointing{"nl", "Foto's: via de link in bio", ""},
        Pointing{"el", "Φωτογραφίες: στον σύνδεσμο του προφίλ", ""}}) {
    Item post = item(one.text, one.language);
    post.add_media();
    run(&post, *make_captions_step());
    EXPECT_EQ(post.media(0).captions_size(), 0) << one.text;
  }
}

TEST_F(Steps, EachPictureKeepsItsOwnAltText) {
  Item one = item("Two pictures.", "en");
  one.add_media()->set_alt_text("A tram at the old harbour.");
  one.add_media()->set_alt_text("Children plant a tree in the yard.");
  one.add_media()->set_alt_text("May be an image of 3 people");
  run(&one, *make_captions_step());
  EXPECT_EQ(one.media(0).captions(0).text(), "A tram at the old harbour.");
  EXPECT_EQ(one.media(1).captions(0).text(), "Children plant a tree in the yard.");
  EXPECT_EQ(one.media(2).captions_size(), 0);
}

TEST_F(Steps, TheSameWordsAreOneCandidate) {
  Item one = item("x", "en");
  Media* media = one.add_media();
  media->set_alt_text("the bridge  at dawn");
  media->set_caption("The bridge at dawn");
  run(&one, *make_captions_step());
  EXPECT_EQ(one.media(0).captions_size(), 1);
}

TEST_F(Steps, SentencesThatPointAtThePictureInTenLanguages) {
  for (const Pointing& one :
       {Pointing{"en", "Great evening. Pictured: Nora and the team, third from left is Tom. Bye.",
                 "Pictured: Nora and the team, third from left is Tom."},
        Pointing{"fr", "Bravo. Sur cette photo, les élèves du collège. Merci.",
                 "Sur cette photo, les élèves du collège."},
        Pointing{"uk", "Дякую. На фото наші комунальники після зміни. Відпочивайте.",
                 "На фото наші комунальники після зміни."},
        Pointing{"de", "Danke. Auf dem Foto sieht man die neue Halle. Bis bald.",
                 "Auf dem Foto sieht man die neue Halle."},
        Pointing{"es", "Gracias. En la foto, el equipo de la biblioteca. Hasta pronto.",
                 "En la foto, el equipo de la biblioteca."},
        Pointing{"it", "Grazie. Nella foto la squadra della biblioteca. A presto.",
                 "Nella foto la squadra della biblioteca."},
        Pointing{"pl", "Dziękuję. Na zdjęciu zespół biblioteki po pracy. Do jutra.",
                 "Na zdjęciu zespół biblioteki po pracy."},
        Pointing{"pt", "Obrigado. Na foto, a equipa da biblioteca. Até amanhã.",
                 "Na foto, a equipa da biblioteca."},
        Pointing{"nl", "Dank. Op de foto staat het team van de bibliotheek. Tot morgen.",
                 "Op de foto staat het team van de bibliotheek."},
        Pointing{"el", "Ευχαριστώ. Στη φωτογραφία η ομάδα της βιβλιοθήκης. Τα λέμε.",
                 "Στη φωτογραφία η ομάδα της βιβλιοθήκης."}}) {
    Item post = item(one.text, one.language);
    post.add_media();
    run(&post, *make_captions_step());
    ASSERT_EQ(post.media(0).captions_size(), 1) << one.text;
    EXPECT_EQ(post.media(0).captions(0).text(), one.sentence);
  }
}

TEST_F(Steps, ALabelWithoutANameIsACaption) {
  Item one = item("Ça avance.\n\nPhoto : la nouvelle rame en station ce matin", "fr");
  one.add_media();
  run(&one, *make_captions_step());
  ASSERT_EQ(one.media(0).captions_size(), 1);
  EXPECT_EQ(one.media(0).captions(0).text(), "la nouvelle rame en station ce matin");
}

TEST_F(Steps, ACreditIsNoCaption) {
  Item one = item("Ça avance.\n\nPhoto : Gaëlle Tanguy-Roux", "fr");
  one.add_media();
  run(&one, *make_captions_step());
  EXPECT_EQ(one.media(0).captions_size(), 0);
}

TEST_F(Steps, CaptionsSurviveHostileText) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "Photo: © (Foto: ";
  Item one = item(text, "en");
  one.add_media()->set_alt_text(std::string(300000, '('));
  one.add_media()->set_caption("\xE2\x80\xAE rtl \xE2\x80\xAC");
  run(&one, *make_captions_step());
}

}  // namespace
}  // namespace copytaster
