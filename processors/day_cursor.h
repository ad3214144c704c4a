// The words of a text as those who read days in it see them. Internal to processors/day_*.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "processors/day_reader.h"
#include "processors/day_words.h"

namespace copytaster {

struct DayNumber {
  int value = 0;
  int digits = 0;
  bool ordinal = false;  // "1er", "15th"
};

// Words [begin, end) of the scan.
struct DayWords {
  std::size_t begin = 0, end = 0;
};

// A day of the calendar as it is written; year 0: not written; day 0: the whole month.
struct WrittenDay {
  int year = 0, month = 0, day = 0;
};
struct CalendarMatch {
  WrittenDay first, last;
  std::size_t end = 0;  // the word behind it
};

class DayCursor {
 public:
  DayCursor(std::string_view text, const WordScan& scan, const DayContext& context)
      : text_(text), scan_(scan), context_(context), languages_(language_bit(context.language)) {}

  [[nodiscard]] std::size_t size() const { return scan_.words.size(); }
  [[nodiscard]] const Word& word(std::size_t i) const { return scan_.words[i]; }
  [[nodiscard]] const WordScan& scan() const { return scan_; }
  [[nodiscard]] const DayContext& context() const { return context_; }
  [[nodiscard]] LanguageSet languages() const { return languages_; }
  [[nodiscard]] bool is(std::string_view language) const { return context_.language == language; }
  // One of the ten: its words can be read.
  [[nodiscard]] bool has_words() const { return languages_ != kAllLanguages; }

  // What stands before word `i`, or behind the last one.
  [[nodiscard]] std::string_view between(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : scan_.words[i - 1].end;
    const std::size_t end = i < size() ? scan_.words[i].begin : text_.size();
    return text_.substr(begin, end - begin);
  }
  // The word as it is written, with its accents.
  [[nodiscard]] std::string_view written(std::size_t i) const {
    return text_.substr(word(i).begin, word(i).end - word(i).begin);
  }
  [[nodiscard]] bool spaced(std::size_t i) const { return i < size() && i > 0 && word(i).gap == Gap::kSpace; }
  [[nodiscard]] std::uint32_t part(DayPart which, std::size_t i) const {
    return day_part_at(which, scan_, i, languages_);
  }
  // The word before `i`, in the same phrase, plays that part.
  [[nodiscard]] bool follows(DayPart which, std::size_t i) const {
    return i > 0 && word(i).gap <= Gap::kApostrophe && part(which, i - 1) == 1;
  }
  [[nodiscard]] std::optional<DayWord> at(std::size_t i, DayWordKind kind) const;
  [[nodiscard]] std::optional<DayNumber> number(std::size_t i) const;
  // Begins a sentence or a line: a capital says nothing there.
  [[nodiscard]] bool begins_sentence(std::size_t i) const { return word(i).gap > Gap::kComma; }

 private:
  std::string_view text_;
  const WordScan& scan_;
  const DayContext& context_;
  LanguageSet languages_;
};

// "15/04/2022", "2022-04-15", "15.04.": day_numbers.cpp. `sure`: a weekday stands before it.
[[nodiscard]] std::optional<CalendarMatch> numeric_day(const DayCursor& at, std::size_t i, bool sure);
// "15 avril 2022", "3 to 5 May", "April 15th", "May 2022": day_months.cpp.
[[nodiscard]] std::optional<CalendarMatch> month_day(const DayCursor& at, std::size_t i);
// "18:30" of "at 18:30" and "18:30", at word `i` or beyond the time of day there ("evening"); empty: none.
[[nodiscard]] std::string time_behind(const DayCursor& at, std::size_t i);
// "18:30" behind the words, or right before them; empty: none. day_times.cpp.
[[nodiscard]] std::string time_beside(const DayCursor& at, DayWords words);

}  // namespace copytaster
