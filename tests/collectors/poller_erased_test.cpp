// What was erased is not asked for, and an answer that shows it is not kept for its sake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

void entomb(World& world, const std::string& subject) {
  Tombstone stone;
  stone.set_subject(subject);
  auto batch = world.store.batch();
  ASSERT_TRUE(world.store.stage_tombstone(*batch, stone).ok());
  ASSERT_TRUE(world.store.write(*batch, Durability::kSynced).ok());
}

std::size_t captures(const World& world) {
  std::size_t count = 0;
  EXPECT_TRUE(world.key_value.scan(Space::kCaptures, "", "", [&](auto, auto) { return ++count, true; }).ok());
  return count;
}

TEST(PollerErased, AnAnswerThatShowsNothingElseIsNotKept) {
  World world;
  entomb(world, "item:words:1");
  world.web[kUrl].body = "post 1 secret";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), IsEmpty());
  EXPECT_EQ(captures(world), 0U);
  EXPECT_EQ(world.store.counters().collected(), 0U);
}

TEST(PollerErased, AnAnswerWithOtherNewsTellsWhatItHolds) {
  World world;
  entomb(world, "item:words:1");
  world.web[kUrl].body = "post 1 secret\npost 2 other";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.items(), SizeIs(1));
  EXPECT_EQ(world.items()[0].id(), "words:2");
  EXPECT_EQ(world.store.counters().collected(), 1U);
  ASSERT_THAT(world.bus.parcels(), SizeIs(1));
  const Parcel parcel = world.bus.parcels()[0];
  ASSERT_THAT(parcel.deletions(), SizeIs(1));
  EXPECT_EQ(parcel.deletions(0).item_id(), "words:1");
  EXPECT_EQ(parcel.deletions(0).state(), UNKNOWN) << "it is no proof that the post is gone";
  EXPECT_EQ(parcel.deletions(0).capture_sha256(), parcel.capture_sha256());
  EXPECT_EQ(parcel.SerializeAsString().find("secret"), std::string::npos);
}

TEST(PollerErased, NeitherItNorItsPicturesAreAskedForAgain) {
  World world;
  world.options.reread_for = absl::Hours(48);
  world.web[kUrl].body = "post 1 x\npicture https://a.example/late.jpg p\nnext n";
  world.web["https://a.example?at=n"].body = "next n";
  world.web["https://a.example/late.jpg"].status = 503;
  ASSERT_TRUE(world.settle().ok());
  const int pictures = world.fetcher.hits("https://a.example/late.jpg");
  const int rereads = world.fetcher.hits("https://a.example/post/1");
  world.poller().forget("words:1");
  for (int i = 0; i < 20; ++i) {
    world.clock.advance(absl::Hours(1));
    ASSERT_TRUE(world.settle().ok());
  }
  EXPECT_EQ(world.fetcher.hits("https://a.example/late.jpg"), pictures);
  EXPECT_EQ(world.fetcher.hits("https://a.example/post/1"), rereads);
}

}  // namespace
}  // namespace copytaster
