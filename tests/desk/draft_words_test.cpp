// What an editor reads: a headline that says something, nothing twice, no sentence that says nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "core/strings.h"
#include "core/time.h"
#include "desk/wording.h"
#include "tests/desk/draft_words_support.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(DraftWordsTest, WithoutAPlaceTheHeadlineIsTheirWords) {
  post("brodzki", "2023-05-11T06:00:00Z", "pl",
       "Dzień dobry! Linia trolejbusowa 12 już kursuje.\n\n#Kalinowo");
  EXPECT_EQ(headline(), "Mayor of Kalinowo: «Linia trolejbusowa 12 już kursuje»");
  EXPECT_THAT(texts(draft(), "paragraph", "posted-about"), IsEmpty())
      << "the standfirst and the words say it";
}

TEST_F(DraftWordsTest, ATitleIsTheBetterHeadlineWhoeverWroteIt) {
  post("brodzki", "2023-05-11T06:00:00Z", "pl", "Linia trolejbusowa 12 już kursuje po mieście.");
  Item& feed = post("halenko", "2023-05-11T07:00:00Z", "uk", "Подробиці завтра о дев'ятій.", "feed");
  feed.set_title("Нова лінія тролейбуса від понеділка: маршрут і розклад руху");
  EXPECT_EQ(headline(), "Mayor of Zelenohrad: «Нова лінія тролейбуса від понеділка: маршрут і розклад руху»");
}

TEST_F(DraftWordsTest, WhatSaysTheOppositeOfWhatWasToldIsToldToo) {
  post("brodzki", "2023-05-11T06:00:00Z", "en",
       "The bridge over the Wette is closed to all traffic since this morning.");
  post("brodzki", "2023-05-12T06:00:00Z", "en",
       "The bridge over the Wette is open to all traffic since this morning.");
  std::string all;
  const Draft made = draft();
  for (const Block& block : made.blocks()) str_append(&all, block.text(), "\n");
  EXPECT_THAT(all, HasSubstr("is closed to all traffic"));
  EXPECT_THAT(all, HasSubstr("is open to all traffic"));
}

TEST_F(DraftWordsTest, WithoutWordsThatFitTheHeadlineSaysWhere) {
  post("brodzki", "2023-05-11T06:00:00Z", "en", "Good morning!\n\nhttps://example.test/a/b #trams");
  EXPECT_EQ(headline(), "Mayor of Kalinowo posts on Facebook");
}

TEST_F(DraftWordsTest, TheHeadlineNamesTownsNotTheirCountryAndThreeAtMost) {
  Item& one =
      post("aubanel", "2023-05-11T06:00:00Z", "fr", "Kyiv, Ukraine, Boutcha, Irpine et Borodianka, hier.");
  for (const auto& [name, words] : {std::pair{"Ukraine", "Ukraine"},
                                    {"Kyiv", "Kyiv"},
                                    {"Bucha", "Boutcha"},
                                    {"Irpin", "Irpine"},
                                    {"Borodyanka", "Borodianka"}}) {
    mention(one, "place", name, words, str_cat("geonames:", name));
    one.mutable_places(one.places_size() - 1)->set_country("UA");
  }
  EXPECT_EQ(headline(), "Mayor of Rouvray posts about Kyiv, Bucha and Irpin");
  EXPECT_THAT(
      texts(draft(), "paragraph", "posted-about"),
      ElementsAre("Marie Aubanel, Mayor of Rouvray, posted about Kyiv, Bucha, Irpin and Borodyanka on "
                  "Facebook on 11 May 2023."));
  one.clear_places();
  mention(one, "place", "Ukraine", "Ukraine", "geonames:Ukraine");
  one.mutable_places(0)->set_country("UA");
  EXPECT_EQ(headline(), "Mayor of Rouvray posts about Ukraine");
}

TEST_F(DraftWordsTest, TwoOfOneOfficeShareItsPlural) {
  for (const auto& [role, headline_role] :
       {std::pair{"Deputy", "Deputies of Rouvray and Kalinowo"},
        {"Lord Mayor", "Lord Mayors of Rouvray and Kalinowo"},
        {"Prosecutor General", "Prosecutor General of Rouvray and Prosecutor General of Kalinowo"}}) {
    story_.clear_item_ids();
    for (const auto& [who, place, hour] : {std::tuple{"aubanel", "Rouvray", 6}, {"brodzki", "Kalinowo", 8}}) {
      for (int later = 0; later < 2; ++later) {
        Item& one = post(who, str_cat("2023-05-11T0", hour + later, ":00:00Z"), "fr",
                         str_cat("Bonjour de Berezivka à ", hour + later, " heures."));
        one.mutable_attribution()->set_role(str_cat(role, " of ", place));
        mention(one, "place", "Berezivka", "Berezivka", "geonames:3");
      }
    }
    EXPECT_EQ(headline(), str_cat(headline_role, " post about Berezivka"));
  }
}

