// Finds PDQ hashes at most 31 bits apart without looking at all of them. Of the 16 chunks of 16 bits of two
// such hashes at least one differs by at most one bit, and by at most kSampleDistance bits in the two chunks
// behind it (round the ring): a hash that broke this for each of its near chunks would be 32 bits away. (The
// first half is multi-index hashing, Norouzi, Punjani, Fleet 2012; the second is what makes it cheap: the two
// chunks lie beside the number in the list, and but one of 17,000 strangers passes.)
//
// Work: 272 short lists a look-up; a list stops at kLongestList numbers, and a look-up after kMostVisited
// that passed, whatever is put in. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "processors/pdq_bits.h"
#include "processors/picture_chunks.h"

namespace copytaster {

class PdqTable {
 public:
  static constexpr int kSampleDistance = 5;
  static constexpr std::size_t kSlots = 7;  // a block is a cache line
  static constexpr std::size_t kLongestList = 64 * kSlots;
  static constexpr std::size_t kMostVisited = 8192;  // more than one hash can bring, once in each of 16 lists

  // Numbers rise. What would make a list too long is left out of it: the first ones stay.
  void insert(const PdqBits& bits, std::uint32_t number);
  // Numbers that may be near, each maybe several times, in no order: the caller compares whole hashes.
  void near(const PdqBits& bits, std::vector<std::uint32_t>* out) const;

  void clear();
  [[nodiscard]] std::size_t memory_bytes() const {
    return heads_.capacity() * sizeof(std::uint32_t) + blocks_.memory_bytes();
  }

 private:
  static constexpr std::size_t kChunks = 16, kValues = 65536;
  static constexpr std::uint32_t kEnd = 0xffffffff;

  struct Slot {
    std::uint32_t number = 0, sample = 0;
  };
  struct alignas(64) Block {
    std::uint32_t next = kEnd;
    std::uint16_t used = 0, behind = 0;  // blocks behind this one
    Slot slots[kSlots];
  };

  std::vector<std::uint32_t> heads_;  // kChunks × kValues, made with the first picture; newest block first
  ChunkedVector<Block> blocks_;
};

}  // namespace copytaster
