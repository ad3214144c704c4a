// Looking up in CopyIndex. What is compared lies anywhere in gigabytes: a look-up asks memory for all it will
// need before it waits for any of it.
#include <algorithm>
#include <array>

#include "processors/copy_index.h"
#include "processors/copy_index_post.h"

namespace copytaster {
namespace {

// One bin in common is chance: most posts of a person have nothing to do with each other.
constexpr int kMoreThanChance = 2;

}  // namespace

void CopyIndex::read(std::uint32_t number, SeenPost* out) const {
  const Post& one = post(number);
  const Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  out->number = number;
  out->root = one.root;
  out->person = one.person;
  out->platform = one.platform;
  out->link = one.link;
  out->seconds = one.seconds;
  out->reshare = one.reshare;
  out->gone = one.gone;
  out->feed = one.feed;
  TextView& text = out->text;
  text.exact = one.exact;
  text.signature.bands = one.bands;
  text.signature.empty = one.wordless;
  text.shingles = one.shingles;
  text.words = one.words;
  text.lead = one.lead;
  text.cut = one.cut;
  text.whole = !chunk.let_go;
  text.word_hashes = text.number_hashes = text.name_hashes = {};
  if (!text.whole) return;
  const std::span<const std::uint16_t> hashes(chunk.hashes);
  std::size_t from = one.hashes_begin;
  text.word_hashes = hashes.subspan(from, one.word_hashes);
  text.number_hashes = hashes.subspan(from += one.word_hashes, one.number_hashes);
  text.name_hashes = hashes.subspan(from + one.number_hashes, one.name_hashes);
}

SeenPost CopyIndex::at(std::uint32_t number) const {
  SeenPost seen;
  read(number, &seen);
  return seen;
}

std::optional<SeenPost> CopyIndex::find(std::string_view item_id) const {
  const auto number = number_of(item_id);
  if (!number) return std::nullopt;
  return at(*number);
}

// Visits each post once, `except` never, and at most kMaxCandidates.
class CopyIndex::Offers {
 public:
  Offers(const CopyIndex& index, std::uint32_t except, absl::FunctionRef<void(const SeenPost&)> visit)
      : index_(index), except_(except), visit_(visit) {}

  void offer(std::uint32_t number) {
    if (count_ == seen_.size() || number == except_) return;
    const auto end = seen_.begin() + static_cast<std::ptrdiff_t>(count_);
    if (std::find(seen_.begin(), end, number) != end) return;
    seen_[count_++] = number;
    index_.read(number, &candidate_);
    visit_(candidate_);
  }

 private:
  const CopyIndex& index_;
  std::uint32_t except_;
  absl::FunctionRef<void(const SeenPost&)> visit_;
  std::array<std::uint32_t, kMaxCandidates> seen_;
  std::size_t count_ = 0;
  SeenPost candidate_;
};

void CopyIndex::prefetch(std::uint32_t exact, std::uint32_t lead, const BandKeys& bands) const {
  if (exact != 0) exacts_.prefetch(copy_keys::key(exact));
  if (lead != 0) leads_.prefetch(copy_keys::key(lead));
  for (const std::uint64_t key : bands) bands_.prefetch(key);
}

void CopyIndex::expect(const Fingerprint& next) const {
  const auto exact = static_cast<std::uint32_t>(next.exact() >> 32);
  if (exact != 0) exacts_.prefetch(copy_keys::key(exact));
  if (next.lead() != 0) leads_.prefetch(copy_keys::key(next.lead()));
  const int bands = std::min(next.minhash_size(), static_cast<int>(Signature::kBands));
  for (int band = 0; band < bands; ++band)
    bands_.prefetch(copy_keys::band(static_cast<std::size_t>(band), next.minhash(band)));
}

void CopyIndex::each_candidate(const LookUp& item, absl::FunctionRef<void(const SeenPost&)> visit) const {
  const Sketch& sketch = item.sketch;
  const PostTraits& traits = item.traits;
  const auto exact = static_cast<std::uint32_t>(sketch.exact >> 32);
  prefetch(exact, sketch.lead, item.band_keys);
  Offers offers(*this, item.number.value_or(kNoPost), visit);
  const auto look_up = [&](const CopyTable& table, std::uint64_t hash, auto equal) {
    table.each(hash, [&](std::uint32_t masked) {
      const std::uint32_t number = unmasked(masked);
      if (equal(post(number))) offers.offer(number);
      return true;
    });
  };
  if (exact != 0) look_up(exacts_, copy_keys::key(exact), [&](const Post& p) { return p.exact == exact; });
  each_recent(sketch, traits, [&](std::uint32_t number) { offers.offer(number); });
  if (traits.link != 0)
    look_up(links_, copy_keys::key(traits.link), [&](const Post& p) { return p.link == traits.link; });
  if (sketch.lead != 0)
    look_up(leads_, copy_keys::key(sketch.lead), [&](const Post& p) { return p.lead == sketch.lead; });
  each_in_band(item, [&](std::uint32_t number) { offers.offer(number); });
}

bool CopyIndex::is_alike(const Post& one, const Signature& signature) {
  // In this order: the bins are all of a post that most look-ups need to read.
  return !signature.empty && equal_bins(one.bands, signature.bands) >= kMoreThanChance && !one.wordless;
}

void CopyIndex::each_recent(const Sketch& sketch, const PostTraits& traits,
                            absl::FunctionRef<void(std::uint32_t)> visit) const {
  recent_.each(traits.person, [&](const RecentPosts::Recent& one) { __builtin_prefetch(&post(one.number)); });
  recent_.each(traits.person, [&](const RecentPosts::Recent& one) {
    if (one.lead == sketch.lead || is_alike(post(one.number), sketch.signature)) visit(one.number);
  });
}

void CopyIndex::each_in_band(const LookUp& item, absl::FunctionRef<void(std::uint32_t)> visit) const {
  const Signature& signature = item.sketch.signature;
  if (signature.empty) return;
  struct Found {
    std::uint32_t number;
    std::uint32_t band;
  };
  std::array<Found, 64> found;
  std::size_t count = 0;
  const auto visit_found = [&] {
    for (std::size_t i = 0; i < count; ++i) {
      const Found& one = found[i];
      if (post(one.number).bands[one.band] == signature.bands[one.band]) visit(one.number);
    }
    count = 0;
  };
  for (std::uint32_t band = 0; band < Signature::kBands; ++band) {
    bands_.each(item.band_keys[band], [&](std::uint32_t masked) {
      const std::uint32_t number = unmasked(masked);
      __builtin_prefetch(&post(number));
      found[count++] = {number, band};
      if (count == found.size()) visit_found();
      return true;
    });
  }
  visit_found();
}

}  // namespace copytaster
