// The rules ready for look-up: phrase tables over folded words.
#pragma once

#include <cstdint>

#include "processors/rules.h"
#include "processors/word_lists.h"
#include "processors/word_trie.h"

namespace copytaster {

struct RuleTables {
  // Value: index into Rules::places, times two, plus one when this alias is a homonym.
  PhraseTable places;
  // Value: index into section_words.
  PhraseTable sections;
  struct SectionWord {
    std::uint32_t section;    // index into Rules::sections
    std::uint32_t word;       // index into its words
    std::uint32_t counts_as;  // that of the first word which is the same one: "école*" of "écoles"
    LanguageSet languages;    // kAllLanguages where the language is none of the ten: compare its code then
  };
  std::vector<SectionWord> section_words;
};

}  // namespace copytaster
