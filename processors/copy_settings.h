// How much is remembered for folding copies.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace copytaster {

struct CopySettings {
  absl::Duration window = absl::Hours(24 * 30);  // by the items' own times
  std::size_t max_posts = 10'000'000;            // at most 16 million
  std::size_t max_sketches = 1'000'000;          // the newest posts keep their words' hashes
  std::size_t max_pictures = 1'000'000;
};

}  // namespace copytaster
