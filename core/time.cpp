#include "core/time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/code_points.h"
#include "core/date_words.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

struct Fields {
  std::int64_t year = -1;
  int month = 1, day = 1, hour = 0, minute = 0, second = 0;
  double fraction = 0;
  std::optional<absl::TimeZone> zone;
};

std::optional<absl::Time> make_time(const Fields& f) {
  if (f.year < 1 || f.year > 9999 || f.month < 1 || f.month > 12 || f.day < 1 || f.minute > 59 ||
      f.second > 60)
    return std::nullopt;
  // 24:00 is the end of the day (ISO 8601); a leap second is the second after.
  if (f.hour > 24 || (f.hour == 24 && (f.minute > 0 || f.second > 0))) return std::nullopt;
  const absl::CivilDay day(f.year, f.month, f.day);
  if (day.month() != f.month || day.day() != f.day) return std::nullopt;
  const absl::CivilSecond at = absl::CivilSecond(day) + f.hour * 3600 + f.minute * 60 + f.second;
  const absl::Time when = absl::FromCivil(at, f.zone.value_or(absl::UTCTimeZone())) +
                          absl::Nanoseconds(std::llround(f.fraction * 1e9));
  const std::int64_t seconds = absl::ToUnixSeconds(when);
  if (seconds < -62135596800 || seconds > 253402300799) return std::nullopt;
  return when;
}

enum class Kind { kNumber, kWord, kMark };
struct Token {
  Kind kind;
  std::string text;  // words folded; a mark is one character
  std::int64_t number = 0;
  std::size_t digits = 0;
  bool glued = false;  // nothing between it and the token before
};

// Whether the code point can be part of a name: everything that is not ASCII, and letters.
bool is_letter(char32_t c) { return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_gap(char32_t c) { return c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x3000; }

// Korean, Chinese and Japanese dates name their parts: 2004년 5월 25일.
bool is_part_name(char32_t c) {
  return c == U'년' || c == U'월' || c == U'일' || c == U'年' || c == U'月' || c == U'日';
}

std::vector<Token> tokenise(std::string_view text) {
  std::vector<Token> tokens;
  bool gap = true;
  for (std::size_t i = 0; i < text.size() && tokens.size() < 40;) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(text, &i);
    if (is_gap(c)) {
      gap = true;
      continue;
    }
    Token token{Kind::kMark, std::string(text.substr(begin, i - begin)), 0, 0, !gap};
    if (is_part_name(c)) {
      token.text.assign(1, '-');
    } else if (is_ascii_digit(text[begin])) {
      while (i < text.size() && is_ascii_digit(text[i])) ++i;
      token.kind = Kind::kNumber;
      token.digits = i - begin;
      token.number = parse_number<std::int64_t>(text.substr(begin, i - begin)).value_or(-1);
    } else if (is_letter(c)) {
      for (std::size_t next = i; next < text.size(); i = next) {
        const char32_t following = next_code_point(text, &next);
        const bool inner_dot =
            following == '.' && next < text.size() && (text[next] == 'm' || text[next] == 'M');  // a.m.
        if ((!is_letter(following) && !inner_dot) || is_gap(following) || is_part_name(following)) break;
      }
      token.kind = Kind::kWord;
      token.text = fold_name(text.substr(begin, i - begin));
    }
    tokens.push_back(std::move(token));
    gap = false;
  }
  return tokens;
}

class DateReader {
 public:
  explicit DateReader(std::string_view text) : tokens_(tokenise(text)) {}

  std::optional<absl::Time> read() {
    if (tokens_.empty() || tokens_.size() >= 40) return std::nullopt;
    while (at_ < tokens_.size()) {
      if (!read_one()) return std::nullopt;
    }
    return finish();
  }

