// The words that days are told with, in the ten languages: months, weekdays, "yesterday", "next", "of". The
// names of months and weekdays are ICU's, their case forms and short forms are added. Built at the first use,
// then immutable; any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "processors/word_lists.h"

namespace copytaster {

// Words at which a day can begin.
enum class DayWordKind : std::uint8_t {
  kMonth,    // value: 1 to 12
  kWeekday,  // value: 0 (Monday) to 6
  kDay,      // value: days from the post's day, -2 to 2
  kWeek,     // Monday to Sunday
  kWeekend,  // Saturday and Sunday
  kIdiom,    // "Good Friday", "hoy en día": these words name no day that could be told
};
struct DayWord {
  DayWordKind kind = DayWordKind::kIdiom;
  int value = 0;
  std::uint32_t words = 0;
};
// Whether a word can begin one of them: what nearly every word is asked, and answered by one look at a table
// of bits. Made once a text.
class DayWordFilter {
 public:
  DayWordFilter();
  [[nodiscard]] bool may_begin(const WordScan& scan, const Word& word) const {
    const std::size_t size = word.fold_end - word.fold_begin;
    if (word.fold_begin + 8 > scan.folded.size()) return true;
    std::uint64_t key = 0;
    std::memcpy(&key, scan.folded.data() + word.fold_begin, 8);
    if (size < 8) key &= (std::uint64_t{1} << (size * 8)) - 1;
    const std::size_t bit = bit_of(key);
    return (bits_[bit / 64] >> (bit % 64) & 1) != 0;
  }
  // Of the first eight bytes of a folded word.
  static std::size_t bit_of(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> 48; }

 private:
  const std::uint64_t* bits_;
};
// The longest such phrase at word `index`; nullopt: none.
[[nodiscard]] std::optional<DayWord> day_word_at(const WordScan& scan, std::size_t index,
                                                 LanguageSet languages);

// Which of its kind is meant. "Next" and "last" are those people disagree about while one lies ahead (or
// behind) in the same week; "coming" and "past" are the nearest one.
enum class WhichDay : std::uint8_t { kNone, kThis, kNext, kComing, kLast, kPast };
struct Which {
  WhichDay which = WhichDay::kNone;
  std::uint32_t words = 0;
};
[[nodiscard]] Which which_before(const WordScan& scan, std::size_t index,
                                 LanguageSet languages);  // ends there
[[nodiscard]] Which which_after(const WordScan& scan, std::size_t index, LanguageSet languages);

// Small words, each in its place; a word may play several of these parts.
enum class DayPart : std::uint8_t {
  kOf,          // "15 de abril", "the 15th of April"
  kTo,          // "3 to 5 May"
  kAt,          // "demain à 18h30"
  kOn,          // "le 15/04", "am 15.04."
  kHours,       // "18 Uhr"
  kEvery,       // "every Friday": no day
  kOfThe,       // "the last Friday of the month": no day
  kFigurative,  // "the city of tomorrow": no day
  kMorning,   // before the Spanish, German and Dutch word that is both "morning" and "tomorrow": the morning
  kArticle,   // between a weekday and its date, or a Greek "this" and its weekday
  kDayTime,   // "demain soir"
  kOrdinal,   // "the first Tuesday": counted from elsewhere
  kUsually,   // "usually on Tuesday": no day
  kVersion,   // "version 1.5.2024"
  kNumbered,  // "chapter 5 May be read"
  kTitled,    // "the film “Tomorrow”"
  kWillBe,    // the sentence is about what comes
  kWas,       // the sentence is about what was
};
// How many words of the text, from `index` on, are such a word; 0: none.
[[nodiscard]] std::uint32_t day_part_at(DayPart part, const WordScan& scan, std::size_t index,
                                        LanguageSet languages);

// What a word says about its sentence: 1 it is about what comes, -1 about what was, 0 nothing.
[[nodiscard]] int tense_at(const WordScan& scan, std::size_t index, LanguageSet languages);

}  // namespace copytaster
