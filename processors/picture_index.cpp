#include "processors/picture_index.h"

#include <algorithm>
#include <bit>

namespace copytaster {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::size_t chunk_of(const PdqBits& bits, std::size_t chunk) {
  return static_cast<std::size_t>((bits[chunk / 4] >> (16 * (chunk % 4))) & 0xffff);
}

std::optional<PdqBits> usable_bits(const Media& media) {
  if (!media.has_pdq() || media.pdq().quality() < kLeastPictureQuality) return std::nullopt;
  return pdq_bits(media.pdq().hash());
}

std::string_view item_of(std::string_view media_key) { return media_key.substr(0, media_key.rfind('#')); }

}  // namespace

std::optional<PdqBits> pdq_bits(std::string_view hex) {
  if (hex.size() != 64) return std::nullopt;
  PdqBits bits = {};
  for (std::size_t i = 0; i < 64; ++i) {
    const int digit = hex_digit(hex[i]);
    if (digit < 0) return std::nullopt;
    bits[i / 16] = (bits[i / 16] << 4) | static_cast<std::uint64_t>(digit);
  }
  return bits;
}

int pdq_distance(const PdqBits& a, const PdqBits& b) {
  int distance = 0;
  for (std::size_t i = 0; i < a.size(); ++i) distance += std::popcount(a[i] ^ b[i]);
  return distance;
}

// Visits each picture within kSamePictureDistance at least once.
template <typename Visit>
void PictureIndex::each_near(const PdqBits& bits, Visit visit) const {
  if (heads_.empty()) return;
  for (std::size_t chunk = 0; chunk < kChunks; ++chunk) {
    const std::size_t value = chunk_of(bits, chunk);
    for (int flip = -1; flip < 16; ++flip) {
      const std::size_t wanted = flip < 0 ? value : value ^ (std::size_t{1} << flip);
      for (std::uint32_t at = heads_[chunk * 65536 + wanted]; at != kEnd; at = entries_[at].next[chunk]) {
        const int distance = pdq_distance(bits, entries_[at].bits);
        if (distance <= kSamePictureDistance) visit(at, distance);
      }
    }
  }
}

std::optional<PictureMatch> PictureIndex::find(const Media& media, std::string_view own_key) const {
  const auto own = by_key_.find(own_key);
  const std::uint32_t before = own == by_key_.end() ? kEnd : own->second;
  std::uint32_t best = kEnd;
  int best_distance = kSamePictureDistance + 1;
  bool is_first = false;  // others are folded into it already
  const auto offer = [&](std::uint32_t number, int distance) {
    const Entry& entry = entries_[number];
    if (entry.folded_into == own_key) is_first = true;
    if (number >= before || entry.key.empty() || item_of(entry.key) == item_of(own_key)) return;
    if (distance > best_distance || (distance == best_distance && number >= best)) return;
    best = number;
    best_distance = distance;
  };
  bool exact = false;
  if (const auto same = by_sha_.find(media.sha256()); !media.sha256().empty() && same != by_sha_.end()) {
    offer(same->second, 0);
    exact = best != kEnd;
  }
  if (const auto bits = usable_bits(media); bits && best == kEnd) each_near(*bits, offer);
  if (best == kEnd || is_first) return std::nullopt;
  const Entry& entry = entries_[best];
  return PictureMatch{entry.folded_into.empty() ? entry.key : entry.folded_into, entry.key, exact,
                      best_distance};
}

std::vector<std::string> PictureIndex::same_as(const Media& media, std::string_view own_key) const {
  std::vector<std::uint32_t> found;
  if (const auto same = by_sha_.find(media.sha256()); !media.sha256().empty() && same != by_sha_.end()) {
    found.push_back(same->second);
  }
  if (const auto bits = usable_bits(media))
    each_near(*bits, [&](std::uint32_t at, int) { found.push_back(at); });
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<std::string> keys;
  for (const std::uint32_t number : found) {
    const std::string& key = entries_[number].key;
    if (key.empty() || item_of(key) == item_of(own_key)) continue;
    keys.push_back(key);
    if (keys.size() == 64) break;
  }
  return keys;
}

void PictureIndex::add_to_lists(std::uint32_t number) {
  if (heads_.empty()) heads_.assign(kChunks * 65536, kEnd);
  Entry& entry = entries_[number];
  for (std::size_t chunk = 0; chunk < kChunks; ++chunk) {
    std::uint32_t& head = heads_[chunk * 65536 + chunk_of(entry.bits, chunk)];
    entry.next[chunk] = head;
    head = number;
  }
}

void PictureIndex::remember(std::string_view key, const Media& media) {
  const auto bits = usable_bits(media);
  if (!bits && media.sha256().empty()) return;
  const auto known = by_key_.find(key);
  if (known != by_key_.end()) {
    Entry& entry = entries_[known->second];
    entry.folded_into = media.folded_into();
    if (entry.sha256 == media.sha256() && entry.has_bits == bits.has_value()) return;
    entry.key.clear();  // other bytes under the same key are a new picture; the old one is found no more
    by_key_.erase(known);
  }
  if (entries_.size() >= max_pictures_) drop_oldest_half();
  const auto number = static_cast<std::uint32_t>(entries_.size());
  Entry& entry = entries_.emplace_back();
  entry.key = key;
  entry.folded_into = media.folded_into();
  entry.sha256 = media.sha256();
  entry.has_bits = bits.has_value();
  by_key_[entry.key] = number;
  if (!entry.sha256.empty()) by_sha_.try_emplace(entry.sha256, number);
  if (!bits) return;
  entry.bits = *bits;
  add_to_lists(number);
}

void PictureIndex::drop_oldest_half() {
  entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(entries_.size() / 2));
  heads_.clear();
  by_key_.clear();
  by_sha_.clear();
  for (std::uint32_t number = 0; number < entries_.size(); ++number) {
    const Entry& entry = entries_[number];
    if (!entry.key.empty()) by_key_[entry.key] = number;
    if (!entry.sha256.empty()) by_sha_.try_emplace(entry.sha256, number);
    if (entry.has_bits) add_to_lists(number);
  }
}

std::size_t PictureIndex::memory_bytes() const {
  std::size_t bytes = entries_.capacity() * sizeof(Entry) + heads_.capacity() * sizeof(std::uint32_t);
  for (const Entry& entry : entries_) {
    bytes += entry.key.capacity() + entry.folded_into.capacity() + entry.sha256.capacity();
  }
  return bytes + (by_key_.capacity() + by_sha_.capacity()) * (sizeof(std::string) + 8);
}

}  // namespace copytaster
