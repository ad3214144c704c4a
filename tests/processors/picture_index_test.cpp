#include "processors/picture_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "processors/picture_cut.h"
#include "processors/picture_facts.h"
#include "tests/processors/hashed_picture.h"

namespace copytaster {
namespace {

using testing::flipped;
using testing::picture;
using testing::scene_of;

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
  EXPECT_EQ(match->likeness, PictureLikeness::kBytes);
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

Media card(std::string_view sha, std::string_view folded_into = "") {
  Media media = picture({1, 2, 3, 4}, 0, std::string(sha));
  media.set_folded_into(std::string(folded_into));
  return media;
}

// A picture that says nothing by its shapes is found by its bytes alone.
TEST(PictureIndex, TheNextOneWithTheseBytesIsFoundWhenTheFirstIsReplaced) {
  PictureIndex index(100);
  for (const char* key : {"a#0", "b#0", "c#0"}) index.remember(key, card("old"));
  index.remember("a#0", card("new"));
  const auto match = index.find(card("old"), "d#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "b#0");
  index.remember("c#0", card("new"));
  index.remember("b#0", card("new"));
  EXPECT_FALSE(index.find(card("old"), "d#0"));
  EXPECT_EQ(index.same_as(card("new"), "d#0"), (std::vector<std::string>{"a#0", "c#0", "b#0"}));
}

TEST(PictureIndex, AllKeysOfTheSameBytesAreTold) {
  PictureIndex index(1000);
  index.remember("a#0", card("bytes"));
  index.remember("a#1", card("bytes"));
  index.remember("b#0", card("others"));
  index.remember("c#0", card("bytes", "a#0"));
  EXPECT_EQ(index.same_as(card("bytes"), "d#0"), (std::vector<std::string>{"a#0", "a#1", "c#0"}));
  EXPECT_EQ(index.same_as(card("bytes"), "a#0"), std::vector<std::string>{"c#0"}) << "not its own item's";
  const auto match = index.find(card("bytes"), "d#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "a#0");
  EXPECT_FALSE(index.find(card("bytes"), "a#0")) << "the first one is not folded into its copies";
  for (int i = 0; i < 500; ++i) index.remember("p:" + std::to_string(i) + "#0", card("bytes", "a#0"));
  EXPECT_EQ(index.same_as(card("bytes"), "d#0").size(), 64U);
}

// An item that shows one card a hundred times hides no other one's.
TEST(PictureIndex, AnothersBytesAreFoundBehindTheItemsOwn) {
  PictureIndex index(1000);
  for (int i = 0; i < 100; ++i) index.remember("a#" + std::to_string(i), card("bytes"));
  index.remember("b#0", card("bytes"));
  EXPECT_EQ(index.same_as(card("bytes"), "a#0"), std::vector<std::string>{"b#0"});
}

TEST(PictureIndex, TheSameBytesAreFoundInTheNewerHalf) {
  PictureIndex index(100);
  for (int i = 0; i < 101; ++i) index.remember("p:" + std::to_string(i) + "#0", card("bytes"));
  const auto match = index.find(card("bytes"), "later#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "p:50#0");
  EXPECT_EQ(index.same_as(card("bytes"), "later#0").size(), 51U);
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

// The least distance of two hashes of which no chunk that differs in at most one bit has at most
// kSampleDistance wrong in the two behind it: chunk by chunk round the ring, over all ways. More than six
// wrong bits in a chunk hide no more than six do.
TEST(PictureIndex, NothingWithinTheDistanceHidesFromEveryList) {
  constexpr int kWrong = PdqTable::kSampleDistance + 2, kNone = 1000;
  int least = kNone;
  for (int first = 0; first < kWrong; ++first) {
    for (int second = 0; second < kWrong; ++second) {
      std::array<std::array<int, kWrong>, kWrong> sums;  // by the last two chunks
      for (auto& row : sums) row.fill(kNone);
      sums[static_cast<std::size_t>(first)][static_cast<std::size_t>(second)] = first + second;
      for (int chunk = 2; chunk < 18; ++chunk) {
        auto next = sums;
        for (auto& row : next) row.fill(kNone);
        for (std::size_t a = 0; a < kWrong; ++a) {
          for (std::size_t b = 0; b < kWrong; ++b) {
            for (std::size_t c = 0; c < kWrong; ++c) {
              const bool closes = chunk < 16 || static_cast<int>(c) == (chunk == 16 ? first : second);
              const bool hidden = a > 1 || static_cast<int>(b + c) > PdqTable::kSampleDistance;
              if (!closes || !hidden) continue;
              next[b][c] = std::min(next[b][c], sums[a][b] + (chunk < 16 ? static_cast<int>(c) : 0));
            }
          }
        }
        sums = next;
      }
      for (const auto& row : sums) least = std::min(least, *std::ranges::min_element(row));
    }
  }
  EXPECT_GT(least, kSamePictureDistance);
}

// However the errors lie: what a look-up reads of each chunk and of the two behind it is always enough.
TEST(PictureIndex, FindsEveryPatternOfErrors) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 3000; ++round) {
    // 31 errors, heaped up on few chunks or spread over all; a chunk has 16 bits.
    std::array<int, 16> errors{};
    const auto chunks = 2 + random() % 15;
    for (int left = kSamePictureDistance; left > 0;) {
      int& one = errors[random() % (round % 2 == 0 ? 16 : chunks)];
      if (one < 16) ++one, --left;
    }
    const PdqBits bits = {random(), random(), random(), random()};
    PdqBits other = bits;
    for (std::size_t chunk = 0; chunk < 16; ++chunk) {
      for (int count = 0; count < errors[chunk];) {
        const std::uint64_t bit = std::uint64_t{1} << (16 * (chunk % 4) + random() % 16);
        if (((other[chunk / 4] ^ bits[chunk / 4]) & bit) != 0) continue;
        other[chunk / 4] ^= bit;
        ++count;
      }
    }
    static PdqTable table;  // its lists take a while to make
    table.insert(bits, static_cast<std::uint32_t>(round));
    std::vector<std::uint32_t> numbers;
    table.near(other, &numbers);
    ASSERT_NE(std::ranges::find(numbers, static_cast<std::uint32_t>(round)), numbers.end()) << round;
  }
}

TEST(PictureIndex, FindsTurnedAndMirroredPictures) {
  std::mt19937_64 random(5);
  PictureIndex index(1000);
  for (int i = 0; i < 50; ++i)
    index.remember("p:" + std::to_string(i) + "#0", picture({random(), random(), random(), random()}));
  const PdqBits bits = {random(), random(), random(), random()};
  index.remember("a#0", picture(bits));
  for (const PdqBits& turned : turned_pdq(bits)) {
    const auto match = index.find(picture(flipped(turned, 20, random)), "b#0");
    ASSERT_TRUE(match);
    EXPECT_EQ(match->key, "a#0");
    EXPECT_EQ(match->likeness, PictureLikeness::kTurned);
    EXPECT_EQ(match->distance, 20);
    EXPECT_EQ(index.same_as(picture(turned), "b#0"), std::vector<std::string>{"a#0"});
    EXPECT_FALSE(index.find(picture(flipped(turned, 32, random)), "b#0"));
  }
}

TEST(PictureIndex, FindsTheSamePhotographCutDifferently) {
  PictureIndex index(1000);
  for (unsigned scene = 1; scene <= 30; ++scene)
    index.remember("p:" + std::to_string(scene) + "#0", scene_of(scene, 0, 0));
  int found = 0;
  for (unsigned scene = 1; scene <= 30; ++scene) {
    for (const int cut : {1, 2, 3, 4}) {
      const auto match = index.find(scene_of(scene, cut, cut), "later#0");
      if (!match) continue;
      ++found;
      EXPECT_EQ(match->key, "p:" + std::to_string(scene) + "#0");
      EXPECT_EQ(match->likeness, PictureLikeness::kCut);
      EXPECT_GE(match->agreement, kCutAgreement);
    }
    EXPECT_FALSE(index.find(scene_of(scene + 100, 0, 0), "later#0"));
  }
  EXPECT_GE(found, 116) << "of 120";
}

// What is folded leaves its marks to the first; when it stands alone again, it is found by its own.
TEST(PictureIndex, AFoldedPictureIsFoundByTheFirstOnes) {
  PictureIndex index(1000);
  Media copy = scene_of(1, 0, 0);
  copy.set_folded_into("gone#0");
  index.remember("a#0", copy);
  EXPECT_FALSE(index.find(scene_of(1, 3, 3), "b#0"));
  copy.clear_folded_into();
  index.remember("a#0", copy);
  EXPECT_TRUE(index.find(scene_of(1, 3, 3), "b#0"));
}

TEST(PictureIndex, OtherBytesUnderTheSameKeyAreFoundNoMoreByAPart) {
  PictureIndex index(1000);
  for (unsigned scene = 1; scene <= 40; ++scene) index.remember("a#0", scene_of(scene, 0, 0));
  EXPECT_FALSE(index.find(scene_of(39, 3, 3), "b#0"));
  const auto match = index.find(scene_of(40, 3, 3), "b#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "a#0");
}

TEST(PictureIndex, TheNewerHalfIsFoundByAPartAfterTheOlderOneWent) {
  PictureIndex index(100);
  for (unsigned scene = 1; scene <= 120; ++scene)
    index.remember("p:" + std::to_string(scene) + "#0", scene_of(scene, 0, 0));
  EXPECT_EQ(index.size(), 70U);
  EXPECT_FALSE(index.find(scene_of(20, 3, 3), "later#0"));
  for (unsigned scene = 60; scene <= 120; ++scene) {
    const auto match = index.find(scene_of(scene, 3, 3), "later#0");
    ASSERT_TRUE(match) << scene;
    EXPECT_EQ(match->key, "p:" + std::to_string(scene) + "#0");
  }
}

// A look-up reads a bounded part of the lists, whatever is put in.
TEST(PictureIndex, AMillionPicturesOfOneHashKeepALookUpShort) {
  for (const std::uint64_t word : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{0x0123456789abcdef}}) {
    PdqTable table;
    const PdqBits bits = {word, word, word, word};
    for (std::uint32_t number = 0; number < 1'000'000; ++number) table.insert(bits, number);
    std::vector<std::uint32_t> numbers;
    table.near(bits, &numbers);
    EXPECT_NE(std::ranges::find(numbers, 0U), numbers.end()) << "the first one is found";
    EXPECT_LE(numbers.size(), PdqTable::kMostVisited + 272 * PdqTable::kSlots);
    EXPECT_LE(table.memory_bytes(), std::size_t{8} << 20);
  }
}

TEST(PictureIndex, ManyPicturesOfOneHashAreFoldedIntoTheFirst) {
  PictureIndex index(20'000);
  Media same = scene_of(1, 0, 0);
  for (int i = 0; i < 20'000; ++i) {
    same.set_folded_into(i == 0 ? "" : "p:0#0");
    index.remember("p:" + std::to_string(i) + "#0", same);
  }
  const auto match = index.find(same, "later#0");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->key, "p:0#0");
  EXPECT_EQ(index.same_as(same, "later#0").size(), 64U);
  const auto part = index.find(scene_of(1, 3, 3), "later#0");
  ASSERT_TRUE(part);
  EXPECT_EQ(part->key, "p:0#0");
}

TEST(PictureIndex, HashesOfNothingButZerosOrOnes) {
  PictureIndex index(100);
  index.remember("zeros#0", picture({0, 0, 0, 0}));
  index.remember("ones#0", picture({~0ULL, ~0ULL, ~0ULL, ~0ULL}));
  const auto zeros = index.find(picture({0, 0, 0, 1}), "a#0"),
             ones = index.find(picture({~0ULL, ~0ULL, ~0ULL, ~1ULL}), "a#0");
  ASSERT_TRUE(zeros && ones);
  EXPECT_EQ(zeros->key, "zeros#0");
  EXPECT_EQ(ones->key, "ones#0");
}

TEST(PictureIndex, OddLumaIsNoPart) {
  PictureIndex index(100);
  Media odd = scene_of(1, 0, 0), cut = scene_of(1, 3, 3);
  odd.mutable_pdq()->set_luma("short");
  index.remember("a#0", odd);
  EXPECT_FALSE(index.find(cut, "b#0"));
  index.remember("c#0", scene_of(1, 0, 0));
  cut.mutable_pdq()->set_luma(std::string(2048, 'x'));
  EXPECT_FALSE(index.find(cut, "b#0"));
}

TEST(PictureIndex, CountsWhatItHolds) {
  PictureIndex index(10'000);
  const std::size_t empty = index.memory_bytes();
  for (unsigned i = 0; i < 2000; ++i)
    index.remember("a-key-that-is-longer-than-a-small-string:" + std::to_string(i) + "#0",
                   scene_of(i % 50, 0, 0));
  // Entries, hashes and lists: more than what a picture takes at least, less than twice what it should.
  EXPECT_GT(index.memory_bytes(), empty + 2000 * (32 + 136 + 32 + 45 + 16 * 8));
  EXPECT_LT(index.memory_bytes(), empty + (std::size_t{16} << 20));
}

TEST(ComparePictures, SaysHowTwoAreOne) {
  Media one = scene_of(1, 0, 0), other = one;
  one.set_sha256("aa"), other.set_sha256("aa");
  EXPECT_EQ(compare_pictures(one, other)->likeness, PictureLikeness::kBytes);
  other.set_sha256("bb");
  EXPECT_EQ(compare_pictures(one, other)->likeness, PictureLikeness::kSame);
  EXPECT_EQ(compare_pictures(one, scene_of(1, 3, 3))->likeness, PictureLikeness::kCut);
  EXPECT_FALSE(compare_pictures(one, scene_of(2, 0, 0)));
  EXPECT_FALSE(compare_pictures(one, Media()));
}

// A camera on its stand: PDQ is near, the middle is another. Nor are they one another's mirror picture then.
TEST(ComparePictures, OfOneHashWithAnotherInTheMiddleAreTwo) {
  Media one = scene_of(1, 0, 0), other = one;
  std::string changed = one.pdq().luma();
  for (int row = 8; row < 24; ++row) {
    for (int column = 11; column < 21; ++column) {
      char& cell = changed[static_cast<std::size_t>(row * kLumaEdge + column)];
      cell = static_cast<char>(static_cast<unsigned char>(row < 14 ? 255 : 0));
    }
  }
  other.mutable_pdq()->set_luma(changed);
  EXPECT_FALSE(compare_pictures(one, other));
  EXPECT_FALSE(compare_pictures(other, one));
  PictureIndex index(100);
  index.remember("a#0", one);
  EXPECT_FALSE(index.find(other, "b#0"));
}

}  // namespace
}  // namespace copytaster
