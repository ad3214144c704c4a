// Whether two small grey pictures show the same photograph cut differently. PDQ is blind to that: eight
// percent off one side move 70 to 110 of its 256 bits (measured on the rehearsal's scenes). Too slow for
// a search over everything; meant for the few pictures of one story. Pure.
#pragma once

#include <string_view>

#include "processors/picture_luma.h"

namespace copytaster {

// The best correlation (-1…1) of the shapes in what both show, over cuts of up to a fifth on each side. 0
// when one is no luma, or is flat. About 1.5 ms.
[[nodiscard]] double best_overlap(std::string_view luma_a, std::string_view luma_b);
// From here on it is the same photograph. Measured on 25 scenes × 5 cuts, 7750 pairs: the same scene at
// least 0.94, different scenes at most 0.80.
inline constexpr double kSamePhotograph = 0.87;

}  // namespace copytaster
