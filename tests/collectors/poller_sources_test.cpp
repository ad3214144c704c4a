// Sources over years: hosts with budgets, money, people who pause them, addresses that move, accounts that
// end or go quiet (features.md A3, A6, A7, A8).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/poller.h"
#include "core/source_health.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::copytaster::testing::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kUrl[] = "https://a.example";

Hold hold_of(std::string by, std::string reason, absl::Time at) {
  Hold hold;
  hold.set_by(std::move(by));
  hold.set_reason(std::move(reason));
  set_timestamp(hold.mutable_at(), at);
  return hold;
}

// ---- hosts

// All accounts on one host.
void share_host(World* world, int accounts) {
  world->accounts.clear();
  for (int i = 0; i < accounts; ++i) {
    Account account = World::account(str_cat("n", i));
    account.set_url(str_cat("https://shared.example/", i));
    world->accounts.push_back(account);
    world->web[account.url()].body = str_cat("post ", i, " hello");
  }
}

TEST(PollerSources, AHostWithManyAccountsIsAskedWithinItsBudget) {
  World world;
  world.collector.describe().budget = {60, absl::Minutes(1)};
  share_host(&world, 200);
  std::vector<absl::Time> times;
  const absl::Time end = world.clock.now() + absl::Minutes(4);
  while (world.clock.now() < end) {
    const std::size_t before = world.fetcher.requests().size();
    ASSERT_TRUE(world.settle().ok());
    times.insert(times.end(), world.fetcher.requests().size() - before, world.clock.now());
    world.clock.set(std::max(world.poller().next_due(), world.clock.now() + absl::Milliseconds(1)));
  }
  for (std::size_t i = 60; i < times.size(); ++i)
    ASSERT_GE(times[i] - times[i - 60], absl::Minutes(1)) << "request " << i;
  EXPECT_THAT(world.items(), SizeIs(200)) << "and all of them were read";
}

TEST(PollerSources, BudgetsOfAnAppCountOverAllHosts) {
  World world;
  world.collector.describe().budget = {10, absl::Hours(1), true};
  for (int i = 0; i < 20; ++i) {
    world.add(str_cat("h", i));
    world.web[str_cat("https://h", i, ".example")].body = "next 0";
  }
  ASSERT_TRUE(world.settle().ok());
  EXPECT_LT(world.fetcher.requests().size(), 5U) << "a tenth at once, the rest spread over the hour";
}

TEST(PollerSources, WhenAHostIsDownItsAccountsWaitTogetherAndOthersDoNot) {
  World world;
  share_host(&world, 100);
  for (int i = 0; i < 100; ++i)
    world.web[str_cat("https://shared.example/", i)].error = absl::UnavailableError("connection refused");
  world.add("fine");
  world.web["https://fine.example"].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_LE(world.fetcher.requests().size(), 12U) << "the circuit opens after five";
  EXPECT_EQ(world.fetcher.hits("https://fine.example"), 1);
  for (int i = 0; i < 100; ++i) world.web[str_cat("https://shared.example/", i)].error = absl::OkStatus();
  const absl::Time end = world.clock.now() + absl::Minutes(10);
  while (world.clock.now() < end) world.next();
  EXPECT_THAT(world.items(), SizeIs(101)) << "it is up again: all have been read";
}

TEST(PollerSources, ASlowHostDoesNotKeepOthersWaiting) {
  World world;
  world.options.max_in_flight = 8;
  share_host(&world, 50);
  world.add("fine");
  world.web["https://fine.example"].body = "post 1 x";
  for (const Account& account : world.accounts)
    if (account.url() != "https://fine.example") world.fetcher.hold(account.url());
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits("https://fine.example"), 1);
  EXPECT_EQ(world.fetcher.waiting(), world.options.max_per_host);
}

// ---- money

TEST(PollerSources, StopsAtTheMonthsCeilingAndGoesOnNextMonth) {
  World world;
  world.collector.describe().most_cost_usd = 0.5;
  world.options.ceilings_usd = {{"words", 2.0}};
  world.web[kUrl].body = "post 1 x\ncost 0.5";
  for (int i = 0;
       i < 30 && world.clock.now() < absl::FromCivil(absl::CivilMonth(2022, 5), absl::UTCTimeZone()); ++i) {
    ASSERT_TRUE(world.settle().ok());
    world.clock.set(world.poller().next_due());
  }
  EXPECT_EQ(world.fetcher.hits(kUrl), 4);
  EXPECT_DOUBLE_EQ(world.state().spending().usd(), 2.0);
  EXPECT_EQ(world.state().spending().month(), "2022-04");
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 5) << "May has its own money";
  EXPECT_EQ(world.state().spending().month(), "2022-05");
}

