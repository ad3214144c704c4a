#include "processors/picture_mark_table.h"

#include <algorithm>
#include <bit>

namespace copytaster {
namespace {

constexpr int kCodeShift = 34;  // of a slot: the code's bits from kLeastLevel on
constexpr std::uint64_t kNumberMask = (1U << 24) - 1;

std::uint64_t cell_of(float at) {
  return static_cast<std::uint64_t>(std::clamp(at + 0.5F, 0.0F, static_cast<float>(kLumaEdge - 1)));
}

// Keys are far from even (blobs are alike in their middle), so they are stirred, one to one: what is stored
// of a stirred key is as good as the key.
std::uint64_t stir(std::uint64_t key) {
  for (const std::uint64_t odd : {0x2c1b3c6dULL, 0x297a2d39ULL}) {
    key ^= key >> (kMarkKeyBits / 2);
    key = key * odd & kMarkKeyMask;
  }
  return key ^ key >> (kMarkKeyBits / 2);
}

std::uint64_t stirred(std::uint64_t code, std::uint64_t key) { return (code & ~kMarkKeyMask) | stir(key); }

}  // namespace

std::size_t MarkTable::place_of(std::uint64_t code) const {
  const std::uint64_t deep = code & ((std::uint64_t{2} << level_) - 1);
  return static_cast<std::size_t>(deep < buckets_.size() ? deep : code & ((std::uint64_t{1} << level_) - 1));
}

void MarkTable::put(std::size_t bucket, Slot slot) {
  auto& slots = buckets_[bucket].slots;
  const auto free = std::ranges::find(slots, kFree);
  if (free != slots.end()) *free = slot;
}

void MarkTable::split_one() {
  // Beyond the key's bits a bucket would be found only by signs that may differ.
  if (level_ >= kMarkKeyBits) return;
  const std::size_t from = buckets_.size() - (std::size_t{1} << level_);
  buckets_.push_back(Bucket());
  const std::size_t to = buckets_.size() - 1;
  for (Slot& slot : buckets_[from].slots) {
    if (slot == kFree || ((slot >> (kCodeShift + level_ - kLeastLevel)) & 1) == 0) continue;
    put(to, slot);
    slot = kFree;
  }
  if (buckets_.size() == std::size_t{2} << level_) ++level_;
}

void MarkTable::insert(std::span<const PictureMark> marks, std::uint32_t number) {
  while (buckets_.size() < std::size_t{1} << kLeastLevel) buckets_.push_back(Bucket());
  for (const PictureMark& mark : marks) {
    const std::uint64_t code = stirred(mark.code, mark.code & kMarkKeyMask);
    const Slot slot = std::uint64_t{number} | cell_of(mark.x) << 24 | cell_of(mark.y) << 29 |
                      (code >> kLeastLevel) << kCodeShift;
    if (slot == kFree) continue;
    put(place_of(code), slot);
    // Those that found no place count too, or one key that many have would keep the table small for all.
    if (++inserted_ * 16 > buckets_.size() * kSlots * 10) split_one();
  }
}

void MarkTable::meet(std::span<const PictureMark> marks, std::vector<MetMark>* out) const {
  if (buckets_.empty()) return;
  for (const PictureMark& mark : marks) {
    for (const std::uint32_t key : mark.keys) __builtin_prefetch(&buckets_[place_of(stir(key))]);
  }
  constexpr int kKeyLeft = kMarkKeyBits - kLeastLevel;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    for (const std::uint32_t key : marks[i].keys) {
      const std::uint64_t wanted = stirred(marks[i].code, key);
      for (const Slot slot : buckets_[place_of(wanted)].slots) {
        if (slot == kFree) continue;
        const std::uint64_t other = (slot >> kCodeShift) ^ (wanted >> kLeastLevel);
        if ((other & ((1U << kKeyLeft) - 1)) != 0 || std::popcount(other >> kKeyLeft) > kMarkRestDistance)
          continue;
        out->push_back({static_cast<std::uint32_t>(slot & kNumberMask), static_cast<std::uint32_t>(i),
                        static_cast<std::uint8_t>((slot >> 24) & 31),
                        static_cast<std::uint8_t>((slot >> 29) & 31)});
      }
    }
  }
}

void MarkTable::drop_before(std::uint32_t first) {
  inserted_ = 0;
  for (std::size_t i = 0; i < buckets_.size(); ++i) {
    for (Slot& slot : buckets_[i].slots) {
      if (slot == kFree) continue;
      slot = (slot & kNumberMask) < first ? kFree : slot - first;
      inserted_ += slot == kFree ? 0 : 1;
    }
  }
}

}  // namespace copytaster
