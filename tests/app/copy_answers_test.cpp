// What an editor says of copies, from the desk's question to the store, over stops and crashes.
#include "app/copy_answers.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/item.h"
#include "core/time.h"
#include "processing_support.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using testing::kCut;
using testing::kLong;
using testing::kOther;

Item post(const std::string& platform, const std::string& native_id, const std::string& person,
          std::string_view text, int minute) {
  Item item;
  item.set_platform(platform);
  item.set_native_id(native_id);
  item.set_id(item_id(platform, native_id));
  item.set_account_id(platform + ":" + person);
  item.set_official_id(person);
  item.mutable_author()->set_name(person);
  item.set_text(std::string(text));
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1650000000 + 60 * minute));
  item.set_content_hash(content_hash(item));
  return item;
}

class CopyAnswersTest : public testing::ProcessingFixture {
 protected:
  void bring(const std::vector<Item>& items) {
    append(items);
    take_up();
  }
  void take_up() { ASSERT_TRUE(turn().ok()); }
  absl::Status answer(const std::string& item, const std::string& other, bool same) {
    return keep_answer({item, other, same, "Mira"}, pipeline_->copies_begin(), store_.get(), bus_.get(),
                       clock_);
  }
  std::string original(const std::string& id) { return store_->item(id)->duplicate_of().item_id(); }
  std::vector<std::string> actions() {
    std::vector<std::string> verbs;
    EXPECT_TRUE(
        store_->each_action([&](const Action& action) { return verbs.push_back(action.verb()), true; }).ok());
    return verbs;
  }
};

TEST_F(CopyAnswersTest, NotTheSameIsKeptAppliedAndSticksOverARestartAndAnEdit) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "anna", kCut, 5)});
  ASSERT_EQ(original("x:2"), "facebook:1");
  ASSERT_TRUE(answer("x:2", "facebook:1", false).ok());
  EXPECT_EQ(actions(), std::vector<std::string>{"unfold"}) << "kept before it is applied";
  take_up();
  EXPECT_EQ(original("x:2"), "");
  start();
  bring({post("x", "2", "anna", std::string(kCut) + " #bridge", 5)});
  EXPECT_EQ(store_->item("x:2")->version(), 2U);
  EXPECT_EQ(original("x:2"), "");
}

TEST_F(CopyAnswersTest, TheSameFoldsAndSaysWho) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "bruno", kOther, 5)});
  ASSERT_TRUE(answer("x:2", "facebook:1", true).ok());
  take_up();
  const Item folded = *store_->item("x:2");
  EXPECT_EQ(folded.duplicate_of().item_id(), "facebook:1");
  EXPECT_EQ(folded.duplicate_of().rule(), "editor");
  EXPECT_EQ(folded.duplicate_of().by(), "Mira");
  EXPECT_EQ(folded.version(), 1U) << "what an editor says is no new version of a post";
  EXPECT_EQ(folded.story_id(), store_->item("facebook:1")->story_id()) << "a copy goes where its original is";
}

TEST_F(CopyAnswersTest, AStopBetweenKeepingAndApplyingLosesNothing) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "anna", kCut, 5)});
  ASSERT_TRUE(answer("x:2", "facebook:1", false).ok());
  start();  // before a turn took it up
  take_up();
  EXPECT_EQ(original("x:2"), "");
  EXPECT_EQ(actions().size(), 1U);
}

TEST_F(CopyAnswersTest, OnePostOrAnUnknownOneIsRefusedAndNothingKept) {
  bring({post("facebook", "1", "anna", kLong, 0)});
  EXPECT_TRUE(absl::IsInvalidArgument(answer("facebook:1", "facebook:1", true)));
  EXPECT_TRUE(absl::IsNotFound(answer("facebook:1", "x:none", true)));
  EXPECT_TRUE(absl::IsNotFound(answer("x:none", "facebook:1", true)));
  EXPECT_TRUE(actions().empty());
}

TEST_F(CopyAnswersTest, TheExplanationKnowsFoldAndEditor) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "anna", kCut, 5)});
  auto before = explain_stored(*store_, "x:2", "facebook:1");
  ASSERT_TRUE(before.ok()) << before.status();
  EXPECT_EQ(before->shown, "facebook:1");
  EXPECT_FALSE(before->editor);
  ASSERT_TRUE(answer("facebook:1", "x:2", false).ok());
  take_up();
  const auto after = explain_stored(*store_, "x:2", "facebook:1");
  ASSERT_TRUE(after.ok());
  EXPECT_EQ(after->shown, "");
  ASSERT_TRUE(after->editor);
  EXPECT_EQ(after->editor->by, "Mira");
  EXPECT_TRUE(absl::IsNotFound(explain_stored(*store_, "x:2", "x:none").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(explain_stored(*store_, "x:2", "x:2").status()));
}

constexpr int kDay = 24 * 60;

TEST_F(CopyAnswersTest, WhatIsTooOldCanBeTakenOutButNotFoldedAndItIsSaidSo) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "anna", kLong, 5),
         post("x", "3", "bruno", kOther, 9)});
  ASSERT_EQ(original("x:2"), "facebook:1");
  std::vector<Item> later;
  for (int i = 0; i < 60; ++i)
    later.push_back(post("feed", std::to_string(i), std::to_string(i), "", 40 * kDay + i));
  bring(later);
  const absl::Status refused = answer("x:3", "facebook:1", true);
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_NE(std::string(refused.message()).find("x:3 is older"), std::string::npos) << refused;
  EXPECT_TRUE(absl::IsFailedPrecondition(answer("feed:1", "x:3", true)));
  EXPECT_TRUE(actions().empty()) << "nothing is kept that has no effect";
  EXPECT_TRUE(answer("x:2", "facebook:1", true).ok()) << "they are one already";
  ASSERT_TRUE(answer("x:2", "facebook:1", false).ok());
  take_up();
  EXPECT_EQ(original("x:2"), "");
  start();
  EXPECT_TRUE(absl::IsFailedPrecondition(answer("x:2", "facebook:1", true))) << "after a start, too";
}

TEST_F(CopyAnswersTest, AYoungPostIsFoldedWhereACopyOfWhatHasLeftIs) {
  bring({post("facebook", "1", "anna", kLong, 0), post("x", "2", "anna", kLong, 6 * kDay)});
  ASSERT_EQ(original("x:2"), "facebook:1");
  std::vector<Item> later;
  for (int i = 0; i < 60; ++i)
    later.push_back(post("feed", std::to_string(i), std::to_string(i), "", 33 * kDay + i));
  later.push_back(post("x", "3", "bruno", kOther, 33 * kDay));
  bring(later);
  ASSERT_TRUE(answer("x:3", "x:2", true).ok());
  take_up();
  EXPECT_EQ(original("x:3"), "facebook:1");
}

}  // namespace
}  // namespace copytaster
