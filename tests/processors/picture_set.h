// The project's own labelled set of pictures, made in code: photographs, what happens to them on the way
// through platforms and hands, and pictures that only look alike. Everything follows from a seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/processors/picture_canvas.h"

namespace copytaster::testing {

// One of eight compositions (street, hall, portrait, park, water, crowd, site, night), all else by `seed`.
Canvas photograph(std::uint64_t seed);

struct Attack {
  std::string_view name;   // "crop 8 % of one side"
  std::string_view group;  // "recompressed", "resized", "light", "turned", "crop", "bars", "overlay"
};
const std::vector<Attack>& attacks();
// The bytes of a file. Which side or corner, and what is written, follows from `seed`.
std::string attacked(const Canvas& photograph, std::size_t attack, std::uint64_t seed);

// Kinds of pictures that are all different from each other, however alike.
const std::vector<std::string_view>& negative_kinds();
Canvas negative(std::string_view kind, std::uint64_t seed);

}  // namespace copytaster::testing
