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

std::size_t captures(const World& world) {
  std::size_t count = 0;
  EXPECT_TRUE(world.key_value.scan(Space::kCaptures, "", "", [&](auto, auto) { return ++count, true; }).ok());
  return count;
}

TEST(PollerErased, AnAnswerThatShowsNothingElseIsNotKept) {
  World world;
  world.entomb("item:words:1");
  world.web[kUrl].body = "post 1 secret";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), IsEmpty());
  EXPECT_EQ(captures(world), 0U);
  EXPECT_EQ(world.store.counters().collected(), 0U);
}

TEST(PollerErased, AnAnswerWithOtherNewsTellsWhatItHolds) {
  World world;
  world.entomb("item:words:1");
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

// What stands apart from its posts may have been taken out while the question was under way.
TEST(PollerErased, AnAnswerInFlightDoesNotBringAnAccountBack) {
  World world;
  world.web[kUrl].body = "title About Anna\npost 1 secret\nbad 2\nmore";
  world.fetcher.hold(kUrl);
  ASSERT_TRUE(world.settle().ok());
  ASSERT_EQ(world.fetcher.waiting(), 1U);
  world.entomb("account:words:a");
  world.fetcher.release();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_FALSE(world.state().has_profile());
  EXPECT_EQ(captures(world), 0U);
  EXPECT_THAT(*world.store.dead_letters(10), IsEmpty());
  EXPECT_THAT(world.bus.parcels(), IsEmpty());
  EXPECT_EQ(world.store.counters().collected(), 0U) << "nothing that nobody will store";
  EXPECT_EQ(world.store.counters().dead_lettered(), 0U);
  world.clock.advance(absl::Hours(48));
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 1) << "it is not asked again";
}

TEST(PollerErased, AFrameOfAStreamDoesNotEither) {
  World world;
  world.collector.has_stream = true;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.streams.opened(), SizeIs(1));
  const std::size_t before = captures(world);
  world.entomb("account:words:a");
  world.streams.send("for a\npost 2 secret\nbad 3\nnext 1001");
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(captures(world), before);
  EXPECT_THAT(world.items(), SizeIs(1));
  EXPECT_THAT(*world.store.dead_letters(10), IsEmpty());
  EXPECT_EQ(world.store.counters().collected(), 1U);
  const auto stream = world.store.account_state("words:stream/all");
  ASSERT_TRUE(stream.ok()) << stream.status();
  EXPECT_EQ(stream->cursor().position(), "1001") << "the stream goes on behind it";
}

TEST(PollerErased, ARefusedPostOfAnErasedAccountIsNoLetter) {
  World world;
  world.web[kUrl].body = "bad 2";
  world.fetcher.hold(kUrl);
  ASSERT_TRUE(world.settle().ok());
  world.entomb("account:words:a");
  world.fetcher.release();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(captures(world), 0U);
  EXPECT_THAT(*world.store.dead_letters(10), IsEmpty());
  EXPECT_EQ(world.store.counters().dead_lettered(), 0U);
}

// A collector on a machine of its own has no tombstones: it knows by the hold.
TEST(PollerErased, TheAnswerToAHoldSaysNothingOfTheAccount) {
  World world;
  world.web[kUrl].body = "title About Anna\nnext n";
  world.web["https://a.example?at=n"].body = "title Still Anna\npost 1 secret\nbad 2\nnext n";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_EQ(world.state().profile().title(), "About Anna");
  world.fetcher.hold("https://a.example?at=n");
  world.clock.advance(absl::Hours(48));
  ASSERT_TRUE(world.settle().ok());
  ASSERT_EQ(world.fetcher.waiting(), 1U);
  Hold hold;
  hold.set_by("Mira");
  hold.set_erased(true);
  ASSERT_TRUE(world.poller().hold("words:a", hold).ok());
  AccountState bare;
  bare.set_account_id("words:a");
  *bare.mutable_hold() = hold;
  EXPECT_EQ(world.state().SerializeAsString(), bare.SerializeAsString());
  world.fetcher.release();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.state().SerializeAsString(), bare.SerializeAsString()) << "nor does what was under way";
  EXPECT_THAT(world.items(), IsEmpty());
  EXPECT_EQ(captures(world), 0U);
  EXPECT_THAT(*world.store.dead_letters(10), IsEmpty());
  hold.set_reason("twice");
  hold.set_erased(false);
  ASSERT_TRUE(world.poller().hold("words:a", hold).ok());
  EXPECT_TRUE(world.state().hold().erased()) << "who pauses it does not make it one that is only paused";
}

TEST(PollerErased, AnAccountThatIsOnlyPausedKeepsItsProfile) {
  World world;
  world.web[kUrl].body = "title About Anna\nnext n";
  ASSERT_TRUE(world.settle().ok());
  Hold hold;
  hold.set_by("Mira");
  ASSERT_TRUE(world.poller().hold("words:a", hold).ok());
  EXPECT_EQ(world.state().profile().title(), "About Anna");
}

}  // namespace
}  // namespace copytaster
