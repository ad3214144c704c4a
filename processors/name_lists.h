// The word lists of name_shape.h. Folded on first use.
#pragma once

#include "processors/word_trie.h"

namespace copytaster {

// Value: 1 male, 2 female, 3 both.
const PhraseTable& given_name_table();
// Whether the word is one of them as it stands in the list: in the nominative.
[[nodiscard]] bool is_listed_given_name(const WordScan& scan, std::size_t index);
const PhraseTable& never_name_table();
const PhraseTable& thing_word_table();

}  // namespace copytaster
