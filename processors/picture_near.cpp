#include "processors/picture_near.h"

#include <algorithm>
#include <array>
#include <bit>

namespace copytaster {
namespace {

std::uint32_t chunk_of(const PdqBits& bits, std::size_t chunk) {
  return static_cast<std::uint32_t>((bits[chunk / 4] >> (16 * (chunk % 4))) & 0xffff);
}

// The two chunks behind it.
std::uint32_t sample_of(const PdqBits& bits, std::size_t chunk) {
  return chunk_of(bits, (chunk + 1) % 16) << 16 | chunk_of(bits, (chunk + 2) % 16);
}

}  // namespace

void PdqTable::insert(const PdqBits& bits, std::uint32_t number) {
  if (heads_.empty()) heads_.assign(kChunks * kValues, kEnd);
  for (std::size_t chunk = 0; chunk < kChunks; ++chunk) {
    std::uint32_t& head = heads_[chunk * kValues + chunk_of(bits, chunk)];
    if (head == kEnd || blocks_[head].used == kSlots) {
      const std::uint32_t behind = head == kEnd ? 0 : blocks_[head].behind + 1U;
      if (behind >= kLongestList / kSlots) continue;
      Block block;
      block.next = head;
      block.behind = static_cast<std::uint16_t>(behind);
      head = static_cast<std::uint32_t>(blocks_.size());
      blocks_.push_back(block);
    }
    Block& block = blocks_[head];
    block.slots[block.used++] = {number, sample_of(bits, chunk)};
  }
}

void PdqTable::near(const PdqBits& bits, std::vector<std::uint32_t>* out) const {
  if (heads_.empty()) return;
  struct Walk {
    std::uint32_t block, sample;
  };
  constexpr std::size_t kLists = kChunks * 17;
  std::array<Walk, kLists> walks;
  for (std::size_t i = 0; i < kLists; ++i) {
    const std::size_t chunk = i / 17, flip = i % 17;
    const std::uint32_t value = chunk_of(bits, chunk) ^ (flip == 16 ? 0 : 1U << flip);
    walks[i] = {static_cast<std::uint32_t>(chunk * kValues + value), sample_of(bits, chunk)};
    __builtin_prefetch(&heads_[walks[i].block]);
  }
  std::size_t open = 0;
  for (const Walk& walk : walks) {
    const std::uint32_t head = heads_[walk.block];
    if (head == kEnd) continue;
    walks[open++] = {head, walk.sample};
    __builtin_prefetch(&blocks_[head]);
  }
  // All lists side by side, a block of each at a time: the next ones are on their way meanwhile.
  const std::size_t most = out->size() + kMostVisited;
  while (open > 0 && out->size() < most) {
    std::size_t still = 0;
    for (std::size_t i = 0; i < open; ++i) {
      const Walk walk = walks[i];
      const Block& block = blocks_[walk.block];
      for (std::size_t slot = 0; slot < block.used; ++slot) {
        if (std::popcount(block.slots[slot].sample ^ walk.sample) <= kSampleDistance)
          out->push_back(block.slots[slot].number);
      }
      if (block.next == kEnd) continue;
      walks[still++] = {block.next, walk.sample};
      __builtin_prefetch(&blocks_[block.next]);
    }
    open = still;
  }
}

void PdqTable::clear() {
  heads_.clear();
  heads_.shrink_to_fit();
  blocks_.shorten(0);
}

}  // namespace copytaster
