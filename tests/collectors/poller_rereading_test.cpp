// Reading known posts again: edits, deletions, and refusals that prove nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/log.h"
#include "core/metrics.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

World& with_rereads(World& world) {
  world.options.reread_for = absl::Hours(48);
  world.web[kUrl].body = "post 1 x\nnext n";
  world.web["https://a.example?at=n"].body = "next n";
  return world;
}

constexpr char kPost[] = "https://a.example/post/1";

// Lets time go by, a little at a time.
void live(World& world, absl::Duration time) {
  const absl::Time end = world.clock.now() + time;
  while (world.clock.now() < end) {
    world.clock.set(std::min(std::max(world.poller().next_due(), world.clock.now() + absl::Seconds(1)), end));
    ASSERT_TRUE(world.settle().ok());
  }
}

TEST(PollerRereads, ComeAtThinningAges) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  world.web[kPost].body = "post 1 x";
  const std::pair<absl::Duration, int> ages[] = {
      {absl::Minutes(9), 0}, {absl::Minutes(11), 1}, {absl::Minutes(61), 2}, {absl::Hours(7), 3},
      {absl::Hours(25), 4},  {absl::Hours(49), 5},   {absl::Hours(200), 5}};
  const absl::Time begin = world.clock.now();
  for (const auto& [age, hits] : ages) {
    live(world, begin + age - world.clock.now());
    EXPECT_EQ(world.fetcher.hits(kPost), hits) << age;
  }
  EXPECT_THAT(world.items(), SizeIs(1)) << "unchanged all the time";
  EXPECT_EQ(world.state().cursor().position(), "n") << "reading again moves no cursor";
}

TEST(PollerRereads, FindEdits) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  world.web[kPost].body = "post 1 corrected";
  live(world, absl::Minutes(11));
  ASSERT_THAT(world.items(), SizeIs(2));
  EXPECT_EQ(world.items()[1].text(), "corrected");
  const auto capture = world.store.capture(world.items()[1].capture_sha256());
  ASSERT_TRUE(capture.ok());
  EXPECT_EQ(capture->purpose(), REREAD);
  EXPECT_EQ(capture->native_id(), "1");
}

TEST(PollerRereads, FindDeletionsAndHandOnTheProof) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Minutes(11));  // the post is 404 now
  std::vector<Deletion> deletions;
  for (const Parcel& parcel : world.bus.parcels())
    deletions.insert(deletions.end(), parcel.deletions().begin(), parcel.deletions().end());
  ASSERT_THAT(deletions, SizeIs(1));
  EXPECT_EQ(deletions[0].item_id(), "words:1");
  EXPECT_EQ(deletions[0].proof(), "HTTP 404 on the post itself");
  EXPECT_TRUE(deletions[0].has_seen_at());
  world.process();
  live(world, absl::Hours(72));
  EXPECT_EQ(world.fetcher.hits(kPost), 5) << "looked for at its further ages";
  std::size_t told = 0;
  for (const Parcel& parcel : world.bus.parcels()) told += static_cast<std::size_t>(parcel.deletions_size());
  EXPECT_EQ(told, 1U) << "that it is gone is told once";
  EXPECT_THAT(world.items(), SizeIs(1));
  world.web["https://a.example?at=n"].body = "post 1 x\nnext n";
  world.web[kPost].body = "post 1 x";
  live(world, absl::Hours(8));
  EXPECT_THAT(world.items(), SizeIs(2)) << "unless it comes back";
}

TEST(PollerRereads, WhatAPlatformsFaultMadeGoneComesBack) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  world.process();
  live(world, absl::Minutes(11));  // 404
  world.process();
  world.web[kPost].body = "post 1 x";
  live(world, absl::Minutes(55));
  ASSERT_THAT(world.items(), SizeIs(2)) << "the next reading finds it, and hands it on";
  EXPECT_EQ(world.items()[1].text(), "x");
}

