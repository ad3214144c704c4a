// Days whose month is a word: processors/day_cursor.h.
#include <algorithm>
#include <array>

#include "core/strings.h"
#include "processors/day_cursor.h"
#include "processors/day_doubts.h"
#include "processors/name_shape.h"

namespace copytaster {
namespace {

constexpr std::array<std::string_view, 11> kOrdinals = {"st", "nd", "rd", "th", "er", "e",
                                                        "o",  "a",  "η",  "ησ", "го"};

bool is_day(const std::optional<DayNumber>& number) {
  return number && number->digits <= 2 && number->value >= 1 && number->value <= 31;
}

// A year that stands for itself: "2022", not "2022-3", "2022 €" or "2000 people" (that one cannot be seen).
std::optional<int> year_at(const DayCursor& at, std::size_t i) {
  const auto number = at.number(i);
  if (!number || number->ordinal || number->digits != 4 || number->value < 1900 || number->value > 2099)
    return std::nullopt;
  const std::string_view behind = at.between(i + 1);
  const bool glued = i + 1 < at.size() && at.word(i + 1).digit && behind.size() == 1 && behind[0] != ' ' &&
                     behind[0] != '\n';
  if (glued || behind.starts_with("%") || behind.starts_with(" €") || behind.starts_with("€"))
    return std::nullopt;
  return number->value;
}

// The year behind a month that ends before word `i`: "15 avril 2022", "April 15, 2022", "15 de abril de
// 2022".
void read_year(const DayCursor& at, std::size_t i, bool comma, WrittenDay* day, std::size_t* end) {
  if (i >= at.size()) return;
  const Gap gap = at.word(i).gap;
  const bool near = gap == Gap::kSpace || gap == Gap::kAbbreviation || (comma && gap == Gap::kComma) ||
                    at.between(i) == ". ";
  if (!near) return;
  const std::size_t k = i + at.part(DayPart::kOf, i);
  if (k > i && !at.spaced(k)) return;
  if (const auto year = year_at(at, k)) {
    day->year = *year;
    *end = k + 1;
  }
}

// "May" the name and the verb, "Mars" the planet: in English and German months have a capital, elsewhere
// "Mars" with one is none.
bool looks_like_month(const DayCursor& at, std::size_t i, int month) {
  if (at.word(i).hash || at.word(i).at) return false;
  if (at.is("en") || at.is("de")) return at.word(i).capital;
  return month != 3 || !at.is("fr") || !at.word(i).capital || at.word(i).all_upper;
}

// "1 May-be", but "May-June" and "3 May-5 May".
bool is_joined(const DayCursor& at, std::size_t i) {
  return at.is("en") && i + 1 < at.size() && at.word(i + 1).gap == Gap::kHyphen && !at.word(i + 1).capital &&
         !at.word(i + 1).digit;
}

std::optional<int> month_at(const DayCursor& at, std::size_t i) {
  if (i >= at.size()) return std::nullopt;
  const auto word = at.at(i, DayWordKind::kMonth);
  if (!word || word->words != 1 || !looks_like_month(at, i, word->value) || is_joined(at, i))
    return std::nullopt;
  return word->value;
}

// The month of a day that ends before word `i`; *end: behind it.
std::optional<int> month_behind(const DayCursor& at, std::size_t i, std::size_t* end) {
  if (i >= at.size()) return std::nullopt;
  const std::string_view gap = at.between(i);
  if (gap != " " && gap != ". " && gap != "." && gap != "\xC2\xA0" && gap != "\xE2\x80\xAF" && gap != "º " &&
      gap != "° " && gap != ".\xC2\xA0" && gap != "-" && gap != "ª ")
    return std::nullopt;
  std::size_t k = i;
  if (gap == "-") {  // "15-го квітня"
    if (!at.is("uk") || at.scan().folded_word(i) != "го") return std::nullopt;
    ++k;
    if (!at.spaced(k)) return std::nullopt;
  }
  const std::uint32_t of = at.part(DayPart::kOf, k);
  if (of > 0 && at.spaced(k + of)) k += of;
  const auto month = month_at(at, k);
  if (month) *end = k + 1;
  return month;
}

bool is_dash(std::string_view gap) {
  const std::string_view sign = strip_space(gap);
  return sign == "-" || sign == "–" || sign == "—" || sign == "./" || sign == ".-" || sign == ".–" ||
         sign == ". –" || sign == ". -";
}

// Where the second day of a span begins, if words [.., i) are its first: "3 to 5", "3.–5.", "3 au 5".
std::optional<std::size_t> second_of_span(const DayCursor& at, std::size_t i) {
  if (i >= at.size()) return std::nullopt;
  if (at.word(i).digit && is_dash(at.between(i))) return i;
  const std::uint32_t to = at.part(DayPart::kTo, i);
  if (to == 0) return std::nullopt;
  const Gap gap = at.word(i).gap;
  if (gap != Gap::kSpace && gap != Gap::kAbbreviation) return std::nullopt;
  const std::size_t k = i + to;
  return at.spaced(k) && at.word(k).digit ? std::optional(k) : std::nullopt;
}

bool attached(const DayCursor& at, std::size_t i) {  // "3.15 April", "№15"
  const std::string_view gap = at.between(i);
  if (gap.empty()) return i > 0;
  return std::string_view("#+$£/.:=~&-").find(gap.back()) != std::string_view::npos || gap.ends_with("№") ||
         gap.ends_with("§") || gap.ends_with("€") || (gap == "," && i > 0 && at.word(i - 1).digit);
}

// "15 avril 2022", "3 to 5 May", "30 April to 2 May".
std::optional<CalendarMatch> day_first(const DayCursor& at, std::size_t i) {
  const auto number = at.number(i);
  if (!is_day(number) || attached(at, i)) return std::nullopt;
  CalendarMatch out;
  out.first.day = out.last.day = number->value;
  if (const auto month = month_behind(at, i + 1, &out.end)) {
    out.first.month = *month;
    read_year(at, out.end, false, &out.first, &out.end);
    out.last = out.first;
    const auto second = second_of_span(at, out.end);
    if (!second) return out;
    const auto until = at.number(*second);
    std::size_t end = 0;
    if (!is_day(until)) return out;
    const auto last_month = month_behind(at, *second + 1, &end);
    if (!last_month) return out;
    WrittenDay last{0, *last_month, until->value};
    read_year(at, end, false, &last, &end);
    out.last = last;
    out.end = end;
    return out;
  }
  const auto second = second_of_span(at, i + 1);
  if (!second) return std::nullopt;
  const auto until = at.number(*second);
  if (!is_day(until) || until->value <= number->value) return std::nullopt;
  const auto month = month_behind(at, *second + 1, &out.end);
  if (!month) return std::nullopt;
  out.first.month = *month;
  read_year(at, out.end, false, &out.first, &out.end);
  out.last = out.first;
  out.last.day = until->value;
  return out;
}

// "April 15th, 2022", "May 3-5": English only.
std::optional<CalendarMatch> month_first(const DayCursor& at, std::size_t i, int month) {
  if (!at.is("en") || i + 1 >= at.size()) return std::nullopt;
  const std::string_view gap = at.between(i + 1);
  if (gap != " " && gap != ". " && gap != "\xC2\xA0") return std::nullopt;
  if (i > 0 && at.word(i).gap == Gap::kSpace && at.word(i - 1).capital && is_given_name(at.scan(), i - 1))
    return std::nullopt;  // "Theresa May 15"
  const auto number = at.number(i + 1);
  if (!is_day(number) || month_at(at, i + 2)) return std::nullopt;
  const std::string_view behind = at.between(i + 2);
  if (behind.starts_with("%") || behind.starts_with(":") || behind.starts_with("/") ||
      (behind == "." && i + 2 < at.size()))
    return std::nullopt;
  CalendarMatch out{{0, month, number->value}, {0, month, number->value}, i + 2};
  if (const auto second = second_of_span(at, i + 2)) {
    const auto until = at.number(*second);
    if (is_day(until) && until->value > number->value) {
      out.last.day = until->value;
      out.end = *second + 1;
    }
  }
  WrittenDay year;
  read_year(at, out.end, true, &year, &out.end);
  // "In March 15 people died"
  if (year.year == 0 && !number->ordinal && i > 0 && at.spaced(i)) {
    const std::string_view before = at.scan().folded_word(i - 1);
    if (before == "in" || before == "last" || before == "during" || before == "this") return std::nullopt;
  }
  if (year.year == 0 && !number->ordinal && out.end == i + 2 && counts_things(at, out.end))
    return std::nullopt;
  out.first.year = out.last.year = year.year;
  return out;
}

}  // namespace

std::optional<DayWord> DayCursor::at(std::size_t i, DayWordKind kind) const {
  if (i >= size()) return std::nullopt;
  const auto word = day_word_at(scan_, i, languages_);
  return word && word->kind == kind ? word : std::nullopt;
}

std::optional<DayNumber> DayCursor::number(std::size_t i) const {
  if (i >= size() || !word(i).digit) return std::nullopt;
  const std::string_view folded = scan_.folded_word(i);
  DayNumber out;
  std::size_t k = 0;
  for (; k < folded.size() && folded[k] >= '0' && folded[k] <= '9'; ++k) {
    if (k == 4) return std::nullopt;
    out.value = out.value * 10 + (folded[k] - '0');
  }
  out.digits = static_cast<int>(k);
  if (k == folded.size()) return out;
  out.ordinal = std::ranges::find(kOrdinals, folded.substr(k)) != kOrdinals.end();
  return out.ordinal ? std::optional(out) : std::nullopt;
}

std::optional<CalendarMatch> month_day(const DayCursor& at, std::size_t i) {
  if (!at.has_words()) return std::nullopt;
  if (at.word(i).digit) return day_first(at, i);
  const auto month = month_at(at, i);
  if (!month) return std::nullopt;
  if (auto out = month_first(at, i, *month)) return out;
  CalendarMatch whole{{0, *month, 0}, {0, *month, 0}, i + 1};
  read_year(at, i + 1, true, &whole.first, &whole.end);
  if (whole.first.year == 0) return std::nullopt;
  whole.last = whole.first;
  return whole;
}

}  // namespace copytaster
