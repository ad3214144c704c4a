// Quiet sources: the median gap of a source's own posts, and the alarm (features.md A6).
#include "collectors/rhythm.h"

#include <gtest/gtest.h>

#include "core/time.h"

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone());

AccountState daily(int posts) {
  AccountState state;
  for (int i = 0; i < posts; ++i) note_post(kNow - absl::Hours(24 * (posts - 1 - i)), kNow, &state);
  return state;
}

TEST(Rhythm, IsTheMedianOfTheGaps) {
  AccountState state;
  for (const int hour : {0, 1, 2, 3, 103, 104})
    note_post(kNow + absl::Hours(hour), kNow + absl::Hours(200), &state);
  EXPECT_EQ(median_gap(state), absl::Hours(1)) << "one long holiday does not change the rhythm";
}

TEST(Rhythm, FewPostsSayNothing) {
  EXPECT_EQ(median_gap(daily(5)), std::nullopt);
  EXPECT_EQ(median_gap(daily(6)), absl::Hours(24));
}

TEST(Rhythm, KeepsTheNewestInOrderWhateverOrderTheyCameIn) {
  AccountState state;
  for (int i = 0; i < 100; ++i) note_post(kNow - absl::Hours((i * 37) % 100), kNow, &state);
  ASSERT_EQ(state.posted_size(), 21);
  for (int i = 0; i < 21; ++i) EXPECT_EQ(state.posted(i), absl::ToUnixSeconds(kNow - absl::Hours(20 - i)));
}

TEST(Rhythm, AnEditIsNoOtherPost) {
  AccountState state = daily(6);
  note_post(kNow, kNow, &state);
  EXPECT_EQ(state.posted_size(), 6);
}

TEST(Rhythm, APostFromTheFutureDoesNotSilenceTheAlarmForEver) {
  AccountState state = daily(6);
  note_post(kNow + absl::Hours(24 * 365), kNow, &state);
  EXPECT_EQ(quiet_from(state), kNow + absl::Hours(72));
}

TEST(Rhythm, SilenceOfThreeMedianGapsRaisesTheAlarmOnce) {
  AccountState state = daily(8);
  EXPECT_EQ(listen(kNow + absl::Hours(71), &state), Voice::kSame);
  EXPECT_EQ(listen(kNow + absl::Hours(73), &state), Voice::kWentQuiet);
  EXPECT_EQ(to_time(state.quiet_since()), kNow + absl::Hours(73));
  EXPECT_EQ(listen(kNow + absl::Hours(100), &state), Voice::kSame) << "told once";
  note_post(kNow + absl::Hours(101), kNow + absl::Hours(101), &state);
  EXPECT_EQ(listen(kNow + absl::Hours(101), &state), Voice::kSpeaksAgain);
  EXPECT_FALSE(state.has_quiet_since());
}

TEST(Rhythm, WhoPostsEveryFewMinutesMaySleepAtNight) {
  AccountState state;
  for (int i = 0; i < 20; ++i) note_post(kNow - absl::Minutes(5 * i), kNow, &state);
  EXPECT_EQ(listen(kNow + absl::Hours(5), &state), Voice::kSame);
  EXPECT_EQ(listen(kNow + absl::Hours(7), &state), Voice::kWentQuiet);
}

}  // namespace
}  // namespace copytaster
