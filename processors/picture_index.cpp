#include "processors/picture_index.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "processors/picture_cut.h"
#include "processors/picture_index_lists.h"
#include "processors/picture_marks.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostKeys = 64, kMostMiddles = 16, kMostOfOneSha = 1024;

int hex_value(char c) { return c >= '0' && c <= '9' ? c - '0' : (c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1); }

}  // namespace

PictureIndex::PictureIndex(std::size_t max_pictures)
    : max_pictures_(std::clamp<std::size_t>(max_pictures, 2, MarkTable::kMostNumbers)) {}

std::optional<PictureIndex::Sha> PictureIndex::sha_of(const Media& media) {
  const std::string& hex = media.sha256();
  if (hex.empty()) return std::nullopt;
  Sha sha = {};
  for (std::size_t i = 0; i < std::min(hex.size() / 2, sha.size()); ++i) {
    const int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0 || hex.size() != 2 * sha.size()) {
      // No SHA-256 as we write it, but a name for bytes all the same.
      const std::uint64_t hash = stable_hash(hex);
      sha = {};
      std::memcpy(sha.data(), &hash, sizeof hash);
      std::memcpy(sha.data() + 8, hex.data(), std::min(hex.size(), sha.size() - 8));
      return sha;
    }
    sha[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return sha;
}

std::optional<std::uint32_t> PictureIndex::number_of(std::string_view key) const {
  const auto known = by_key_.find(stable_hash(key));
  if (known == by_key_.end() || entries_[known->second].key != key) return std::nullopt;
  return known->second;
}

// The first seen of them, own_key's item left out.
void PictureIndex::find_bytes(const Sha& sha, std::string_view own_key, std::vector<Found>* out) const {
  const auto known = by_sha_.find(head_of(sha));
  if (known == by_sha_.end()) return;
  std::size_t looked = 0;
  for (std::uint32_t at = known->second.first; at != kNone && out->size() < kMostKeys;
       at = entries_[at].same.next) {
    if (++looked > kMostOfOneSha) return;
    if (entries_[at].sha == sha && item_of_picture(entries_[at].key) != item_of_picture(own_key))
      out->push_back({at});
  }
}

void PictureIndex::find_near(const PdqBits& bits, std::vector<Found>* out) const {
  std::vector<std::uint32_t> numbers;
  near_.near(bits, &numbers);
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const std::uint32_t number : numbers) {
    if (entries_[number].key.empty()) continue;
    const int distance = pdq_distance(bits, bits_[number]);
    if (distance <= kSamePictureDistance) out->push_back({number, distance});
  }
}

// The nearest of them, the first seen first, whose middle is the same.
void PictureIndex::find_same(const Media& media, const PdqBits& bits, std::vector<Found>* out) const {
  std::vector<Found> near;
  find_near(bits, &near);
  if (near.empty()) return;
  const auto luma = comparable(media.pdq().luma());
  const Luma own = luma ? unpack(pack(*luma)) : Luma();
  std::ranges::stable_sort(near, {}, &Found::distance);
  std::size_t verified = 0;
  for (const Found& one : near) {
    const Entry& entry = entries_[one.number];
    if (luma && entry.has_luma && verified < kMostMiddles) {
      ++verified;
      if (is_another_inside(unpack(entry.luma), own)) continue;
    }
    out->push_back(one);
  }
}

void PictureIndex::find_turned(const PdqBits& bits, std::vector<Found>* out) const {
  for (const PdqBits& turned : turned_pdq(bits)) find_near(turned, out);
}

void PictureIndex::find_cut(const Media& media, std::vector<Found>* out) const {
  const auto luma = cuttable(media.pdq().luma());
  if (!luma) return;
  const std::vector<PictureMark> asked = marks_of(*luma, kLookUpScales);
  std::vector<MetMark> met;
  marks_.meet(asked, &met);
  if (met.size() < kLeastMarksMet) return;
  std::ranges::stable_sort(met, {}, &MetMark::number);
  std::vector<std::pair<std::uint32_t, Laid>> likely;
  for (auto from = met.begin(); from != met.end();) {
    const auto to =
        std::find_if(from, met.end(), [&](const MetMark& one) { return one.number != from->number; });
    if (static_cast<std::size_t>(to - from) >= kLeastMarksMet && !entries_[from->number].key.empty()) {
      const Laid laid = lay(asked, {from, to});
      if (laid.marks >= kLeastMarksMet) likely.emplace_back(from->number, laid);
    }
    from = to;
  }
  if (likely.empty()) return;
  // As many marks as possible, then the first seen.
  std::ranges::stable_sort(likely,
                           [](const auto& a, const auto& b) { return a.second.marks > b.second.marks; });
  if (likely.size() > kMostVerified) likely.resize(kMostVerified);
  const Luma own = unpack(pack(*luma));
  for (const auto& [number, laid] : likely) {
    const double value = agreement(unpack(entries_[number].luma), own, laid.placement);
    if (value >= kCutAgreement) out->push_back({number, 0, value});
  }
}

