// Captions out of the post's own sentences: which picture they belong to, and what in them is none.
#include <gtest/gtest.h>

#include "tests/processors/steps_support.h"

namespace copytaster {
namespace {

using testing::Steps;

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

}  // namespace
}  // namespace copytaster
