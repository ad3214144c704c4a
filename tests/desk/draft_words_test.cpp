// What an editor reads: a headline that says something, nothing twice, no sentence that says nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "core/strings.h"
#include "desk/draft.h"
#include "desk/wording.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class DraftWordsTest : public testing::Test {
 protected:
  Item& post(std::string_view official, std::string_view when, std::string_view language,
             std::string_view text, std::string_view platform = "facebook") {
    const std::string id = str_cat(platform, ":", ++count_);
    store_.put(make_post(id, platform, official, when, language, text));
    story_.add_item_ids(id);
    return store_.newest(id);
  }
  Draft draft() {
    const auto made = make_draft(story_, store_);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) return Draft();
    EXPECT_TRUE(check_draft(*made, store_).ok()) << check_draft(*made, store_);
    return *made;
  }
  std::string headline() { return texts(draft(), "headline").front(); }

  FakeStore store_;
  Story story_;
  int count_ = 0;
};

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
  EXPECT_THAT(cut("Fini.\n» Citation", "fr"), ElementsAre("Fini.", "» Citation"));
  EXPECT_THAT(cut("", "fr"), IsEmpty());
  EXPECT_THAT(cut("» »", "fr"), ElementsAre("» »"));
}

TEST_F(DraftWordsTest, AnUpdateThatDiffersByANumberIsToldAgain) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Le niveau de la rivière est de 412 centimètres au pont ce matin.");
  post("aubanel", "2023-05-11T09:00:00Z", "fr",
       "Le niveau de la rivière est de 437 centimètres au pont ce matin.");
  EXPECT_EQ(texts(draft(), "paragraph", "verbatim-first").size(), 2U);
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
