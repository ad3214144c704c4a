// An editor's answers about copies: they hold over the rules, stick, and outlive a rebuild.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/time.h"
#include "core/told_date.h"
#include "fold_support.h"
#include "processors/copy_explain.h"
#include "processors/copy_judgements.h"
#include "processors/pipeline.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using testing::ItemsReader;
using testing::kCut;
using testing::kLong;
using testing::kOther;
using testing::make_post;

const absl::Time kNow = absl::FromUnixSeconds(1649950000);

CopyJudgement judgement(std::string_view item, std::string_view other, bool same) {
  return {std::string(item), std::string(other), same, "Mira", kNow};
}

struct House {
  Officials officials;
  Rules rules = Rules::defaults();
  Pipeline pipeline{officials, rules};
  ItemsReader store;

  void post(std::string_view platform, std::string_view id, std::string_view person, int minute,
            std::string_view text) {
    testing::run_through(pipeline, make_post(platform, id, person, minute, text), store);
  }
  // facebook:1 with x:2, and bluesky:3 with x:4.
  void post_two_groups() {
    post("facebook", "1", "anna", 0, kLong);
    post("x", "2", "anna", 5, kCut);
    post("bluesky", "3", "bruno", 9, kOther);
    post("x", "4", "bruno", 10, kOther);
    ASSERT_EQ(original("x:2"), "facebook:1");
    ASSERT_EQ(original("x:4"), "bluesky:3");
  }
  void answer(std::string_view item, std::string_view other, bool same) {
    pipeline.answer(judgement(item, other, same));
    testing::store_revisions(pipeline, store);
  }
  std::string original(const std::string& id) { return store.items.at(id).duplicate_of().item_id(); }
  std::string shown(const std::string& id) { return original(id).empty() ? id : original(id); }
};

TEST(CopyJudgements, AnActionSaysItAndIsReadBack) {
  const CopyJudgement said = judgement("facebook:1", "x:2", false);
  const Action action = to_action(said);
  EXPECT_EQ(action.verb(), "unfold");
  EXPECT_EQ(action.actor(), "Mira");
  const auto read = to_judgement(action);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->item_id, "facebook:1");
  EXPECT_EQ(read->other_id, "x:2");
  EXPECT_FALSE(read->same);
  EXPECT_EQ(read->at, kNow);
}

TEST(CopyJudgements, OtherActionsAndNonsenseAreNone) {
  Action action = to_action(judgement("a:1", "a:2", true));
  action.set_verb("pause");
  EXPECT_FALSE(to_judgement(action));
  action = to_action(judgement("a:1", "a:1", true));
  EXPECT_FALSE(to_judgement(action)) << "of one post";
  action = to_action(judgement("a:1", "a:2", true));
  action.clear_details();
  EXPECT_FALSE(to_judgement(action));
}

TEST(CopyJudgements, TheNewestAnswerHoldsInBothDirections) {
  CopyJudgements all;
  all.put(judgement("a:1", "a:2", true));
  all.put(judgement("a:2", "a:1", false));
  ASSERT_NE(all.find("a:1", "a:2"), nullptr);
  EXPECT_FALSE(all.find("a:1", "a:2")->same);
  EXPECT_EQ(all.of("a:1").size(), 1U);
  EXPECT_EQ(all.find("a:1", "a:3"), nullptr);
}

TEST(CopyJudgements, AreBounded) {
  CopyJudgements all;
  for (int i = 0; i < 2000; ++i) all.put(judgement("a:1", "b:" + std::to_string(i), true));
  EXPECT_EQ(all.of("a:1").size(), CopyJudgements::kMostOfAPost);
  EXPECT_NE(all.find("a:1", "b:1999"), nullptr) << "the newest is kept";
}

TEST(CopyJudgements, AreKeptInBothDirectionsOrNotAtAll) {
  CopyJudgements few(3);
  few.put(judgement("a:1", "a:2", true));
  few.put(judgement("a:1", "a:3", true));
  few.put(judgement("a:1", "a:4", true));
  for (const char* id : {"a:2", "a:3", "a:4"})
    EXPECT_EQ(few.find("a:1", id) == nullptr, few.find(id, "a:1") == nullptr) << id;
  EXPECT_NE(few.find("a:1", "a:3"), nullptr);
  CopyJudgements all;
  for (int i = 0; i < 400; ++i) all.put(judgement("a:1", "b:" + std::to_string(i), true));
  for (int i = 0; i < 400; ++i) {
    const std::string id = "b:" + std::to_string(i);
    EXPECT_EQ(all.find("a:1", id) == nullptr, all.find(id, "a:1") == nullptr) << id;
  }
}

TEST(CopyAnswers, NotTheSameTakesACopyOut) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  ASSERT_EQ(house.original("x:2"), "facebook:1");
  house.answer("x:2", "facebook:1", false);
  EXPECT_EQ(house.original("x:2"), "");
  house.post("x", "2", "anna", 5, kCut);  // it is fetched again
  EXPECT_EQ(house.original("x:2"), "") << "the answer sticks";
}

