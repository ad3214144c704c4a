// Copies of a post that has left the window: what is stored stays, and what repeats them goes where they are.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "fold_support.h"
#include "processors/copy_index.h"
#include "processors/memory_restore.h"
#include "processors/pipeline.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using testing::ItemsReader;
using testing::kCut;
using testing::kLong;
using testing::kOther;
using testing::make_post;
using testing::StoredPosts;

// The window is 30 of these, in minutes: so short that the rules still take the same words for one statement.
constexpr int kDay = 144;

CopySettings short_window() {
  CopySettings settings;
  settings.window = absl::Minutes(30 * kDay);
  return settings;
}

class CopyWindow : public ::testing::Test {
 protected:
  void post(std::string_view platform, std::string_view id, std::string_view person, int minutes,
            std::string_view text) {
    place(make_post(platform, id, person, minutes, text));
  }
  void place(Item item) {
    const StoredPosts posts(store);
    ASSERT_TRUE(pipeline->prepare(item).ok());
    // As processing does it: what is stored comes along.
    if (const auto known = store.items.find(item.id()); known != store.items.end()) {
      if (known->second.has_duplicate_of()) *item.mutable_duplicate_of() = known->second.duplicate_of();
      item.set_story_id(known->second.story_id());
    }
    ASSERT_TRUE(pipeline->place(item, &posts).ok());
    const std::string id = item.id();
    store.items[id] = std::move(item);
    testing::store_revisions(*pipeline, store);
  }
  void reshare(std::string_view id, std::string_view person, int minutes, std::string_view original) {
    Item item = make_post("mastodon", id, person, minutes, "");
    item.mutable_repost_of()->set_item_id(std::string(original));
    place(std::move(item));
  }
  // Copies of facebook:1, of which x:3 and x:4 outlive it and x:2.
  void post_two_early_two_late() {
    post("facebook", "1", "anna", 0, kLong);
    post("x", "2", "anna", 1 * kDay, kLong);
    post("x", "3", "anna", 20 * kDay, kLong);
    post("x", "4", "anna", 21 * kDay, kLong);
  }
  // Until what is older than the window of this day has left it.
  void until(int day, int posts = 60) {
    for (int i = 0; i < posts; ++i)
      post("feed", std::to_string(day) + "-" + std::to_string(i), "clerk" + std::to_string(i),
           day * kDay + i / 10, "");
  }
  void restart() {
    pipeline = std::make_unique<Pipeline>(nobody, Rules::defaults(), short_window());
    for (const CopyJudgement& one : said) pipeline->restore_answer(one);
    ASSERT_TRUE(restore_memory(store, *pipeline).ok());
  }
  void answer(const std::string& item, const std::string& other, bool same) {
    said.push_back({item, other, same, "Mira", absl::FromUnixSeconds(1652400000)});
    const StoredPosts posts(store);
    pipeline->answer(said.back(), &posts);
    testing::store_revisions(*pipeline, store);
  }
  std::string original(const std::string& id) { return store.items.at(id).duplicate_of().item_id(); }

  const Officials nobody;
  std::unique_ptr<Pipeline> pipeline = std::make_unique<Pipeline>(nobody, Rules::defaults(), short_window());
  ItemsReader store;
  std::vector<CopyJudgement> said;
};

TEST_F(CopyWindow, WhatIsStoredStaysWhenItsOriginalHasLeft) {
  for (const bool restarted : {false, true}) {
    SetUp();
    post("facebook", "1", "anna", 0, kLong);
    post("x", "2", "anna", 3 * kDay, kLong);
    reshare("3", "carla", 20 * kDay, "x:2");
    ASSERT_EQ(original("mastodon:3"), "facebook:1");
    until(31);
    if (restarted) restart();
    post("x", "4", "bruno", 31 * kDay + 60, kLong);
    EXPECT_EQ(original("x:2"), "facebook:1") << "nobody shows another one for it";
    EXPECT_EQ(original("mastodon:3"), "facebook:1");
    EXPECT_EQ(original("x:4"), "facebook:1") << "a copy never points at a copy";
    EXPECT_EQ(store.items.at("x:4").duplicate_of().relation(), "other-person");
    post("bluesky", "5", "anna", 31 * kDay + 61, std::string(kLong) + " " + std::string(kLong));
    EXPECT_EQ(original("x:2"), "facebook:1") << "nor does the same person's fuller text";
    pipeline = std::make_unique<Pipeline>(nobody, Rules::defaults(), short_window());
    store.items.clear();
  }
}

