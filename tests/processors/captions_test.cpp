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
