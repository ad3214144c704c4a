// A date as somebody wrote it: whether a time of day stands in it. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct ToldDate {
  absl::Time at;
  bool day_only = false;  // no time of day is written: `at` is the first moment of the day, UTC
  friend bool operator==(const ToldDate&, const ToldDate&) = default;
};

// What parse_date (core/time.h) reads, at the same moment. Of a month, a year or a week alone: its first day.
[[nodiscard]] std::optional<ToldDate> parse_told_date(std::string_view text);

// created_at and day_only together, edited_at and edited_day_only: neither is ever set without the other.
void set_created_at(const ToldDate& date, Item* item);
void set_edited_at(const ToldDate& date, Item* item);
// "2022-04-14T08:12:00Z"; "2022-04-14" where no more is known (RFC 3339's date-time or full-date).
[[nodiscard]] std::string to_text(const ToldDate& date);
[[nodiscard]] std::string created_at_text(const Item& item);

}  // namespace copytaster
