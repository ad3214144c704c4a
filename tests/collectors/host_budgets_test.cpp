// What a host bears: places in its line, pauses, circuits.
#include "collectors/host_budgets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone());
constexpr RequestBudget kMastodon = {300, absl::Minutes(5)};

class HostBudgetsTest : public ::testing::Test {
 protected:
  Jitter jitter_{7};
  HostBudgets budgets_{&jitter_};
};

TEST_F(HostBudgetsTest, NoWindowOfTheBudgetsLengthHoldsMoreThanTheBudget) {
  std::vector<absl::Time> places;
  for (int i = 0; i < 2000; ++i) places.push_back(budgets_.reserve("social.example", kMastodon, kNow));
  EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
  for (std::size_t i = 300; i < places.size(); ++i)
    ASSERT_GE(places[i] - places[i - 300], kMastodon.per) << "300 requests before number " << i;
}

TEST_F(HostBudgetsTest, TheFirstFewGoOutAtOnce) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(budgets_.reserve("social.example", kMastodon, kNow), kNow) << i;
}

TEST_F(HostBudgetsTest, HostsDoNotWaitForOneAnother) {
  for (int i = 0; i < 1000; ++i) (void)budgets_.reserve("a.example", kMastodon, kNow);
  EXPECT_EQ(budgets_.reserve("b.example", kMastodon, kNow), kNow);
}

TEST_F(HostBudgetsTest, WithoutABudgetNobodyWaits) {
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(budgets_.reserve("a.example", {}, kNow), kNow);
}

TEST_F(HostBudgetsTest, AfterAPauseTheyComeOneByOne) {
  budgets_.pause("a.example", kNow + absl::Minutes(10), kNow);
  budgets_.pause("a.example", kNow + absl::Minutes(2), kNow);
  EXPECT_EQ(budgets_.paused_until("a.example"), kNow + absl::Minutes(10)) << "the longest pause holds";
  const absl::Time first = budgets_.reserve("a.example", {}, kNow);
  const absl::Time second = budgets_.reserve("a.example", {}, kNow);
  EXPECT_EQ(first, kNow + absl::Minutes(10));
  EXPECT_GT(second, first);
}

TEST_F(HostBudgetsTest, FewLeftAreSpreadOverTheTimeThatIsLeft) {
  RateLimit limit;
  limit.limit = 300;
  limit.remaining = 10;
  limit.reset = kNow + absl::Seconds(100);
  budgets_.told("a.example", limit, kNow);
  std::vector<absl::Time> places;
  for (int i = 0; i < 10; ++i) places.push_back(budgets_.reserve("a.example", kMastodon, kNow));
  EXPECT_EQ(places[9] - places[0], absl::Seconds(90));
}

TEST_F(HostBudgetsTest, AShareThatIsNearlyUsedSlowsTheHost) {
  constexpr RequestBudget kMeta = {200, absl::Hours(1)};
  const auto gap_at = [&](double used) {
    RateLimit limit;
    limit.used_share = used;
    budgets_.told("app:facebook", limit, kNow);
    (void)budgets_.reserve("app:facebook", kMeta, kNow);
    const absl::Time first = budgets_.reserve("app:facebook", kMeta, kNow);
    return budgets_.reserve("app:facebook", kMeta, kNow) - first;
  };
  for (int i = 0; i < 50; ++i) (void)budgets_.reserve("app:facebook", kMeta, kNow);  // past the burst
  const absl::Duration usual = gap_at(0.2);
  EXPECT_EQ(gap_at(0.75), usual);
  EXPECT_GT(gap_at(0.9), 2 * usual);
  EXPECT_GT(gap_at(0.99), 20 * usual);
  EXPECT_EQ(gap_at(0.3), usual) << "and as usual when there is room again";
}

