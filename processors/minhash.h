// One-permutation MinHash: one hash a shingle, 64 bins by its top bits, the least hash of each bin kept.
// Empty bins borrow by optimal densification (Shrivastava, ICML 2017), so that two texts' bins agree with
// the probability of their Jaccard similarity. Of each bin 8 bits are kept (b-bit minwise hashing, Li and
// König 2010): 64 bytes a post, and four bins are at the same time one LSH band of 32 bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

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
    if (value < bin) bin = value;
    ++shingles_;
  }
  [[nodiscard]] std::uint32_t shingles() const { return shingles_; }
  [[nodiscard]] Signature finish() const;

 private:
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::array<std::uint32_t, Signature::kBins> least_;
  std::uint32_t shingles_ = 0;
};

// Estimated Jaccard similarity, 0…1; standard error about 0.06 in the middle. 0 when one is empty.
[[nodiscard]] double similarity(const Signature& a, const Signature& b);

}  // namespace copytaster
