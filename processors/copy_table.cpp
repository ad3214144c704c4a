#include "processors/copy_table.h"

#include <utility>

namespace copytaster {

std::uint32_t CopyTable::entry_of(std::uint64_t hash, std::uint32_t number) {
  // A tag of 1 to 255: an entry is never 0.
  const auto tag = static_cast<std::uint32_t>((hash >> 40) & 0xff) % 255 + 1;
  return (tag << kNumberBits) | (number & kNumberMask);
}

void CopyTable::place(Segment& segment, std::uint64_t hash, std::uint32_t entry) {
  const std::size_t size = segment.entries.size();
  std::size_t at = home(hash, size);
  while (segment.entries[at] != 0) at = at + 1 == size ? 0 : at + 1;
  segment.entries[at] = entry;
}

void CopyTable::grow(Segment& segment, HashOf hash_of) {
  const std::size_t size = segment.entries.empty() ? kFirstSize : segment.entries.size() * 3 / 2;
  Segment larger{std::vector<std::uint32_t>(size, 0), segment.used};
  for (const std::uint32_t entry : segment.entries) {
    if (entry != 0) place(larger, hash_of(entry & kNumberMask), entry);
  }
  segment = std::move(larger);
}

void CopyTable::insert(std::uint64_t hash, std::uint32_t number, HashOf hash_of) {
  Segment& segment = segments_[hash >> 56];
  if (segment.used * 5 >= segment.entries.size() * 4) grow(segment, hash_of);
  const std::uint32_t entry = entry_of(hash, number);
  const std::size_t size = segment.entries.size();
  std::size_t same = 0;
  std::size_t at = home(hash, size);
  for (; segment.entries[at] != 0; at = at + 1 == size ? 0 : at + 1) {
    if ((segment.entries[at] ^ entry) >> kNumberBits != 0) continue;
    if (segment.entries[at] == entry) return;
    if (++same <= kMaxSame) continue;
    // Hot: the newest takes the place of another; old ones expire together, new ones lead on.
    segment.entries[at] = entry;
    return;
  }
  segment.entries[at] = entry;
  ++segment.used;
}

void CopyTable::erase(std::uint64_t hash, std::uint32_t number, HashOf hash_of) {
  Segment& segment = segments_[hash >> 56];
  const std::size_t size = segment.entries.size();
  if (size == 0) return;
  const std::uint32_t entry = entry_of(hash, number);
  std::size_t hole = home(hash, size);
  while (segment.entries[hole] != entry) {
    if (segment.entries[hole] == 0) return;
    hole = hole + 1 == size ? 0 : hole + 1;
  }
  // Knuth 6.4 R: what follows moves up unless its home lies behind the hole.
  for (std::size_t at = hole;;) {
    at = at + 1 == size ? 0 : at + 1;
    if (segment.entries[at] == 0) break;
    const std::size_t wanted = home(hash_of(segment.entries[at] & kNumberMask), size);
    const bool behind = hole <= at ? (hole < wanted && wanted <= at) : (hole < wanted || wanted <= at);
    if (behind) continue;
    segment.entries[hole] = segment.entries[at];
    hole = at;
  }
  segment.entries[hole] = 0;
  --segment.used;
}

void CopyTable::each(std::uint64_t hash, absl::FunctionRef<bool(std::uint32_t masked_number)> visit) const {
  const Segment& segment = segments_[hash >> 56];
  const std::size_t size = segment.entries.size();
  if (size == 0) return;
  const std::uint32_t tag = entry_of(hash, 0) >> kNumberBits;
  for (std::size_t at = home(hash, size); segment.entries[at] != 0; at = at + 1 == size ? 0 : at + 1) {
    if (segment.entries[at] >> kNumberBits == tag && !visit(segment.entries[at] & kNumberMask)) return;
  }
}

std::size_t CopyTable::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Segment& segment : segments_) bytes += segment.entries.capacity() * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace copytaster
