// What no collector has read is never taken for what one has: every sentence that rests on it says so.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/time.h"
#include "desk/draft.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kByHand = "brought in by hand by Mira, 12 May 2023";

class ByHandTest : public testing::Test {
 protected:
  ByHandTest() { put_visit(store_); }
  void by_hand(std::string_view id) {
    Item& item = store_.newest(std::string(id));
    item.mutable_intake()->set_by("Mira");
    set_timestamp(item.mutable_intake()->mutable_at(), *parse_date("2023-05-12T08:00:00Z"));
  }
  void all_by_hand() {
    for (const std::string_view id : {kArrival, kArrivalCopy, kAlbum, kEvening, kHost, kReshare}) by_hand(id);
  }
  Draft draft() { return *make_draft(*store_.story(kVisit), store_); }
  FakeStore store_;
};

TEST_F(ByHandTest, NothingIsSaidOfWhatCollectorsHaveRead) {
  const Draft made = draft();
  for (const Block& block : made.blocks()) EXPECT_THAT(block.text(), Not(HasSubstr("by hand")));
}

TEST_F(ByHandTest, TheHeadlineAndTheLeadSayIt) {
  all_by_hand();
  EXPECT_THAT(texts(draft(), "headline"), ElementsAre(EndsWith(str_cat(" (", kByHand, ")"))));
  EXPECT_THAT(texts(draft(), "standfirst"),
              ElementsAre(HasSubstr(str_cat("on 11 May 2023 (", kByHand, ")"))));
  EXPECT_THAT(texts(draft(), "paragraph", "posted-about"), Each(EndsWith(str_cat(" (", kByHand, ")."))));
  EXPECT_THAT(texts(draft(), "paragraph", "verbatim-first"), Each(EndsWith(str_cat(" (", kByHand, ")."))));
  EXPECT_THAT(texts(draft(), "note", "headline-words"), Each(EndsWith(str_cat(" (", kByHand, ")"))));
}

TEST_F(ByHandTest, TheHeadlineRestsOnWhatWasCollectedWhereThereIsAny) {
  by_hand(kEvening);  // which alone names Berezivka
  EXPECT_THAT(
      texts(draft(), "note", "headline-places"),
      ElementsAre("Mayor of Rouvray posts about Zelenohrad; Mayor of Zelenohrad posts about Rouvray"));
  by_hand(kArrival);  // which says best what they did
  EXPECT_THAT(texts(draft(), "headline"), ElementsAre(Not(HasSubstr("Je suis arrivée"))));
  for (const std::string& text : texts(draft(), "headline")) EXPECT_THAT(text, Not(HasSubstr("Berezivka")));
  EXPECT_THAT(texts(draft(), "standfirst"),
              ElementsAre(HasSubstr(str_cat("on 11 May 2023 (2 of 5 posts ", kByHand, ")"))));
}

TEST_F(ByHandTest, NoOtherHeadlineComesFromATextByHandWhereACollectorHasReadSomething) {
  ASSERT_THAT(texts(draft(), "note", "headline-words"), ElementsAre(HasSubstr("Rouvray restera")));
  by_hand(kEvening);  // where those words stand
  EXPECT_THAT(texts(draft(), "note", "headline-words"), Each(Not(HasSubstr("by hand"))));
  EXPECT_THAT(texts(draft(), "note", "headline-words"), Each(Not(HasSubstr("Rouvray restera"))));
}

TEST_F(ByHandTest, APersonOfWhomNothingElseIsKnownIsMarkedByName) {
  by_hand(kHost);
  by_hand(kReshare);
  EXPECT_THAT(texts(draft(), "note", "headline-places"),
              ElementsAre(EndsWith(str_cat("Mayor of Zelenohrad posts about Rouvray (", kByHand, ")"))));
  EXPECT_THAT(texts(draft(), "headline"), ElementsAre(Not(HasSubstr("by hand"))))
      << "it rests on what a collector has read";
}

TEST_F(ByHandTest, TheQuotesSpeakerLineSaysIt) {
  by_hand(kEvening);
  const std::string line =
      str_cat("Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023 (in French); ", kByHand);
  EXPECT_THAT(*export_html(draft(), store_), HasSubstr(line));
  EXPECT_THAT(*export_ninjs(draft(), store_), HasSubstr(str_cat("Marie Aubanel on Facebook; ", kByHand)));
}

TEST_F(ByHandTest, ATextThatStandsNowhereWasNotPostedAnywhere) {
  all_by_hand();
  for (const std::string_view id : {kArrival, kArrivalCopy, kAlbum, kEvening, kHost})
    store_.newest(std::string(id)).set_platform("manual");
  const Draft made = draft();
  EXPECT_THAT(texts(made, "headline"),
              ElementsAre(HasSubstr("Mayors of Rouvray and Zelenohrad write about Berezivka")));
  EXPECT_THAT(
      texts(made, "standfirst"),
      ElementsAre(HasSubstr("in French and Ukrainian in a text on file with the newsroom on 11 May 2023 (")));
  EXPECT_THAT(texts(made, "paragraph", "verbatim-first"),
              Contains(HasSubstr("in French in a text on file with the newsroom")));
  for (const std::string& text : texts(made, "paragraph")) {
    EXPECT_THAT(text, Not(HasSubstr("on file with the newsroom and")));
    EXPECT_THAT(text, Not(HasSubstr(" posted about")));
  }
}

}  // namespace
}  // namespace copytaster
