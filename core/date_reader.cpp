#include "core/date_reader.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/date_tokens.h"
#include "core/date_words.h"
#include "core/strings.h"

namespace copytaster {
namespace {

struct Fields {
  std::int64_t year = -1;
  int month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::int64_t nanoseconds = 0;
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
  const absl::Time when =
      absl::FromCivil(at, f.zone.value_or(absl::UTCTimeZone())) + absl::Nanoseconds(f.nanoseconds);
  const std::int64_t seconds = absl::ToUnixSeconds(when);
  if (seconds < -62135596800 || seconds > 253402300799) return std::nullopt;
  return when;
}

bool is_day(std::int64_t year, std::int64_t month, std::int64_t day) {
  const absl::CivilDay civil(year, month, day);
  return civil.month() == month && civil.day() == day;
}

// Digits behind the decimal point, as nanoseconds.
std::int64_t nanoseconds_of(std::string digits) {
  digits.resize(9, '0');
  return parse_number<std::int64_t>(digits).value_or(0);
}

using Kind = DateToken::Kind;

class DateReader {
 public:
  explicit DateReader(std::string_view text) : tokens_(date_tokens(text)) {}

  std::optional<ToldDate> read(const std::optional<absl::TimeZone>& zone) {
    if (tokens_.empty() || tokens_.size() >= 40) return std::nullopt;
    while (at_ < tokens_.size()) {
      if (!read_one()) return std::nullopt;
    }
    if (!fields_.zone) fields_.zone = zone;
    const auto when = finish();
    if (!when) return std::nullopt;
    return ToldDate{*when, !has_time_};
  }

 private:
  [[nodiscard]] const DateToken* peek(std::size_t ahead) const {
    return at_ + ahead < tokens_.size() ? &tokens_[at_ + ahead] : nullptr;
  }
  [[nodiscard]] bool is_mark(std::size_t ahead, std::string_view mark) const {
    const DateToken* token = peek(ahead);
    return token != nullptr && token->kind == Kind::kMark && token->text == mark;
  }
  [[nodiscard]] bool is_number(std::size_t ahead) const {
    const DateToken* token = peek(ahead);
    return token != nullptr && token->kind == Kind::kNumber;
  }
  [[nodiscard]] bool is_word(std::size_t ahead, std::string_view word) const {
    const DateToken* token = peek(ahead);
    return token != nullptr && token->kind == Kind::kWord && token->text == word;
  }
  [[nodiscard]] bool is_glued_pair(std::size_t ahead) const {
    return is_number(ahead) && peek(ahead)->glued && peek(ahead)->digits == 2;
  }

  bool read_one() {
    const DateToken& token = tokens_[at_];
    if (token.kind == Kind::kWord) return read_word(token);
    if (token.kind == Kind::kNumber) {
      if (!has_time_ && is_mark(1, ":") && is_number(2)) return read_clock();
      return !has_time_ && token.digits <= 2 && names_hours() ? read_hours() : read_number(token);
    }
    if (begins_offset(token)) return read_offset();
    if (token.text == ":") return false;
    static constexpr std::string_view kAllowed = ",./-()–—|";
    if (kAllowed.find(token.text) == std::string_view::npos) return false;
    ++at_;
    return true;
  }

  // A dash before a number is one between time and date when the number stands apart, or when the date is
  // yet to come: "3:09 PM - 14 Apr 2022".
  [[nodiscard]] bool begins_offset(const DateToken& token) const {
    if (!has_time_ || !is_number(1)) return false;
    if (token.text == "+") return true;
    if (token.text != "-" && token.text != "−") return false;
    const bool dated = month_ != 0 || !numbers_.empty();
    return peek(1)->glued && (dated || peek(1)->digits == 4);
  }

  bool read_word(const DateToken& token) {
    const bool first = at_ == 0;
    ++at_;
    if (const int half = half_here(token.text); half != 0) {
      if (half_ != 0 && half_ != half) return false;
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
      weekday_too_ = is_date_filler(token.text);
      return true;
    }
    const bool filler = is_date_filler(token.text);
    if (filler && token.text.size() == 1) return true;  // "15:54 h" is no military zone
    const bool compact = numbers_.size() == 2 && numbers_[0].token.digits == 8;  // 20031231T101455Z
    if (has_time_ || compact) {
      if (const auto zone = zone_of(token.text)) {
        if (!fields_.zone) fields_.zone = zone;
        return true;
      }
    }
    // An unknown weekday: the first word, before a comma.
    return filler || (first && is_mark(0, ","));
  }

