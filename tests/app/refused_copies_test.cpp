// Posts that cannot be stored: what they had taught about others is not so.
#include <gtest/gtest.h>

#include <string>

#include "core/item.h"
#include "core/time.h"
#include "processing_support.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using testing::kCut;
using testing::kLong;

constexpr std::string_view kUnstorable = "unstorable";

class PickyStore final : public testing::MemoryStore {
 public:
  using MemoryStore::MemoryStore;
  absl::Status stage_item(WriteBatch& batch, const Item& item) override {
    if (item.text().ends_with(kUnstorable)) return absl::InvalidArgumentError("it cannot be stored");
    return MemoryStore::stage_item(batch, item);
  }
};

Item post(const std::string& platform, const std::string& native_id, std::string_view text, int minute) {
  Item item;
  item.set_platform(platform);
  item.set_native_id(native_id);
  item.set_id(item_id(platform, native_id));
  item.set_account_id(platform + ":anna");
  item.set_official_id("anna");
  item.mutable_author()->set_name("Anna");
  item.set_text(std::string(text));
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1650000000 + 60 * minute));
  item.set_content_hash(content_hash(item));
  return item;
}

class RefusedCopies : public testing::ProcessingFixture {
 protected:
  void SetUp() override {
    ProcessingFixture::SetUp();
    store_ = std::make_unique<PickyStore>(&database_);
    processing_ = std::make_unique<Processing>(
        ProcessingDependencies{bus_.get(), store_.get(), &media_, pipeline_.get(), &clock_}, 2);
    bring({post("facebook", "1", kCut, 0), post("x", "2", kCut, 5), post("bluesky", "3", kCut, 9)});
    ASSERT_EQ(original("x:2"), "facebook:1");
    ASSERT_EQ(original("bluesky:3"), "facebook:1");
  }
  void bring(const std::vector<Item>& items) {
    append(items);
    ASSERT_TRUE(turn().ok());
  }
  std::string original(const std::string& id) { return store_->item(id)->duplicate_of().item_id(); }
  // In the store, and in memory for what comes next.
  void expect_as_before() {
    EXPECT_EQ(original("facebook:1"), "");
    EXPECT_EQ(original("x:2"), "facebook:1");
    EXPECT_EQ(original("bluesky:3"), "facebook:1");
    EXPECT_EQ(store_->item("x:2")->version(), 1U);
    bring({post("mastodon", "4", kCut, 20)});
    EXPECT_EQ(original("mastodon:4"), "facebook:1");
    bring({post("x", "2", kLong, 5)});  // one that can be stored, and is the fullest
    EXPECT_EQ(original("x:2"), "");
    for (const char* id : {"facebook:1", "bluesky:3", "mastodon:4"}) EXPECT_EQ(original(id), "x:2") << id;
  }
};

const std::string kRefused = std::string(kLong) + " That it is open is " + std::string(kUnstorable);

TEST_F(RefusedCopies, AnEditThatTookItsOriginalsPlaceLeavesBothAsTheyWere) {
  bring({post("x", "2", kRefused, 5)});
  ASSERT_EQ(store_->dead_letters(10)->size(), 1U);
  expect_as_before();
}

TEST_F(RefusedCopies, ANewPostThatTookItsCopiesPlaceLeavesThemAsTheyWere) {
  bring({post("mastodon", "9", kRefused, 30)});
  ASSERT_EQ(store_->dead_letters(10)->size(), 1U);
  expect_as_before();
}

TEST_F(RefusedCopies, WhatOthersTaughtInTheSameTurnHolds) {
  bring({post("mastodon", "9", kRefused, 30), post("mastodon", "8", kLong, 31)});
  EXPECT_EQ(store_->dead_letters(10)->size(), 1U);
  EXPECT_EQ(original("mastodon:8"), "") << "the fullest of those that are stored";
  for (const char* id : {"facebook:1", "x:2", "bluesky:3"}) EXPECT_NE(original(id), "mastodon:9") << id;
}

}  // namespace
}  // namespace copytaster
