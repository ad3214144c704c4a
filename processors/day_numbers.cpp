// Days in figures alone: processors/day_cursor.h.
#include <array>

#include "processors/day_cursor.h"

namespace copytaster {
namespace {

struct Parts {
  std::array<DayNumber, 3> numbers;
  int count = 0;
  char sign = 0;
  std::size_t end = 0;
};

// "15/04/2022": numbers with one sign between, the same each time, and none glued to either end.
std::optional<Parts> parts_at(const DayCursor& at, std::size_t i) {
  Parts out;
  for (std::size_t k = i; k < at.size(); ++k) {
    const auto number = at.number(k);
    if (!number || number->ordinal) return std::nullopt;
    if (out.count == 3) return std::nullopt;
    out.numbers[static_cast<std::size_t>(out.count++)] = *number;
    out.end = k + 1;
    const std::string_view sign = at.between(k + 1);
    if (k + 1 >= at.size() || sign.size() != 1 || (out.sign != 0 && sign[0] != out.sign)) break;
    if (sign[0] != '.' && sign[0] != '/' && sign[0] != '-') break;
    if (!at.word(k + 1).digit) break;
    out.sign = sign[0];
  }
  return out.count >= 2 ? std::optional(out) : std::nullopt;
}

// "+33 1 02.03.04", "v1.2.3", "€15.04", "3:15/04": what is glued before a number makes it something else.
bool glued_before(const DayCursor& at, std::size_t i) {
  const std::string_view gap = at.between(i);
  if (gap.empty() || i == 0)
    return !gap.empty() && std::string_view("+#$/.:-=~&?").find(gap.back()) != std::string_view::npos;
  if (gap.find_first_of(" \t\n(") == std::string_view::npos && gap != "\xE2\x80\x93" && gap != ",")
    return true;
  return std::string_view("+#$£€/.:-=~&?№§").find(gap.back()) != std::string_view::npos ||
         gap.ends_with("€") || gap.ends_with("£") || gap.ends_with("№") || gap.ends_with("§");
}

// "15.04.2022-3", "1/2/2022x": nor may anything be glued behind, but "15.04.2022." ends a sentence.
bool glued_behind(const DayCursor& at, std::size_t end) {
  const std::string_view gap = at.between(end);
  if (gap.starts_with("%") || gap.starts_with("€") || gap.starts_with("$") || gap.starts_with("£") ||
      gap.starts_with(" €") || gap.starts_with(" %") || gap.starts_with(" $") || gap.starts_with(" £"))
    return true;
  if (end >= at.size()) return false;
  if (gap.size() == 1 && gap[0] != ' ' && gap[0] != '\n' && gap[0] != '\t' && gap[0] != ')' && gap[0] != '(')
    return at.word(end).digit || gap[0] == '@' || gap[0] == '=' || gap[0] == '_' || gap[0] == '/';
  return gap.empty();
}

enum class Order { kDayFirst, kMonthFirst, kUnknown };

Order order_of(const DayContext& context) {
  if (context.country == "US") return Order::kMonthFirst;
  // Both orders are in use there.
  if (context.country == "CA" || context.country == "PH") return Order::kUnknown;
  if (language_bit(context.language) == kAllLanguages) return Order::kUnknown;
  if (context.language == "en" && context.country.empty()) return Order::kUnknown;
  return Order::kDayFirst;
}

std::optional<WrittenDay> ordered(int a, int b, int year, const DayContext& context) {
  if (a < 1 || b < 1) return std::nullopt;
  if (a == b && a <= 12) return WrittenDay{year, a, a};
  if (a > 12 && a <= 31 && b <= 12)
    return order_of(context) == Order::kMonthFirst && context.language != "en"
               ? std::nullopt
               : std::optional(WrittenDay{year, b, a});
  if (b > 12 && b <= 31 && a <= 12)
    return order_of(context) == Order::kDayFirst ? std::nullopt : std::optional(WrittenDay{year, a, b});
  if (a > 12 || b > 12) return std::nullopt;
  switch (order_of(context)) {
    case Order::kDayFirst:
      return WrittenDay{year, b, a};
    case Order::kMonthFirst:
      return WrittenDay{year, a, b};
    case Order::kUnknown:
      break;
  }
  return std::nullopt;
}

bool is_year(const DayNumber& number) {
  return number.digits == 4 && number.value >= 1900 && number.value <= 2099;
}

std::optional<WrittenDay> whole_day(const DayCursor& at, const Parts& parts) {
  const auto& [a, b, c] = parts.numbers;
  if (is_year(a) && b.digits == 2 && c.digits == 2) return WrittenDay{a.value, b.value, c.value};
  if (a.digits > 2 || b.digits > 2) return std::nullopt;
  // With a full stop the day is always first.
  DayContext context = at.context();
  if (parts.sign == '.' && at.has_words() && !at.is("en")) context.country = "";
  if (is_year(c)) return ordered(a.value, b.value, c.value, context);
  if (c.digits != 2 || a.digits != 2 || b.digits != 2 || parts.sign == '-' || !context.around)
    return std::nullopt;
  // Two figures are a year only close to the post's own.
  const int year = static_cast<int>(context.around->year());
  const int full = year - year % 100 + c.value;
  if (full < year - 3 || full > year + 3) return std::nullopt;
  return ordered(a.value, b.value, full, context);
}

// "15.04.", "15/04": only beside a word or a sign that dates have.
std::optional<CalendarMatch> short_day(const DayCursor& at, std::size_t i, const Parts& parts, bool sure) {
  const auto& [a, b, none] = parts.numbers;
  if (!at.has_words() || a.digits > 2 || b.digits > 2 || parts.sign == '-') return std::nullopt;
  const bool told = sure || (i > 0 && at.spaced(i) && at.part(DayPart::kOn, i - 1) == 1);
  const std::string_view behind = at.between(parts.end);
  const bool stopped = parts.sign == '.' && behind.starts_with('.');
  const bool goes_on = parts.end < at.size() && stopped && behind.size() > 1 && !at.word(parts.end).capital &&
                       behind.find('\n') == std::string_view::npos;
  const bool padded = a.digits == 2 && b.digits == 2;
  const bool german = at.is("de") || at.is("pl") || at.is("uk");
  if (stopped) {
    if (!told && !(german && padded && goes_on)) return std::nullopt;
  } else {
    // "ab 12.10 Euro", "3/4 of it"
    const bool alone = parts.end >= at.size() || at.word(parts.end).gap > Gap::kApostrophe ||
                       at.part(DayPart::kAt, parts.end) > 0 || at.part(DayPart::kTo, parts.end) > 0;
    if (!told || !padded || !alone) return std::nullopt;
  }
  DayContext context = at.context();
  if (parts.sign == '.' && !at.is("en")) context.country = "";
  const auto day = ordered(a.value, b.value, 0, context);
  if (!day) return std::nullopt;
  return CalendarMatch{*day, *day, parts.end};
}

}  // namespace

std::optional<CalendarMatch> numeric_day(const DayCursor& at, std::size_t i, bool sure) {
  if (glued_before(at, i)) return std::nullopt;
  const auto parts = parts_at(at, i);
  if (!parts || glued_behind(at, parts->end)) return std::nullopt;
  if (parts->count == 2) return short_day(at, i, *parts, sure);
  const auto day = whole_day(at, *parts);
  if (!day) return std::nullopt;
  return CalendarMatch{*day, *day, parts->end};
}

}  // namespace copytaster
