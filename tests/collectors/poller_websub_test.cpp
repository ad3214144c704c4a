// What is asked of a hub, and what it grants.
#include "tests/collectors/websub_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::field_of;
using ::copytaster::testing::sign;
using ::copytaster::testing::World;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST_F(PollerWebSubTest, AFeedThatOffersAHubIsAskedForAndTheHubIsAnswered) {
  EXPECT_THAT(asked(), IsEmpty());
  pass(absl::Minutes(1));
  ASSERT_THAT(asked(), SizeIs(1));
  const std::string form = asked().front();
  EXPECT_EQ(field_of(form, "hub.mode"), "subscribe");
  EXPECT_EQ(field_of(form, "hub.topic"), kTopic);
  EXPECT_THAT(field_of(form, "hub.callback"), StartsWith("https://desk.example/websub/"));
  EXPECT_THAT(field_of(form, "hub.callback"), SizeIs(28 + 64));
  EXPECT_THAT(field_of(form, "hub.secret"), SizeIs(64));
  const HttpResponse answer = ask_back();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "c+d");
  live(absl::Hours(24));
  EXPECT_THAT(asked(), SizeIs(1)) << "it was confirmed";
}

TEST_F(PollerWebSubTest, ADeliveryIsAPostWithItsEvidenceAndPollingKnowsIt) {
  subscribe();
  const std::string body = "post 2 hello\npost 1 x";
  EXPECT_EQ(publish(body).status, 202);
  ASSERT_THAT(world_.items(), SizeIs(2));
  const Item item = world_.items().back();
  EXPECT_EQ(item.native_id(), "2");
  EXPECT_EQ(item.account_id(), "words:a");
  const Capture capture = *world_.store.capture(item.capture_sha256());
  EXPECT_EQ(capture.body(), body);
  EXPECT_EQ(capture.url(), kTopic);
  ASSERT_GE(capture.headers_size(), 1);
  EXPECT_THAT(capture.ShortDebugString(), HasSubstr("text/words"));
  EXPECT_EQ(world_.store.counters().collected(), 2U);
  world_.web[kUrl].body = "post 2 hello\npost 1 x";
  live(absl::Hours(3));
  EXPECT_THAT(world_.items(), SizeIs(2));
}

TEST_F(PollerWebSubTest, AForgedDeliveryIsAnswered2xxAndThrownAway) {
  subscribe();
  const std::uint64_t before = deliveries("forged");
  EXPECT_EQ(deliver("post 2 lies", "").status, 202);
  EXPECT_EQ(deliver("post 2 lies", sign("post 2 lies", "another secret")).status, 202);
  EXPECT_EQ(deliver("post 2 lies", sign("post 2 truth", field_of(asked()[0], "hub.secret"))).status, 202);
  settle();
  EXPECT_THAT(world_.items(), SizeIs(1));
  EXPECT_EQ(deliveries("forged"), before + 3);
}

TEST_F(PollerWebSubTest, WhatWasNotAskedForIsNotFound) {
  subscribe();
  const std::string other = str_cat("https://desk.example/websub/", std::string(64, '0'));
  const std::string ask = "hub.mode=subscribe&hub.challenge=x&hub.lease_seconds=60&hub.topic=";
  EXPECT_EQ(question(other, ask + percent_encode(kTopic)).status, 404);
  EXPECT_EQ(question("https://desk.example/websub/", ask + percent_encode(kTopic)).status, 404);
  EXPECT_EQ(question(callback(), ask + "https%3A%2F%2Fother.example").status, 404);
  EXPECT_EQ(
      question(callback(), "hub.mode=unsubscribe&hub.challenge=x&hub.topic=" + percent_encode(kTopic)).status,
      404);
  EXPECT_EQ(question(callback(), "x=1").status, 400);
  HttpRequest post;
  post.method = "POST";
  EXPECT_EQ(knock(post, other).status, 404);
  HttpRequest put;
  put.method = "PUT";
  EXPECT_EQ(knock(put, callback()).status, 405);
}

TEST_F(PollerWebSubTest, AfterADenialTheFeedIsPolledAsUsualAndTheHubLeftAlone) {
  subscribe();
  const int before = world_.fetcher.hits(kUrl);
  EXPECT_EQ(question(callback(), str_cat("hub.mode=denied&hub.reason=no&hub.topic=", percent_encode(kTopic)))
                .status,
            200);
  settle();
  pass(absl::Minutes(2));
  EXPECT_EQ(world_.fetcher.hits(kUrl), before + 1) << "what came meanwhile was perhaps not told";
  live(absl::Hours(10));
  EXPECT_THAT(asked(), SizeIs(1));
  live(absl::Hours(24 * 3));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(2U), Le(4U))));
}

