// When whom: intervals, back-off, rate limits, conditional requests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/poller.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

absl::Time due(const World& world) { return to_time(world.state().next_due()); }

TEST(PollerSchedule, AsksNoAccountMoreOftenThanIsPolite) {
  World world;
  absl::Time last = absl::InfinitePast();
  for (int i = 0; i < 30; ++i) {
    world.web[kUrl].body = str_cat("post ", i, " news");  // news each time: as eager as it gets
    ASSERT_TRUE(world.settle().ok());
    ASSERT_THAT(world.fetcher.requests(), SizeIs(i + 1));
    EXPECT_GE(world.clock.now() - last, absl::Minutes(1));
    last = world.clock.now();
    world.clock.set(world.poller().next_due());
  }
  EXPECT_LE(due(world) - last, absl::Minutes(1.2)) << "an account with much news is asked often";
}

TEST(PollerSchedule, AsksSilentAccountsSeldomButNotNever) {
  World world;
  world.web[kUrl].body = "next 0";
  world.web["https://a.example?at=0"].body = "next 0";
  ASSERT_TRUE(world.settle().ok());
  for (int i = 0; i < 40; ++i) world.next();
  const absl::Duration interval = due(world) - world.clock.now();
  EXPECT_GE(interval, world.options.max_interval);
  EXPECT_LE(interval, world.options.max_interval * 1.1);
  world.web["https://a.example?at=0"].body = "post 1 news\npost 2 news\npost 3 news\nnext 0";
  world.next();
  EXPECT_LT(due(world) - world.clock.now(), world.options.max_interval / 2) << "news shortens it at once";
}

TEST(PollerSchedule, NotModifiedIsASuccessThatStoresNoPage) {
  World world;
  world.web[kUrl] = {
      200, "post 1 x", {{"ETag", "\"v1\""}, {"Last-Modified", "Thu, 14 Apr 2022 07:00:00 GMT"}}};
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.state().etag(), "\"v1\"");
  world.next();
  const HttpRequest& second = world.fetcher.requests().at(1);
  EXPECT_EQ(header_value(second.headers, "if-none-match"), "\"v1\"");
  EXPECT_EQ(header_value(second.headers, "if-modified-since"), "Thu, 14 Apr 2022 07:00:00 GMT");
  EXPECT_EQ(to_time(world.state().last_success()), world.clock.now());
  EXPECT_EQ(world.store.counters().captures(), 1U);
  EXPECT_THAT(world.bus.parcels(), SizeIs(1));
}

TEST(PollerSchedule, ValidatorsBelongToTheirUrl) {
  World world;
  world.web[kUrl] = {200, "post 1 x\nnext p2", {{"ETag", "\"v1\""}}};
  world.web["https://a.example?at=p2"] = {200, "post 2 y", {}};
  ASSERT_TRUE(world.settle().ok());
  world.next();
  EXPECT_EQ(world.fetcher.requests().at(1).url, "https://a.example?at=p2");
  EXPECT_EQ(header_value(world.fetcher.requests().at(1).headers, "if-none-match"), "");
}

TEST(PollerSchedule, AfterAFailureTheNextRequestIsUnconditional) {
  World world;
  world.web[kUrl] = {200, "post 1 x", {{"ETag", "\"v1\""}}};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl] = {200, "error 14 cut off", {{"ETag", "\"v2\""}}};
  world.next();
  world.web[kUrl] = {200, "post 1 x\npost 2 y", {{"ETag", "\"v2\""}}};
  world.next();
  EXPECT_EQ(header_value(world.fetcher.requests().at(2).headers, "if-none-match"), "");
  EXPECT_THAT(world.items(), SizeIs(2));
}

// A feed that was cut off on its way has the ETag of the whole one.
TEST(PollerSchedule, AfterAPageWithRefusedPostsTheNextRequestIsUnconditional) {
  World world;
  world.web[kUrl] = {200, "post 1 x\nbad 2", {{"ETag", "\"v1\""}}};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "post 1 x\npost 2 y";
  world.next();
  EXPECT_EQ(header_value(world.fetcher.requests().at(1).headers, "if-none-match"), "");
  EXPECT_THAT(world.items(), SizeIs(2));
  world.next();
  EXPECT_EQ(header_value(world.fetcher.requests().at(2).headers, "if-none-match"), "\"v1\"");
}