 private:
  [[nodiscard]] const Token* peek(std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  [[nodiscard]] bool is_mark(std::size_t ahead, std::string_view mark) const {
    const Token* token = peek(ahead);
    return token != nullptr && token->kind == Kind::kMark && token->text == mark;
  }
  [[nodiscard]] bool is_number(std::size_t ahead) const {
    const Token* token = peek(ahead);
    return token != nullptr && token->kind == Kind::kNumber;
  }

  bool read_one() {
    const Token& token = tokens_[at_];
    if (token.kind == Kind::kWord) return read_word(token);
    if (token.kind == Kind::kNumber)
      return is_mark(1, ":") && is_number(2) && !has_time_ ? read_clock() : read_number(token);
    if ((token.text == "+" || token.text == "-" || token.text == "−") && has_time_ && is_number(1))
      return read_offset();
    if (token.text == ":") return false;
    static constexpr std::string_view kAllowed = ",./-()–—|";
    if (kAllowed.find(token.text) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  bool read_word(const Token& token) {
    const bool first = at_ == 0;
    ++at_;
    if (const int half = half_of_day(token.text); half != 0) {
      half_ = half;
      return true;
    }
    // "T" between day and time, "Z" and letters after the time.
    if (token.text == "t" && !numbers_.empty()) return true;
    if (const int month = month_of(token.text); month != 0) {
      // The earlier of two was a weekday that looks like a month: "mar., 02 avril".
      if (month_ != 0 && !(month_first_ && numbers_.size() <= 1)) return false;
      month_ = month;
      month_first_ = first;
      numbers_before_month_ = numbers_.size();
      return true;
    }
    const bool compact = numbers_.size() == 2 && numbers_[0].token.digits == 8;  // 20031231T101455Z
    if (has_time_ || compact) {
      if (const auto zone = zone_of(token.text)) {
        if (!fields_.zone) fields_.zone = zone;
        return true;
      }
    }
    if (is_date_filler(token.text)) return true;
    // An unknown weekday: the first word, before a comma.
    return first && is_mark(0, ",");
  }

  bool read_clock() {
    fields_.hour = static_cast<int>(tokens_[at_].number);
    fields_.minute = static_cast<int>(tokens_[at_ + 2].number);
    if (tokens_[at_].digits > 2 || tokens_[at_ + 2].digits > 2) return false;
    at_ += 3;
    if (is_mark(0, ":") && is_number(1)) {
      if (tokens_[at_ + 1].digits > 2) return false;
      fields_.second = static_cast<int>(tokens_[at_ + 1].number);
      at_ += 2;
      if ((is_mark(0, ".") || is_mark(0, ",")) && is_number(1) && tokens_[at_ + 1].glued) {
        fields_.fraction = static_cast<double>(tokens_[at_ + 1].number) /
                           std::pow(10.0, static_cast<double>(tokens_[at_ + 1].digits));
        at_ += 2;
      }
    }
    has_time_ = true;
    return true;
  }

  bool read_offset() {
    const int sign = tokens_[at_].text == "+" ? 1 : -1;
    const Token& hours = tokens_[at_ + 1];
    // Between date and time a dash is only a dash: "2017 - 3:09pm" is read before has_time_ is set.
    std::int64_t minutes = 0;
    at_ += 2;
    if (hours.digits <= 2) {
      minutes = hours.number * 60;
      if (is_mark(0, ":") && is_number(1)) {
        minutes += tokens_[at_ + 1].number;
        at_ += 2;
      }
    } else if (hours.digits == 4) {
      minutes = hours.number / 100 * 60 + hours.number % 100;
    } else {
      // asctime with a dash, or a year behind the time.
      return hours.digits == 4;
    }
    if (minutes > 24 * 60) return false;
    fields_.zone = absl::FixedTimeZone(static_cast<int>(sign * minutes * 60));
    return true;
  }

  bool read_number(const Token& token) {
    if (token.number < 0 || token.digits > 14) return false;
    numbers_.push_back({token, at_ > 0 ? tokens_[at_ - 1].text : ""});
    ++at_;
    return numbers_.size() <= 4;
  }

  std::optional<absl::Time> finish() {
    if (half_ != 0) {
      if (!has_time_ || fields_.hour > 12 || fields_.hour < 1) {
        if (fields_.hour > 12 && fields_.hour < 24 && half_ > 0)
          half_ = 0;  // "15:30 pm": said twice
        else
          return std::nullopt;
      }
      if (half_ != 0) fields_.hour = fields_.hour % 12 + (half_ > 0 ? 12 : 0);
    }
    if (!(month_ != 0 ? named_month() : numeric())) return std::nullopt;
    return make_time(fields_);
  }

  struct Number {
    Token token;
    std::string before;  // what stood before it
  };

  static std::int64_t full_year(const Token& token) {
    if (token.digits > 2) return token.number;
    return token.number + (token.number < 69 ? 2000 : 1900);  // POSIX's pivot
  }

  // Day, month's name and year, in any order.
  bool named_month() {
    fields_.month = month_;
    if (numbers_.size() == 1 && numbers_[0].token.digits == 4) {
      fields_.year = numbers_[0].token.number;
      return true;
    }
    if (numbers_.size() != 2) return false;
    const bool year_first = numbers_[0].token.digits > 2;
    const Token& year = year_first ? numbers_[0].token : numbers_[1].token;
    const Token& day = year_first ? numbers_[1].token : numbers_[0].token;
    if (day.digits > 2 || year.digits == 3 || year.digits > 4) return false;
    fields_.day = static_cast<int>(day.number);
    fields_.year = full_year(year);
    return true;
  }

  bool numeric() {
    if (numbers_.size() == 1) return one_number(numbers_[0].token);
    if (numbers_.size() == 2) return two_numbers();
    if (numbers_.size() != 3) return false;
    const Token &a = numbers_[0].token, &b = numbers_[1].token, &c = numbers_[2].token;
    if (a.digits == 4 && b.digits <= 2 && c.digits <= 2) return set(a.number, b.number, c.number);
    if (a.digits > 2 || b.digits > 2 || (c.digits != 4 && c.digits != 2)) return false;
    // With slashes the month stands first (United States) unless it cannot; otherwise the day does.
    const bool slashes = numbers_[1].before == "/";
    const bool month_first = slashes ? a.number <= 12 : b.number > 12;
    return month_first ? set(full_year(c), a.number, b.number) : set(full_year(c), b.number, a.number);
  }

  // 2003, 20031231, 2003335 (day of the year).
  bool one_number(const Token& token) {
    if (token.digits == 4) return set(token.number, 1, 1) && token.number >= 1000;
    if (token.digits == 8) return set(token.number / 10000, token.number / 100 % 100, token.number % 100);
    if (token.digits == 7) return ordinal(token.number / 1000, token.number % 1000);
    if (token.digits == 14) {  // 20031231101455
      fields_.hour = static_cast<int>(token.number / 10000 % 100);
      fields_.minute = static_cast<int>(token.number / 100 % 100);
      fields_.second = static_cast<int>(token.number % 100);
      const std::int64_t date = token.number / 1000000;
      return set(date / 10000, date / 100 % 100, date % 100);
    }
    return false;
  }

  // 2003-12, 2003-335, 20031231T1014(55).
  bool two_numbers() {
    const Token &a = numbers_[0].token, &b = numbers_[1].token;
    if (a.digits == 8 && (b.digits == 4 || b.digits == 6) && !has_time_) {
      const std::int64_t clock = b.digits == 4 ? b.number * 100 : b.number;
      fields_.hour = static_cast<int>(clock / 10000);
      fields_.minute = static_cast<int>(clock / 100 % 100);
      fields_.second = static_cast<int>(clock % 100);
      return one_number(a);
    }
    if (a.digits != 4) return false;
    if (b.digits == 2) return set(a.number, b.number, 1);
    return b.digits == 3 && ordinal(a.number, b.number);
  }

  bool ordinal(std::int64_t year, std::int64_t day_of_year) {
    if (year < 1 || year > 9999 || day_of_year < 1 || day_of_year > 366) return false;
    const absl::CivilDay day = absl::CivilDay(year, 1, 1) + (day_of_year - 1);
    return day.year() == year && set(year, day.month(), day.day());
  }

  bool set(std::int64_t year, std::int64_t month, std::int64_t day) {
    fields_.year = year;
    fields_.month = static_cast<int>(month);
    fields_.day = static_cast<int>(day);
    return true;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Fields fields_;
  std::vector<Number> numbers_;
  std::size_t numbers_before_month_ = 0;
  int month_ = 0;
  int half_ = 0;
  bool month_first_ = false;
  bool has_time_ = false;
};

// 2009-W53-6, 2009W536, 2009-W53 (ISO 8601 week dates).
std::optional<absl::Time> read_week(std::string_view text) {
  if (text.size() < 7 || text.size() > 10) return std::nullopt;
  const std::string plain = replace_all(text, "-", "");
  if (plain.size() < 7 || (plain[4] != 'W' && plain[4] != 'w')) return std::nullopt;
  const auto year = parse_number<int>(std::string_view(plain).substr(0, 4));
  const auto week = parse_number<int>(std::string_view(plain).substr(5, 2));
  const auto day =
      plain.size() == 8 ? parse_number<int>(std::string_view(plain).substr(7)) : std::optional(1);
  if (!year || !week || !day || *year < 1 || *week < 1 || *week > 53 || *day < 1 || *day > 7)
    return std::nullopt;
  const absl::CivilDay fourth(*year, 1, 4);                        // always in week 1
  const int weekday = static_cast<int>(absl::GetWeekday(fourth));  // Monday is 0
  return absl::FromCivil(absl::CivilSecond(fourth - weekday + (*week - 1) * 7 + (*day - 1)),
                         absl::UTCTimeZone());
}

}  // namespace

std::optional<absl::Time> parse_date(std::string_view text) {
  text = strip_space(text);
  if (text.empty() || text.size() > 120 || !is_valid_utf8(text)) return std::nullopt;
  if (const auto week = read_week(text)) return week;
  return DateReader(text).read();
}

void set_timestamp(google::protobuf::Timestamp* out, absl::Time when) {
  const absl::Time least = absl::FromUnixSeconds(-62135596800);
  const absl::Time most = absl::FromUnixSeconds(253402300799);
  when = std::clamp(when, least, most);
  const std::int64_t seconds = absl::ToUnixSeconds(when);  // floors
  out->set_seconds(seconds);
  out->set_nanos(static_cast<std::int32_t>(absl::ToInt64Nanoseconds(when - absl::FromUnixSeconds(seconds))));
}

absl::Time to_time(const google::protobuf::Timestamp& stamp) {
  return absl::FromUnixSeconds(stamp.seconds()) + absl::Nanoseconds(stamp.nanos());
}

std::string format_rfc3339(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", when, absl::UTCTimeZone());
}

}  // namespace copytaster