TEST_F(PollerWebSubTest, AHubThatNeverAsksBackIsAskedAgainMoreAndMoreSeldom) {
  live(absl::Hours(24));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(3U), Le(8U))));
  const std::size_t first_day = asked().size();
  live(absl::Hours(24 * 4));
  EXPECT_THAT(asked(), SizeIs(AllOf(Ge(first_day + 2), Le(first_day + 10))));
  EXPECT_GT(world_.fetcher.hits(kUrl), 20) << "the feed is polled as if there were no hub";
}

TEST_F(PollerWebSubTest, AHubThatRefusesIsLeftAloneForADay) {
  world_.web[kHub].status = 403;
  live(absl::Hours(11));
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, TheLeaseIsRenewedBeforeItEndsAtTheSameAddress) {
  subscribe(absl::Hours(24));
  live(absl::Hours(22));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(asked()[0], asked()[1]);
  EXPECT_EQ(ask_back(absl::Hours(24)).body, "c+d");
  live(absl::Hours(22));
  EXPECT_THAT(asked(), SizeIs(3));
}

TEST_F(PollerWebSubTest, WhatIsNoMoreOfferedIsNotRenewed) {
  subscribe(absl::Hours(24));
  world_.web[kUrl].headers.clear();
  live(absl::Hours(48));
  EXPECT_THAT(asked(), SizeIs(1));
}

TEST_F(PollerWebSubTest, AnotherTopicIsSubscribedAndTheOldOneEnded) {
  subscribe(absl::Hours(10));
  world_.web[kUrl].headers = {{"Link", "<https://hub.example/>; rel=hub, <https://a.example/new>; rel=self"}};
  live(absl::Hours(9) + absl::Minutes(30));
  std::string all;
  for (const std::string& form : asked())
    str_append(&all, field_of(form, "hub.mode"), " ", field_of(form, "hub.topic"), "\n");
  EXPECT_THAT(all, HasSubstr("unsubscribe https://a.example/feed\n"));
  EXPECT_THAT(all, HasSubstr("\nsubscribe https://a.example/new\n"));
}

TEST_F(PollerWebSubTest, ARestartKnowsWhatWasGranted) {
  subscribe();
  restart();
  EXPECT_EQ(deliver("x", "").status, 503) << "not ready: the hub tries again";
  settle();
  live(absl::Hours(1));
  EXPECT_THAT(asked(), SizeIs(1)) << "the lease still runs";
  EXPECT_EQ(publish("post 2 after the restart").status, 202);
  EXPECT_EQ(world_.items().back().native_id(), "2");
}

TEST_F(PollerWebSubTest, ARestartAsksAgainWhereNothingWasGranted) {
  pass(absl::Minutes(1));
  ASSERT_THAT(asked(), SizeIs(1));
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(asked()[0], asked()[1]);
}

TEST_F(PollerWebSubTest, AnAccountThatIsFollowedNoMoreIsUnsubscribed) {
  subscribe();
  world_.accounts.clear();
  world_.add("b");
  restart();
  settle();
  live(absl::Minutes(11));
  ASSERT_THAT(asked(), SizeIs(2));
  EXPECT_EQ(field_of(asked()[1], "hub.mode"), "unsubscribe");
  EXPECT_EQ(field_of(asked()[1], "hub.callback"), field_of(asked()[0], "hub.callback"));
  EXPECT_EQ(publish("post 2 too late").status, 410);
  EXPECT_EQ(ask_back().body, "c+d");
  EXPECT_EQ(
      question(callback(), "hub.mode=unsubscribe&hub.challenge=x&hub.topic=" + percent_encode(kTopic)).status,
      404);
  restart();
  settle();
  live(absl::Hours(1));
  EXPECT_THAT(asked(), SizeIs(2)) << "it is over, also after another restart";
}

TEST(PollerWithoutWebSub, AsksNoHub) {
  World world;
  world.web[kUrl] = {200, "post 1 x", {{"Link", kLinks}}};
  for (int i = 0; i < 20; ++i) world.next();
  EXPECT_EQ(world.fetcher.hits(kHub), 0);
}

TEST(WebSubHome, GivesEachSubscriptionItsOwnAddressAndSecret) {
  const WebSubHome home{"https://desk.example/websub/", std::string(64, 'k')};
  const WebSubSubscription one = home.subscription("feed:a", {kHub, kTopic});
  EXPECT_EQ(one.callback, home.subscription("feed:a", {kHub, kTopic}).callback) << "also after a restart";
  EXPECT_NE(one.callback, home.subscription("feed:b", {kHub, kTopic}).callback);
  EXPECT_NE(one.secret, home.subscription("feed:b", {kHub, kTopic}).secret);
  EXPECT_NE(one.secret, websub_name(one));
  const WebSubHome other{"https://desk.example/websub/", std::string(64, 'j')};
  EXPECT_NE(one.callback, other.subscription("feed:a", {kHub, kTopic}).callback);
  EXPECT_NE(home.mark(), other.mark());
}

}  // namespace
}  // namespace copytaster