TEST(PollerSources, WhatWasSpentIsKnownAfterACrash) {
  World world;
  world.collector.describe().most_cost_usd = 0.5;
  world.options.ceilings_usd = {{"words", 0.9}};
  world.web[kUrl].body = "cost 0.5";
  ASSERT_TRUE(world.settle().ok());
  world.restart();
  world.clock.advance(absl::Hours(24));
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 1);
}

TEST(PollerSources, AnAnswerThatCannotBeReadIsBilledAllTheSame) {
  World world;
  world.collector.describe().most_cost_usd = 0.5;
  world.options.ceilings_usd = {{"words", 1.2}};
  world.web[kUrl].body = "{ what is this\nerror 3 unreadable";
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(world.settle().ok());
    world.clock.advance(absl::Hours(6));
  }
  EXPECT_EQ(world.fetcher.hits(kUrl), 2);
  EXPECT_DOUBLE_EQ(world.state().spending().usd(), 1.0);
  world.restart();
  world.web[kUrl].body = "<html>Log in\nerror 3 unreadable";  // of whoever stands between: nothing was read
  world.options.ceilings_usd = {{"words", 2.4}};
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_DOUBLE_EQ(world.state().spending().usd(), 1.0);
}

TEST(PollerSources, ReadingAPostAgainCostsToo) {
  World world;
  world.options.reread_for = absl::Hours(2);
  world.collector.describe().most_cost_usd = 0.1;
  world.options.ceilings_usd = {{"words", 100}};
  world.web[kUrl].body = "post 1 x\ncost 0.005";
  world.web["https://a.example/post/1"].body = "post 1 x\ncost 0.005";
  ASSERT_TRUE(world.settle().ok());
  const absl::Time end = world.clock.now() + absl::Minutes(11);
  while (world.fetcher.hits("https://a.example/post/1") == 0 && world.clock.now() < end) world.next();
  ASSERT_EQ(world.fetcher.hits("https://a.example/post/1"), 1);
  EXPECT_NEAR(world.state().spending().usd(), 0.005 * static_cast<double>(world.fetcher.requests().size()),
              1e-9);
}

// ---- people

TEST(PollerSources, APausedAccountIsNotAskedUntilItIsResumedAlsoOverARestart) {
  World world;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  ASSERT_TRUE(world.poller().hold("words:a", hold_of("Mira", "its owner has died", world.clock.now())).ok());
  world.clock.advance(absl::Hours(48));
  ASSERT_TRUE(world.settle().ok());
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 1);
  EXPECT_EQ(health_of(world.state()), SourceHealth::kHeld);
  EXPECT_THAT(health_reason(world.state()), HasSubstr("paused by Mira on 2022-04-14: its owner has died"));

  ASSERT_TRUE(world.poller().hold("words:a", std::nullopt).ok());
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 2) << "at once";
  EXPECT_EQ(health_of(world.state()), SourceHealth::kGood);
}

TEST(PollerSources, WhatIsUnderWayDoesNotUndoAPause) {
  World world;
  world.web[kUrl].body = "post 1 x";
  world.fetcher.hold(kUrl);
  ASSERT_TRUE(world.settle().ok());
  ASSERT_TRUE(world.poller().hold("words:a", hold_of("Mira", "", world.clock.now())).ok());
  world.fetcher.release();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_THAT(world.items(), SizeIs(1)) << "what came is not thrown away";
  EXPECT_TRUE(world.state().has_hold());
  world.clock.advance(absl::Hours(48));
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 1);
}

TEST(PollerSources, NobodyCanPauseWhatIsNotFollowed) {
  World world;
  EXPECT_TRUE(absl::IsNotFound(world.poller().hold("words:nobody", std::nullopt)));
}

// ---- addresses

