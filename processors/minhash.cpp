#include "processors/minhash.h"

#include <algorithm>

#include "processors/shingle.h"

namespace copytaster {
namespace {

// Where an empty bin borrows: a walk that depends on the bin only, never on the text, so that equal sets
// borrow from equal bins.
constexpr std::size_t step(std::size_t bin, std::uint64_t attempt) {
  return static_cast<std::size_t>(mix64((static_cast<std::uint64_t>(bin) << 32) + attempt) >> 58);
}

// The first steps of each walk, for texts of a few words walk far.
constexpr std::size_t kSteps = 24;
using Walks = std::array<std::array<std::uint8_t, kSteps>, Signature::kBins>;
constexpr Walks kWalks = [] {
  Walks walks{};
  for (std::size_t bin = 0; bin < walks.size(); ++bin) {
    for (std::size_t i = 0; i < kSteps; ++i) walks[bin][i] = static_cast<std::uint8_t>(step(bin, i + 1));
  }
  return walks;
}();

// The bin that lends to the empty `bin`; `full` has the bits of those that have a value of their own, and is
// not 0. The first steps are taken without a branch: which of them ends the walk nobody can foretell.
std::size_t lender(std::size_t bin, std::uint64_t full) {
  const auto has_value = [full](std::size_t at) { return (full >> at & 1) != 0; };
  const auto& walk = kWalks[bin];
  std::size_t from = walk[3];
  for (const std::size_t i : {2, 1, 0}) from = has_value(walk[i]) ? walk[i] : from;
  if (has_value(from)) return from;
  for (std::size_t i = 4; i < kSteps; ++i) {
    if (has_value(walk[i])) return walk[i];
  }
  for (std::uint64_t attempt = kSteps + 1;; ++attempt) {
    if (has_value(step(bin, attempt))) return step(bin, attempt);
  }
}

}  // namespace

Signature MinHash::finish() const {
  Signature out;
  std::array<std::uint8_t, Signature::kBins> bytes;
  std::uint64_t full = 0;
  for (std::size_t bin = 0; bin < Signature::kBins; ++bin) {
    bytes[bin] = static_cast<std::uint8_t>(mix64(least_[bin]) >> 56);
    full |= std::uint64_t{least_[bin] != kNone} << bin;
  }
  out.empty = full == 0;
  if (out.empty) return out;
  std::array<std::uint8_t, Signature::kBins> all = bytes;
  for (std::uint64_t empty = ~full; empty != 0; empty &= empty - 1) {
    const auto bin = static_cast<std::size_t>(std::countr_zero(empty));
    all[bin] = bytes[lender(bin, full)];
  }
  for (std::size_t band = 0; band < Signature::kBands; ++band) {
    const std::uint8_t* four = &all[band * 4];
    out.bands[band] = four[0] | four[1] << 8 | four[2] << 16 | static_cast<std::uint32_t>(four[3]) << 24;
  }
  return out;
}

double similarity(const Signature& a, const Signature& b) {
  if (a.empty || b.empty) return 0;
  const int equal = equal_bins(a.bands, b.bands);
  // One bin in 256 agrees by chance.
  const double chance = 1.0 / 256;
  return std::max(0.0, (equal / static_cast<double>(Signature::kBins) - chance) / (1 - chance));
}

}  // namespace copytaster
