// How much a platform still allows, from the headers of its answers.
#include <gtest/gtest.h>

#include "collectors/schedule.h"

namespace copytaster {
namespace {

TEST(RateLimitLeft, IsTheShareOfTheLimit) {
  EXPECT_EQ(rate_limit_left({{"X-RateLimit-Limit", "300"}, {"X-RateLimit-Remaining", "75"}}), 0.25);
  EXPECT_EQ(rate_limit_left({{"ratelimit-limit", "3000, 3000;w=300"}, {"ratelimit-remaining", "1500"}}), 0.5);
  EXPECT_EQ(rate_limit_left({{"x-rate-limit-limit", "10"}, {"x-rate-limit-remaining", "0"}}), 0.0);
}

TEST(RateLimitLeft, OfFacebookTheScarcestBudgetCounts) {
  EXPECT_EQ(rate_limit_left({{"x-app-usage", R"({"call_count":25,"total_time":75,"total_cputime":5})"}}),
            0.25);
  EXPECT_EQ(rate_limit_left({{"x-app-usage", R"({"call_count":130})"}}), 0.0);
}

TEST(RateLimitLeft, NothingSaidIsNothingKnown) {
  EXPECT_FALSE(rate_limit_left({}));
  EXPECT_FALSE(rate_limit_left({{"x-ratelimit-remaining", "75"}}));
  EXPECT_FALSE(rate_limit_left({{"x-ratelimit-limit", "0"}, {"x-ratelimit-remaining", "0"}}));
  EXPECT_FALSE(rate_limit_left({{"x-app-usage", "{\"call_count\":\"many\"}"}}));
}

}  // namespace
}  // namespace copytaster
