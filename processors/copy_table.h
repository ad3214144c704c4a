// From a key's hash to the posts that have it, in four bytes a post: 24 bits of the post's number and 8
// bits of the hash. The key itself is not here: callers look at the post and compare.
//
// Open addressing in buckets of 16 entries, one cache line each: a look-up nearly always reads one line, and
// compares its 16 entries at once. The buckets lie in 256 segments that grow one by one, so that no insert
// pays for the whole table. A key that very many posts share keeps kMaxSame of them: a hot text must not make
// a look-up long. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "absl/functional/function_ref.h"

namespace copytaster {

class CopyTable {
 public:
  static constexpr std::uint32_t kNumberBits = 24;
  static constexpr std::uint32_t kNumberMask = (1U << kNumberBits) - 1;
  static constexpr std::size_t kMaxSame = 24;

  // Puts into the place of each entry the hash under which it stands in this table. Asked when entries move,
  // for many at once: each lies elsewhere in memory, and so all are waited for together.
  using HashesOf = absl::FunctionRef<void(std::span<std::uint64_t> entries)>;
  static constexpr std::uint32_t number_in(std::uint64_t entry) {  // masked
    return static_cast<std::uint32_t>(entry) & kNumberMask;
  }
  // The 8 bits of the hash from bit 40 on, where they are not 255.
  static constexpr std::uint32_t tag_in(std::uint64_t entry) {
    return (static_cast<std::uint32_t>(entry) >> kNumberBits) - 1;
  }

  // How many entries there will be at most: the table stops growing in leaps where it holds them. It may
  // still be given more.
  void expect_at_most(std::size_t entries);
  // Asks memory for where a look-up of `hash` begins, without waiting for it.
  void prefetch(std::uint64_t hash) const {
    const Segment& segment = segments_[hash >> 56];
    if (!segment.buckets.empty()) __builtin_prefetch(&segment.buckets[home(hash, segment.buckets.size())]);
  }
  void insert(std::uint64_t hash, std::uint32_t number, HashesOf hashes_of);
  // Nothing happens when it is not there (pushed out by kMaxSame others).
  void erase(std::uint64_t hash, std::uint32_t number, HashesOf hashes_of);
  // Visits masked numbers whose hash may be `hash`, until `visit` returns false.
  void each(std::uint64_t hash, absl::FunctionRef<bool(std::uint32_t masked_number)> visit) const;
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kBucketSize = 16;
  // Its entries stand at the front, in the order in which they came; 0: free. An entry that found its own
  // bucket full is in the next one that was not.
  struct alignas(64) Bucket {
    std::array<std::uint32_t, kBucketSize> entries = {};
    [[nodiscard]] bool full() const { return entries.back() != 0; }
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] std::uint32_t with_tag(std::uint32_t tag) const;  // a bit for each
    void append(std::uint32_t entry) { entries[size()] = entry; }
    void remove(std::size_t at);
  };
  struct Segment {
    std::vector<Bucket> buckets;
    std::uint32_t used = 0;
  };

  static std::uint32_t entry_of(std::uint64_t hash, std::uint32_t number);
  static std::size_t home(std::uint64_t hash, std::size_t buckets) {
    return static_cast<std::size_t>(((hash & 0xffffffffU) * buckets) >> 32);
  }
  static void place(Segment& segment, std::uint64_t hash, std::uint32_t entry);
  static void fill_hole(Segment& segment, std::size_t hole, HashesOf hashes_of);
  void grow(Segment& segment, HashesOf hashes_of) const;
  [[nodiscard]] std::size_t larger(std::size_t buckets) const;

  std::size_t last_size_ =
      std::numeric_limits<std::size_t>::max();  // buckets of a segment that holds all expected
  std::array<Segment, 256> segments_;
};

}  // namespace copytaster
