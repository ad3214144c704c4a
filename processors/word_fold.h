// One character folded for look-up, from a table: the hot path of every step that compares words.
// Same sense as fold_name (core/text.h): case folded, without diacritics, but ten times as fast,
// because it never builds a string.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace copytaster {

enum class Script : std::uint8_t { kOther, kLatin, kGreek, kCyrillic, kCjk };

struct FoldedChar {
  static constexpr std::uint8_t kWord = 1;   // letter, mark or digit
  static constexpr std::uint8_t kUpper = 2;  // upper or title case
  static constexpr std::uint8_t kDigit = 4;
  static constexpr std::uint8_t kTransparent =
      8;  // inside a word it is nothing, outside it is no word: marks, soft hyphen, joiners, bidi controls
  static constexpr std::uint8_t kLower = 16;
  static constexpr std::uint8_t kMark = 32;    // combining: belongs to the letter before it
  static constexpr std::uint8_t kNumber = 64;  // `bytes` has one of 0 to 9
  static constexpr std::uint8_t kAlone = 128;  // a word by itself: its script is kCjk
  std::uint8_t flags = 0;
  Script script = Script::kOther;
  std::uint8_t size = 0;  // of bytes; 0 for marks
  char bytes[5] = {};     // UTF-8
};

// Total; any thread. The reference lives for ever for code points below U+3000, and until the next
// call on this thread above.
const FoldedChar& folded_char(char32_t code_point);

// folded_char() of the code points below kFoldedTableSize, for loops over whole texts.
inline constexpr char32_t kFoldedTableSize = 0x3000;
const FoldedChar* folded_table();

// Decodes the code point at `*at` and moves on; ill-formed bytes give U+FFFD and move by one.
char32_t next_code_point(std::string_view text, std::size_t* at);
// The code point that ends before `at` (> 0); U+FFFD when ill-formed.
char32_t code_point_before(std::string_view text, std::size_t at);

// The words of `phrase`, folded, with single spaces between. A '*' that ends a word becomes `star`,
// a '~' there becomes kEnding (word_trie.h).
std::string fold_phrase(std::string_view phrase, char star = '*');

}  // namespace copytaster