TEST(CopyAnswers, NotTheSameAlsoWhenSaidOfTheOneThatIsShown) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  house.answer("facebook:1", "x:2", false);
  EXPECT_EQ(house.original("x:2"), "");
  EXPECT_EQ(house.original("facebook:1"), "");
}

TEST(CopyAnswers, TheSameFoldsWhatNoRuleWould) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "bruno", 5, kOther);
  ASSERT_EQ(house.original("x:2"), "");
  house.answer("x:2", "facebook:1", true);
  ASSERT_EQ(house.original("x:2"), "facebook:1");
  const DuplicateOf& fold = house.store.items.at("x:2").duplicate_of();
  EXPECT_EQ(fold.rule(), "editor");
  EXPECT_EQ(fold.by(), "Mira");
  EXPECT_EQ(fold.relation(), "other-person");
  house.post("x", "2", "bruno", 5, kOther);
  EXPECT_EQ(house.original("x:2"), "facebook:1") << "the answer sticks";
  EXPECT_EQ(house.store.items.at("x:2").duplicate_of().by(), "Mira");
}

TEST(CopyAnswers, AnAnswerCanBeTakenBack) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  house.answer("x:2", "facebook:1", false);
  house.answer("x:2", "facebook:1", true);
  EXPECT_EQ(house.original("x:2"), "facebook:1");
}

TEST(CopyAnswers, AThirdCopyDoesNotBringTogetherWhatIsKeptApart) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  house.answer("x:2", "facebook:1", false);
  house.post("bluesky", "3", "anna", 9, kLong);
  EXPECT_EQ(house.original("bluesky:3"), "facebook:1");
  house.post("x", "2", "anna", 5, kCut);
  EXPECT_EQ(house.original("x:2"), "") << "nor by way of the third";
}

TEST(CopyAnswers, OneOfTwoGoesOverWhereTheirGroupsAreKeptApart) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);  // a copy of the long one
  house.post("bluesky", "3", "bruno", 9, kOther);
  house.answer("bluesky:3", "facebook:1", false);
  house.answer("bluesky:3", "x:2", true);
  EXPECT_EQ(house.shown("x:2"), house.shown("bluesky:3"));
  EXPECT_EQ(house.original("facebook:1"), "");
  house.post("bluesky", "3", "bruno", 9, kOther);
  house.post("x", "2", "anna", 5, kCut);
  EXPECT_EQ(house.shown("x:2"), house.shown("bluesky:3")) << "it sticks";
  EXPECT_EQ(house.shown("facebook:1"), "facebook:1");
}

TEST(CopyAnswers, TheNewestHoldsThoughBothAreShownForOthersWhoAreKeptApart) {
  House house;
  house.post_two_groups();
  house.answer("x:2", "x:4", false);
  house.answer("facebook:1", "bluesky:3", true);
  EXPECT_EQ(house.shown("facebook:1"), house.shown("bluesky:3"));
  EXPECT_NE(house.shown("x:2"), house.shown("x:4"));
}

TEST(CopyAnswers, TheNewestHoldsThoughEachIsKeptApartFromTheOthersGroup) {
  House house;
  house.post_two_groups();
  house.answer("facebook:1", "x:4", false);
  house.answer("bluesky:3", "x:2", false);
  house.answer("facebook:1", "bluesky:3", true);
  EXPECT_EQ(house.shown("facebook:1"), house.shown("bluesky:3"));
  EXPECT_NE(house.shown("facebook:1"), house.shown("x:4"));
  EXPECT_NE(house.shown("bluesky:3"), house.shown("x:2"));
}

TEST(CopyAnswers, TwoCopiesMeetOutsideOfGroupsThatAreKeptApart) {
  House house;
  house.post_two_groups();
  house.answer("facebook:1", "x:4", false);
  house.answer("bluesky:3", "x:2", false);
  house.answer("x:2", "x:4", true);
  EXPECT_EQ(house.shown("x:2"), "x:2");
  EXPECT_EQ(house.shown("x:4"), "x:2");
  EXPECT_EQ(house.shown("facebook:1"), "facebook:1");
  EXPECT_EQ(house.shown("bluesky:3"), "bluesky:3");
}

TEST(CopyAnswers, OutliveARebuild) {
  House rebuilt;
  rebuilt.pipeline.restore_answer(judgement("x:2", "facebook:1", false));
  rebuilt.pipeline.restore_answer(judgement("x:4", "facebook:1", true));
  rebuilt.post("facebook", "1", "anna", 0, kLong);
  rebuilt.post("x", "2", "anna", 5, kCut);
  rebuilt.post("x", "4", "bruno", 9, kOther);
  EXPECT_EQ(rebuilt.original("x:2"), "");
  EXPECT_EQ(rebuilt.original("x:4"), "facebook:1");
}

