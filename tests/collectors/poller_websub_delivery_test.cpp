// What a hub delivers, and how far it is trusted.
#include "tests/collectors/websub_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::field_of;
using ::copytaster::testing::sign;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST_F(PollerWebSubTest, WhileItIsConfirmedTheFeedIsPolledEachHour) {
  subscribe();
  const int before = world_.fetcher.hits(kUrl);
  for (int i = 2; i < 8; ++i) {
    publish(str_cat("post ", i, " x"));
    world_.web[kUrl].body = str_cat("post ", i, " x");
    live(absl::Hours(1));
  }
  EXPECT_LE(world_.fetcher.hits(kUrl), before + 8);
  EXPECT_GE(world_.fetcher.hits(kUrl), before + 4) << "a hub may forget";
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, AHubThatDoesNotTellIsTrustedNoMore) {
  subscribe();
  for (int i = 2; i < 6; ++i) {
    world_.web[kUrl].body = str_cat("post ", i, " x");
    live(absl::Hours(2));
  }
  EXPECT_THAT(asked(), SizeIs(Ge(2U)));
  EXPECT_GE(world_.fetcher.hits(kUrl), 8) << "polled as usual";
}

TEST_F(PollerWebSubTest, AKnownPostInOtherWordsIsLookedUpAtItsSource) {
  subscribe();
  live(absl::Minutes(20));
  const int before = world_.fetcher.hits(kUrl);
  publish("post 1 an older text, delivered late");
  live(absl::Minutes(3));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1);
  EXPECT_THAT(world_.items(), SizeIs(1)) << "the source says what it said";
  world_.web[kUrl].body = "post 1 corrected";
  publish("post 1 corrected");
  live(absl::Minutes(3));
  ASSERT_THAT(world_.items(), SizeIs(2));
  EXPECT_EQ(world_.items().back().text(), "corrected");
}

TEST_F(PollerWebSubTest, ADeletionIsNoHubsToTell) {
  subscribe();
  publish("post 2 y\ngone 1");
  for (const Parcel& parcel : world_.bus.parcels()) EXPECT_EQ(parcel.deletions_size(), 0);
}

TEST_F(PollerWebSubTest, WhatCannotBeReadIsPolled) {
  subscribe();
  live(absl::Minutes(20));
  const int before = world_.fetcher.hits(kUrl);
  world_.web[kUrl].body = "post 1 x\npost 2 y";
  EXPECT_EQ(publish("error 3 not a feed").status, 202);
  live(absl::Minutes(3));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1);
  EXPECT_THAT(world_.items(), SizeIs(2));
}

TEST_F(PollerWebSubTest, WhenTheBusIsFullWhatWaitsIsKeptAndThenRefused) {
  limits_.deliveries = 2;
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_EQ(ask_back().body, "c+d");
  world_.bus.set_full(true);
  const std::string secret = field_of(asked().front(), "hub.secret");
  const auto post = [&](const std::string& body) { return deliver(body, sign(body, secret)).status; };
  EXPECT_EQ(post("post 2 x"), 202);
  EXPECT_EQ(post("post 3 x"), 202);
  EXPECT_EQ(post("post 4 x"), 503);
  ASSERT_TRUE(world_.poller().turn(absl::ZeroDuration()).ok());
  ASSERT_TRUE(world_.poller().turn(absl::ZeroDuration()).ok());
  EXPECT_EQ(post("post 4 x"), 202) << "one is on its way now";
  EXPECT_EQ(post("post 5 x"), 503);
  world_.bus.set_full(false);
  settle();
  EXPECT_THAT(world_.items(), SizeIs(4));
  EXPECT_EQ(post("post 5 x"), 202);
}

TEST_F(PollerWebSubTest, TooManyBytesAreRefused) {
  limits_.bytes = 100;
  restart();
  settle();
  live(absl::Minutes(11));
  EXPECT_EQ(publish(str_cat("post 2 ", std::string(100, 'x'))).status, 503);
  EXPECT_EQ(publish("post 2 short").status, 202);
}

TEST_F(PollerWebSubTest, ACompressedBodyIsNotTaken) {
  subscribe();
  HttpRequest request;
  request.method = "POST";
  request.headers = {{"Content-Encoding", "gzip"}};
  EXPECT_EQ(knock(std::move(request), callback()).status, 415);
}

TEST_F(PollerWebSubTest, APausedAccountIsDeafToItsHub) {
  subscribe();
  Hold hold;
  hold.set_by("Mira");
  ASSERT_TRUE(world_.poller().hold("words:a", hold).ok());
  publish("post 2 y");
  EXPECT_THAT(world_.items(), SizeIs(1));
}

TEST_F(PollerWebSubTest, OfAnErasedAccountNothingIsKept) {
  subscribe();
  const std::uint64_t captures = world_.store.counters().captures();
  world_.entomb("account:words:a");
  publish("title About Anna\npost 2 secret\nbad 3");
  EXPECT_THAT(world_.items(), SizeIs(1));
  EXPECT_EQ(world_.store.counters().captures(), captures);
  EXPECT_THAT(*world_.store.dead_letters(10), SizeIs(0));
  EXPECT_FALSE(world_.state().has_profile());
}

TEST_F(PollerWebSubTest, NeitherSecretNorAddressIsStored) {
  subscribe();
  publish("post 2 y");
  const std::string secret = field_of(asked()[0], "hub.secret");
  const std::string name = callback().substr(callback().rfind('/') + 1);
  const std::string stored = world_.state().SerializeAsString();
  EXPECT_THAT(stored, HasSubstr("hub.example"));
  EXPECT_THAT(stored, Not(HasSubstr(secret)));
  EXPECT_THAT(stored, Not(HasSubstr(name)));
  for (const Item& item : world_.items()) {
    const std::string capture = world_.store.capture(item.capture_sha256())->SerializeAsString();
    EXPECT_THAT(capture, Not(HasSubstr(secret)));
    EXPECT_THAT(capture, Not(HasSubstr(name)));
  }
}

TEST_F(PollerWebSubTest, AClockSetBackStopsNothing) {
  subscribe(absl::Hours(24));
  pass(-absl::Hours(24 * 30));
  live(absl::Hours(2));
  EXPECT_THAT(asked(), SizeIs(Ge(2U))) << "asked again, soon, by the new clock";
}

}  // namespace
}  // namespace copytaster