TEST_F(CopyWindow, TheBestOfThemStandsInThenTheNext) {
  post("facebook", "1", "anna", 0, kLong);
  for (int day : {3, 10, 20}) post("x", std::to_string(day), "anna", day * kDay, kLong);
  until(31);
  post("x", "a", "bruno", 31 * kDay + 60, kLong);
  until(35);  // the first that stood in has left, too
  post("x", "b", "bruno", 35 * kDay + 60, kLong);
  until(70, 200);
  post("x", "c", "bruno", 70 * kDay + 60, kLong);
  EXPECT_EQ(original("x:a"), "facebook:1");
  EXPECT_EQ(original("x:b"), "facebook:1");
  EXPECT_EQ(original("x:c"), "") << "nothing of it is here any more";
}

TEST_F(CopyWindow, OneThatStandsInMayBeDeletedOrChange) {
  post("facebook", "1", "anna", 0, kLong);
  post("x", "2", "anna", 3 * kDay, kLong);
  post("x", "3", "anna", 4 * kDay, kLong);
  until(31);
  pipeline->forget("x:2");
  EXPECT_TRUE(pipeline->take_revisions().empty()) << "what is shown is facebook:1, as before";
  post("x", "4", "bruno", 31 * kDay + 60, kLong);
  EXPECT_EQ(original("x:4"), "facebook:1");
}

TEST_F(CopyWindow, NotTheSameHoldsWhenTheJudgedPostHasLeft) {
  post("facebook", "1", "anna", 0, kLong);
  post("x", "2", "bruno", 20 * kDay, kLong);
  post("x", "3", "carla", 20 * kDay, kLong);
  answer("x:3", "facebook:1", false);
  ASSERT_EQ(original("x:3"), "");
  until(31);
  for (const bool restarted : {false, true}) {
    if (restarted) restart();
    post("x", "3", "carla", 20 * kDay, std::string(kLong) + " #bridge");  // a new version
    EXPECT_EQ(original("x:3"), "") << "by way of x:2, which nobody has judged";
    EXPECT_EQ(original("x:2"), "facebook:1");
  }
}

TEST_F(CopyWindow, NotTheSameHoldsAlsoWhereTheJudgedPostWasACopy) {
  post("facebook", "1", "anna", 3 * kDay, kLong);
  post("x", "0", "anna", 0, kCut);
  post("x", "2", "bruno", 20 * kDay, kLong);
  post("x", "3", "carla", 20 * kDay, kLong);
  ASSERT_EQ(original("x:0"), "facebook:1");
  answer("x:3", "x:0", false);
  ASSERT_EQ(original("x:3"), "");
  until(31);
  for (const bool restarted : {false, true}) {
    if (restarted) restart();
    place(make_post("x", "3", "carla", 20 * kDay, std::string(kLong) + " #bridge"));
    EXPECT_EQ(original("x:3"), "") << (restarted ? "after a start" : "");
  }
}

TEST_F(CopyWindow, NotTheSameUndoesAFoldIntoWhatHasLeft) {
  post_two_early_two_late();
  until(32);
  answer("x:3", "facebook:1", false);
  EXPECT_EQ(original("x:3"), "");
  EXPECT_EQ(original("x:4"), "facebook:1");
  answer("x:2", "facebook:1", false);
  EXPECT_EQ(original("x:2"), "") << "neither is here";
  answer("x:2", "x:4", false);
  EXPECT_EQ(original("x:4"), "facebook:1") << "they are no copies of each other any more";
}

TEST_F(CopyWindow, NotTheSameAsAnotherCopyOfWhatHasLeft) {
  post_two_early_two_late();
  until(32);
  answer("x:3", "x:2", false);
  EXPECT_EQ(original("x:3"), "");
  EXPECT_EQ(original("x:2"), "facebook:1");
  place(make_post("x", "3", "anna", 20 * kDay, std::string(kLong) + " #bridge"));
  EXPECT_EQ(original("x:3"), "") << "it sticks";
}

TEST_F(CopyWindow, TheSameAsACopyOfWhatHasLeftGoesThere) {
  post("facebook", "1", "anna", 0, kLong);
  post("x", "3", "anna", 20 * kDay, kLong);
  post("x", "4", "bruno", 21 * kDay, kOther);
  post("x", "5", "carla", 22 * kDay, kOther);
  ASSERT_EQ(original("x:5"), "x:4");
  until(32);
  answer("x:4", "x:3", true);
  EXPECT_EQ(original("x:4"), "facebook:1");
  EXPECT_EQ(original("x:5"), "facebook:1");
  EXPECT_EQ(store.items.at("x:4").duplicate_of().rule(), "editor");
}

}  // namespace
}  // namespace copytaster
