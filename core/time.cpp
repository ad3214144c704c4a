#include "core/time.h"

#include <algorithm>

#include "core/date_reader.h"
#include "core/date_words.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/told_date.h"

namespace copytaster {
namespace {

// 2009-W53-6, 2009W536, 2009-W53 (ISO 8601 week dates).
std::optional<absl::Time> read_week(std::string_view text) {
  if (text.size() < 7 || text.size() > 10) return std::nullopt;
  const std::string plain = replace_all(text, "-", "");
  if ((plain.size() != 7 && plain.size() != 8) || (plain[4] != 'W' && plain[4] != 'w')) return std::nullopt;
  const auto year = parse_number<int>(std::string_view(plain).substr(0, 4));
  const auto week = parse_number<int>(std::string_view(plain).substr(5, 2));
  const auto day =
      plain.size() == 8 ? parse_number<int>(std::string_view(plain).substr(7)) : std::optional(1);
  if (!year || !week || !day || *year < 1 || *week < 1 || *week > 53 || *day < 1 || *day > 7)
    return std::nullopt;
  const absl::CivilDay fourth(*year, 1, 4);                        // always in week 1
  const int weekday = static_cast<int>(absl::GetWeekday(fourth));  // Monday is 0
  const absl::CivilDay monday = fourth - weekday + (*week - 1) * 7;
  if ((monday + 3).year() != *year) return std::nullopt;  // a week belongs to the year of its Thursday
  return absl::FromCivil(absl::CivilSecond(monday + (*day - 1)), absl::UTCTimeZone());
}

// -0312, -03-12: year and month within the century (ISO 8601:1988).
std::optional<absl::Time> read_short_month(std::string_view text) {
  if (!consume_prefix(&text, "-") || (text.size() != 4 && text.size() != 5)) return std::nullopt;
  const auto year = parse_number<int>(text.substr(0, 2));
  const auto month = parse_number<int>(text.substr(text.size() - 2));
  if (!year || !month || *year < 0 || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 5 && text[2] != '-') return std::nullopt;
  if (full_year(*year) > kLastShortYear) return std::nullopt;
  return absl::FromCivil(absl::CivilSecond(full_year(*year), *month, 1), absl::UTCTimeZone());
}

bool in_zone_name(char c) {
  const char l = ascii_lower(c);
  return (l >= 'a' && l <= 'z') || is_ascii_digit(c) || c == '/' || c == '_' || c == '-' || c == '+';
}

// A zone named as in the IANA database ("Etc/GMT", "Europe/Paris", RFC 9557's "[Europe/Paris]") is taken out
// of `text`. False when there is a name that no zone has.
bool take_named_zone(std::string* text, std::optional<absl::TimeZone>* zone) {
  for (const std::string_view area : {"Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/",
                                      "Australia/", "Etc/", "Europe/", "Indian/", "Pacific/"}) {
    const std::size_t begin = text->find(area);
    if (begin == std::string::npos || (begin > 0 && in_zone_name((*text)[begin - 1]))) continue;
    std::size_t end = begin;
    while (end < text->size() && in_zone_name((*text)[end])) ++end;
    *zone = zone_by_name(std::string_view(*text).substr(begin, end - begin));
    const bool bracketed =
        begin > 0 && (*text)[begin - 1] == '[' && end < text->size() && (*text)[end] == ']';
    const std::string before = text->substr(0, begin - (bracketed ? 1 : 0));
    *text = str_cat(before, " ", std::string_view(*text).substr(end + (bracketed ? 1 : 0)));
    return zone->has_value();
  }
  return true;
}

// What google.protobuf.Timestamp and RFC 3339 hold.
absl::Time clamped(absl::Time when) {
  return std::clamp(when, absl::FromUnixSeconds(-62135596800), absl::FromUnixSeconds(253402300799));
}

}  // namespace

std::optional<ToldDate> parse_told_date(std::string_view text) {
  text = strip_space(text);
  if (text.empty() || text.size() > 120 || !is_valid_utf8(text)) return std::nullopt;
  if (const auto week = read_week(text)) return ToldDate{*week, true};
  if (const auto month = read_short_month(text)) return ToldDate{*month, true};
  std::string rest(text);
  std::optional<absl::TimeZone> zone;
  if (!take_named_zone(&rest, &zone)) return std::nullopt;
  return read_date(rest, zone);
}

std::optional<absl::Time> parse_date(std::string_view text) {
  const auto date = parse_told_date(text);
  return date ? std::optional(date->at) : std::nullopt;
}

void set_created_at(const ToldDate& date, Item* item) {
  set_timestamp(item->mutable_created_at(), date.at);
  item->set_day_only(date.day_only);
}

void set_edited_at(const ToldDate& date, Item* item) {
  set_timestamp(item->mutable_edited_at(), date.at);
  item->set_edited_day_only(date.day_only);
}

std::string to_text(const ToldDate& date) {
  const std::string text = format_rfc3339(date.at);
  return date.day_only ? text.substr(0, text.find('T')) : text;
}

std::string created_at_text(const Item& item) {
  return to_text(ToldDate{to_time(item.created_at()), item.day_only()});
}

void set_timestamp(google::protobuf::Timestamp* out, absl::Time when) {
  when = clamped(when);
  const std::int64_t seconds = absl::ToUnixSeconds(when);  // floors
  out->set_seconds(seconds);
  out->set_nanos(static_cast<std::int32_t>(absl::ToInt64Nanoseconds(when - absl::FromUnixSeconds(seconds))));
}

absl::Time to_time(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

std::string format_rfc3339(absl::Time when) {
  return absl::FormatTime("%E4Y-%m-%dT%H:%M:%E*SZ", clamped(when), absl::UTCTimeZone());
}

}  // namespace copytaster
