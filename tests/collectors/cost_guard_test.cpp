// Money: never more than the month's ceiling, whatever is under way.
#include "collectors/cost_guard.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 8, 0, 0), absl::UTCTimeZone());
const absl::Time kDecember = absl::FromCivil(absl::CivilMonth(2026, 12), absl::UTCTimeZone());

CollectorSpec x() {
  CollectorSpec spec;
  spec.name = "x";
  spec.most_cost_usd = 0.5;
  return spec;
}

TEST(CostGuard, StopsAtTheCeilingUntilNextMonth) {
  CostGuard guard({{"x", 10.0}});
  AccountState state;
  int asked = 0;
  while (guard.free_at(x(), kNow) <= kNow) {
    guard.started(x());
    guard.ended(x(), 0.5, kNow, &state);
    ASSERT_LE(++asked, 20);
  }
  EXPECT_EQ(asked, 20);
  EXPECT_DOUBLE_EQ(guard.spent("x", kNow), 10.0);
  EXPECT_EQ(guard.free_at(x(), kNow), kDecember);
  EXPECT_LE(guard.free_at(x(), kDecember), kDecember) << "a new month, new money";
  EXPECT_DOUBLE_EQ(guard.spent("x", kDecember), 0);
}

TEST(CostGuard, CountsWhatIsUnderWayAtItsHighest) {
  CostGuard guard({{"x", 1.2}});
  AccountState state;
  guard.started(x());
  guard.started(x());
  EXPECT_GT(guard.free_at(x(), kNow), kNow) << "two may cost 1.0, a third 1.5";
  EXPECT_LE(guard.free_at(x(), kNow), kNow + absl::Minutes(1)) << "but they may turn out cheaper";
  guard.ended(x(), 0.005, kNow, &state);
  guard.ended(x(), 0, kNow, &state);
  EXPECT_LE(guard.free_at(x(), kNow), kNow);
  EXPECT_DOUBLE_EQ(state.spending().usd(), 0.005);
  EXPECT_EQ(state.spending().reads(), 1U) << "what cost nothing was no read";
}

TEST(CostGuard, RemembersOverARestart) {
  AccountState state;
  {
    CostGuard guard({{"x", 10.0}});
    guard.started(x());
    guard.ended(x(), 9.8, kNow, &state);
  }
  CostGuard guard({{"x", 10.0}});
  guard.add_stored("x", state, kNow);
  EXPECT_EQ(guard.free_at(x(), kNow), kDecember);
  CostGuard later({{"x", 10.0}});
  later.add_stored("x", state, kDecember);
  EXPECT_LE(later.free_at(x(), kDecember), kDecember) << "November's money is gone, December's is not";
}

TEST(CostGuard, WithoutACeilingNothingMayBeSpent) {
  CostGuard guard({});
  EXPECT_GT(guard.free_at(x(), kNow), kNow);
}

TEST(CostGuard, WhatIsFreeIsNeverStopped) {
  CostGuard guard({});
  CollectorSpec free;
  free.name = "mastodon";
  EXPECT_LE(guard.free_at(free, kNow), kNow);
}

TEST(CostGuard, TellsOnceAMonth) {
  CostGuard guard({{"x", 0.1}});
  EXPECT_TRUE(guard.newly_exhausted("x", kNow));
  EXPECT_FALSE(guard.newly_exhausted("x", kNow + absl::Hours(1)));
  EXPECT_TRUE(guard.newly_exhausted("x", kDecember));
}

}  // namespace
}  // namespace copytaster
