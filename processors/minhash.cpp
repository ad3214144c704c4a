#include "processors/minhash.h"

#include <algorithm>
#include <bit>

#include "processors/shingle.h"

namespace copytaster {
namespace {

// Bins where the two agree, without a branch a byte: x has a zero byte where they do.
int equal_bytes(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t x = a ^ b;
  const std::uint32_t nonzero = ((x & 0x7f7f7f7fU) + 0x7f7f7f7fU) | x;
  return 4 - std::popcount(nonzero & 0x80808080U);
}

}  // namespace

Signature MinHash::finish() const {
  Signature out;
  out.empty = shingles_ == 0;
  if (out.empty) return out;
  for (std::size_t bin = 0; bin < Signature::kBins; ++bin) {
    std::size_t from = bin;
    // The walk depends on the bin only, never on the text: equal sets borrow from equal bins.
    for (std::uint64_t attempt = 1; least_[from] == kNone; ++attempt) {
      from = mix64((static_cast<std::uint64_t>(bin) << 32) + attempt) >> 58;
    }
    const auto byte = static_cast<std::uint32_t>(mix64(least_[from]) >> 56);
    out.bands[bin / 4] |= byte << (8 * (bin % 4));
  }
  return out;
}

double similarity(const Signature& a, const Signature& b) {
  if (a.empty || b.empty) return 0;
  int equal = 0;
  for (std::size_t i = 0; i < Signature::kBands; ++i) equal += equal_bytes(a.bands[i], b.bands[i]);
  // One bin in 256 agrees by chance.
  const double chance = 1.0 / 256;
  return std::max(0.0, (equal / static_cast<double>(Signature::kBins) - chance) / (1 - chance));
}

}  // namespace copytaster