  // "pm", "p.m." and "p. m."; moves on behind the last.
  int half_here(std::string_view word) {
    if (const int half = half_of_day(word); half != 0) return half;
    if (!has_time_ || (word != "a" && word != "p")) return 0;
    const std::size_t dot = is_mark(0, ".") ? 1 : 0;
    if (!is_word(dot, "m")) return 0;
    at_ += dot + 1;
    return word == "a" ? -1 : 1;
  }

  bool read_clock() {
    if (tokens_[at_].digits > 2 || tokens_[at_ + 2].digits > 2) return false;
    fields_.hour = static_cast<int>(tokens_[at_].number);
    fields_.minute = static_cast<int>(tokens_[at_ + 2].number);
    at_ += 3;
    if (is_mark(0, ":") && is_number(1)) {
      if (tokens_[at_ + 1].digits > 2) return false;
      fields_.second = static_cast<int>(tokens_[at_ + 1].number);
      at_ += 2;
      if ((is_mark(0, ".") || is_mark(0, ",")) && is_number(1) && tokens_[at_ + 1].glued) {
        fields_.nanoseconds = nanoseconds_of(tokens_[at_ + 1].text);
        at_ += 2;
      }
    }
    has_time_ = true;
    return true;
  }

  // Whether a word says that the number here is an hour: "15h54", "15 Uhr", "15.54 Uhr", "klo 15.54".
  [[nodiscard]] bool names_hours() const {
    return is_word(1, "h") || is_word(1, "uhr") || (is_dotted() && is_word(3, "uhr")) || behind_clock_word();
  }
  [[nodiscard]] bool is_dotted() const { return is_mark(1, ".") && is_glued_pair(2); }
  [[nodiscard]] bool behind_clock_word() const {
    if (at_ == 0) return false;
    const bool dot = tokens_[at_ - 1].text == ".";
    if (dot && at_ == 1) return false;
    const std::string& word = tokens_[at_ - (dot ? 2 : 1)].text;
    return word == "klo" || word == "kl" || word == "klokken";
  }

  bool read_hours() {
    fields_.hour = static_cast<int>(tokens_[at_].number);
    has_time_ = true;
    if (is_dotted()) {
      fields_.minute = static_cast<int>(tokens_[at_ + 2].number);
      at_ += 3;
      return true;
    }
    ++at_;
    if (!is_word(0, "h")) return true;
    ++at_;
    // "15 h 54" too, when it cannot be the day: "16 novembre 2020, 15 h 54".
    const bool dated = numbers_.size() >= (month_ != 0 ? 2U : 3U);
    if (is_glued_pair(0) || (dated && is_number(0) && peek(0)->digits == 2)) {
      fields_.minute = static_cast<int>(tokens_[at_].number);
      ++at_;
    }
    return true;
  }

  bool read_offset() {
    const int sign = tokens_[at_].text == "+" ? 1 : -1;
    const DateToken& hours = tokens_[at_ + 1];
    std::int64_t minutes = 0;
    at_ += 2;
    if (hours.digits <= 2) {
      minutes = hours.number * 60;
      if (is_mark(0, ":") && is_number(1)) {
        if (tokens_[at_ + 1].number > 59 || tokens_[at_ + 1].digits != 2) return false;
        minutes += tokens_[at_ + 1].number;
        at_ += 2;
      }
    } else if (hours.digits == 4 && hours.number % 100 < 60) {
      minutes = hours.number / 100 * 60 + hours.number % 100;
    } else {
      return false;
    }
    if (minutes > 24 * 60) return false;
    fields_.zone = absl::FixedTimeZone(static_cast<int>(sign * minutes * 60));
    return true;
  }

  bool read_number(const DateToken& token) {
    if (token.number < 0 || token.digits > 14) return false;
    numbers_.push_back({token, at_ > 0 ? tokens_[at_ - 1].text : ""});
    ++at_;
    return numbers_.size() <= 4;
  }

  std::optional<absl::Time> finish() {
    if (!apply_half()) return std::nullopt;
    // "mar. 05/04/2022": a weekday after all.
    if (month_first_ && weekday_too_ && numbers_.size() == 3) month_ = 0;
    if (!(month_ != 0 ? named_month() : numeric())) return std::nullopt;
    if (!has_time_) fields_.zone.reset();  // the day that was written, wherever it was
    return make_time(fields_);
  }

  bool apply_half() {
    if (half_ == 0) return true;
    if (!has_time_) return false;
    if (fields_.hour > 12) return fields_.hour < 24 && half_ > 0;  // "15:30 pm": said twice
    if (fields_.hour == 0 && half_ > 0) return false;
    fields_.hour = fields_.hour % 12 + (half_ > 0 ? 12 : 0);
    return true;
  }