TEST(PollerRereads, AFailureProvesNothing) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  const auto errors = [] {
    return counter("copytaster_collect_errors_total", "", {{"platform", "words"}, {"type", "UNAVAILABLE"}})
        .value();
  };
  const std::uint64_t errors_before = errors();
  const std::uint64_t lines_before = log_lines(LogLevel::kWarn);
  world.web[kPost].status = 503;
  live(world, absl::Minutes(50));
  EXPECT_EQ(world.fetcher.hits(kPost), 3) << "tried again a few times";
  EXPECT_EQ(errors() - errors_before, 3U);
  EXPECT_EQ(log_lines(LogLevel::kWarn) - lines_before, 3U) << "an operator sees each";
  for (const Parcel& parcel : world.bus.parcels()) EXPECT_EQ(parcel.deletions_size(), 0);
  EXPECT_EQ(world.state().failures(), 0U) << "and the account is not blamed";
  world.web[kPost] = {200, "post 1 x", {}};
  live(world, absl::Minutes(15));
  EXPECT_EQ(world.fetcher.hits(kPost), 4) << "then at its next age";
}

TEST(PollerRereads, TellTheCollectorOfTheAccountsOtherPosts) {
  World world;
  with_rereads(world);
  world.web[kUrl].body = "post 1 x\npost 2 y\nnext n";
  ASSERT_TRUE(world.settle().ok());
  world.collector.ask_with_witnesses = true;
  world.web["https://a.example/post/1?beside=2"].body = "post 1 x";
  world.web["https://a.example/post/2?beside=1"].body = "post 2 y";
  live(world, absl::Minutes(11));
  EXPECT_EQ(world.fetcher.hits("https://a.example/post/1?beside=2"), 1);
  EXPECT_EQ(world.fetcher.hits("https://a.example/post/2?beside=1"), 1);
}

TEST(PollerRereads, AreRebuiltFromTheStore) {
  World world;
  with_rereads(world);
  ASSERT_TRUE(world.settle().ok());
  world.process();
  world.restart();
  world.web[kPost].body = "post 1 corrected";
  live(world, absl::Minutes(11));
  EXPECT_EQ(world.fetcher.hits(kPost), 1);
}

TEST(PollerRereads, LeaveOldPostsAndFeedsAlone) {
  World world;
  world.options.reread_for = absl::Hours(48);
  world.web[kUrl].body = "old 1 x\nnext n";
  world.web["https://a.example?at=n"].body = "next n";
  Account feed = World::account("b");
  feed.set_handle("feed");
  world.accounts.push_back(feed);
  world.web["https://b.example"].body = "post 2 x";
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Hours(60));
  EXPECT_EQ(world.fetcher.hits(kPost), 0);
  EXPECT_EQ(world.fetcher.hits("https://b.example/post/2"), 0);
}

// ---- where the platform has the same words for "gone" and "not for you" (403 in this world)

std::vector<Deletion> deletions(const World& world) {
  std::vector<Deletion> out;
  for (const Parcel& parcel : world.bus.parcels())
    out.insert(out.end(), parcel.deletions().begin(), parcel.deletions().end());
  return out;
}

constexpr char kOther[] = "https://a.example/post/2";

World& with_two_posts(World& world) {
  with_rereads(world);
  world.web[kUrl].body = "post 1 x\npost 2 y\nnext n";
  world.web[kPost] = {403, "", {}};
  world.web[kOther] = {200, "post 2 y", {}};
  return world;
}

TEST(PollerDoubts, TwoRefusalsWithAGoodAnswerToAnotherPostBetweenAreProof) {
  World world;
  ASSERT_TRUE(with_two_posts(world).settle().ok());
  live(world, absl::Minutes(11));
  ASSERT_THAT(deletions(world), SizeIs(1));
  EXPECT_EQ(deletions(world)[0].state(), UNKNOWN) << "once is no proof";
  EXPECT_GE(world.fetcher.hits(kOther), 1) << "the other is asked at once";
  live(world, absl::Minutes(11));
  ASSERT_THAT(deletions(world), SizeIs(2));
  EXPECT_EQ(deletions(world)[1].state(), GONE);
  EXPECT_EQ(deletions(world)[1].item_id(), "words:1");
  EXPECT_THAT(deletions(world)[1].proof(), HasSubstr("another post of the account was read"));
  EXPECT_EQ(world.fetcher.hits(kPost), 2);
  world.process();
  live(world, absl::Hours(72));
  EXPECT_LE(world.fetcher.hits(kPost), 6) << "looked for at its further ages, without doubts";
  EXPECT_THAT(deletions(world), SizeIs(2)) << "and told no more";
}