// One that is refused each time, and known to be, costs no more than other pages.
TEST(PollerSchedule, APostRefusedBeforeDoesNotHinderConditionalRequests) {
  World world;
  world.web[kUrl] = {200, "post 1 x\nbad 2", {{"ETag", "\"v1\""}}};
  ASSERT_TRUE(world.settle().ok());
  world.next();
  world.next();
  EXPECT_EQ(header_value(world.fetcher.requests().at(2).headers, "if-none-match"), "\"v1\"");
}

TEST(PollerSchedule, ALyingEtagIsFoundOutByTheFullFetch) {
  World world;
  world.options.full_fetch_every = absl::Hours(24);
  world.web[kUrl] = {200, "post 1 x", {{"ETag", "\"same\""}}};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "post 1 x\npost 2 unseen";
  const absl::Time begin = world.clock.now();
  while (world.items().size() < 2 && world.clock.now() < begin + absl::Hours(72)) world.next();
  EXPECT_THAT(world.items(), SizeIs(2));
  EXPECT_LE(world.clock.now() - begin, absl::Hours(24) + world.options.max_interval * 1.1);
}

TEST(PollerSchedule, AnUnaskedFor304IsAFailure) {
  World world;
  world.web[kUrl].status = 304;
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.state().failures(), 1U);
  EXPECT_FALSE(world.state().has_last_success());
}

TEST(PollerSchedule, MaxAgeIsAFloorOfAtMostSixHours) {
  World world;
  world.web[kUrl] = {200, "post 1 x", {{"Cache-Control", "public, max-age=3600"}}};
  ASSERT_TRUE(world.settle().ok());
  EXPECT_GE(due(world) - world.clock.now(), absl::Hours(1));
  world.web[kUrl] = {200, "post 2 x", {{"Cache-Control", "max-age=31536000"}}};
  world.next();
  EXPECT_THAT(due(world) - world.clock.now(), AllOf(Ge(absl::Hours(6)), Le(absl::Hours(7))));
}

TEST(PollerSchedule, FailuresBackOffAndAreForgottenAfterASuccess) {
  World world;
  world.web[kUrl].error = absl::UnavailableError("connection refused");
  ASSERT_TRUE(world.settle().ok());
  absl::Duration expected = absl::Minutes(1);
  for (std::uint32_t failures = 1; failures <= 14; ++failures) {
    EXPECT_EQ(world.state().failures(), failures);
    EXPECT_THAT(world.state().last_error(), HasSubstr("connection refused"));
    const absl::Duration wait = due(world) - world.clock.now();
    EXPECT_THAT(wait, AllOf(Ge(std::max(expected / 2, absl::Minutes(1))), Le(expected))) << failures;
    expected = std::min(expected * 2, world.options.max_interval);
    world.next();
  }
  world.web[kUrl].error = absl::OkStatus();
  world.web[kUrl].body = "post 1 x";
  world.next();
  EXPECT_EQ(world.state().failures(), 0U);
  EXPECT_EQ(world.state().last_error(), "");
}

TEST(PollerSchedule, RetryAfterIsHonouredInSecondsAndAsADate) {
  World world;
  world.web[kUrl] = {503, "", {{"Retry-After", "7200"}}};
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(due(world) - world.clock.now(), AllOf(Ge(absl::Hours(2)), Le(absl::Hours(2.2))));
  world.web[kUrl] = {503, "", {{"Retry-After", "Thu, 14 Apr 2022 20:00:00 GMT"}}};
  world.next();
  EXPECT_GE(due(world), absl::FromCivil(absl::CivilSecond(2022, 4, 14, 20, 0, 0), absl::UTCTimeZone()));
  world.web[kUrl] = {503, "", {{"Retry-After", "999999999"}}};
  world.next();
  EXPECT_LE(due(world) - world.clock.now(), absl::Hours(27)) << "nobody can stop us for years";
}

