#include "processors/picture_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "processors/picture_facts.h"
#include "processors/story_picture_match.h"

namespace copytaster {
namespace {

std::string hex_of(const PdqBits& bits) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (const std::uint64_t word : bits) {
    for (int nibble = 15; nibble >= 0; --nibble) out += kHex[(word >> (4 * nibble)) & 15];
  }
  return out;
}

Media picture(const PdqBits& bits, std::uint32_t quality = 100, std::string sha = "") {
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

TEST(PdqBits, ReadsHexOnly) {
  EXPECT_TRUE(pdq_bits(std::string(64, 'a')).has_value());
  EXPECT_FALSE(pdq_bits(std::string(63, 'a')).has_value());
  EXPECT_FALSE(pdq_bits(std::string(64, 'g')).has_value());
  EXPECT_EQ(pdq_distance(*pdq_bits(std::string(64, '0')), *pdq_bits(std::string(64, 'f'))), 256);
}

// Every distance up to 31 is found, whichever bits differ; nothing beyond is.
TEST(PictureIndex, FindsExactlyWhatIsNear) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  PictureIndex index(100'000);
  std::vector<PdqBits> all;
  for (int i = 0; i < 2000; ++i) {
    all.push_back({random(), random(), random(), random()});
    index.remember("p:" + std::to_string(i) + "#0", picture(all.back()));
  }
  for (int i = 0; i < 2000; ++i) {
    const int distance = i % 40;
    const auto match =
        index.find(picture(flipped(all[static_cast<std::size_t>(i)], distance, random)), "new#0");
    ASSERT_EQ(match.has_value(), distance <= kSamePictureDistance) << distance;
    if (!match) continue;
    EXPECT_EQ(match->key, "p:" + std::to_string(i) + "#0");
    EXPECT_EQ(match->distance, distance);
  }
}

TEST(PictureIndex, PointsAtTheFirstOne) {
  std::mt19937_64 random(1);
  const PdqBits bits = {random(), random(), random(), random()};
  PictureIndex index(100);
  index.remember("a#0", picture(bits));
  Media second = picture(flipped(bits, 20, random));
  second.set_folded_into("a#0");
  index.remember("b#0", second);
  const auto match = index.find(picture(flipped(bits, 5, random)), "c#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "a#0");
  EXPECT_FALSE(index.find(picture(bits), "a#0")) << "the first one is not folded into its copies";
}

TEST(PictureIndex, FlatPicturesMatchOnlyByBytes) {
  const PdqBits bits = {1, 2, 3, 4};
  PictureIndex index(100);
  index.remember("a#0", picture(bits, 49, "aa"));
  EXPECT_FALSE(index.find(picture(bits, 49, "bb"), "b#0"));
  const auto match = index.find(picture(bits, 49, "aa"), "b#0");
  ASSERT_TRUE(match);
  EXPECT_TRUE(match->exact);
}

TEST(PictureIndex, NotAMatchForItsOwnItem) {
  const PdqBits bits = {1, 2, 3, 4};
  PictureIndex index(100);
  index.remember("a#0", picture(bits));
  EXPECT_FALSE(index.find(picture(bits), "a#1"));
  EXPECT_TRUE(index.same_as(picture(bits), "a#1").empty());
  EXPECT_EQ(index.same_as(picture(bits), "b#0"), std::vector<std::string>{"a#0"});
}

TEST(PictureIndex, ReplacedPictureIsFoundNoMore) {
  PictureIndex index(100);
  index.remember("a#0", picture({1, 2, 3, 4}, 100, "old"));
  index.remember("a#0", picture({~0ULL, ~0ULL, 0, 0}, 100, "new"));
  EXPECT_FALSE(index.find(picture({1, 2, 3, 4}), "b#0"));
  EXPECT_TRUE(index.find(picture({~0ULL, ~0ULL, 0, 0}), "b#0"));
}

TEST(PictureIndex, OldestHalfGoesWhenFull) {
  std::mt19937_64 random(3);
  PictureIndex index(100);
  std::vector<PdqBits> all;
  for (int i = 0; i < 101; ++i) {
    all.push_back({random(), random(), random(), random()});
    index.remember("p" + std::to_string(i) + "#0", picture(all.back()));
  }
  EXPECT_EQ(index.size(), 51U);
  EXPECT_FALSE(index.find(picture(all[0]), "new#0"));
  EXPECT_TRUE(index.find(picture(all[100]), "new#0"));
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

TEST(BestOverlap, FindsTheSamePhotographCutDifferently) {
  for (unsigned scene = 1; scene <= 12; ++scene) {
    EXPECT_GT(best_overlap(luma(scene, 0, 0), luma(scene, 0, 0)), 0.999);
    EXPECT_GE(best_overlap(luma(scene, 0, 0), luma(scene, 3, 3)), kSamePhotograph) << scene;
    EXPECT_GE(best_overlap(luma(scene, 0, 3), luma(scene, 3, 3)), kSamePhotograph) << scene;
    EXPECT_LT(best_overlap(luma(scene, 0, 0), luma(scene + 100, 0, 0)), kSamePhotograph) << scene;
  }
}

TEST(BestOverlap, FlatOrMissingIsNoMatch) {
  EXPECT_EQ(best_overlap("", luma(1, 0, 0)), 0);
  EXPECT_EQ(best_overlap(std::string(1024, '\x80'), std::string(1024, '\x80')), 0);
}

}  // namespace
}  // namespace copytaster
