// From a key's hash to the posts that have it, in four bytes a post: 24 bits of the post's number and 8
// bits of the hash. The key itself is not here: callers look at the post and compare.
//
// Open addressing in 256 segments that grow one by one by half, so that no insert pays for the whole
// table. A key that very many posts share keeps kMaxSame of them: a hot text must not make a look-up long.
// Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"

namespace copytaster {

class CopyTable {
 public:
  static constexpr std::uint32_t kNumberBits = 24;
  static constexpr std::uint32_t kNumberMask = (1U << kNumberBits) - 1;
  static constexpr std::size_t kMaxSame = 24;

  // The 64-bit hash under which a (masked) number stands in this table; asked when entries move.
  using HashOf = absl::FunctionRef<std::uint64_t(std::uint32_t masked_number)>;

  void insert(std::uint64_t hash, std::uint32_t number, HashOf hash_of);
  // Nothing happens when it is not there (pushed out by kMaxSame others).
  void erase(std::uint64_t hash, std::uint32_t number, HashOf hash_of);
  // Visits masked numbers whose hash may be `hash`, until `visit` returns false.
  void each(std::uint64_t hash, absl::FunctionRef<bool(std::uint32_t masked_number)> visit) const;
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Segment {
    std::vector<std::uint32_t> entries;  // 0: free
    std::uint32_t used = 0;
  };
  static constexpr std::size_t kFirstSize = 16;

  static std::uint32_t entry_of(std::uint64_t hash, std::uint32_t number);
  static std::size_t home(std::uint64_t hash, std::size_t size) {
    return static_cast<std::size_t>(((hash & 0xffffffffU) * size) >> 32);
  }
  static void place(Segment& segment, std::uint64_t hash, std::uint32_t entry);
  static void grow(Segment& segment, HashOf hash_of);

  std::array<Segment, 256> segments_;
};

}  // namespace copytaster
