// Small words that tell languages apart, where CLD2 is slow or unsure.
#pragma once

#include <string_view>

#include "processors/word_scan.h"

namespace copytaster {

// Whether the small words of `scan` speak for `code` (one of the ten languages of the house) and for no
// other of the ten.
[[nodiscard]] bool small_words_confirm(const WordScan& scan, std::string_view code);

// Languages that CLD2 confuses (Indonesian and Malay, the two Norwegians): the other one of the pair
// when its own words outnumber those of `code`; `code` otherwise.
[[nodiscard]] std::string_view settle_pair(const WordScan& scan, std::string_view code);

}  // namespace copytaster