TEST_F(HostBudgetsTest, A429WithoutAWordOfHowLongPausesLongerEachTime) {
  absl::Time now = kNow;
  absl::Duration last;
  for (int i = 0; i < 4; ++i) {
    budgets_.limited("a.example", now);
    const absl::Duration pause = budgets_.paused_until("a.example") - now;
    EXPECT_GT(pause, last) << i;
    budgets_.limited("a.example", now + absl::Seconds(1));  // under way at the same time: says nothing new
    EXPECT_EQ(budgets_.paused_until("a.example") - now, pause);
    last = pause;
    now += pause + absl::Seconds(1);
    (void)budgets_.answered("a.example", true);
  }
  (void)budgets_.answered("a.example");
  budgets_.limited("a.example", now);
  EXPECT_LT(budgets_.paused_until("a.example") - now, absl::Minutes(2));
}

TEST_F(HostBudgetsTest, NoneLeftIsAPause) {
  RateLimit limit;
  limit.remaining = 0;
  limit.reset = kNow + absl::Seconds(100);
  budgets_.told("a.example", limit, kNow);
  EXPECT_EQ(budgets_.paused_until("a.example"), kNow + absl::Seconds(100));
}

TEST_F(HostBudgetsTest, FiveFailuresInARowOpenTheCircuitAndOneAnswerClosesIt) {
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(budgets_.failed("a.example", kNow));
  EXPECT_LE(budgets_.paused_until("a.example"), kNow);
  EXPECT_TRUE(budgets_.failed("a.example", kNow)) << "it has just opened";
  const absl::Time until = budgets_.paused_until("a.example");
  EXPECT_GE(until, kNow + absl::Seconds(15));
  EXPECT_FALSE(budgets_.failed("a.example", kNow)) << "what was under way says nothing new";
  EXPECT_EQ(budgets_.paused_until("a.example"), until);

  budgets_.started("a.example");
  EXPECT_FALSE(budgets_.has_room("a.example", 6)) << "one goes first";
  budgets_.finished("a.example");
  EXPECT_FALSE(budgets_.failed("a.example", until)) << "still open, not opened anew";
  EXPECT_GT(budgets_.paused_until("a.example") - until, absl::Seconds(15)) << "longer each time";

  EXPECT_TRUE(budgets_.answered("a.example")) << "it has just closed";
  EXPECT_FALSE(budgets_.answered("a.example"));
  EXPECT_TRUE(budgets_.has_room("a.example", 6));
}

TEST_F(HostBudgetsTest, ASlowHostTakesNotAllPlaces) {
  for (int i = 0; i < 6; ++i) {
    EXPECT_TRUE(budgets_.has_room("a.example", 6));
    budgets_.started("a.example");
  }
  EXPECT_FALSE(budgets_.has_room("a.example", 6));
  EXPECT_TRUE(budgets_.has_room("b.example", 6));
  budgets_.finished("a.example");
  EXPECT_TRUE(budgets_.has_room("a.example", 6));
}

TEST_F(HostBudgetsTest, AClockSetBackStopsNobody) {
  budgets_.pause("a.example", kNow + absl::Hours(1), kNow);
  budgets_.clock_set_back();
  const absl::Time before = kNow - absl::Hours(24 * 365);
  EXPECT_EQ(budgets_.reserve("a.example", kMastodon, before), before);
}

TEST_F(HostBudgetsTest, HostsOfWhichNothingIsKnownAreForgotten) {
  HostBudgets few(&jitter_, 10);
  for (int i = 0; i < 1000; ++i) {
    const absl::Time now = kNow + absl::Hours(i);
    (void)few.reserve(str_cat("host", i, ".example"), kMastodon, now);
  }
  few.pause("kept.example", kNow + absl::Hours(3000), kNow);
  for (int i = 0; i < 100; ++i)
    (void)few.reserve(str_cat("other", i), kMastodon, kNow + absl::Hours(1000 + i));
  EXPECT_EQ(few.paused_until("kept.example"), kNow + absl::Hours(3000));
}

TEST(HostOf, IsHostAndPort) {
  EXPECT_EQ(host_of("https://Social.Example/@a"), "social.example");
  EXPECT_EQ(host_of("http://127.0.0.1:8001/x"), "127.0.0.1:8001");
  EXPECT_EQ(host_of("no address"), "");
}

}  // namespace
}  // namespace copytaster
