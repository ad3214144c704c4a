#include "core/item_outline.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/copytaster.pb.h"

namespace copytaster {
namespace {

Item whole() {
  Item item;
  item.set_id("mastodon:https://social.example/1");
  item.set_platform("mastodon");
  item.set_account_id("mastodon:mayor@social.example");
  item.set_official_id("the-mayor");
  item.set_text(std::string(300, 'x'));
  item.mutable_created_at()->set_seconds(1650000000);
  item.mutable_created_at()->set_nanos(5);
  item.mutable_collected_at()->set_seconds(1650000100);
  item.add_media()->set_url("https://files.example/1.jpg");
  item.add_media();
  item.set_version(3);
  item.mutable_fingerprint()->set_exact(77);
  item.mutable_fingerprint()->add_minhash(5);
  item.set_story_id("story:0123456789abcdef");
  item.mutable_newsworthiness()->set_score(0.5F);
  return item;
}

TEST(ItemOutline, SaysWhatTheItemSays) {
  const std::string record = whole().SerializeAsString();
  const auto outline = outline_of(record);
  ASSERT_TRUE(outline);
  EXPECT_EQ(outline->id, whole().id());
  EXPECT_EQ(outline->account_id, whole().account_id());
  EXPECT_EQ(outline->official_id, "the-mayor");
  EXPECT_EQ(outline->story_id, "story:0123456789abcdef");
  EXPECT_EQ(outline->created, 1650000000);
  EXPECT_EQ(outline->collected, 1650000100);
  EXPECT_EQ(outline->media, 2U);
}

TEST(ItemOutline, WhatIsNotThereIsAbsent) {
  const auto outline = outline_of("");
  ASSERT_TRUE(outline);
  EXPECT_EQ(outline->id, "");
  EXPECT_FALSE(outline->created || outline->collected);
  EXPECT_EQ(outline->seconds(), 0);
}

TEST(ItemOutline, TimesBefore1970AndOfTheEpochItselfAreRead) {
  Item item;
  item.mutable_created_at()->set_seconds(-5);
  EXPECT_EQ(outline_of(item.SerializeAsString())->created, -5);
  item.mutable_created_at()->set_seconds(0);
  EXPECT_EQ(outline_of(item.SerializeAsString())->created, 0);
}

TEST(ItemOutline, APostIsNotFromTheFuture) {
  EXPECT_EQ(post_seconds(100, std::nullopt), 100);
  EXPECT_EQ(post_seconds(100, 200), 100);
  EXPECT_EQ(post_seconds(300, 200), 200);
  EXPECT_EQ(post_seconds(std::nullopt, 200), 200);
  EXPECT_EQ(post_seconds(-100, std::nullopt), 0);
  EXPECT_EQ(post_seconds(std::int64_t{1} << 40, std::nullopt), 0xffffffff);
}

// Whatever is cut off or overwritten: it never reads beyond the bytes, and where protobuf reads them all it
// does not refuse them.
TEST(ItemOutline, AnyBytes) {
  const std::string record = whole().SerializeAsString();
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (std::size_t cut = 0; cut <= record.size(); ++cut) {
    const std::string bytes(record, 0, cut);  // of its own, so that a sanitizer sees its end
    Item item;
    if (!item.ParseFromString(bytes)) continue;
    ASSERT_TRUE(outline_of(bytes)) << cut;
    EXPECT_EQ(outline_of(bytes)->story_id, item.story_id());
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = record;
    for (int change = 0; change < 3; ++change) bytes[random() % bytes.size()] = static_cast<char>(random());
    (void)outline_of(bytes);
  }
}

}  // namespace
}  // namespace copytaster
