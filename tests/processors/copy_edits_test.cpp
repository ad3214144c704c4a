// Edits of a post that others are folded into.
#include <gtest/gtest.h>

#include <string>

#include "fold_support.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

using testing::ItemsReader;
using testing::make_post;
using testing::StoredPosts;

class CopyEdits : public ::testing::Test {
 protected:
  void place(Item item) {
    const StoredPosts posts(store);
    ASSERT_TRUE(pipeline.prepare(item).ok());
    ASSERT_TRUE(pipeline.place(item, &posts).ok());
    const std::string id = item.id();
    store.items[id] = std::move(item);
    testing::store_revisions(pipeline, store);
  }
  void post(std::string_view platform, std::string_view id, std::string_view person, int minute,
            std::string_view text) {
    place(make_post(platform, id, person, minute, text));
  }
  void reshare(std::string_view id, std::string_view original) {
    Item item = make_post("mastodon", id, id, 50, "");
    item.mutable_repost_of()->set_item_id(std::string(original));
    place(std::move(item));
  }
  const DuplicateOf& fold(const std::string& id) { return store.items.at(id).duplicate_of(); }
  std::string original(const std::string& id) { return fold(id).item_id(); }

  const Officials nobody;
  Pipeline pipeline{nobody, Rules::defaults()};
  ItemsReader store;
};

constexpr const char* kMarket =
    "The market of the old town will take place on Saturday in front of the church, with all stalls and the "
    "music of the school.";
constexpr const char* kNoMarket =
    "The market of the old town will not take place on Saturday in front of the church, with all stalls and "
    "the music of the school.";

TEST_F(CopyEdits, AnOriginalThatSaysSomethingElseLetsItsCopiesGo) {
  post("facebook", "1", "anna", 0, kMarket);
  post("x", "2", "anna", 5, kMarket);
  post("bluesky", "3", "bruno", 9, kMarket);
  ASSERT_EQ(original("x:2"), "facebook:1");
  post("facebook", "1", "anna", 0, kNoMarket);
  EXPECT_EQ(original("facebook:1"), "");
  EXPECT_EQ(original("x:2"), "");
  EXPECT_EQ(original("bluesky:3"), "x:2") << "they are still copies of each other";
  EXPECT_EQ(fold("bluesky:3").relation(), "other-person");
  post("mastodon", "4", "carla", 20, kMarket);
  EXPECT_EQ(original("mastodon:4"), "x:2");
  post("mastodon", "5", "carla", 21, kNoMarket);
  EXPECT_EQ(original("mastodon:5"), "facebook:1");
}

TEST_F(CopyEdits, AnEditThatSaysTheSameLeavesTheGroupAsItIsStored) {
  post("facebook", "1", "anna", 0, std::string(kMarket) + " #oldtown");
  post("x", "2", "anna", 5, kMarket);
  post("bluesky", "3", "anna", 9, kMarket);
  ASSERT_EQ(original("x:2"), "facebook:1");
  const std::string second = fold("x:2").SerializeAsString(), third = fold("bluesky:3").SerializeAsString();
  post("facebook", "1", "anna", 0, kMarket);
  EXPECT_EQ(original("facebook:1"), "");
  EXPECT_EQ(fold("x:2").SerializeAsString(), second);
  EXPECT_EQ(fold("bluesky:3").SerializeAsString(), third);
}

TEST_F(CopyEdits, WhatPassesItOnStaysWithIt) {
  post("facebook", "1", "anna", 0, kMarket);
  post("x", "2", "anna", 5, kMarket);
  reshare("a", "facebook:1");
  reshare("b", "x:2");
  ASSERT_EQ(original("mastodon:b"), "facebook:1");
  post("facebook", "1", "anna", 0, kNoMarket);
  EXPECT_EQ(original("mastodon:a"), "facebook:1");
  EXPECT_EQ(original("mastodon:b"), "x:2");
}

TEST_F(CopyEdits, WhatAnEditorHasSaidIsTheSameStaysWithIt) {
  post("facebook", "1", "anna", 0, kMarket);
  post("x", "2", "anna", 5, kMarket);
  post("x", "3", "bruno", 9, "The library on Mill Lane will stay open until ten in the evening.");
  pipeline.answer({"x:3", "facebook:1", true, "Mira", absl::FromUnixSeconds(1649950000)});
  testing::store_revisions(pipeline, store);
  post("facebook", "1", "anna", 0, kNoMarket);
  EXPECT_EQ(original("x:2"), "");
  EXPECT_EQ(original("x:3"), "facebook:1");
}

TEST_F(CopyEdits, AnEditThatMakesACutOfItIsACopyOfItsCopy) {
  post("facebook", "1", "anna", 0, kMarket);
  post("x", "2", "anna", 5, kMarket);
  post("bluesky", "3", "anna", 9, kMarket);
  post("facebook", "1", "anna", 0, std::string(kMarket).substr(0, 80) + "…");
  EXPECT_EQ(original("x:2"), "");
  EXPECT_EQ(original("facebook:1"), "x:2");
  EXPECT_EQ(original("bluesky:3"), "x:2");
}

}  // namespace
}  // namespace copytaster
