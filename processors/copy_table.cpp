#include "processors/copy_table.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace copytaster {
namespace {

std::size_t behind(std::size_t bucket, std::size_t buckets) { return bucket + 1 == buckets ? 0 : bucket + 1; }

// A bit for each of 16 entries that is `wanted` after `shift` bits of it are dropped.
std::uint32_t equal_entries(const std::array<std::uint32_t, 16>& entries, int shift, std::uint32_t wanted) {
#ifdef __SSE2__
  const __m128i value = _mm_set1_epi32(static_cast<int>(wanted));
  const auto four = [&](std::size_t from) {
    const __m128i read = _mm_load_si128(reinterpret_cast<const __m128i*>(&entries[from]));
    return _mm_cmpeq_epi32(_mm_srli_epi32(read, shift), value);
  };
  const __m128i low = _mm_packs_epi32(four(0), four(4));
  const __m128i high = _mm_packs_epi32(four(8), four(12));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
#else
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) bits |= (entries[i] >> shift == wanted ? 1U : 0U) << i;
  return bits;
#endif
}

}  // namespace

std::size_t CopyTable::Bucket::size() const {
  return static_cast<std::size_t>(std::countr_zero(equal_entries(entries, 0, 0) | 0x10000U));
}

std::uint32_t CopyTable::Bucket::with_tag(std::uint32_t tag) const {
  return equal_entries(entries, kNumberBits, tag);
}

void CopyTable::Bucket::remove(std::size_t at) {
  std::move(entries.begin() + static_cast<std::ptrdiff_t>(at) + 1, entries.end(),
            entries.begin() + static_cast<std::ptrdiff_t>(at));
  entries.back() = 0;
}

std::uint32_t CopyTable::entry_of(std::uint64_t hash, std::uint32_t number) {
  // A tag of 1 to 255: an entry is never 0.
  const auto tag = static_cast<std::uint32_t>((hash >> 40) & 0xff) % 255 + 1;
  return (tag << kNumberBits) | (number & kNumberMask);
}

void CopyTable::place(Segment& segment, std::uint64_t hash, std::uint32_t entry) {
  const std::size_t size = segment.buckets.size();
  std::size_t at = home(hash, size);
  while (segment.buckets[at].full()) at = behind(at, size);
  segment.buckets[at].append(entry);
}

void CopyTable::expect_at_most(std::size_t entries) {
  const double each = static_cast<double>(entries) / static_cast<double>(segments_.size());
  // Segments fill unevenly: four standard deviations. Four fifths of the places may be taken.
  const double places = (each + 4 * std::sqrt(each)) * 1.25;
  last_size_ = static_cast<std::size_t>(places / kBucketSize) + 1;
}

std::size_t CopyTable::larger(std::size_t buckets) const {
  if (buckets >= last_size_) return buckets + buckets / 8 + 1;
  // What is small may waste some places: to grow costs more than all else that is done with an entry.
  const std::size_t more = buckets < last_size_ / 4 ? buckets : buckets / 2;
  return std::min(buckets + std::max<std::size_t>(more, 1), last_size_);
}

void CopyTable::grow(Segment& segment, HashesOf hashes_of) const {
  Segment grown{std::vector<Bucket>(larger(segment.buckets.size())), segment.used};
  std::array<std::uint32_t, 64> entries;
  std::array<std::uint64_t, entries.size()> hashes;
  std::size_t count = 0;
  const auto move = [&] {
    std::copy_n(entries.begin(), count, hashes.begin());
    hashes_of({hashes.data(), count});
    for (std::size_t i = 0; i < count; ++i) place(grown, hashes[i], entries[i]);
    count = 0;
  };
  // From behind a bucket that nothing had to go past: so what has one key stays in the order in which it
  // came.
  const std::size_t size = segment.buckets.size();
  std::size_t at = 0;
  while (at < size && segment.buckets[at].full()) ++at;
  for (std::size_t i = 0; i < size; ++i) {
    at = at + 1 < size ? at + 1 : 0;
    for (const std::uint32_t entry : segment.buckets[at].entries) {
      if (entry == 0) break;
      entries[count++] = entry;
      if (count == entries.size()) move();
    }
  }
  move();
  segment = std::move(grown);
}

