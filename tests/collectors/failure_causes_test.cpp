// One missing token, a thousand accounts: one line.
#include "collectors/failure_causes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/log.h"
#include "tests/collectors/poller_world.h"

namespace copytaster {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kNow = absl::FromUnixSeconds(1650000000);
const absl::Status kMissing = absl::FailedPreconditionError("[collector.x] token_file is missing");
const absl::Status kExpired = absl::UnauthenticatedError("the token has expired");

TEST(FailureCauses, OneCauseIsToldOnceWithItsCount) {
  FailureCauses causes;
  for (int i = 0; i < 1000; ++i) causes.failed("x", "", str_cat("x:", i), kMissing);
  const auto told = causes.to_tell(kNow);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].accounts, 1000U);
  EXPECT_EQ(told[0].account_id, "x:0");
  EXPECT_EQ(told[0].error, kMissing);
  for (int hour = 0; hour < 50; ++hour) {
    causes.failed("x", "", "x:7", kMissing);
    EXPECT_THAT(causes.to_tell(kNow + absl::Hours(hour)), IsEmpty()) << "the same accounts, hour " << hour;
  }
}

TEST(FailureCauses, MoreAccountsAreToldLaterAndTogether) {
  FailureCauses causes;
  causes.failed("x", "app:x", "x:1", kExpired);
  EXPECT_THAT(causes.to_tell(kNow), SizeIs(1));
  causes.failed("x", "app:x", "x:2", kExpired);
  causes.failed("x", "app:x", "x:3", kExpired);
  EXPECT_THAT(causes.to_tell(kNow + FailureCauses::kTellAgain - absl::Seconds(1)), IsEmpty());
  const auto told = causes.to_tell(kNow + FailureCauses::kTellAgain);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].accounts, 3U);
  causes.failed("x", "app:x", "x:4", kExpired);
  EXPECT_THAT(causes.to_tell(kNow - absl::Hours(9)), SizeIs(1)) << "a clock that was set back";
}

TEST(FailureCauses, ServersReasonsAndPlatformsAreCausesOfTheirOwn) {
  FailureCauses causes;
  causes.failed("mastodon", "one.example", "mastodon:a", kExpired);
  causes.failed("mastodon", "two.example", "mastodon:b", kExpired);
  causes.failed("threads", "one.example", "threads:a", kExpired);
  causes.failed("mastodon", "", "mastodon:c", kMissing);
  EXPECT_THAT(causes.to_tell(kNow), SizeIs(4));
}

TEST(FailureCauses, WhatIsMendedIsToldWithTheLastAccountAndAnewWhenItComesBack) {
  FailureCauses causes;
  causes.failed("x", "", "x:1", kExpired);
  causes.failed("x", "", "x:2", kExpired);
  EXPECT_THAT(causes.to_tell(kNow), SizeIs(1));
  EXPECT_THAT(causes.mended("x:1"), IsEmpty());
  EXPECT_THAT(causes.mended("x:9"), IsEmpty());
  EXPECT_THAT(causes.mended("x:2"), SizeIs(1));
  EXPECT_THAT(causes.mended("x:2"), IsEmpty());
  causes.failed("x", "", "x:1", kExpired);
  EXPECT_THAT(causes.to_tell(kNow + absl::Minutes(1)), SizeIs(1));
}

TEST(FailureCauses, AnAccountWaitsForOneCauseAtATime) {
  FailureCauses causes;
  causes.failed("x", "", "x:1", kMissing);
  causes.failed("x", "", "x:1", kExpired);
  const auto told = causes.to_tell(kNow);
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].error, kExpired);
}

TEST(FailureCauses, ThePollerWritesOneLineForManyAccounts) {
  testing::World world;
  world.accounts.clear();
  for (int i = 0; i < 40; ++i) {
    world.add(str_cat("n", i));
  }
  // One host for all, as one app is.
  for (Account& account : world.accounts) account.set_url("https://n0.example");
  world.web["https://n0.example"].body = "error 16 the token of failure_causes_test has expired";
  const std::uint64_t before = log_lines(LogLevel::kError);
  for (int i = 0; i < 400; ++i) world.next();
  ASSERT_TRUE(world.state("n39").paused());
  const std::uint64_t lines = log_lines(LogLevel::kError) - before;
  EXPECT_GE(lines, 1U);
  EXPECT_LE(lines, 3U) << "not one an account";
}

}  // namespace
}  // namespace copytaster
