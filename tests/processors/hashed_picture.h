// Pictures as the index of pictures sees them: hashes and a small grey image, without any file.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "core/copytaster.pb.h"
#include "processors/pdq_bits.h"

namespace copytaster::testing {

[[nodiscard]] Media picture(const PdqBits& bits, std::uint32_t quality = 100, std::string sha = "");
// `count` of its bits are the other way round.
[[nodiscard]] PdqBits flipped(PdqBits bits, int count, std::mt19937_64& random);
// One photograph a seed; `shift` columns are cut off at its left, `cut` in all. Its PDQ says nothing of cuts.
[[nodiscard]] Media scene_of(unsigned seed, int shift, int cut);

}  // namespace copytaster::testing
