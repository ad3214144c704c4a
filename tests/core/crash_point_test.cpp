#include "core/crash_point.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <set>

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(CrashPointDeathTest, KillsAtTheNthPassingAndNotBefore) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        setenv("COPYTASTER_CRASH_AT", "bus.append.after:3", 1);
        if (!arm_crash_points().ok()) std::_Exit(1);
        for (int i = 0; i < 2; ++i) crash_point(CrashPoint::kAppendAfter);
        for (int i = 0; i < 9; ++i) crash_point(CrashPoint::kAppendBefore);
        crash_point(CrashPoint::kAppendAfter);
        std::_Exit(2);
      },
      ::testing::KilledBySignal(SIGKILL), "");
  EXPECT_EXIT(
      {
        setenv("COPYTASTER_CRASH_AT", "bus.append.after:3", 1);
        if (!arm_crash_points().ok()) std::_Exit(1);
        for (int i = 0; i < 2; ++i) crash_point(CrashPoint::kAppendAfter);
        std::_Exit(2);
      },
      ::testing::ExitedWithCode(2), "");
}

TEST(CrashPoint, AnythingElseIsRefusedWithAllNames) {
  for (const char* wrong :
       {"?", "bus.append.after", "bus.append.after:0", "bus.append.after:-1", "nowhere:1", ":1"}) {
    setenv("COPYTASTER_CRASH_AT", wrong, 1);
    const absl::Status status = arm_crash_points();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << wrong;
    EXPECT_THAT(status.message(), AllOf(HasSubstr("bus.append.after"), HasSubstr("migration.number")));
  }
  unsetenv("COPYTASTER_CRASH_AT");
  EXPECT_TRUE(arm_crash_points().ok());
}

TEST(CrashPoint, EachHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i < static_cast<int>(CrashPoint::kCount); ++i)
    names.insert(crash_point_name(static_cast<CrashPoint>(i)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(CrashPoint::kCount));
  EXPECT_FALSE(names.contains(""));
}

}  // namespace
}  // namespace copytaster