TEST(PollerSources, APermanentRedirectIsFollowedAfterThreeInARow) {
  World world;
  world.collector.describe().may_move = true;
  world.web[kUrl].body = "next 0";
  const std::string old = "https://a.example?at=0", moved = "https://new.example/feed";
  world.web[kUrl].permanent_url = moved;
  world.web[old] = {200, "next 0", {}, absl::OkStatus(), moved};
  world.web[moved] = {200, "next 0", {}};
  world.web[moved + "?at=0"] = {200, "next 0", {}};
  ASSERT_TRUE(world.settle().ok());
  for (int i = 0; i < 2; ++i) world.next();
  EXPECT_EQ(world.fetcher.hits(kUrl) + world.fetcher.hits(old), 3);
  EXPECT_EQ(world.fetcher.hits(moved + "?at=0"), 0);
  world.next();
  EXPECT_EQ(world.fetcher.hits(moved + "?at=0"), 1);
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  world.next();
  EXPECT_EQ(world.fetcher.hits(moved + "?at=0"), 2) << "stored";
  EXPECT_EQ(world.fetcher.hits(kUrl) + world.fetcher.hits(old), 3);
}

TEST(PollerSources, OneRedirectIsNoMove) {
  World world;
  world.collector.describe().may_move = true;
  world.web[kUrl] = {200, "post 1 x", {}, absl::OkStatus(), "https://login.example/"};
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl] = {200, "post 1 x", {}};
  world.next();
  EXPECT_EQ(world.state().moved_to(), "");
}

TEST(PollerSources, WhenTheNewAddressFailsTheOldOneIsTriedAgain) {
  World world;
  world.collector.describe().may_move = true;
  world.web[kUrl] = {200, "post 1 x", {}, absl::OkStatus(), "https://new.example/feed"};
  world.web["https://new.example/feed"].status = 500;
  ASSERT_TRUE(world.settle().ok());
  for (int i = 0; i < 20; ++i) world.next();
  EXPECT_GT(world.fetcher.hits("https://new.example/feed"), 2);
  EXPECT_GT(world.fetcher.hits(kUrl), 3);
}

// ---- ends and silence

TEST(PollerSources, A410EndsAFeedForGoodAndSaysSo) {
  World world;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].status = 410;
  world.next();
  EXPECT_EQ(health_of(world.state()), SourceHealth::kEnded);
  EXPECT_THAT(health_reason(world.state()), HasSubstr("HTTP 410"));
  world.clock.advance(absl::Hours(24 * 30));
  ASSERT_TRUE(world.settle().ok());
  world.restart();
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 2);
  world.web[kUrl].status = 200;
  ASSERT_TRUE(world.poller().hold("words:a", std::nullopt).ok());
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(health_of(world.state()), SourceHealth::kGood) << "a person may resume it";
}

TEST(PollerSources, AWaitOfMoreThanADayIsAnAlarm) {
  World world;
  world.web[kUrl].body = "post 1 x";
  ASSERT_TRUE(world.settle().ok());
  world.web[kUrl].body = "wait 3600";
  world.next();
  EXPECT_EQ(health_of(world.state()), SourceHealth::kWaiting);
  EXPECT_FALSE(is_alarm(health_of(world.state())));
  const absl::Time end = world.clock.now() + absl::Hours(26);
  while (world.clock.now() < end) world.next();
  EXPECT_TRUE(is_alarm(health_of(world.state())));
  EXPECT_THAT(health_reason(world.state()), HasSubstr("asks to wait (not read since 2022-04-14"));
}

TEST(PollerSources, A404DoesNotEndIt) {
  World world;
  world.web[kUrl].status = 404;
  ASSERT_TRUE(world.settle().ok());
  for (int i = 0; i < 50; ++i) world.next();
  EXPECT_EQ(health_of(world.state()), SourceHealth::kFailing);
  EXPECT_GT(world.fetcher.hits(kUrl), 40);
}

TEST(PollerSources, ATokenThatIsRefusedTellsWhatToDo) {
  World world;
  world.web[kUrl].body = "error 16 Graph API error 190/463: Session has expired (the token has expired)";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(health_of(world.state()), SourceHealth::kBlocked);
  EXPECT_THAT(health_reason(world.state()), HasSubstr("the token has expired"));
  EXPECT_THAT(health_reason(world.state()),
              HasSubstr("make a new token (or key), put it into its file and restart the service"));
}