TEST_F(DraftWordsTest, WhatAPersonSaysAgainInOtherWordsIsToldOnce) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Je suis arrivée ce matin à Zelenohrad, à l'invitation de son maire, Petro Halenko.");
  post("aubanel", "2023-05-11T06:10:00Z", "fr",
       "Arrivée ce matin à Zelenohrad, à l'invitation de son maire Petro Halenko.", "bluesky");
  post("halenko", "2023-05-11T07:00:00Z", "fr",
       "Marie est arrivée ce matin à Zelenohrad, à l'invitation de son maire, Petro Halenko.", "mastodon");
  const auto told = texts(draft(), "paragraph", "verbatim-first");
  ASSERT_EQ(told.size(), 2U) << "another who says the same is news";
  EXPECT_THAT(told[0], HasSubstr("«Je suis arrivée ce matin"));
  EXPECT_THAT(told[1], HasSubstr("wrote Petro Halenko"));
}

TEST_F(DraftWordsTest, WhatWasLeftOutOfAPostIsNotTakenFromItsShorterVersion) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Je suis arrivée ce matin à Zelenohrad, à l'invitation de son maire, Petro Halenko. "
       "Depuis sept semaines sa ville tient, ses agents et ses pompiers la font vivre sous les sirènes. "
       "Je viens lui dire, au nom de Rouvray, notre admiration pour la défense courageuse de sa ville. "
       "Le mois dernier, le conseil a fait de Zelenohrad une citoyenne d'honneur, à l'unanimité. "
       "Aujourd'hui, nous allons donner à cette fraternité une forme concrète et durable pour tous.");
  post("aubanel", "2023-05-11T06:10:00Z", "fr",
       "Arrivée ce matin à Zelenohrad, à l'invitation de son maire Petro Halenko. "
       "Je viens lui dire notre admiration pour la défense courageuse de sa ville.",
       "bluesky");
  for (const std::string& told : texts(draft(), "paragraph")) EXPECT_THAT(told, Not(HasSubstr("on Bluesky")));
}

TEST_F(DraftWordsTest, MarksInsideMarksAreNotTheSame) {
  post("brodzki", "2023-05-11T06:00:00Z", "fr", "La gardienne m'a dit : « Revenez quand vous voulez. »");
  const std::string spoken = "“La gardienne m'a dit : « Revenez quand vous voulez. »”";
  EXPECT_EQ(headline(), str_cat("Mayor of Kalinowo: ", spoken));
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-first"),
              ElementsAre(str_cat(spoken,
                                  ", wrote Jan Brodzki, Mayor of Kalinowo, in French on Facebook on 11 May "
                                  "2023.")));
}

TEST(WholeSentences, KeepTheirClosingMarks) {
  const auto cut = [](std::string_view text, std::string_view language) {
    std::vector<std::string> out;
    for (const Span span : whole_sentences(text, language))
      out.emplace_back(text.substr(span.begin, span.end - span.begin));
    return out;
  };
  EXPECT_THAT(cut("Elle a dit : « Venez. »", "fr"), ElementsAre("Elle a dit : « Venez. »"));
  EXPECT_THAT(cut("Elle a dit : «\u202fVenez.\u202f» Et puis rien.", "fr"),
              ElementsAre("Elle a dit : «\u202fVenez.\u202f»", "Et puis rien."));
  EXPECT_THAT(cut("Er kam. »Am Abend ging er.« Gut.", "de"),
              ElementsAre("Er kam.", "»Am Abend ging er.«", "Gut."));
  EXPECT_THAT(cut("Danach Andacht in St. Marien. Bitte kommen.", "de"),
              ElementsAre("Danach Andacht in St. Marien.", "Bitte kommen."));
  EXPECT_THAT(
      cut("Herzlichen Glückwunsch zum 100. Geburtstag! Es kamen 100. Danach gab es Kuchen.", "de"),
      ElementsAre("Herzlichen Glückwunsch zum 100. Geburtstag!", "Es kamen 100.", "Danach gab es Kuchen."));
  EXPECT_THAT(cut("Melden: https://a.test/b?c=d&e=f Danke.", "de"),
              ElementsAre("Melden: https://a.test/b?c=d&e=f Danke."));
  EXPECT_THAT(cut("Fini.\n» Citation", "fr"), ElementsAre("Fini.", "» Citation"));
  EXPECT_THAT(cut("", "fr"), IsEmpty());
  EXPECT_THAT(cut("» »", "fr"), ElementsAre("» »"));
}

