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

}  // namespace copytaster
