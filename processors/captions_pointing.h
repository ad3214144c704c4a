// Words by which a sentence of a post points at its pictures. Ten languages. Pure; any thread.
#pragma once

#include <cstddef>

#include "processors/word_lists.h"

namespace copytaster {

struct PointsAt {
  std::size_t words = 0;    // how many say it; 0: none do
  std::size_t picture = 0;  // "in the second photo": 2; 0: no one of them
};

// "in the photo", "from left", "in the second picture" from word `index` on.
[[nodiscard]] PointsAt points_at(const WordScan& scan, std::size_t index, LanguageSet languages);

// "Photos: link in bio": among the first words of what follows a label, from word `index` on to byte `end`,
// is one that says that pictures are elsewhere.
[[nodiscard]] bool are_elsewhere(const WordScan& scan, std::size_t index, std::size_t end);

}  // namespace copytaster
