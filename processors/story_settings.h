// How long stories are open and remembered.
#pragma once

#include <cstddef>

#include "absl/time/time.h"

namespace copytaster {

struct StorySettings {
  absl::Duration open = absl::Hours(48);            // between a post and the story's nearest
  absl::Duration window = absl::Hours(24 * 30);     // how long members are remembered
  absl::Duration coverage = absl::Hours(24 * 400);  // how long our own articles are background
  std::size_t max_items = 2'000'000;                // posts, at most
};

}  // namespace copytaster
