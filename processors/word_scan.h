// The words of a text, folded for look-up: one pass that all steps share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "processors/word_fold.h"

namespace copytaster {

// What stands before a word; the strongest thing counts. Names and phrases run over the weak ones.
enum class Gap : std::uint8_t {
  kNone,  // CJK: every character is a word
  kSpace,
  kHyphen,
  kApostrophe,
  kUnderscore,    // @Anne_Hidalgo
  kAbbreviation,  // a full stop after at most three letters: "St. Gallen", "John F. Kennedy"
  kComma,
  kStop,   // any other full stop
  kOther,  // brackets, quotation marks, colons, '#', '@', '/', …
  kLine,   // a line break; also before the first word
};

struct Word {
  std::uint32_t begin = 0, end = 0;            // bytes of the text
  std::uint32_t fold_begin = 0, fold_end = 0;  // bytes of `folded`
  Script script = Script::kOther;
  Gap gap = Gap::kLine;
  bool capital = false;    // the first letter is upper case
  bool all_upper = false;  // two letters or more, none lower case
  bool digit = false;      // begins with a digit
  bool hash = false;       // '#' stands right before it
  bool at = false;         // '@' stands right before it
  bool number = false;     // one of 0 to 9 is in its folded form
};

struct WordScan {
  std::vector<Word> words;
  // The folded words, each followed by ' ' where a phrase may run on to the next one, else by '\n'.
  std::string folded;
  std::uint32_t signs = 0;  // contrast_signs.h

  [[nodiscard]] std::string_view folded_word(const Word& word) const {
    return std::string_view(folded).substr(word.fold_begin, word.fold_end - word.fold_begin);
  }
  [[nodiscard]] std::string_view folded_word(std::size_t index) const { return folded_word(words[index]); }
  // Index of the first word that begins at or after `byte`; words.size() when there is none.
  [[nodiscard]] std::size_t first_word_from(std::size_t byte) const;
};

// Texts beyond this are looked at only so far: names and places are not sought in the rest.
inline constexpr std::size_t kMaxScannedBytes = std::size_t{256} << 10;

// Scans `text`, or returns what this thread scanned before for the same bytes. The reference is good
// until two other texts were scanned on this thread. Linear; any bytes.
const WordScan& scan_words(std::string_view text);
// The same without remembering; `out` is overwritten.
void scan_words_into(std::string_view text, WordScan* out);

}  // namespace copytaster