TEST_F(DraftWordsTest, AStatementToEndWithDoesNotHangOnWhatIsNotShown) {
  Item& item = post("brodzki", "2023-05-11T06:00:00Z", "en",
                    "In March 1,142 families were waiting for a flat. It is going the right way.");
  Quote& quote = *item.add_quotes();
  quote.set_text("It is going the right way.");
  quote.set_basis("first-person");
  quote.set_begin(static_cast<std::uint32_t>(item.text().find(quote.text())));
  quote.set_end(static_cast<std::uint32_t>(item.text().size()));
  quote.mutable_speaker()->set_name("Jan Brodzki");
  quote.mutable_speaker()->set_official_id("brodzki");
  EXPECT_THAT(texts(draft(), "quote"), IsEmpty());
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-next"),
              ElementsAre("Jan Brodzki added: “It is going the right way.”"));
  store_.newest("facebook:1").mutable_quotes(0)->set_basis("quotation-marks");
  EXPECT_THAT(texts(draft(), "quote"), ElementsAre("It is going the right way."))
      << "somebody quotes it alone himself";
}

TEST_F(DraftWordsTest, AHeadlineStandsAloneAndALongOneIsCut) {
  post("brodzki", "2023-05-11T06:00:00Z", "en",
       "“Cuttlefish will not be hurried”, said Adelaide Caleiro this morning at the market of the lower "
       "town, when I asked her about the works. I shall use that at the next meeting.");
  EXPECT_EQ(headline(),
            "Mayor of Kalinowo: ““Cuttlefish will not be hurried”, said Adelaide Caleiro this morning at "
            "the market of the lower town…”")
      << "not the punch line";
  story_.clear_item_ids();
  post("brodzki", "2023-05-11T06:00:00Z", "en",
       "This is why. They knew it all along. The pool opens at six.");
  EXPECT_EQ(headline(), "Mayor of Kalinowo: “The pool opens at six”");
}

TEST_F(DraftWordsTest, TheirOwnTownsAreNoSubjectOfAHeadline) {
  Item& one = post("aubanel", "2023-05-11T06:00:00Z", "fr",
                   "Ce matin, Rouvray et Zelenohrad ont signé un pacte d'amitié. Merci à tous les élèves.");
  mention(one, "place", "Rouvray", "Rouvray", "geonames:2");
  mention(one, "place", "Zelenohrad", "Zelenohrad", "geonames:1");
  Item& two =
      post("halenko", "2023-05-11T07:00:00Z", "fr", "À Rouvray ce matin, avec Marie Aubanel.", "mastodon");
  mention(two, "official", "Marie Aubanel", "Marie Aubanel", "aubanel");
  mention(two, "place", "Rouvray", "Rouvray", "geonames:2");
  post("halenko", "2023-05-11T08:00:00Z", "fr", "Le train du retour part à midi trente précises.",
       "mastodon");
  const Draft made = draft();
  EXPECT_EQ(texts(made, "headline").front(),
            "Mayor of Rouvray: «Ce matin, Rouvray et Zelenohrad ont signé un pacte d'amitié»");
  EXPECT_THAT(
      texts(made, "note", "headline-places"),
      ElementsAre("Mayor of Rouvray posts about Zelenohrad; Mayor of Zelenohrad posts about Rouvray"));
}

TEST_F(DraftWordsTest, ATownByItsLongNameIsStillItsOwn) {
  Item& item = post("brodzki", "2023-05-11T06:00:00Z", "en", "Welcome to Kalinowo on the river Wette today.");
  mention(item, "place", "Kalinowo on the Wette", "Kalinowo", "geonames:4");
  EXPECT_EQ(headline(), "Mayor of Kalinowo: “Welcome to Kalinowo on the river Wette today”");
}

