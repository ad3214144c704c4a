#include "tests/processors/hashed_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "processors/picture_cut.h"

namespace copytaster::testing {
namespace {

std::string hex_of(const PdqBits& bits) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t word : bits) {
    for (int nibble = 15; nibble >= 0; --nibble) out += kHex[(word >> (4 * nibble)) & 15];
  }
  return out;
}

// Blobs of light; `shift` columns are cut off at the left.
std::string luma(unsigned seed, int shift, int cut) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<std::array<double, 4>> blobs;
  for (int i = 0; i < 40; ++i) {
    const double x = unit(random) * 32, y = unit(random) * 32, size = 2 + unit(random) * 4;
    blobs.push_back({x, y, size, unit(random) * 200 - 100});
  }
  std::string out;
  for (int row = 0; row < kLumaEdge; ++row) {
    for (int column = 0; column < kLumaEdge; ++column) {
      const double x = shift + column * (kLumaEdge - cut) / static_cast<double>(kLumaEdge);
      double light = 128;
      for (const auto& [bx, by, size, height] : blobs) {
        light += height * std::exp(-((x - bx) * (x - bx) + (row - by) * (row - by)) / (size * size));
      }
      out.push_back(static_cast<char>(static_cast<unsigned char>(std::clamp(light, 0.0, 255.0))));
    }
  }
  return out;
}

}  // namespace

Media picture(const PdqBits& bits, std::uint32_t quality, std::string sha) {
  Media media;
  media.set_kind(PICTURE);
  media.mutable_pdq()->set_hash(hex_of(bits));
  media.mutable_pdq()->set_quality(quality);
  media.set_sha256(std::move(sha));
  return media;
}

PdqBits flipped(PdqBits bits, int count, std::mt19937_64& random) {
  std::vector<int> places(256);
  for (int i = 0; i < 256; ++i) places[static_cast<std::size_t>(i)] = i;
  std::shuffle(places.begin(), places.end(), random);
  for (int i = 0; i < count; ++i) {
    const auto place = static_cast<std::size_t>(places[static_cast<std::size_t>(i)]);
    bits[place / 64] ^= std::uint64_t{1} << (place % 64);
  }
  return bits;
}

Media scene_of(unsigned seed, int shift, int cut) {
  std::mt19937_64 random(seed * 100 + static_cast<unsigned>(shift * 10 + cut));
  Media media = picture({random(), random(), random(), random()});  // PDQ has nothing to say of cuts
  media.mutable_pdq()->set_luma(luma(seed, shift, cut));
  return media;
}

}  // namespace copytaster::testing