TEST(CopyAnswers, OutliveAStopWithTheFoldsThatWereStored) {
  House before;
  before.post("facebook", "1", "anna", 0, kLong);
  before.post("x", "2", "anna", 5, kCut);
  before.answer("x:2", "facebook:1", false);
  House after;
  after.pipeline.restore_answer(judgement("x:2", "facebook:1", false));
  for (const auto& [id, item] : before.store.items) after.pipeline.restore(item);
  after.store.items = before.store.items;
  after.post("x", "2", "anna", 5, kCut);
  EXPECT_EQ(after.original("x:2"), "");
}

TEST(CopyAnswers, APostThatIsNotHereYetIsTakenUpWhenItComes) {
  House house;
  house.post("x", "2", "bruno", 5, kOther);
  house.pipeline.answer(judgement("x:2", "facebook:1", true));
  (void)house.pipeline.take_revisions();
  house.post("facebook", "1", "anna", 0, kLong);
  EXPECT_EQ(house.original("x:2"), "facebook:1") << "the earlier one is shown";
}

TEST(CopyAnswers, WhatWasAskedIsNotAskedAgain) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  Item asking = make_post("x", "2", "bruno", 5, kOther);
  house.post("x", "2", "bruno", 5, kOther);
  DuplicateOf* asked = house.store.items.at("x:2").add_may_copy();
  asked->set_item_id("facebook:1");
  house.answer("facebook:1", "x:2", false);
  EXPECT_EQ(house.store.items.at("x:2").may_copy_size(), 0);
}

TEST(CopyExplain, SaysEachRuleWithItsFigures) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  const CopyExplanation told = explain_copies(house.store.items.at("facebook:1"), house.store.items.at("x:2"),
                                              "facebook:1", "facebook:1", nullptr);
  EXPECT_EQ(told.shown, "facebook:1");
  EXPECT_TRUE(told.verdict.folds());
  EXPECT_EQ(told.verdict.rule, "cross-post");
  const std::string json = to_json(told);
  for (const char* part : {R"("folded":true)", R"("answer":"fold")", R"("same_person":true)",
                           R"("rule":"cross-post","holds":true)"})
    EXPECT_NE(json.find(part), std::string::npos) << part << " in " << json;
  EXPECT_NE(to_text(told).find("holds  cross-post"), std::string::npos) << to_text(told);
}

TEST(CopyExplain, ADayOfWhichNoTimeIsKnownIsADay) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  Item bare = house.store.items.at("facebook:1");
  const Item& timed = house.store.items.at("x:2");
  set_created_at(*parse_told_date("2022-04-13"), &bare);
  const CopyExplanation told = explain_copies(bare, timed, "facebook:1", "facebook:1", nullptr);
  EXPECT_NE(to_text(told).find(", 2022-04-13, "), std::string::npos) << to_text(told);
  EXPECT_NE(to_text(told).find("one person, 1 day apart; "), std::string::npos) << to_text(told);
  EXPECT_NE(to_text(told).find(", 2022-04-14T06:05:00Z, "), std::string::npos) << to_text(told);
  const std::string json = to_json(told);
  EXPECT_NE(json.find(R"("at":"2022-04-13T00:00:00Z","day_only":true)"), std::string::npos) << json;
  EXPECT_NE(json.find(R"("days_apart":1)"), std::string::npos) << json;
  EXPECT_EQ(json.find("hours_apart"), std::string::npos) << json;
  set_created_at(*parse_told_date("2022-04-14"), &bare);
  const CopyExplanation same_day = explain_copies(bare, timed, "facebook:1", "facebook:1", nullptr);
  EXPECT_NE(to_text(same_day).find("one person, on one day; "), std::string::npos) << to_text(same_day);
  const CopyExplanation both = explain_copies(timed, timed, "", "", nullptr);
  for (const char* part : {"day_only", "days_apart"})
    EXPECT_EQ(to_json(both).find(part), std::string::npos) << to_json(both);
}

TEST(CopyExplain, AnEditorsWordGoesBeforeTheRules) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "anna", 5, kCut);
  const CopyJudgement said = judgement("x:2", "facebook:1", false);
  const CopyExplanation told = explain_copies(house.store.items.at("facebook:1"), house.store.items.at("x:2"),
                                              "facebook:1", "x:2", &said);
  EXPECT_EQ(told.verdict.answer, CopyAnswerKind::kApart);
  EXPECT_EQ(told.rules.front().rule, "editor");
  EXPECT_NE(to_json(told).find(R"("editor":{"by":"Mira")"), std::string::npos);
}

TEST(CopyExplain, WhatHasNothingInCommonIsApart) {
  House house;
  house.post("facebook", "1", "anna", 0, kLong);
  house.post("x", "2", "bruno", 5, kOther);
  const CopyExplanation told = explain_copies(house.store.items.at("facebook:1"), house.store.items.at("x:2"),
                                              "facebook:1", "x:2", nullptr);
  EXPECT_EQ(told.verdict.answer, CopyAnswerKind::kApart);
  EXPECT_EQ(told.shown, "");
  for (const ExplainedRule& rule : told.rules) EXPECT_FALSE(rule.holds) << rule.rule;
}

}  // namespace
}  // namespace copytaster
