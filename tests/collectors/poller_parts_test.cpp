// The poller's rules, one by one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/back_off.h"
#include "collectors/poller_capture.h"
#include "collectors/poller_reread.h"
#include "collectors/poller_seen.h"
#include "collectors/schedule.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone());

TEST(BackOff, DoublesUpToItsBound) {
  Jitter jitter(1);
  for (std::uint32_t failures : {1U, 2U, 3U, 10U, 100U, 4'000'000'000U}) {
    const absl::Duration whole = failures > 9 ? absl::Hours(6) : absl::Minutes(1) * (1 << (failures - 1));
    const absl::Duration wait = back_off(failures, absl::Minutes(1), absl::Hours(6), jitter);
    EXPECT_LE(wait, whole) << failures;
    EXPECT_GE(wait, whole / 2) << failures;
  }
}

TEST(BackOff, TheSameSeedGivesTheSameWaits) {
  Jitter a(42), b(42), c(43);
  const auto wait = [](Jitter& jitter) { return back_off(5, absl::Minutes(1), absl::Hours(6), jitter); };
  const absl::Duration first = wait(a);
  EXPECT_EQ(first, wait(b));
  EXPECT_NE(first, wait(c));
}

TEST(Schedule, TheIntervalFollowsTheYield) {
  const auto next = [](absl::Duration now, std::size_t news) {
    return next_interval(now, news, absl::Minutes(1), absl::Hours(6));
  };
  EXPECT_EQ(next(absl::ZeroDuration(), 40), absl::Minutes(1));
  EXPECT_EQ(next(absl::Minutes(10), 0), absl::Minutes(15));
  EXPECT_EQ(next(absl::Minutes(10), 2), absl::Minutes(5));
  EXPECT_EQ(next(absl::Hours(6), 0), absl::Hours(6));
  EXPECT_EQ(next(absl::Hours(6), 1000), absl::Hours(1.5));
  EXPECT_EQ(next_interval(absl::Minutes(1), 0, absl::Hours(7), absl::Hours(6)), absl::Hours(7))
      << "politeness comes first";
}

TEST(Schedule, FreshnessReadsCacheControl) {
  const auto fresh = [](std::string value) { return freshness({{"cache-control", std::move(value)}}); };
  EXPECT_EQ(fresh("max-age=300"), absl::Seconds(300));
  EXPECT_EQ(fresh("Public , MAX-AGE=\"300\""), absl::Seconds(300));
  EXPECT_EQ(fresh("max-age=99999999"), absl::Hours(6));
  EXPECT_EQ(fresh("no-cache, max-age=300"), absl::ZeroDuration());
  EXPECT_EQ(fresh("max-age=300, no-store"), absl::ZeroDuration());
  for (const char* none : {"", "max-age", "max-age=", "max-age=-5", "max-age=abc",
                           "max-age=99999999999999999999", "s-maxage=300", "max-age=\"", ","}) {
    EXPECT_EQ(fresh(none), absl::ZeroDuration()) << none;
  }
  EXPECT_EQ(freshness({}), absl::ZeroDuration());
}

Item post(int number, absl::Time created) {
  Item item;
  item.set_id(str_cat("words:", number));
  item.set_native_id(str_cat(number));
  set_timestamp(item.mutable_created_at(), created);
  return item;
}

TEST(RereadPlan, OfTooManyTheNewestStay) {
  RereadPlan plan(absl::Hours(48), 10);
  for (int i = 0; i < 100; ++i) plan.add(post(i, kNow - absl::Minutes((i * 37) % 100)), 0, kNow);
  EXPECT_EQ(plan.size(), 10U);
  const auto any = [](const Reread&) { return true; };
  while (const auto reread = plan.take_due(kNow + absl::Hours(48), any))
    EXPECT_GE(reread->created, kNow - absl::Minutes(9));
}

TEST(RereadPlan, APostFromTheFutureEndsAsWell) {
  RereadPlan plan(absl::Hours(48));
  plan.add(post(1, kNow + absl::Hours(24 * 365)), 0, kNow);
  EXPECT_EQ(plan.next_due(), kNow + absl::Minutes(10));
}

TEST(RereadPlan, TakesOnlyWhatIsAllowed) {
  RereadPlan plan(absl::Hours(48));
  plan.add(post(1, kNow), 7, kNow);
  plan.add(post(2, kNow), 8, kNow);
  const auto only_eight = [](const Reread& reread) { return reread.account == 8; };
  EXPECT_FALSE(plan.take_due(kNow, only_eight)) << "not due yet";
  const auto taken = plan.take_due(kNow + absl::Minutes(10), only_eight);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->native_id, "2");
  EXPECT_FALSE(plan.take_due(kNow + absl::Minutes(10), only_eight));
  plan.forget("words:1");
  EXPECT_EQ(plan.next_due(), absl::InfiniteFuture());
}

TEST(SeenPosts, AreBounded) {
  SeenPosts seen;
  for (int i = 0; i < 1000; ++i) seen.put(str_cat(i), "content");
  EXPECT_EQ(seen.find("0"), nullptr);
  ASSERT_NE(seen.find("999"), nullptr);
  seen.put("999", "other");
  EXPECT_TRUE(seen.find("999")->is_same("other"));
  seen.forget("999");
  EXPECT_FALSE(seen.find("999")->is_same("other"));
}

TEST(Capture, OverwritesCredentialsWhereverTheyStand) {
  const auto clean = [](std::string body) {
    overwrite_secrets(&body, "Bearer app|se/cret");
    return body;
  };
  EXPECT_EQ(clean("a app|se/cret b app|se/cret"),
            str_cat("a ", std::string(11, 'x'), " b ", std::string(11, 'x')));
  EXPECT_EQ(clean("app%7Cse%2Fcret"), std::string(15, 'x'));
  EXPECT_EQ(clean("?access_token=abc&x=1"), "?access_token=xxx&x=1");
  EXPECT_EQ(clean("\"https:\\/\\/x\\/?access_token=abc\\u0026x\""),
            "\"https:\\/\\/x\\/?access_token=xxx\\u0026x\"");
  EXPECT_EQ(clean("access_token=access_token="), "access_token=" + std::string(13, 'x'));
  EXPECT_EQ(clean(""), "");
  EXPECT_EQ(clean("app|se\\/cret"), std::string(12, 'x')) << "as JSON may escape it";
  std::string quoted = "{\"token\":\"canary\\\"wor\\/d\"}";
  overwrite_secrets(&quoted, "Bearer canary\"wor/d");
  EXPECT_EQ(quoted.find("canary"), std::string::npos) << quoted;
  std::string short_word = "short";
  overwrite_secrets(&short_word, "Bearer short");
  EXPECT_EQ(short_word, "short") << "a word so short stands everywhere";
}

}  // namespace
}  // namespace copytaster
