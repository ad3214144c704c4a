// What an editor is told of two posts is what the rules did.
#include "processors/copy_explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "fold_support.h"
#include "processors/pdq_bits.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using testing::kCut;
using testing::kLong;
using testing::make_post;

CopyExplanation explained(const Item& a, const Item& b) {
  return explain_copies(a, b, a.id(), b.id(), nullptr);
}

const ExplainedRule& rule(const CopyExplanation& told, std::string_view name) {
  const auto found = std::ranges::find(told.rules, name, &ExplainedRule::rule);
  static const ExplainedRule kNone;
  EXPECT_NE(found, told.rules.end()) << name;
  return found == told.rules.end() ? kNone : *found;
}

TEST(CopyExplain, ARuleHoldsOnlyWhereTheVerdictSaysSo) {
  const char* wishes = "Happy new year to you all";
  const Item first = make_post("facebook", "1", "anna", 0, wishes);
  const CopyExplanation next_year = explained(first, make_post("facebook", "2", "anna", 60 * 24 * 5, wishes));
  EXPECT_TRUE(next_year.evidence.text.exact);
  EXPECT_EQ(next_year.verdict.answer, CopyAnswerKind::kApart);
  for (const ExplainedRule& one : next_year.rules) EXPECT_FALSE(one.holds) << one.rule;
  EXPECT_THAT(rule(next_year, "exact-text").why, HasSubstr("does not fold"));
  const CopyExplanation others = explained(first, make_post("facebook", "3", "bruno", 60 * 24 * 5, wishes));
  EXPECT_FALSE(rule(others, "same-words").holds);
  const CopyExplanation soon = explained(first, make_post("facebook", "4", "anna", 60, wishes));
  EXPECT_TRUE(rule(soon, "exact-text").holds);
  EXPECT_FALSE(rule(soon, "cross-post").holds);
}

TEST(CopyExplain, SaysWhatSpeaksAgainstOneStatement) {
  const auto objection = [](std::string_view name, std::string_view a, std::string_view b) {
    const ExplainedRule told =
        rule(explained(make_post("facebook", "1", "anna", 0, a), make_post("x", "2", "anna", 5, b)), name);
    return (told.holds ? "holds: " : "no: ") + told.why;
  };
  constexpr std::string_view kPark =
      "The park behind the station is open again from this morning on, says Daniela Rossi";
  EXPECT_THAT(objection("other-names", kPark,
                        "The park behind the station is open again from this morning on, says Marco Bianchi"),
              HasSubstr("holds: a name stands where the other has another one"));
  EXPECT_THAT(objection("other-names", kPark,
                        "The park behind the station is open again from this morning on, says Daniele Rossi"),
              HasSubstr("holds: a name differs by a letter"));
  EXPECT_THAT(objection("other-names", kPark, kPark), HasSubstr("no: "));
  EXPECT_THAT(objection("other-signs", "🟢 The bridge over the river is passable for everybody again today",
                        "🔴 The bridge over the river is passable for everybody again today"),
              HasSubstr("holds: a light, tick"));
  EXPECT_THAT(objection("other-signs", kPark, kPark), HasSubstr("no: "));
  EXPECT_THAT(objection("words-put-in", "The school in the old town stays open for all children this winter",
                        "The school in the old town stays probably open for all children this winter"),
              HasSubstr("holds: 1 word(s) stand inside"));
  EXPECT_THAT(objection("words-put-in", kPark, kPark), HasSubstr("no: "));
}

TEST(CopyExplain, ASiteIsNamedWhereNobodyIs) {
  Item post = make_post("feed", "1", "anna", 0, kLong);
  post.mutable_author()->clear_name();
  post.set_url("https://www.city.example/news/1");
  EXPECT_THAT(to_text(explained(post, make_post("x", "2", "anna", 1, kLong))),
              ::testing::AllOf(HasSubstr("\n  www.city.example, "), HasSubstr(" on x")));
}

// The figure is where verify() turns, whoever posted where and when.
TEST(CopyExplain, WhatIsNeededIsWhatTheRulesAskedFor) {
  std::size_t told_of = 0;
  for (const char* platform : {"facebook", "x"}) {
    for (const char* person : {"anna", "bruno"}) {
      for (const int minutes : {5, 60 * 20, 60 * 24 * 8}) {
        const CopyExplanation told = explained(make_post("facebook", "1", "anna", 0, kLong),
                                               make_post(platform, "2", person, minutes, kCut));
        const std::string& why = rule(told, "cross-post").why;
        SCOPED_TRACE(why);
        const auto at = why.find("folded from ");
        TextDiff diff = told.diff;
        if (at == std::string::npos) {
          diff.common = diff.shorter;
          EXPECT_FALSE(verify(told.evidence, diff).folds());
          continue;
        }
        ++told_of;
        ASSERT_EQ(std::sscanf(why.c_str() + at, "folded from %u", &diff.common), 1);
        EXPECT_TRUE(verify(told.evidence, diff).folds());
        --diff.common;
        EXPECT_FALSE(verify(told.evidence, diff).folds());
      }
    }
  }
  EXPECT_GE(told_of, 4U);
}

TEST(CopyExplain, PicturesCountAsDedupeCountsThem) {
  Item first = make_post("facebook", "1", "anna", 0, kLong), later = make_post("x", "2", "anna", 5, kCut);
  for (Item* item : {&first, &later}) {
    Media* media = item->add_media();
    media->set_kind(PICTURE);
    media->set_sha256("same-bytes");
  }
  EXPECT_EQ(explained(first, later).evidence.shared_pictures, 1);
  EXPECT_EQ(explained(later, first).evidence.shared_pictures, 1);
  later.mutable_media(0)->mutable_pdq()->set_quality(kLeastPictureQuality - 1);
  const CopyExplanation told = explained(first, later);
  EXPECT_EQ(told.evidence.shared_pictures, 0) << "a flag or a logo";
  EXPECT_TRUE(rule(told, "picture").holds) << "though it is the same";
}

}  // namespace
}  // namespace copytaster
