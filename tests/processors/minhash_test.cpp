// MinHash's short ways against what they stand for.
#include "processors/minhash.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "processors/shingle.h"

namespace copytaster {
namespace {

// As minhash.h describes it, a bin after the other.
Signature by_the_book(const std::vector<std::uint64_t>& shingles) {
  constexpr std::uint32_t kNone = 0xffffffff;
  std::vector<std::uint32_t> least(Signature::kBins, kNone);
  for (const std::uint64_t one : shingles)
    least[one >> 58] = std::min(least[one >> 58], static_cast<std::uint32_t>(one));
  Signature out;
  out.empty = shingles.empty();
  if (out.empty) return out;
  for (std::size_t bin = 0; bin < Signature::kBins; ++bin) {
    std::size_t from = bin;
    for (std::uint64_t attempt = 1; least[from] == kNone; ++attempt)
      from = mix64((static_cast<std::uint64_t>(bin) << 32) + attempt) >> 58;
    out.bands[bin / 4] |= static_cast<std::uint32_t>(mix64(least[from]) >> 56) << (8 * (bin % 4));
  }
  return out;
}

TEST(MinHash, EmptyBinsBorrowAsTheyAlwaysDid) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  for (std::size_t count = 0; count < 2000; ++count) {
    MinHash hash;
    std::vector<std::uint64_t> shingles;
    // One shingle leaves 63 bins that borrow from one; hundreds leave none.
    for (std::size_t i = 0; i < (count < 1000 ? count / 20 : count % 300); ++i) {
      shingles.push_back(random());
      hash.add(shingles.back());
    }
    ASSERT_EQ(hash.finish(), by_the_book(shingles)) << shingles.size();
  }
}

TEST(MinHash, ATextWhoseOnlyShingleIsTheMarkOfAnEmptyBinIsBorne) {
  MinHash hash;
  hash.add(0xffffffff);
  EXPECT_TRUE(hash.finish().empty);
}

TEST(MinHash, EqualBinsAreCounted) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    Signature a, b;
    int equal = 0;
    for (std::size_t bin = 0; bin < Signature::kBins; ++bin) {
      const std::uint32_t x = random() % 4 * 85, y = random() % 4 * 85;
      a.bands[bin / 4] |= x << (8 * (bin % 4));
      b.bands[bin / 4] |= y << (8 * (bin % 4));
      equal += x == y ? 1 : 0;
    }
    ASSERT_EQ(equal_bins(a.bands, b.bands), equal);
    ASSERT_EQ(equal_bins(a.bands, a.bands), static_cast<int>(Signature::kBins));
  }
}

}  // namespace
}  // namespace copytaster