  struct Number {
    DateToken token;
    std::string before;  // what stood before it
  };

  static std::int64_t year_of(const DateToken& token) {
    return token.digits > 2 ? token.number : full_year(static_cast<int>(token.number));
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
    const DateToken& year = year_first ? numbers_[0].token : numbers_[1].token;
    const DateToken& day = year_first ? numbers_[1].token : numbers_[0].token;
    if (day.digits > 2 || year.digits == 3 || year.digits > 4) return false;
    return set(year_of(year), month_, day.number);
  }

  bool numeric() {
    if (numbers_.size() == 1) return one_number(numbers_[0].token);
    if (numbers_.size() == 2) return two_numbers();
    return numbers_.size() == 3 && three_numbers();
  }

  bool three_numbers() {
    const DateToken &a = numbers_[0].token, &b = numbers_[1].token, &c = numbers_[2].token;
    const bool padded = b.digits == 3 && b.number <= 12;  // "2003-012-31", as one calendar writes it
    if (a.digits == 4 && (b.digits <= 2 || padded) && c.digits <= 2) return set(a.number, b.number, c.number);
    if (a.digits > 2 || b.digits > 2 || (c.digits != 4 && c.digits != 2)) return false;
    if (a.digits == 2 && b.digits == 2 && c.digits == 2 && numbers_[1].before == "-")
      return short_years(a.number, b.number, c.number);
    // With slashes the month stands first (United States) unless it cannot; otherwise the day does.
    const bool slashes = numbers_[1].before == "/";
    const bool month_first = slashes ? a.number <= 12 : b.number > 12;
    return month_first ? set(year_of(c), a.number, b.number) : set(year_of(c), b.number, a.number);
  }

  // 03-12-31 is the last day of 2003, 31-12-03 too: of year-month-day (ISO 8601:1988) and day-month-year the
  // one that gives a date not far in the future. Where both do, there is no telling.
  bool short_years(std::int64_t a, std::int64_t b, std::int64_t c) {
    const int first = full_year(static_cast<int>(a));
    const int last = full_year(static_cast<int>(c));
    const bool year_first = first <= kLastShortYear && is_day(first, b, c);
    const bool day_first = last <= kLastShortYear && is_day(last, b, a);
    if (year_first == day_first) return year_first && a == c && set(first, b, c);
    return year_first ? set(first, b, c) : set(last, b, a);
  }

  // 2003, 20031231, 2003335 (day of the year), 031231.
  bool one_number(const DateToken& token) {
    const std::int64_t n = token.number;
    if (token.digits == 4) return n >= 1000 && tokens_.front().text != "-" && set(n, 1, 1);
    if (token.digits == 8) return set(n / 10000, n / 100 % 100, n % 100);
    if (token.digits == 7) return ordinal(n / 1000, n % 1000);
    if (token.digits == 14) {  // 20031231101455
      has_time_ = true;
      fields_.hour = static_cast<int>(n / 10000 % 100);
      fields_.minute = static_cast<int>(n / 100 % 100);
      fields_.second = static_cast<int>(n % 100);
      const std::int64_t date = n / 1000000;
      return set(date / 10000, date / 100 % 100, date % 100);
    }
    // Not the year and month 2003-12 of "200312" either.
    const bool year_month = n / 100 > 1900 && n / 100 <= kLastShortYear && n % 100 >= 1 && n % 100 <= 12;
    return token.digits == 6 && !year_month && short_years(n / 10000, n / 100 % 100, n % 100);
  }

  // 2003-12, 2003-335, 20031231T1014(55).
  bool two_numbers() {
    const DateToken &a = numbers_[0].token, &b = numbers_[1].token;
    if (a.digits == 8 && (b.digits == 4 || b.digits == 6) && !has_time_) {
      const std::int64_t clock = b.digits == 4 ? b.number * 100 : b.number;
      fields_.hour = static_cast<int>(clock / 10000);
      fields_.minute = static_cast<int>(clock / 100 % 100);
      fields_.second = static_cast<int>(clock % 100);
      has_time_ = true;
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

  std::vector<DateToken> tokens_;
  std::size_t at_ = 0;
  Fields fields_;
  std::vector<Number> numbers_;
  int month_ = 0;
  int half_ = 0;
  bool month_first_ = false;
  bool weekday_too_ = false;  // the month's name is a weekday's as well
  bool has_time_ = false;
};

}  // namespace

std::optional<ToldDate> read_date(std::string_view text, std::optional<absl::TimeZone> zone) {
  return DateReader(text).read(zone);
}

}  // namespace copytaster
