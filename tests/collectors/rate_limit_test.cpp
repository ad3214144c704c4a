// How much a platform still allows, from the headers of its answers.
#include "collectors/rate_limit.h"

#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone());

std::optional<double> rate_limit_left(const std::vector<HttpHeader>& headers) {
  return read_rate_limit(headers, kNow).left();
}

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

TEST(RateLimitLeft, OfAPageTheBusinessUseCaseCounts) {
  EXPECT_EQ(rate_limit_left({{"X-Business-Use-Case-Usage",
                              R"({"17841400000000042":[{"type":"pages","call_count":50,"total_cputime":1,)"
                              R"("total_time":1,"estimated_time_to_regain_access":0}]})"}}),
            0.5);
}

TEST(RateLimitLeft, NothingSaidIsNothingKnown) {
  EXPECT_FALSE(rate_limit_left({}));
  EXPECT_FALSE(rate_limit_left({{"x-ratelimit-remaining", "75"}}));
  EXPECT_FALSE(rate_limit_left({{"x-ratelimit-limit", "0"}, {"x-ratelimit-remaining", "0"}}));
  EXPECT_FALSE(rate_limit_left({{"x-app-usage", "{\"call_count\":\"many\"}"}}));
}

TEST(RateLimit, SpentInAllItsSpellings) {
  const auto until = [](std::vector<HttpHeader> headers) {
    return read_rate_limit(headers, kNow).spent_until(kNow);
  };
  EXPECT_EQ(until({{"X-RateLimit-Remaining", "0"}, {"X-RateLimit-Reset", "2022-04-14T08:05:00.000000Z"}}),
            kNow + absl::Minutes(5));
  EXPECT_EQ(until({{"x-rate-limit-remaining", "0"},
                   {"x-rate-limit-reset", str_cat(absl::ToUnixSeconds(kNow) + 60)}}),
            kNow + absl::Minutes(1));
  EXPECT_EQ(until({{"ratelimit-remaining", "0"}, {"ratelimit-reset", "30"}}), kNow + absl::Seconds(30));
  EXPECT_EQ(until({{"ratelimit-remaining", "0"}, {"ratelimit-reset", "99999999999"}}), kNow + absl::Hours(1))
      << "no longer than an hour";
  EXPECT_EQ(until({{"ratelimit-remaining", "1"}, {"ratelimit-reset", "30"}}), std::nullopt);
  EXPECT_EQ(until({{"ratelimit-remaining", "0"}}), std::nullopt);
  EXPECT_EQ(until({{"ratelimit-remaining", "0"}, {"ratelimit-reset", "soon"}}), std::nullopt);
  EXPECT_EQ(until({{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "2021-01-01T00:00:00Z"}}),
            std::nullopt);
}

}  // namespace
}  // namespace copytaster
