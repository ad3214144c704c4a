// What the memory for pictures (processors/picture_index.h) costs as it grows: bytes a picture, and
// microseconds to look up one that is new, one that was compressed again, one that is mirrored and one that
// was cut. The pictures are lumas with the spectrum of photographs, made from a seed; nothing is decoded.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster {

struct PicturesCost {
  static constexpr std::array<std::string_view, 4> kKinds = {"new", "compressed again", "mirrored", "cut"};
  struct Kind {
    double microseconds = 0;  // CPU, find(): the median of batches
    double found = 0;         // share of them; of the new ones: wrongly
  };
  std::size_t pictures = 0;  // remembered so far
  std::array<Kind, 4> kinds = {};
  double remember = 0;            // CPU microseconds a picture, the median of batches
  double slowest = 0;             // the longest remember() of all since the last line
  double bytes_a_picture = 0;     // by the index's own account
  double resident_a_picture = 0;  // by the kernel's: pages of this process more than before the first
};

// Remembers `pictures` of them, none like another. At a hundredth, a tenth and the whole of them it takes
// stock.
[[nodiscard]] std::vector<PicturesCost> measure_pictures(std::size_t pictures, std::uint64_t seed);
[[nodiscard]] std::string as_text(const std::vector<PicturesCost>& costs);

}  // namespace copytaster
