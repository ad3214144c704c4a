// The marks of all pictures (picture_marks.h) by their keys: buckets of eight, a cache line each, that are
// split one by one as the table grows (linear hashing), so that no insertion waits for all. A full bucket
// takes no more: a mark that thousands have is worth nothing, and a look-up reads one line a key, whatever is
// put in. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "processors/picture_chunks.h"
#include "processors/picture_marks.h"

namespace copytaster {

struct MetMark {
  std::uint32_t number = 0;   // of the picture
  std::uint32_t mark = 0;     // which of those that were asked for
  std::uint8_t x = 0, y = 0;  // where it is there, in cells
};

class MarkTable {
 public:
  static constexpr std::uint32_t kMostNumbers = (1U << 24) - 1;
  static constexpr std::size_t kSlots = 8;

  void insert(std::span<const PictureMark> marks, std::uint32_t number);
  // At most kMarkKeys × kSlots a mark.
  void meet(std::span<const PictureMark> marks, std::vector<MetMark>* out) const;
  // Forgets numbers below `first` and takes it off the others.
  void drop_before(std::uint32_t first);
  [[nodiscard]] std::size_t memory_bytes() const { return buckets_.memory_bytes(); }

 private:
  // 24 bits number, 5 bits x, 5 bits y, 30 bits of the code: all but the lowest ten, which are in every
  // bucket's place.
  using Slot = std::uint64_t;
  static constexpr Slot kFree = ~Slot{0};
  static constexpr int kLeastLevel = 10;
  struct alignas(64) Bucket {
    std::array<Slot, kSlots> slots;
    Bucket() { slots.fill(kFree); }
  };

  [[nodiscard]] std::size_t place_of(std::uint64_t code) const;
  void put(std::size_t bucket, Slot slot);
  void split_one();

  ChunkedVector<Bucket> buckets_;
  int level_ = kLeastLevel;  // 2^level buckets, and those of the next level that have been split off already
  std::size_t inserted_ = 0;
};

}  // namespace copytaster