TEST(PollerDoubts, APermissionLostForAllPostsDeletesNone) {
  World world;
  with_two_posts(world);
  world.web[kOther].status = 403;
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Hours(72));
  for (const Deletion& deletion : deletions(world))
    EXPECT_EQ(deletion.state(), UNKNOWN) << deletion.item_id();
  EXPECT_LE(world.fetcher.hits(kPost) + world.fetcher.hits(kOther), 16) << "and nobody is pestered";
  EXPECT_TRUE(world.state().has_last_success()) << "though the account's page can be read";
}

TEST(PollerDoubts, APostWithoutAnotherBesideItStaysUnknown) {
  World world;
  with_two_posts(world);
  world.web[kUrl].body = "post 1 x\nnext n";
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Hours(72));
  EXPECT_FALSE(deletions(world).empty());
  for (const Deletion& deletion : deletions(world)) EXPECT_EQ(deletion.state(), UNKNOWN);
}

TEST(PollerDoubts, AGoodAnswerBeforeTheFirstRefusalProvesNothing) {
  World world;
  with_two_posts(world);
  world.web[kPost] = {200, "post 1 x", {}};
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Minutes(11));
  ASSERT_EQ(world.fetcher.hits(kOther), 1);
  world.web[kPost] = world.web[kOther] = {403, "", {}};  // the token is lost
  live(world, absl::Hours(72));
  for (const Deletion& deletion : deletions(world))
    EXPECT_EQ(deletion.state(), UNKNOWN) << deletion.item_id();
}

TEST(PollerDoubts, AnOldPostCanVouchForTheToken) {
  World world;
  with_two_posts(world);
  world.web[kUrl].body = "old 2 y\npost 1 x\nnext n";
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Minutes(30));
  ASSERT_THAT(deletions(world), SizeIs(2));
  EXPECT_EQ(deletions(world)[1].state(), GONE);
  EXPECT_EQ(world.fetcher.hits(kOther), 1);
}

// YouTube's key opens nothing that others may not see: "no such video" is said of deleted and of private
// videos alike, with whatever witness.
TEST(PollerDoubts, WithoutATokenThatOpensPostsAWitnessProvesNothing) {
  World world;
  with_two_posts(world);
  world.collector.describe().fields[0].required = false;
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Hours(72));
  ASSERT_FALSE(deletions(world).empty());
  for (const Deletion& deletion : deletions(world)) EXPECT_EQ(deletion.state(), UNKNOWN) << deletion.proof();
  EXPECT_GE(world.fetcher.hits(kOther), 1) << "the other was read";
  EXPECT_LE(world.fetcher.hits(kPost), 5) << "looked for at its ages, not in between";
}

TEST(PollerDoubts, APostThatIsServedAgainIsHandedOnAgain) {
  World world;
  with_two_posts(world);
  ASSERT_TRUE(world.settle().ok());
  live(world, absl::Minutes(11));
  world.web[kPost] = {200, "post 1 x", {}};
  live(world, absl::Minutes(11));
  ASSERT_THAT(world.items(), SizeIs(3));
  EXPECT_EQ(world.items()[2].id(), "words:1");
  ASSERT_THAT(deletions(world), SizeIs(1));
  world.web[kPost] = {403, "", {}};
  live(world, absl::Hours(1));
  EXPECT_EQ(deletions(world).at(1).state(), UNKNOWN) << "a doubt that was cleared begins anew";
}

}  // namespace
}  // namespace copytaster
