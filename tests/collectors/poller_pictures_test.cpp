// What follows the posts: their pictures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";
constexpr char kPicture[] = "https://cdn.example/1.jpg?sig=1";

World& with_picture(World& world) {
  world.web[kUrl].body = str_cat("post 1 x\npicture ", kPicture, " photo1");
  world.web[kPicture] = {200, "JPEG", {{"Content-Type", "image/jpeg; charset=binary"}}};
  return world;
}

TEST(PollerPictures, AreKeptAfterTheirPost) {
  World world;
  ASSERT_TRUE(with_picture(world).settle().ok());
  const auto parcels = world.bus.parcels();
  ASSERT_THAT(parcels, SizeIs(2));
  EXPECT_EQ(parcels[0].items_size(), 1) << "the post is not held back";
  ASSERT_EQ(parcels[1].pictures_size(), 1);
  const PictureResult& result = parcels[1].pictures(0);
  EXPECT_EQ(result.item_id(), "words:1");
  EXPECT_EQ(result.media_index(), 0U);
  EXPECT_EQ(result.url(), kPicture);
  EXPECT_EQ(result.media().state(), KEPT);
  EXPECT_EQ(result.media().native_id(), "photo1");
  EXPECT_EQ(result.media().mime_type(), "image/jpeg");
  EXPECT_EQ(result.media().size_bytes(), 4U);
  EXPECT_EQ(world.media.get(result.media().sha256()).value(), "JPEG");
  EXPECT_EQ(world.fetcher.requests().at(1).authorization, "") << "a token is not for the picture's host";
  EXPECT_EQ(world.fetcher.requests().at(1).max_body_bytes, world.options.max_picture_bytes);
}

TEST(PollerPictures, APictureThatHangsHoldsUpNothing) {
  World world;
  with_picture(world);
  world.fetcher.hold(kPicture);
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1));
  world.web[kUrl].body += "\npost 2 y";
  world.next();
  EXPECT_THAT(world.items(), SizeIs(2));
}

TEST(PollerPictures, AreTriedAgainAndThenMissing) {
  World world;
  world.options.picture_attempts = 4;
  with_picture(world);
  world.web[kPicture] = {404, "", {}};
  ASSERT_TRUE(world.settle().ok());
  absl::Time last = world.clock.now();
  absl::Duration before;
  for (int attempt = 2; attempt <= 4; ++attempt) {
    EXPECT_THAT(world.pictures(), IsEmpty());
    while (world.fetcher.hits(kPicture) < attempt) world.next();
    EXPECT_GT(world.clock.now() - last, before / 2) << "it waits longer";
    before = world.clock.now() - last;
    last = world.clock.now();
  }
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), MISSING);
  EXPECT_EQ(world.pictures()[0].media().problem(), "HTTP 404");
  for (int i = 0; i < 10; ++i) world.next();
  EXPECT_EQ(world.fetcher.hits(kPicture), 4);
}

TEST(PollerPictures, AnOutageOfHoursLosesNone) {
  World world;
  with_picture(world);
  world.web[kPicture].error = absl::UnavailableError("no route");
  const absl::Time begin = world.clock.now();
  while (world.clock.now() < begin + absl::Hours(20)) world.next();
  EXPECT_THAT(world.pictures(), IsEmpty());
  EXPECT_LT(world.fetcher.hits(kPicture), 60) << "with back-off";
  with_picture(world);
  while (world.pictures().empty() && world.clock.now() < begin + absl::Hours(23)) world.next();
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), KEPT);
}

TEST(PollerPictures, AServerThatIsDownForADayIsGivenUp) {
  World world;
  with_picture(world);
  world.web[kPicture] = {503, "", {}};
  const absl::Time begin = world.clock.now();
  while (world.pictures().empty() && world.clock.now() < begin + absl::Hours(48)) world.next();
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().problem(), "HTTP 503");
  EXPECT_GE(world.clock.now(), begin + absl::Hours(24));
}

// The edit came while the first picture was under way: its bytes must not stand under the second's caption.
TEST(PollerPictures, AnotherPictureInItsPlaceIsFetchedItself) {
  World world;
  world.web[kUrl].body = "post 1 x\npicture https://cdn.example/A.jpg";
  world.web["https://cdn.example/A.jpg"] = {200, "AAAA", {{"Content-Type", "image/jpeg"}}};
  world.web["https://cdn.example/B.jpg"] = {200, "BBBB", {{"Content-Type", "image/jpeg"}}};
  world.fetcher.hold("https://cdn.example/A.jpg");
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "post 1 x\npicture https://cdn.example/B.jpg";
  world.fetcher.hold("https://cdn.example/B.jpg");
  while (world.items().size() < 2) world.next();
  world.fetcher.release();
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].url(), "https://cdn.example/B.jpg");
  EXPECT_EQ(world.media.get(world.pictures()[0].media().sha256()).value(), "BBBB");
}

