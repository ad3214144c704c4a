// Word lists in the ten languages the house works in, and how they become phrase tables.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "processors/word_trie.h"

namespace copytaster {

using LanguageSet = std::uint32_t;  // one bit a language
inline constexpr LanguageSet kAllLanguages = 0xFFFFFFFF;
// The language's bit; kAllLanguages for one we have no lists for, and for none.
[[nodiscard]] LanguageSet language_bit(std::string_view code);

// "mayor|deputy mayor|мер~|tram*": '*' ends a word that may go on in any way, '~' one that may take a
// case ending.
struct WordList {
  std::string_view language;
  std::string_view phrases;
};

// A table of all lists. Values are `flag` with the language's bit: value >> 8 is the set, value & 255
// the flag. A phrase in several lists has several values.
struct FlaggedLists {
  std::uint8_t flag;
  std::initializer_list<WordList> lists;
};
[[nodiscard]] PhraseTable make_phrase_table(std::initializer_list<FlaggedLists> all);

// The longest phrase at word `index` whose language is in `languages`; words == 0: none.
struct ListMatch {
  std::uint32_t words = 0;
  std::uint8_t flag = 0;
};
[[nodiscard]] ListMatch list_match(const PhraseTable& table, const WordScan& scan, std::size_t index,
                                   LanguageSet languages);

}  // namespace copytaster