TEST_F(DraftWordsTest, WordsAboutAnothersPostSayWhose) {
  const Item first =
      post("aubanel", "2023-05-11T06:00:00Z", "fr", "Deux bus et une ambulance pour Zelenohrad.");
  Item& quoting = post("brodzki", "2023-05-11T07:00:00Z", "en", "That is what neighbours do for each other.");
  quoting.mutable_quote_of()->set_item_id(first.id());
  Item& answer = post("halenko", "2023-05-11T08:00:00Z", "en", "We shall not forget the three drivers.");
  answer.mutable_reply_to()->mutable_author()->set_name("Odile\nMarchal");
  Item& own =
      post("aubanel", "2023-05-11T09:00:00Z", "fr", "Les trois chauffeurs sont rentrés ce soir à Rouvray.");
  own.mutable_reply_to()->set_item_id(first.id());
  const auto told = texts(draft(), "paragraph", "verbatim-first");
  EXPECT_THAT(told,
              Contains("“That is what neighbours do for each other”, wrote Jan Brodzki, Mayor of Kalinowo, "
                       "on Facebook, about a post by Marie Aubanel."));
  EXPECT_THAT(told, Contains(testing::EndsWith("on Facebook, in answer to Odile Marchal.")));
  EXPECT_THAT(told, Contains(testing::EndsWith("wrote Marie Aubanel in French on Facebook.")))
      << "who goes on answers nobody";
}

TEST_F(DraftWordsTest, AnEditIsToldByItsTimeAndAnUntouchedPostHasNone) {
  Item& item = post("brodzki", "2023-05-11T06:00:00Z", "en", "The pool opens at six this morning.");
  set_timestamp(item.mutable_edited_at(), *parse_date("2023-05-11T06:00:00Z"));
  EXPECT_THAT(texts(draft(), "note", "edited"), IsEmpty()) << "feeds say of every post when it changed last";
  set_timestamp(item.mutable_edited_at(), *parse_date("2023-05-11T07:30:00Z"));
  EXPECT_THAT(
      texts(draft(), "note", "edited"),
      ElementsAre("Edited since it was posted: Jan Brodzki, Mayor of Kalinowo, on Facebook, 11 May 2023, "
                  "06:00 UTC. It was changed before it was first read here."));
}

TEST_F(DraftWordsTest, ACityIsNotIntroducedByItsOwnLongName) {
  const Poster poster{
      .official_id = "", .name = "City of Kalinowo", .role = "City administration of Kalinowo on the Wette"};
  EXPECT_EQ(poster.introduced(), "City of Kalinowo");
  const Poster other{.official_id = "", .name = "City of Kalin", .role = "City administration of Kalinowo"};
  EXPECT_EQ(other.introduced(), "City of Kalin, City administration of Kalinowo");
}

TEST_F(DraftWordsTest, ANameInTheCaseOfThePostIsQuoted) {
  Item& item = post("brodzki", "2023-05-11T06:00:00Z", "pl",
                    "Sto lat dla pana Bronisława Kudłacika, naszego kronikarza z Wette!");
  mention(item, "person", "Bronisława Kudłacika", "Bronisława Kudłacika", "");
  EXPECT_THAT(texts(draft(), "paragraph", "named"),
              ElementsAre("Jan Brodzki named «Bronisława Kudłacika» in the post."));
  Item& other =
      post("aubanel", "2023-05-11T07:00:00Z", "fr", "Bravo à Lesia Vasylenko pour ce travail patient.");
  mention(other, "person", "Lesia Vasylenko", "Lesia Vasylenko", "");
  EXPECT_THAT(texts(draft(), "paragraph", "named"),
              Contains("Marie Aubanel named Lesia Vasylenko in the post."))
      << "French does not change a name";
  Quote& quote = *item.add_quotes();
  quote.mutable_speaker()->set_name("Bronisława Kudłacika");
  quote.set_cue("według");
  EXPECT_THAT(texts(draft(), "paragraph", "named"), Contains(HasSubstr("«Bronisława Kudłacika»")));
  quote.set_cue("powiedziała");
  EXPECT_THAT(texts(draft(), "paragraph", "named"),
              Contains("Jan Brodzki named Bronisława Kudłacika in the post."))
      << "who says something is its subject";
}

