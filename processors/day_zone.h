// Where a post's day begins. Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace copytaster {

// The day of `when` where the clocks of `country` (ISO 3166-1 alpha-2) stand: of a country with several zones
// nullopt while they disagree about it (Spain's, Portugal's and Ukraine's is that of the capital). Nullopt
// for no country and for one that has no zone: from UTC-12 to UTC+14 it is at no hour the same day
// everywhere. Nullopt outside the years 2 to 9998.
[[nodiscard]] std::optional<absl::CivilDay> civil_day_in(std::string_view country, absl::Time when);

// UTC's day: within one day of that of any place. Nullopt outside the years 2 to 9998.
[[nodiscard]] std::optional<absl::CivilDay> civil_day_utc(absl::Time when);

}  // namespace copytaster
