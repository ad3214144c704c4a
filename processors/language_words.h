// Small words that tell languages apart, where CLD2 is slow or unsure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "processors/word_scan.h"

namespace copytaster {

// How often the small words of each of the house's ten languages stand among the first 60 words.
struct SmallWords {
  std::array<std::size_t, 10> hits = {};  // by the bit of the language
  std::size_t words = 0;                  // looked at

  // 0 for a language that is none of the ten.
  [[nodiscard]] std::size_t of(std::string_view code) const;
  // Whether they speak for `code`, at least `least` of them, and for no other of the ten.
  [[nodiscard]] bool confirm(std::string_view code, std::size_t least = 4) const;
};
[[nodiscard]] SmallWords count_small_words(const WordScan& scan);

// Languages that CLD2 confuses (Indonesian and Malay, the two Norwegians): the other one of the pair
// when its own words outnumber those of `code`; `code` otherwise.
[[nodiscard]] std::string_view settle_pair(const WordScan& scan, std::string_view code);

}  // namespace copytaster