TEST_F(DraftWordsTest, AKnownNameIsTheRegistrys) {
  Item& item =
      post("brodzki", "2023-05-11T06:00:00Z", "pl", "Rozmawialiśmy dziś z Petrem Halenką o szkołach.");
  mention(item, "official", "Petro Halenko", "Petrem Halenką", "halenko", "Mayor of Zelenohrad");
  EXPECT_THAT(texts(draft(), "paragraph", "named"),
              ElementsAre("Jan Brodzki named Petro Halenko (Mayor of Zelenohrad) in the post."));
}

TEST_F(DraftWordsTest, ACreditLineAndAChapterMarkAreNoSentences) {
  Item& item = post("brodzki", "2023-05-11T06:00:00Z", "en",
                    "The children's floor of the library opens on Saturday.\n"
                    "0:00 The station at six in the morning\nPhoto: Colm Heneghan Roche of Kalinowo");
  mention(item, "person", "Colm Heneghan Roche", "Colm Heneghan Roche", "");
  std::string all;
  for (const std::string& told : texts(draft(), "paragraph")) str_append(&all, told, "\n");
  EXPECT_THAT(all, HasSubstr("opens on Saturday"));
  EXPECT_THAT(all, Not(HasSubstr("Colm")));
  EXPECT_THAT(all, Not(HasSubstr("0:00")));
}

TEST_F(DraftWordsTest, TheStopOfAnAbbreviationStays) {
  post("brodzki", "2023-05-11T06:00:00Z", "en", "Sixty singers will perform on Saturday at 7.30 p.m.");
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-first").front(), HasSubstr("at 7.30 p.m.”, wrote"));
}

TEST_F(DraftWordsTest, AShoutIsNoReport) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Boutcha, Irpine, Borodianka.\n\nMerci à toutes et à tous.\n\nCe soir, je me suis rendue dans ces "
       "trois villes.");
  const auto told = texts(draft(), "paragraph", "verbatim-first");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_THAT(told[0], Not(HasSubstr("«Boutcha, Irpine, Borodianka»")));
}

TEST_F(DraftWordsTest, TheDayIsToldWhereItChanges) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Le marché couvert rouvre samedi après neuf mois de travaux.");
  post("aubanel", "2023-05-11T18:00:00Z", "fr",
       "La piscine des Tilleuls ferme dimanche pour sa vidange annuelle.");
  post("aubanel", "2023-05-12T06:00:00Z", "fr", "Le budget des écoles a été voté cette nuit par le conseil.");
  const auto told = texts(draft(), "paragraph", "verbatim-first");
  ASSERT_EQ(told.size(), 3U);
  EXPECT_THAT(told[0], testing::EndsWith(
                           "wrote Marie Aubanel, Mayor of Rouvray, in French on Facebook on 11 May 2023."));
  EXPECT_THAT(told[1], testing::EndsWith("wrote Marie Aubanel in French on Facebook."));
  EXPECT_THAT(told[2], testing::EndsWith("wrote Marie Aubanel in French on Facebook on 12 May 2023."));
}

// A lead person who posts all day leaves room for the evening, and for the others.
TEST_F(DraftWordsTest, TheDayIsSpreadAndEverybodyIsHeard) {
  static constexpr std::string_view kSubjects[] = {"du marché",  "des écoles", "de la piscine",
                                                   "du tramway", "du budget",  "des pompiers",
                                                   "du stade",   "de la gare"};
  for (int hour = 0; hour < 8; ++hour) {
    std::string text;
    for (int n = 0; n < 4; ++n)
      str_append(&text, "Point numéro ", hour * 10 + n, " ", kSubjects[hour],
                 ", avec les équipes de la ville. ");
    post("aubanel", str_cat("2023-05-11T", 10 + hour, ":00:00Z"), "fr", text);
  }
  post("halenko", "2023-05-11T20:00:00Z", "en", "Thank you for coming to our town and for listening today.",
       "mastodon");
  post("brodzki", "2023-05-11T21:00:00Z", "en",
       "We follow this from Kalinowo with great respect for both towns.");
  const Draft made = draft();
  const auto first = texts(made, "paragraph", "verbatim-first");
  EXPECT_EQ(first.size(), 10U) << "one of each post";
  EXPECT_THAT(first, Contains(HasSubstr("wrote Petro Halenko")));
  EXPECT_THAT(first, Contains(HasSubstr("wrote Jan Brodzki")));
  EXPECT_LE(first.size() + texts(made, "paragraph", "verbatim-next").size(), 20U);
}

}  // namespace
}  // namespace copytaster
