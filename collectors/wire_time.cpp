#include "collectors/wire_time.h"

#include <array>
#include <cstdint>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kShape = "0000-00-00T00:00:00";

// Of `count` digits from `at`; the shape was checked before.
int number(std::string_view text, std::size_t at, std::size_t count) {
  int out = 0;
  for (std::size_t i = 0; i < count; ++i) out = out * 10 + (text[at + i] - '0');
  return out;
}

// Takes "Z" and its like from the end; false: another zone, or none.
bool consume_utc(std::string_view* text) {
  return consume_suffix(text, "Z") || consume_suffix(text, "+0000") || consume_suffix(text, "+00:00");
}

bool has_shape(std::string_view text) {
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    if (kShape[i] == '0' ? !is_ascii_digit(text[i]) : text[i] != kShape[i]) return false;
  }
  return true;
}

// ".123" as nanoseconds; nullopt when it is anything else.
std::optional<std::int64_t> fraction(std::string_view text) {
  if (text.empty()) return 0;
  if (text.front() != '.' || text.size() < 2 || text.size() > 10) return std::nullopt;
  std::int64_t out = 0;
  for (std::size_t i = 1; i < 10; ++i) {
    if (i < text.size() && !is_ascii_digit(text[i])) return std::nullopt;
    out = out * 10 + (i < text.size() ? text[i] - '0' : 0);
  }
  return out;
}

// Days since 1970 of a date of the Gregorian calendar (H. Hinnant, "chrono-compatible low-level date
// algorithms", days_from_civil).
std::int64_t days_since_epoch(int year, int month, int day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = y / 400;
  const int year_of_era = y - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return std::int64_t{era} * 146097 + day_of_era - 719468;
}

// The plain case alone: 29 February, leap seconds, 24:00 and days that are none are parse_date's to judge.
std::optional<absl::Time> plain_time(std::string_view text) {
  if (!consume_utc(&text) || !has_shape(text)) return std::nullopt;
  const int year = number(text, 0, 4);
  const int month = number(text, 5, 2);
  const int day = number(text, 8, 2);
  const int hour = number(text, 11, 2);
  const int minute = number(text, 14, 2);
  const int second = number(text, 17, 2);
  static constexpr std::array<int, 13> kDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > kDays[static_cast<std::size_t>(month)] ||
      hour > 23 || minute > 59 || second > 59) {
    return std::nullopt;
  }
  const auto nanoseconds = fraction(text.substr(kShape.size()));
  if (!nanoseconds) return std::nullopt;
  const std::int64_t seconds = days_since_epoch(year, month, day) * 86400 + std::int64_t{hour} * 3600 +
                               std::int64_t{minute} * 60 + second;
  return absl::FromUnixSeconds(seconds) + absl::Nanoseconds(*nanoseconds);
}

}  // namespace

std::optional<absl::Time> wire_time(std::string_view text) {
  if (const auto plain = plain_time(text)) return plain;
  return parse_date(text);
}

}  // namespace copytaster
