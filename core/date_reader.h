// The reader behind parse_date (core/time.h): words, numbers and marks in whatever order publishers put them.
// Internal to core/time.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "core/told_date.h"

namespace copytaster {

// `zone` is that of a time without an offset or a zone of its own; UTC when there is none.
[[nodiscard]] std::optional<ToldDate> read_date(std::string_view text, std::optional<absl::TimeZone> zone);

// The year that two digits mean: POSIX's pivot.
[[nodiscard]] constexpr int full_year(int two_digits) { return two_digits + (two_digits < 69 ? 2000 : 1900); }
// Two digits that nothing but their place makes a year are none later than this.
inline constexpr int kLastShortYear = 2030;

}  // namespace copytaster
