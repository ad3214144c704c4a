// Names that stand in dates: months, weekdays, halves of the day, zones. Folded forms (core/text.h,
// fold_name). Internal to core/time.cpp and core/date_reader.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster {

// 1 to 12 for a month's name, its genitive or an abbreviation of three letters or more, in forty
// languages; 0 for any other word, and for an abbreviation that means two months ("jui").
[[nodiscard]] int month_of(std::string_view folded);
// Whether the word may stand in a date without changing it: a weekday, "at", "de", "г" …
[[nodiscard]] bool is_date_filler(std::string_view folded);
// +1 for "pm" and its like, -1 for "am", 0 for another word.
[[nodiscard]] int half_of_day(std::string_view folded);
// RFC 822 zones, military letters, and those that publishers use; generic ones ("PT") by the place's own
// daylight saving. The word is folded.
[[nodiscard]] std::optional<absl::TimeZone> zone_of(std::string_view folded);
// A zone of the IANA database, as it spells it: "Europe/Paris", "Etc/GMT+5" (which is west of Greenwich).
[[nodiscard]] std::optional<absl::TimeZone> zone_by_name(std::string_view name);

}  // namespace copytaster
