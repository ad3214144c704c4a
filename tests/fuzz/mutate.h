// Seeded damage to seeds: what a wire, a disk or a hostile author does to bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace copytaster::fuzz {

// SplitMix64: the same numbers on every machine, and any seed is a good one.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();
  // 0 to `limit` - 1; 0 for a limit of 0.
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t state_;
};

// One to four times one of: flipped bits, other bytes, a cut, something left out, something put in, a piece
// of another seed, a piece many times over. At most `most` bytes.
[[nodiscard]] std::string mutate(std::string_view seed, const std::vector<std::string>& others,
                                 std::size_t most, Random& random);

}  // namespace copytaster::fuzz
