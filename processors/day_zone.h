// Where a post's day begins. Any thread.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace copytaster {

// The day of `when` where the clocks of `country` (ISO 3166-1 alpha-2) stand: of a country with several zones
// nullopt while they disagree about it (Spain's, Portugal's and Ukraine's is that of the capital). UTC's for
// no country and for one that has no zone.
[[nodiscard]] std::optional<absl::CivilDay> civil_day_in(std::string_view country, absl::Time when);

}  // namespace copytaster