TEST(PollerPictures, TwoThatChangedPlacesAreEachFetched) {
  World world;
  world.web[kUrl].body = "post 1 x\npicture https://cdn.example/A.jpg a\npicture https://cdn.example/B.jpg b";
  world.web["https://cdn.example/A.jpg"].error = absl::UnavailableError("not yet");
  world.web["https://cdn.example/B.jpg"].error = absl::UnavailableError("not yet");
  ASSERT_TRUE(world.settle().ok());
  world.web["https://cdn.example/A.jpg"] = {200, "AAAA", {{"Content-Type", "image/jpeg"}}};
  world.web["https://cdn.example/B.jpg"] = {200, "BBBB", {{"Content-Type", "image/jpeg"}}};
  world.web[kUrl].body = "post 1 x\npicture https://cdn.example/B.jpg b\npicture https://cdn.example/A.jpg a";
  const absl::Time begin = world.clock.now();
  while (world.pictures().size() < 2 && world.clock.now() < begin + absl::Hours(2)) world.next();
  ASSERT_THAT(world.pictures(), SizeIs(2));
  for (const PictureResult& result : world.pictures()) {
    const bool is_a = result.media().native_id() == "a";
    EXPECT_EQ(world.media.get(result.media().sha256()).value(), is_a ? "AAAA" : "BBBB");
    EXPECT_EQ(result.url(), is_a ? "https://cdn.example/A.jpg" : "https://cdn.example/B.jpg");
  }
}

TEST(PollerPictures, AClockSetBackDoesNotMakeThemWait) {
  World world;
  with_picture(world);
  world.web[kPicture].error = absl::UnavailableError("not yet");
  world.clock.advance(absl::Hours(100));
  ASSERT_TRUE(world.settle().ok());
  with_picture(world);
  world.clock.advance(absl::Hours(-100));
  const absl::Time begin = world.clock.now();
  ASSERT_TRUE(world.settle().ok());
  while (world.pictures().empty() && world.clock.now() < begin + absl::Hours(3)) world.next();
  EXPECT_THAT(world.pictures(), SizeIs(1));
}

TEST(PollerPictures, WhatCannotBecomeBetterIsNotTriedAgain) {
  for (const absl::Status& error :
       {absl::PermissionDeniedError("forbidden address"), absl::ResourceExhaustedError("larger than 25 MiB"),
        absl::InvalidArgumentError("bad URL")}) {
    World world;
    with_picture(world);
    world.web[kPicture].error = error;
    ASSERT_TRUE(world.settle().ok());
    ASSERT_THAT(world.pictures(), SizeIs(1));
    EXPECT_EQ(world.pictures()[0].media().state(), MISSING);
    EXPECT_EQ(world.pictures()[0].media().problem(), error.message());
  }
}

TEST(PollerPictures, APageInPlaceOfAPictureIsNoPicture) {
  World world;
  world.options.picture_attempts = 1;
  with_picture(world);
  world.web[kPicture] = {200, "<html>please log in", {{"Content-Type", "text/html"}}};
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_THAT(world.pictures()[0].media().problem(), HasSubstr("text/html"));
}

TEST(PollerPictures, AFresherAddressReplacesAnExpiredOne) {
  World world;
  with_picture(world);
  world.web[kPicture] = {403, "", {}};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "post 1 x\npicture https://cdn.example/1.jpg?sig=2 photo1";  // the same content
  world.web["https://cdn.example/1.jpg?sig=2"] = {200, "JPEG", {{"Content-Type", "image/jpeg"}}};
  while (world.pictures().empty() && world.fetcher.hits(kPicture) < 5) world.next();
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), KEPT);
  EXPECT_EQ(world.pictures()[0].url(), kPicture) << "as the stored post names it";
  EXPECT_THAT(world.items(), SizeIs(1));
}

TEST(PollerPictures, AreResumedAfterARestart) {
  World world;
  with_picture(world);
  world.fetcher.hold(kPicture);
  ASSERT_TRUE(world.settle().ok());
  world.process();
  world.restart();
  world.fetcher.release();
  world.fetcher.drive(absl::ZeroDuration());
  EXPECT_THAT(world.pictures(), IsEmpty());
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), KEPT);
}

