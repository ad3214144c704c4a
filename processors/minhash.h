// One-permutation MinHash: one hash a shingle, 64 bins by its top bits, the least hash of each bin kept.
// Empty bins borrow by optimal densification (Shrivastava, ICML 2017), so that two texts' bins agree with
// the probability of their Jaccard similarity. Of each bin 8 bits are kept (b-bit minwise hashing, Li and
// König 2010): 64 bytes a post, and four bins are at the same time one LSH band of 32 bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace copytaster {

// Bytes are bins; word i holds bins 4i to 4i+3, lowest byte first.
struct Signature {
  static constexpr std::size_t kBins = 64;
  static constexpr std::size_t kBands = 16;
  std::array<std::uint32_t, kBands> bands = {};
  bool empty = true;  // made from no shingle
  friend bool operator==(const Signature&, const Signature&) = default;
};

class MinHash {
 public:
  MinHash() { least_.fill(kNone); }
  void add(std::uint64_t shingle) {
    auto& bin = least_[shingle >> 58];
    const auto value = static_cast<std::uint32_t>(shingle);
    bin = std::min(bin, value);
    ++shingles_;
  }
  [[nodiscard]] std::uint32_t shingles() const { return shingles_; }
  [[nodiscard]] Signature finish() const;

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::array<std::uint32_t, Signature::kBins> least_;
  std::uint32_t shingles_ = 0;
};

// Bins where two signatures that are not empty agree: in a header, for it is asked of fifty posts a post.
[[nodiscard]] inline int equal_bins(const std::array<std::uint32_t, Signature::kBands>& a,
                                    const std::array<std::uint32_t, Signature::kBands>& b) {
#ifdef __SSE2__
  __m128i equal = _mm_setzero_si128();
  for (std::size_t i = 0; i < Signature::kBands; i += 4) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&a[i]));
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(&b[i]));
    equal = _mm_sub_epi8(equal, _mm_cmpeq_epi8(x, y));  // an equal byte is -1
  }
  equal = _mm_sad_epu8(equal, _mm_setzero_si128());
  return _mm_cvtsi128_si32(equal) + _mm_extract_epi16(equal, 4);
#else
  int equal = 0;
  for (std::size_t i = 0; i < Signature::kBands; ++i) {
    const std::uint32_t x = a[i] ^ b[i];  // has a zero byte where they do
    equal += 4 - std::popcount((((x & 0x7f7f7f7fU) + 0x7f7f7f7fU) | x) & 0x80808080U);
  }
  return equal;
#endif
}

// Estimated Jaccard similarity, 0…1; standard error about 0.06 in the middle. 0 when one is empty.
[[nodiscard]] double similarity(const Signature& a, const Signature& b);

}  // namespace copytaster
