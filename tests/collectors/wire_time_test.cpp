#include "collectors/wire_time.h"

#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_format.h"
#include "core/time.h"

namespace copytaster {
namespace {

void agrees(std::string_view text) { EXPECT_EQ(wire_time(text), parse_date(text)) << text; }

TEST(WireTime, ReadsWhatApisWrite) {
  EXPECT_EQ(wire_time("2022-04-14T08:00:00.123Z"),
            absl::FromCivil(absl::CivilSecond(2022, 4, 14, 8, 0, 0), absl::UTCTimeZone()) +
                absl::Milliseconds(123));
  for (const char* text :
       {"2022-04-14T08:00:00Z", "2022-04-14T08:00:00+0000", "2022-04-14T08:00:00+00:00",
        "2022-04-14T08:00:00.5Z", "2022-04-14T08:00:00.123456Z", "2022-04-14T08:00:00.123456789Z",
        "2022-04-14T08:00:00.1234567891Z", "2020-02-29T23:59:59Z", "1999-12-31T23:59:59.999Z",
        "1000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1969-12-31T23:59:59.5Z", "2100-02-28T00:00:00Z"}) {
    EXPECT_TRUE(wire_time(text).has_value()) << text;
    agrees(text);
  }
}

TEST(WireTime, JudgesTheRestAsParseDateDoes) {
  for (const char* text : {"",
                           "Z",
                           "2022-04-14",
                           "2022-04-14T08:00:00",
                           "2022-04-14T08:00:60Z",
                           "2022-04-14T24:00:00Z",
                           "2022-04-14T24:00:01Z",
                           "2021-02-29T00:00:00Z",
                           "2100-02-29T00:00:00Z",
                           "2022-04-31T00:00:00Z",
                           "2022-13-01T00:00:00Z",
                           "2022-00-01T00:00:00Z",
                           "2022-01-00T00:00:00Z",
                           "0999-01-01T00:00:00Z",
                           "0000-01-01T00:00:00Z",
                           "2022-04-14T08:60:00Z",
                           "2022-04-14T08:00:00.Z",
                           "2022-04-14T08:00:00.12aZ",
                           "2022-04-14T08:00:00z",
                           "2022-04-14 08:00:00Z",
                           "2022-04-14T08:00:00+02:00",
                           "2022-04-14T08:00:00-0000",
                           "20220414T080000Z",
                           "2022-04-14T08:00:00ZZ",
                           " 2022-04-14T08:00:00Z ",
                           "gestern"}) {
    agrees(text);
  }
}

TEST(WireTime, IsParseDateForAnyDay) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  static constexpr const char* kEnds[] = {"Z", "+0000", "+00:00", ".7Z", ".007Z", ".123456Z", ".999999999Z"};
  for (int i = 0; i < 5'000; ++i) {
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    agrees(absl::StrFormat("%04d-%02d-%02dT%02d:%02d:%02d%s", 990 + below(1200), below(14), below(33),
                           below(26), below(62), below(62), kEnds[below(7)]));
  }
}

}  // namespace
}  // namespace copytaster
