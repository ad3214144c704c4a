#include "app/day_halts.h"

#include <gtest/gtest.h>

#include "rehearsal/rehearsal.h"

namespace copytaster {
namespace {

TEST(DayHalts, StandInTheOrderOfTheDay) {
  auto halts = DayHalts::parse({"12:00", "06:30", "23:59"});
  ASSERT_TRUE(halts.ok()) << halts.status();
  EXPECT_EQ(halts->next(), rehearsal_begin() + absl::Minutes(6 * 60 + 30));
  halts->skip_to(rehearsal_begin() + absl::Hours(12));
  EXPECT_EQ(halts->next(), rehearsal_begin() + absl::Minutes(23 * 60 + 59)) << "that of now is over, too";
  halts->skip_to(rehearsal_begin() + absl::Hours(24));
  EXPECT_EQ(halts->next(), absl::InfiniteFuture());
}

TEST(DayHalts, RefuseWhatIsNoTime) {
  for (const char* time : {"", "6:30", "24:00", "06:60", "06.30", "06:30Z", "noon!", "-1:00"}) {
    const auto halts = DayHalts::parse({time});
    EXPECT_TRUE(absl::IsInvalidArgument(halts.status())) << time;
  }
}

}  // namespace
}  // namespace copytaster