void CopyTable::insert(std::uint64_t hash, std::uint32_t number, HashesOf hashes_of) {
  Segment& segment = segments_[hash >> 56];
  if (segment.used * std::size_t{5} >= segment.buckets.size() * kBucketSize * 4) grow(segment, hashes_of);
  const std::uint32_t entry = entry_of(hash, number);
  const std::size_t size = segment.buckets.size();
  std::size_t same = 0;
  std::size_t at = home(hash, size);
  for (;; at = behind(at, size)) {
    Bucket& bucket = segment.buckets[at];
    for (std::uint32_t found = bucket.with_tag(entry >> kNumberBits); found != 0; found &= found - 1) {
      std::uint32_t& there = bucket.entries[static_cast<std::size_t>(std::countr_zero(found))];
      if (there == entry) return;
      if (++same <= kMaxSame) continue;
      // Hot: the newest takes the place of another; old ones expire together, new ones lead on.
      there = entry;
      return;
    }
    if (bucket.full()) continue;
    bucket.append(entry);
    ++segment.used;
    return;
  }
}

void CopyTable::erase(std::uint64_t hash, std::uint32_t number, HashesOf hashes_of) {
  Segment& segment = segments_[hash >> 56];
  const std::size_t size = segment.buckets.size();
  if (size == 0) return;
  const std::uint32_t entry = entry_of(hash, number);
  for (std::size_t at = home(hash, size);; at = behind(at, size)) {
    Bucket& bucket = segment.buckets[at];
    const bool was_full = bucket.full();
    const auto found = std::find(bucket.entries.begin(), bucket.entries.end(), entry);
    if (found != bucket.entries.end()) {
      bucket.remove(static_cast<std::size_t>(found - bucket.entries.begin()));
      --segment.used;
      if (was_full) fill_hole(segment, at, hashes_of);
      return;
    }
    if (!was_full) return;
  }
}

// Bucket `hole` was full and is no more: one that had to go past it comes back, or a look-up would stop
// before it (Knuth 6.4 R, by buckets).
void CopyTable::fill_hole(Segment& segment, std::size_t hole, HashesOf hashes_of) {
  const std::size_t size = segment.buckets.size();
  for (std::size_t at = behind(hole, size); at != hole; at = behind(at, size)) {
    Bucket& bucket = segment.buckets[at];
    const bool was_full = bucket.full();
    const std::size_t count = bucket.size();
    for (std::size_t i = 0; i < count; ++i) {
      std::uint64_t hash = bucket.entries[i];
      hashes_of({&hash, 1});
      const std::size_t wanted = home(hash, size);
      const bool past = hole <= at ? (hole < wanted && wanted <= at) : (hole < wanted || wanted <= at);
      if (past) continue;  // its home lies behind the hole
      segment.buckets[hole].append(bucket.entries[i]);
      bucket.remove(i);
      if (!was_full) return;
      hole = at;
      break;
    }
    if (!was_full) return;
  }
}

void CopyTable::each(std::uint64_t hash, absl::FunctionRef<bool(std::uint32_t masked_number)> visit) const {
  const Segment& segment = segments_[hash >> 56];
  const std::size_t size = segment.buckets.size();
  if (size == 0) return;
  const std::uint32_t tag = entry_of(hash, 0) >> kNumberBits;
  for (std::size_t at = home(hash, size);; at = behind(at, size)) {
    const Bucket& bucket = segment.buckets[at];
    for (std::uint32_t found = bucket.with_tag(tag); found != 0; found &= found - 1) {
      if (!visit(bucket.entries[static_cast<std::size_t>(std::countr_zero(found))] & kNumberMask)) return;
    }
    if (!bucket.full()) return;
  }
}

std::size_t CopyTable::memory_bytes() const {
  std::size_t bytes = sizeof *this;
  for (const Segment& segment : segments_) bytes += segment.buckets.capacity() * sizeof(Bucket);
  return bytes;
}

}  // namespace copytaster
