#include <gtest/gtest.h>

#include <functional>

#include "processors/pdq_bits.h"
#include "processors/picture_facts.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

constexpr int kSide = 192;
// Large, because the published filters are not quite the same from either end of a picture.
constexpr int kLarge = 768;

std::vector<float> moved(const std::vector<float>& in,
                         const std::function<std::pair<int, int>(int, int)>& from) {
  std::vector<float> out;
  for (int r = 0; r < kLarge; ++r) {
    for (int c = 0; c < kLarge; ++c) {
      const auto [row, column] = from(r, c);
      out.push_back(in[static_cast<std::size_t>(row * kLarge + column)]);
    }
  }
  return out;
}

int ones(std::string_view hash) { return bits_between(hash, std::string(hash.size(), '0')); }

// The value is stored and compared with other people's: it may never change.
TEST(Pdq, IsBitForBitTheSameEverywhere) {
  const auto luma = scene(1, kSide, kSide);
  const PictureHash hash = pdq_hash(luma.data(), kSide, kSide);
  EXPECT_EQ(hash.hash(), "25ab0cea19de8c1e1a394a50bf71347f58e747c66536bbebe8e8460cf251a898");
  EXPECT_EQ(hash.quality(), 100U);
}

TEST(Pdq, HalfOfTheBitsAreSet) {
  for (int number = 0; number < 6; ++number) {
    const auto luma = scene(number, 150, 211);
    const PictureHash hash = pdq_hash(luma.data(), 150, 211);
    ASSERT_EQ(hash.hash().size(), 64U);
    EXPECT_EQ(ones(hash.hash()), 128) << number;
  }
}

TEST(Pdq, AFlatPictureSaysSo) {
  const std::vector<float> grey(kSide * kSide, 128);
  EXPECT_EQ(pdq_hash(grey.data(), kSide, kSide).quality(), 0U);
}

TEST(Pdq, SurvivesScalingAndLightAndTellsScenesApart) {
  const auto small = scene(2, 128, 160);
  auto large = scene(2, 400, 500);
  for (float& value : large) value = value * 0.9F + 10;
  const std::string a = pdq_hash(small.data(), 128, 160).hash();
  EXPECT_LE(bits_between(a, pdq_hash(large.data(), 400, 500).hash()), 16);
  const auto other = scene(5, 128, 160);
  EXPECT_GE(bits_between(a, pdq_hash(other.data(), 128, 160).hash()), 60);
}

TEST(Pdq, TinyPicturesHaveAHash) {
  for (const auto& [rows, columns] : {std::pair(1, 1), {1, 300}, {300, 1}, {2, 3}, {63, 65}, {129, 127}}) {
    const auto luma = scene(1, rows, columns);
    EXPECT_EQ(pdq_hash(luma.data(), rows, columns).hash().size(), 64U) << rows << "x" << columns;
  }
}

// Each of the eight is what hashing the turned picture itself would give, but for rounding.
TEST(Pdq, DihedralHashesAreThoseOfTheTurnedPictures) {
  const auto luma = scene(3, kLarge, kLarge);
  const auto hashes = pdq_dihedral(luma.data(), kLarge, kLarge);
  constexpr int last = kLarge - 1;
  const std::array<std::function<std::pair<int, int>(int, int)>, 8> sources = {{
      [](int r, int c) { return std::pair(r, c); },
      [](int r, int c) { return std::pair(c, last - r); },         // a quarter turn to the left
      [](int r, int c) { return std::pair(last - r, last - c); },  // half a turn
      [](int r, int c) { return std::pair(last - c, r); },         // a quarter turn to the right
      [](int r, int c) { return std::pair(last - r, c); },         // upside down
      [](int r, int c) { return std::pair(r, last - c); },         // mirrored
      [](int r, int c) { return std::pair(c, r); },                // over the main diagonal
      [](int r, int c) { return std::pair(last - c, last - r); },  // over the other one
  }};
  EXPECT_EQ(hashes[0], pdq_hash(luma.data(), kLarge, kLarge).hash());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto turned = moved(luma, sources[i]);
    const std::string own = pdq_hash(turned.data(), kLarge, kLarge).hash();
    EXPECT_LE(bits_between(hashes[i], own), 12) << "transform " << i;
    for (std::size_t k = 0; k < hashes.size(); ++k) {
      if (k == i) continue;
      EXPECT_GE(bits_between(hashes[k], own), 60) << i << " looks like " << k;
    }
  }
}

// Turning the hash's bits is as good as turning the picture, but for the median.
TEST(Pdq, TheHashAloneCanBeTurned) {
  for (int number = 1; number < 5; ++number) {
    const auto luma = scene(number, kSide, kSide);
    auto hashes = pdq_dihedral(luma.data(), kSide, kSide);
    const auto turned = turned_pdq(*pdq_bits(hashes[0]));
    // In the order of turned_pdq().
    const std::array<std::size_t, 7> order = {5, 1, 3, 2, 4, 6, 7};
    for (std::size_t i = 0; i < turned.size(); ++i)
      EXPECT_LE(pdq_distance(turned[i], *pdq_bits(hashes[order[i]])), 16) << number << " " << i;
  }
}

}  // namespace
}  // namespace copytaster