TEST(PollerPictures, OfPostsProcessedAfterTheStartAreFoundLater) {
  World world;
  with_picture(world);
  world.fetcher.hold(kPicture);
  ASSERT_TRUE(world.settle().ok());
  world.restart();
  world.web[kUrl].body = "";
  world.fetcher.release();
  world.fetcher.drive(absl::ZeroDuration());
  ASSERT_TRUE(world.settle().ok());
  world.process();  // the bus is worked off only now
  const absl::Time begin = world.clock.now();
  while (world.pictures().empty() && world.clock.now() < begin + absl::Hours(1)) world.next();
  EXPECT_THAT(world.pictures(), SizeIs(1));
}

TEST(PollerPictures, KeptOnesAreNotFetchedAgainAfterAnEdit) {
  World world;
  with_picture(world);
  ASSERT_TRUE(world.settle().ok());
  Item stored = world.items()[0];
  stored.mutable_media(0)->set_state(KEPT);
  stored.set_version(1);
  world.store.put(stored);
  world.web[kUrl].body =
      "post 1 edited\npicture https://cdn.example/1.jpg?sig=3 photo1\npicture https://cdn.example/2.jpg "
      "photo2";
  world.web["https://cdn.example/2.jpg"] = {200, "JPEG2", {}};
  world.next();
  EXPECT_EQ(world.fetcher.hits("https://cdn.example/1.jpg?sig=3"), 0);
  ASSERT_THAT(world.pictures(), SizeIs(2));
  EXPECT_EQ(world.pictures()[1].media_index(), 1U);
}

TEST(PollerPictures, AFullBusOrDiskKeepsTheResult) {
  World world;
  with_picture(world);
  world.media.fail_puts(absl::UnavailableError("disk full"));
  EXPECT_TRUE(absl::IsUnavailable(world.settle()));
  world.media.fail_puts(absl::OkStatus());
  world.bus.set_full(true);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_THAT(world.pictures(), IsEmpty());
  EXPECT_EQ(world.poller().busy(), 1U);
  world.bus.set_full(false);
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.fetcher.hits(kPicture), 1);
}

// Turns until `happened`, on this thread: the store's own threads take their time.
template <typename Happened>
void turn_until(World& world, const Happened& happened) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!happened() && std::chrono::steady_clock::now() < until) {
    ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
    std::this_thread::yield();
  }
  EXPECT_TRUE(happened());
}

TEST(PollerPictures, AStoreOverTheNetworkHoldsUpNobody) {
  World world;
  world.options.picture_put_threads = 2;
  with_picture(world);
  turn_until(world, [&] { return !world.pictures().empty(); });
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), KEPT);
  EXPECT_EQ(world.pictures()[0].media().mime_type(), "image/jpeg");
  EXPECT_EQ(world.media.get(world.pictures()[0].media().sha256()).value(), "JPEG");
  turn_until(world, [&] { return world.poller().busy() == 0; });
}

TEST(PollerPictures, AStoreThatIsAwayForDaysLosesNone) {
  World world;
  world.options.picture_put_threads = 1;
  with_picture(world);
  world.media.fail_puts(absl::UnavailableError("the S3 server is away"));
  const absl::Time begin = world.clock.now();
  while (world.clock.now() < begin + absl::Hours(60)) {
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
    turn_until(world, [&] { return world.poller().busy() == 0; });
    world.clock.advance(absl::Minutes(30));
  }
  EXPECT_GT(world.fetcher.hits(kPicture), 20);
  EXPECT_THAT(world.pictures(), IsEmpty()) << "neither kept nor given up";
  world.media.fail_puts(absl::OkStatus());
  while (world.pictures().empty() && world.clock.now() < begin + absl::Hours(64)) {
    ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
    std::this_thread::yield();
    if (world.poller().busy() == 0 && world.pictures().empty()) world.clock.advance(absl::Minutes(1));
  }
  ASSERT_THAT(world.pictures(), SizeIs(1));
  EXPECT_EQ(world.pictures()[0].media().state(), KEPT);
}

TEST(PollerPictures, TakeOnlyAShareOfTheRequests) {
  World world;
  world.options.max_in_flight = 4;
  std::string body = "post 1 x";
  for (int i = 0; i < 10; ++i) {
    const std::string url = str_cat("https://cdn.example/", i);
    str_append(&body, "\npicture ", url, " p", i);
    world.fetcher.hold(url);
  }
  world.web[kUrl].body = body;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(world.fetcher.waiting(), 2U);
}

}  // namespace
}  // namespace copytaster
