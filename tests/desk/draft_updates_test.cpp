// What replaces what, and what a sentence points back to: the newest holds, and nothing hangs in the air.
#include <gmock/gmock.h>

#include "desk/wording.h"
#include "tests/desk/draft_words_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(DraftWordsTest, AnUpdateLeadsWithItsNewestFigureAndItsTime) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Le niveau de la rivière est de 412 centimètres au pont. Les quais restent ouverts.");
  post("aubanel", "2023-05-11T09:50:00Z", "fr",
       "Le niveau de la rivière est de 437 centimètres au pont. Les quais restent ouverts.");
  post("aubanel", "2023-05-11T19:40:00Z", "fr", "Quais ouverts. Ponts ouverts. Bonne nuit.");
  const Draft made = draft();
  EXPECT_EQ(texts(made, "headline").front(),
            "Mayor of Rouvray: «Le niveau de la rivière est de 437 centimètres au pont»");
  EXPECT_THAT(texts(made, "paragraph", "verbatim-first"),
              ElementsAre("«Le niveau de la rivière est de 437 centimètres au pont», wrote Marie Aubanel, "
                          "Mayor of Rouvray, in French on Facebook on 11 May 2023 at 09:50 UTC.",
                          "«Quais ouverts. Ponts ouverts. Bonne nuit», wrote Marie Aubanel in French on "
                          "Facebook at 19:40 UTC."))
      << "a post of short sentences is told as a whole";
  EXPECT_THAT(
      texts(made, "note", "updated"),
      ElementsAre("Newer figures: «Le niveau de la rivière est de 412 centimètres au pont.» (11 May 2023, "
                  "06:00 UTC) was replaced by «Le niveau de la rivière est de 437 centimètres au pont.» (11 "
                  "May 2023, 09:50 UTC). Of the older post nothing is used here."));
}

TEST_F(DraftWordsTest, WhatHeldBeforeIsNoStatementToEndWith) {
  Item& older = post("brodzki", "2023-05-11T06:00:00Z", "en",
                     "The Wette stands at 9.80 metres today. The quay stays closed for another day.");
  Quote& quote = *older.add_quotes();
  quote.set_text("The quay stays closed for another day.");
  quote.set_begin(static_cast<std::uint32_t>(older.text().find(quote.text())));
  quote.set_end(static_cast<std::uint32_t>(older.text().size()));
  quote.mutable_speaker()->set_name("Jan Brodzki");
  quote.mutable_speaker()->set_official_id("brodzki");
  EXPECT_EQ(texts(draft(), "quote").size(), 1U);
  post("brodzki", "2023-05-11T14:00:00Z", "en",
       "The Wette stands at 9.60 metres today. The quay opens tonight at eight.");
  EXPECT_THAT(texts(draft(), "quote"), IsEmpty());
  std::string all;
  for (const std::string& told : texts(draft(), "paragraph")) str_append(&all, told, "\n");
  EXPECT_THAT(all, Not(HasSubstr("stays closed")));
  EXPECT_THAT(all, HasSubstr("opens tonight"));
}

TEST_F(DraftWordsTest, ACorrectionIsToldToTheEditorWithItsTime) {
  post("brodzki", "2023-05-11T06:00:00Z", "pl", "Do sieci podłączymy w tym roku 112 budynków na Zaodrzu.");
  post("brodzki", "2023-05-11T11:10:00Z", "pl", "Sprostowanie: 69 budynków, nie 96. Palce szybsze od głowy.");
  const Draft made = draft();
  EXPECT_THAT(
      texts(made, "note", "updated"),
      ElementsAre("A correction by Jan Brodzki, Mayor of Kalinowo, on Facebook, 11 May 2023, 11:10 UTC: "
                  "«Sprostowanie: 69 budynków, nie 96.» Check what it changes here."));
  EXPECT_THAT(texts(made, "paragraph", "verbatim-first"),
              ElementsAre(HasSubstr("on 11 May 2023 at 06:00 UTC."), HasSubstr("at 11:10 UTC.")));
  EXPECT_THAT(texts(made, "headline"), ElementsAre(HasSubstr("podłączymy w tym roku 112")));
}

TEST_F(DraftWordsTest, OtherPeoplesFiguresReplaceNobodys) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr", "Le niveau de la rivière est de 412 centimètres au pont.");
  post("brodzki", "2023-05-11T09:00:00Z", "fr", "Le niveau de la rivière est de 437 centimètres au pont.");
  EXPECT_THAT(texts(draft(), "note", "updated"), IsEmpty());
  EXPECT_EQ(texts(draft(), "paragraph", "verbatim-first").size(), 2U);
}

TEST_F(DraftWordsTest, ASentenceThatPointsBackStandsBehindTheOneItPointsTo) {
  post("aubanel", "2023-05-11T06:00:00Z", "fr",
       "Avec Petro Halenko, nous venons de signer à Zelenohrad un pacte entre nos deux villes et leurs "
       "écoles. La salle était pleine. Merci. Ensuite, les enfants ont chanté. J'ai rencontré les "
       "associations qui aident les familles. Nous avons parlé des projets culturels et urbains qui seront "
       "au cœur de "
       "ce partenariat entre Rouvray, Zelenohrad et Berezivka.");
  const auto next = texts(draft(), "paragraph", "verbatim-next");
  ASSERT_GE(next.size(), 2U);
  EXPECT_THAT(next[next.size() - 2], HasSubstr("added, in French: «[…] J'ai rencontré les associations"))
      << "who \"we\" are; the gap before is marked";
  EXPECT_THAT(next.back(), HasSubstr("added, in French: «Nous avons parlé des projets"));
}

TEST_F(DraftWordsTest, WithoutRoomForAllItPointsToNoneIsTold) {
  post("aubanel", "2023-05-11T06:00:00Z", "en", "The bridge over the Wette is open again this morning.");
  post("halenko", "2023-05-11T06:30:00Z", "en", "We follow this from Zelenohrad with great respect.");
  const std::string_view last =
      "They bring cheese, apples, news and sometimes a brass band from Kalinowo, Rouvray and Berezivka.";
  Item& one = post("brodzki", "2023-05-11T07:00:00Z", "en",
                   str_cat("Greetings. Neighbours have always crossed that bridge for its markets. ", last));
  for (const std::string_view place : {"Kalinowo", "Rouvray", "Berezivka"})
    mention(one, "place", place, place, str_cat("geonames:", place));
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-next"), ElementsAre(HasSubstr("They bring")))
      << "with whom they are";
  one.set_text(
      str_cat("Greetings. Neighbours have always crossed that bridge for its markets. They like it. "
              "It is old. ",
              last));
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-next"), IsEmpty());
}

}  // namespace
}  // namespace copytaster