TEST(PollerSchedule, ARateLimitedHostIsLeftAloneByAllItsAccounts) {
  World world;
  Account other = World::account("b");
  other.set_url("https://a.example/b");
  world.accounts.push_back(other);
  world.options.max_in_flight = 1;
  world.web[kUrl] = {429, "", {{"Retry-After", "600"}}};
  world.web["https://a.example/b"].body = "post 9 y";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits("https://a.example/b"), 0);
  EXPECT_GE(world.poller().next_due() - world.clock.now(), absl::Minutes(10));
  world.clock.advance(absl::Minutes(12));
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits("https://a.example/b"), 1);
}

TEST(PollerSchedule, ABare429LeavesTheHostAloneLongerEachTime) {
  World world;
  Account other = World::account("b");
  other.set_url("https://a.example/b");
  world.accounts.push_back(other);
  world.options.max_in_flight = 1;
  world.web[kUrl] = {429, "", {}};
  world.web["https://a.example/b"] = {429, "", {}};
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.requests().size(), 1U) << "the other account's request would be answered the same";
  const absl::Time begin = world.clock.now();
  std::vector<absl::Time> asked{begin};
  while (world.clock.now() < begin + absl::Hours(2)) {
    const std::size_t before = world.fetcher.requests().size();
    world.next();
    if (world.fetcher.requests().size() > before) asked.push_back(world.clock.now());
  }
  ASSERT_GE(asked.size(), 4U);
  EXPECT_GE(asked[1] - asked[0], absl::Seconds(30));
  EXPECT_LE(asked.size(), 14U) << "not once a minute";
}

TEST(PollerSchedule, RateLimitHeadersOfAGoodAnswerCountToo) {
  World world;
  world.web[kUrl] = {200,
                     "post 1 x\nnext 2\nmore",
                     {{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2022-04-14T08:05:00Z"}}};
  world.web["https://a.example?at=2"].body = "post 2 y";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1));
  EXPECT_GE(world.next(), absl::Minutes(5));
  EXPECT_THAT(world.items(), SizeIs(2));
}

TEST(PollerSchedule, WaitsWhenTheCollectorSaysSo) {
  World world;
  world.web[kUrl].body = "wait 1800";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.state().failures(), 0U) << "a limit is no failure";
  EXPECT_FALSE(world.state().has_last_success()) << "and no success";
  EXPECT_THAT(due(world) - world.clock.now(), AllOf(Ge(absl::Minutes(30)), Le(absl::Minutes(34))));
  world.web[kUrl].body = "post 1 x\nwait 1800";
  world.next();
  EXPECT_THAT(world.items(), SizeIs(1)) << "what came along is taken";
  EXPECT_GE(due(world) - world.clock.now(), absl::Minutes(30));
}

TEST(PollerSchedule, AClockSetBackDoesNotStopUs) {
  World world;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  world.clock.advance(-absl::Hours(24 * 365));
  ASSERT_TRUE(world.settle().ok());
  EXPECT_LE(world.poller().next_due() - world.clock.now(), world.options.max_interval);
}

// The answer was read before the jump and stored behind it: when to ask again was told by the old clock.
TEST(PollerSchedule, AClockSetBackWhileAnAnswerWaitsToBeStoredDoesNotStopUs) {
  World world;
  world.web[kUrl].body = "post 1 x";
  world.bus.set_full(true);
  ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  world.clock.advance(-absl::Hours(24 * 365));
  ASSERT_TRUE(world.poller().turn(absl::ZeroDuration()).ok());
  world.bus.set_full(false);
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1));
  EXPECT_LE(world.poller().next_due() - world.clock.now(), world.options.max_interval);
  EXPECT_LE(due(world) - world.clock.now(), world.options.max_interval) << "nor behind a restart";
}

TEST(PollerSchedule, AClockSetBackEndsTheRestsOfHosts) {
  World world;
  world.web[kUrl] = {429, "", {{"Retry-After", "3600"}}};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl] = {200, "post 1 x", {}};
  world.clock.advance(-absl::Hours(24));
  const absl::Time begin = world.clock.now();
  while (world.items().empty() && world.clock.now() < begin + absl::Hours(8)) world.next();
  EXPECT_THAT(world.items(), SizeIs(1));
}

}  // namespace
}  // namespace copytaster