std::optional<PictureMatch> PictureIndex::find(const Media& media, std::string_view own_key) const {
  const auto own = number_of(own_key);
  bool is_first = false;  // others are folded into it already
  const auto best_of = [&](const std::vector<Found>& found) -> const Found* {
    const Found* best = nullptr;
    for (const Found& one : found) {
      const Entry& entry = entries_[one.number];
      if (entry.folded && item_of_picture(folded_into_.at(one.number)) == item_of_picture(own_key))
        is_first = true;
      if ((own && one.number >= *own) || entry.key.empty() ||
          item_of_picture(entry.key) == item_of_picture(own_key))
        continue;
      const auto rank = [](const Found& f) { return std::tuple(f.distance, -f.agreement, f.number); };
      if (best == nullptr || rank(one) < rank(*best)) best = &one;
    }
    return best;
  };
  const auto sha = sha_of(media);
  const auto bits = telling_bits(media);
  std::vector<Found> found;
  for (const PictureLikeness likeness :
       {PictureLikeness::kBytes, PictureLikeness::kSame, PictureLikeness::kTurned, PictureLikeness::kCut}) {
    found.clear();
    if (likeness == PictureLikeness::kBytes) {
      if (sha) find_bytes(*sha, own_key, &found);
    } else if (!bits) {
      break;
    } else if (likeness == PictureLikeness::kSame) {
      find_same(media, *bits, &found);
    } else if (likeness == PictureLikeness::kTurned) {
      find_turned(*bits, &found);
    } else {
      find_cut(media, &found);
    }
    const Found* best = best_of(found);
    if (is_first) return std::nullopt;
    if (best == nullptr) continue;
    const Entry& entry = entries_[best->number];
    return PictureMatch{entry.folded ? folded_into_.at(best->number) : entry.key, entry.key, likeness,
                        best->distance, best->agreement};
  }
  return std::nullopt;
}

std::vector<std::string> PictureIndex::same_as(const Media& media, std::string_view own_key) const {
  std::vector<std::string> keys;
  const auto take = [&](std::vector<Found> found) {
    std::ranges::sort(found, {}, &Found::number);
    for (const Found& one : found) {
      const std::string& key = entries_[one.number].key;
      if (key.empty() || item_of_picture(key) == item_of_picture(own_key) || keys.size() == kMostKeys)
        continue;
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
    }
    return !keys.empty();
  };
  std::vector<Found> found;
  if (const auto sha = sha_of(media)) find_bytes(*sha, own_key, &found);
  const auto bits = telling_bits(media);
  if (bits) find_same(media, *bits, &found);
  if (take(std::move(found)) || !bits) return keys;
  found.clear();
  find_turned(*bits, &found);
  if (take(std::move(found))) return keys;
  found.clear();
  find_cut(media, &found);
  (void)take(std::move(found));
  return keys;
}

void PictureIndex::list(std::uint32_t number, const PdqBits& bits) {
  bits_[number] = bits;
  near_.insert(bits, number);
}

void PictureIndex::take_luma(std::uint32_t number, const Media& media) {
  Entry& entry = entries_[number];
  const auto part = cuttable(media.pdq().luma());
  const auto luma = part ? part : comparable(media.pdq().luma());
  if (!luma) return;
  entry.luma = pack(*luma);
  entry.has_luma = true;
  entry.may_be_part = part.has_value();
  add_marks(number, part);
}

// What is folded into another is found by that one's marks. `luma`: as it was before it was packed, if it is
// still there.
void PictureIndex::add_marks(std::uint32_t number, const std::optional<Luma>& luma) {
  Entry& entry = entries_[number];
  if (!entry.may_be_part || entry.has_marks || entry.folded) return;
  entry.has_marks = true;
  marks_.insert(marks_of(luma ? *luma : unpack(entry.luma), kRememberedScales), number);
}

void PictureIndex::remember(std::string_view key, const Media& media) {
  const auto sha = sha_of(media);
  const auto bits = telling_bits(media);
  const auto known = number_of(key);
  if (known && entries_[*known].has_sha == sha.has_value() && (!sha || entries_[*known].sha == *sha) &&
      entries_[*known].has_bits == bits.has_value() && (!bits || bits_[*known] == *bits)) {
    set_fold(*known, media.folded_into());
    add_marks(*known, std::nullopt);
    return;
  }
  // Other bytes under the same key are a new picture; the old one is found no more.
  if (known) forget(*known);
  if (!bits && !sha) return;
  if (entries_.size() >= max_pictures_) drop_oldest_half();
  const auto number = static_cast<std::uint32_t>(entries_.size());
  Entry& entry = entries_.push_back(Entry());
  bits_.push_back(PdqBits());
  entry.key = key;
  key_bytes_ += heap_bytes(entry.key);
  by_key_[stable_hash(key)] = number;
  append(stable_hash(item_of_picture(key)), by_item_, &Entry::siblings, number);
  entry.has_sha = sha.has_value();
  if (sha) {
    entry.sha = *sha;
    append(head_of(*sha), by_sha_, &Entry::same, number);
  }
  set_fold(number, media.folded_into());
  if (!bits) return;
  entry.has_bits = true;
  list(number, *bits);
  take_luma(number, media);
}

std::size_t PictureIndex::memory_bytes() const {
  // A place of the maps is its value and a byte; an allocation of the C library rounds up to 16 and has 8 of
  // its own.
  const std::size_t maps =
      (by_key_.capacity() + by_sha_.capacity() + by_item_.capacity() + by_first_.capacity()) *
          (sizeof(Lists::value_type) + 1) +
      folded_into_.capacity() * (sizeof(std::pair<std::uint32_t, std::string>) + 1);
  return entries_.memory_bytes() + bits_.memory_bytes() + near_.memory_bytes() + marks_.memory_bytes() +
         maps + key_bytes_ + folded_bytes_ + 16 * (entries_.size() + folded_into_.size());
}

}  // namespace copytaster
