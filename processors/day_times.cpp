// The time of day beside a day: processors/day_cursor.h.
#include <array>

#include "core/strings.h"
#include "core/text.h"
#include "processors/day_cursor.h"

namespace copytaster {
namespace {

struct TimeMatch {
  int hour = -1, minute = 0;
  std::size_t end = 0;
};

std::string text_of(const TimeMatch& time) {
  const auto two = [](int value) {
    return std::string{static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
  };
  return str_cat(two(time.hour), ":", two(time.minute));
}

// "18h30", "18u", "6pm": hour, minute (-1: none), and whether afternoon or forenoon is named.
struct OneWord {
  int hour = 0, minute = -1;
  std::string_view mark;
};
std::optional<OneWord> one_word(std::string_view folded) {
  OneWord out;
  std::size_t k = 0;
  const auto digits = [&](int* value) {
    const std::size_t begin = k;
    *value = 0;
    while (k < folded.size() && k < begin + 2 && folded[k] >= '0' && folded[k] <= '9')
      *value = *value * 10 + (folded[k++] - '0');
    return k - begin;
  };
  if (digits(&out.hour) == 0) return std::nullopt;
  const std::size_t begin = k;
  while (k < folded.size() && folded[k] >= 'a' && folded[k] <= 'z') ++k;
  out.mark = folded.substr(begin, k - begin);
  if (k < folded.size() && (digits(&out.minute) != 2 || k != folded.size())) return std::nullopt;
  return out;
}

// 12-hour clock; false where the hour is none of it.
bool to_24(std::string_view half, int* hour) {
  if (half != "am" && half != "pm") return true;
  if (*hour < 1 || *hour > 12) return false;
  *hour = *hour % 12 + (half == "pm" ? 12 : 0);
  return true;
}

std::string_view half_at(const DayCursor& at, std::size_t i) {
  if (!at.is("en") || i >= at.size() || at.word(i).gap > Gap::kSpace) return {};
  const std::string_view folded = at.scan().folded_word(i);
  return folded == "am" || folded == "pm" ? folded : std::string_view();
}

std::optional<TimeMatch> checked(TimeMatch time) {
  if (time.hour < 0 || time.hour > 23 || time.minute < 0 || time.minute > 59) return std::nullopt;
  return time;
}

// The time that begins at word `i`. `announced`: "at", "um" … stands before it.
std::optional<TimeMatch> time_at(const DayCursor& at, std::size_t i, bool announced) {
  if (i >= at.size() || !at.word(i).digit) return std::nullopt;
  const auto one = one_word(at.scan().folded_word(i));
  if (!one) return std::nullopt;
  TimeMatch out{one->hour, std::max(one->minute, 0), i + 1};
  if (one->mark == "am" || one->mark == "pm") {
    return one->minute < 0 && to_24(one->mark, &out.hour) ? checked(out) : std::nullopt;
  }
  if (one->mark == "h" || one->mark == "u") return checked(out);
  if (!one->mark.empty()) return std::nullopt;
  const auto minute = at.number(i + 1);
  const std::string_view sign = at.between(i + 1);
  if (i + 1 < at.size() && (sign == ":" || sign == ".")) {  // "7.30pm"
    const auto glued = one_word(at.scan().folded_word(i + 1));
    if (glued && glued->minute < 0 && (glued->mark == "am" || glued->mark == "pm")) {
      out.minute = glued->hour;
      out.end = i + 2;
      return to_24(glued->mark, &out.hour) ? checked(out) : std::nullopt;
    }
  }
  if (minute && minute->digits == 2 && !minute->ordinal && (sign == ":" || sign == ".")) {
    if (i + 2 < at.size() && at.word(i + 2).digit && at.between(i + 2).size() == 1 &&
        at.between(i + 2) != " ")
      return std::nullopt;  // "18:30:00" is a result, "18.30.2" a version
    out.minute = minute->value;
    out.end = i + 2;
    const std::string_view half = half_at(at, out.end);
    const bool hours = at.part(DayPart::kHours, out.end) > 0 && at.spaced(out.end);
    if (!half.empty()) return to_24(half, &out.hour) ? checked(out) : std::nullopt;
    return sign == ":" || announced || hours ? checked(out) : std::nullopt;
  }
  if (const std::string_view half = half_at(at, i + 1); !half.empty())
    return to_24(half, &out.hour) ? checked(out) : std::nullopt;
  if (at.spaced(i + 1) && at.part(DayPart::kHours, i + 1) > 0) return checked(out);
  return std::nullopt;
}

// Nothing between but what joins a day to its time.
bool is_near(std::string_view gap) {
  if (gap.find('\n') != std::string_view::npos) return false;
  constexpr std::array<std::string_view, 12> kJoints = {"",  ",", ".,", "|", "-",     "–",
                                                        "—", "·", "@",  "(", ", ora", ":"};
  const std::string_view sign = strip_space(gap);
  return std::find(kJoints.begin(), kJoints.end(), sign) != kJoints.end();
}

std::string before(const DayCursor& at, std::size_t i) {
  std::size_t k = i;
  if (k > 0 && at.spaced(k) && at.part(DayPart::kOn, k - 1) == 1) --k;
  for (const std::size_t words : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    if (k < words || !is_near(at.between(k))) break;
    const auto time = time_at(at, k - words, false);
    if (!time) continue;
    const bool hours = time->end < k && at.part(DayPart::kHours, time->end) == 1;
    const bool half = time->end < k && !half_at(at, time->end).empty();
    if (time->end + (hours || half ? 1 : 0) == k) return text_of(*time);
  }
  return "";
}

}  // namespace

std::string time_behind(const DayCursor& at, std::size_t i) {
  if (i >= at.size()) return "";
  if (const std::uint32_t soon = at.part(DayPart::kDayTime, i); soon > 0 && is_near(at.between(i))) i += soon;
  if (i >= at.size() || !is_near(at.between(i))) return "";
  const std::uint32_t announced = at.part(DayPart::kAt, i);
  std::size_t k = i + announced;
  if (k < at.size() && announced > 0 && !is_near(at.between(k)) && at.between(k) != ". ") return "";
  const auto time = time_at(at, k, announced > 0);
  return time ? text_of(*time) : "";
}

std::string time_beside(const DayCursor& at, DayWords words) {
  std::string time = time_behind(at, words.end);
  return time.empty() ? before(at, words.begin) : time;
}

}  // namespace copytaster