TEST(PollerSources, FailingTellsSinceWhenAndHowOften) {
  World world;
  const absl::Time begun = world.clock.now();
  world.web[kUrl].error = absl::UnavailableError("connection refused");
  ASSERT_TRUE(world.settle().ok());
  for (int i = 0; i < 3; ++i) world.next();
  EXPECT_EQ(to_time(world.state().failing_since()), begun);
  EXPECT_EQ(world.state().failures(), 4U);
  EXPECT_THAT(health_reason(world.state()), HasSubstr("connection refused (4 times since 2022-04-14)"));
  world.web[kUrl].error = absl::OkStatus();
  world.next();
  EXPECT_FALSE(world.state().has_failing_since());
}

TEST(PollerSources, ASilentSourceIsQuietNotFailing) {
  World world;
  for (int day = 0; day < 8; ++day) {
    world.web[kUrl].body = str_cat("post ", day, " daily");
    const absl::Time end = world.clock.now() + absl::Hours(24);
    while (world.clock.now() < end) world.next();
  }
  EXPECT_EQ(health_of(world.state()), SourceHealth::kGood);
  const absl::Time end = world.clock.now() + absl::Hours(4 * 24);
  while (world.clock.now() < end) world.next();
  EXPECT_EQ(health_of(world.state()), SourceHealth::kQuiet);
  EXPECT_THAT(health_reason(world.state()), HasSubstr("silent since 2022-04-2"));
}

// ---- engagement

TEST(PollerSources, EngagementIsNotedAtFixedAgesOnceEachAndMakesNoVersion) {
  World world;
  world.options.reread_for = absl::Hours(48);
  world.web[kUrl].body = "post 1 x\nlikes 1";
  ASSERT_TRUE(world.settle().ok());
  world.process();
  world.web[kUrl].body = "next 0";  // it has left the page
  int likes = 1;
  const absl::Time end = world.clock.now() + absl::Hours(50);
  while (world.clock.now() < end) {
    world.web["https://a.example/post/1"].body = str_cat("post 1 x\nlikes ", ++likes);
    world.next();
  }
  EXPECT_THAT(world.items(), SizeIs(1));
  std::vector<std::uint32_t> ages;
  for (const EngagementAt& noted : world.engagements()) ages.push_back(noted.age_seconds());
  EXPECT_THAT(ages, ::testing::ElementsAre(600, 3600, 6 * 3600, 24 * 3600, 48 * 3600));
}

TEST(PollerSources, AfterARestartTheStoreIsAskedOnceForEachPost) {
  World world;
  world.web[kUrl].body = "post 1 x\nlikes 1";
  ASSERT_TRUE(world.settle().ok());
  world.process();
  world.restart();
  world.clock.advance(absl::Minutes(11));
  ASSERT_TRUE(world.settle().ok());
  const int reads = world.store.item_reads;
  EXPECT_GT(reads, 0);
  for (int i = 0; i < 5; ++i) {
    world.clock.advance(absl::Minutes(11));
    ASSERT_TRUE(world.settle().ok());
  }
  EXPECT_EQ(world.fetcher.hits(kUrl), 7);
  EXPECT_EQ(world.store.item_reads, reads);
}

TEST(PollerSources, AnAgeThatTheStoreHasIsNotNotedAgainAfterARestart) {
  World world;
  world.web[kUrl].body = "post 1 x\nlikes 1";
  ASSERT_TRUE(world.settle().ok());
  world.process();
  Item stored = *world.store.item("words:1");
  stored.add_engagement_history()->set_age_seconds(600);
  world.store.put(stored);
  world.restart();
  world.clock.advance(absl::Minutes(11));
  world.web[kUrl].body = "post 1 x\nlikes 5";
  ASSERT_TRUE(world.settle().ok());
  EXPECT_EQ(world.fetcher.hits(kUrl), 2);
  EXPECT_THAT(world.engagements(), IsEmpty());
  world.clock.advance(absl::Hours(1));
  ASSERT_TRUE(world.settle().ok());
  ASSERT_THAT(world.engagements(), SizeIs(1));
  EXPECT_EQ(world.engagements()[0].age_seconds(), 3600U);
  EXPECT_EQ(world.engagements()[0].engagement().likes(), 5U);
}

}  // namespace
}  // namespace copytaster
