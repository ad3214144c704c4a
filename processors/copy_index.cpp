#include "processors/copy_index.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/item.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "processors/copy_index_post.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

constexpr double kChance = 0.02;

std::uint32_t hash32(std::string_view text) {
  return static_cast<std::uint32_t>(stable_hash(text) >> 32) | 1;
}
std::uint64_t key_hash(std::uint32_t key) { return mix64(key * 0x9e3779b97f4a7c15ULL); }
std::uint64_t band_hash(std::size_t band, std::uint32_t value) {
  return mix64((static_cast<std::uint64_t>(band + 1) << 32 | value) * 0x9e3779b97f4a7c15ULL);
}

}  // namespace

PostTraits traits_of(const Item& item) {
  PostTraits traits;
  traits.feed = item.platform() == "feed";
  traits.platform = hash32(item.platform());
  const std::string_view person = !item.official_id().empty()       ? item.official_id()
                                  : !item.account_id().empty()      ? item.account_id()
                                  : !item.author().handle().empty() ? item.author().handle()
                                                                    : item.author().name();
  traits.person = person.empty() ? hash32(item.id()) : hash32(person);
  const std::string_view link = traits.feed && !item.url().empty() ? std::string_view(item.url())
                                : item.links_size() > 0            ? std::string_view(item.links(0).url())
                                                                   : std::string_view();
  if (!link.empty()) traits.link = hash32(canonical_url(link));
  std::int64_t seconds = item.created_at().seconds();
  // A post cannot be from the future; where its own time is missing or wrong, ours is the nearest truth.
  if (item.has_collected_at() && (!item.has_created_at() || seconds > item.collected_at().seconds())) {
    seconds = item.collected_at().seconds();
  }
  traits.seconds = std::clamp<std::int64_t>(seconds, 0, 0xffffffff);
  return traits;
}

CopyIndex::CopyIndex(const CopySettings& settings)
    : settings_(settings),
      bands_(std::make_unique<std::array<CopyTable, Signature::kBands>>()),
      pictures_(settings.max_pictures) {
  settings_.max_posts = std::min<std::size_t>(settings_.max_posts, CopyTable::kNumberMask - kChunkPosts);
}
CopyIndex::~CopyIndex() = default;

CopyIndex::Post& CopyIndex::post(std::uint32_t number) const {
  const std::uint32_t first_chunk = first_ / kChunkPosts;
  return chunks_[number / kChunkPosts - first_chunk]->posts[number % kChunkPosts];
}

std::string_view CopyIndex::id_of(std::uint32_t number) const {
  const Post& one = post(number);
  const Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  return std::string_view(chunk.ids).substr(one.id_begin, one.id_size);
}

std::optional<std::uint32_t> CopyIndex::number_of(std::string_view item_id) const {
  std::optional<std::uint32_t> found;
  ids_.each(stable_hash(item_id), [&](std::uint32_t masked) {
    const std::uint32_t number = unmasked(masked);
    if (id_of(number) != item_id) return true;
    found = number;
    return false;
  });
  return found;
}

SeenPost CopyIndex::at(std::uint32_t number) const {
  const Post& one = post(number);
  const Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  SeenPost seen;
  seen.number = number;
  seen.root = one.root;
  seen.id = id_of(number);
  seen.person = one.person;
  seen.platform = one.platform;
  seen.link = one.link;
  seen.seconds = one.seconds;
  seen.reshare = one.reshare;
  seen.gone = one.gone;
  seen.feed = one.feed;
  TextView& text = seen.text;
  text.exact = one.exact;
  text.signature = one.signature();
  text.shingles = one.shingles;
  text.words = one.words;
  text.lead = one.lead;
  text.cut = one.cut;
  text.whole = !chunk.let_go;
  if (!text.whole) return seen;
  const std::span<const std::uint16_t> hashes(chunk.hashes);
  std::size_t from = one.hashes_begin;
  text.word_hashes = hashes.subspan(from, one.word_hashes);
  text.number_hashes = hashes.subspan(from += one.word_hashes, one.number_hashes);
  text.name_hashes = hashes.subspan(from + one.number_hashes, one.name_hashes);
  return seen;
}

std::optional<SeenPost> CopyIndex::find(std::string_view item_id) const {
  const auto number = number_of(item_id);
  if (!number) return std::nullopt;
  return at(*number);
}

bool CopyIndex::has_copies(std::uint32_t number) const { return post(number).copies > 0; }

std::optional<SeenPost> CopyIndex::stand_in_for(std::string_view original_id) const {
  const auto waiting = waiting_.find(stable_hash(original_id));
  if (waiting == waiting_.end()) return std::nullopt;
  for (const std::uint32_t number : waiting->second) {
    if (number >= first_ && !post(number).dead) return at(number);
  }
  return std::nullopt;
}

void CopyIndex::each_candidate(const Sketch& sketch, const PostTraits& traits, std::string_view except,
                               absl::FunctionRef<void(const SeenPost&)> visit) const {
  std::array<std::uint32_t, kMaxCandidates> seen;
  std::size_t count = 0;
  const auto offer = [&](std::uint32_t number) {
    if (count == seen.size()) return;
    if (std::find(seen.begin(), seen.begin() + count, number) != seen.begin() + count) return;
    const SeenPost candidate = at(number);
    if (candidate.id == except) return;
    seen[count++] = number;
    visit(candidate);
  };
  const auto look_up = [&](const CopyTable& table, std::uint64_t hash, auto equal) {
    table.each(hash, [&](std::uint32_t masked) {
      const std::uint32_t number = unmasked(masked);
      if (equal(post(number))) offer(number);
      return true;
    });
  };
  const auto exact = static_cast<std::uint32_t>(sketch.exact >> 32);
  if (exact != 0) look_up(exacts_, key_hash(exact), [&](const Post& p) { return p.exact == exact; });
  std::size_t recent = 0;
  const auto last = last_of_person_.find(traits.person);
  for (std::uint32_t number = last == last_of_person_.end() ? kNoPost : last->second;
       number != kNoPost && number >= first_ && recent < kMaxRecent; number = post(number).person_previous) {
    ++recent;
    const Post& one = post(number);
    // One bin in common is chance: most posts of a person have nothing to do with each other.
    const bool alike = one.lead == sketch.lead || similarity(one.signature(), sketch.signature) > kChance;
    if (!one.dead && alike) offer(number);
  }
  if (traits.link != 0)
    look_up(links_, key_hash(traits.link), [&](const Post& p) { return p.link == traits.link; });
  if (sketch.lead != 0)
    look_up(leads_, key_hash(sketch.lead), [&](const Post& p) { return p.lead == sketch.lead; });
  if (sketch.signature.empty) return;
  for (std::size_t band = 0; band < Signature::kBands; ++band) {
    const std::uint32_t value = sketch.signature.bands[band];
    look_up((*bands_)[band], band_hash(band, value), [&](const Post& p) { return p.bands[band] == value; });
  }
}

std::size_t CopyIndex::memory_bytes() const {
  std::size_t bytes = sizeof *this + pictures_.memory_bytes() + judgements_.memory_bytes();
  for (const auto& chunk : chunks_) {
    bytes +=
        kChunkPosts * sizeof(Post) + chunk->ids.capacity() + chunk->hashes.capacity() * sizeof(std::uint16_t);
  }
  for (const CopyTable* table : {&ids_, &exacts_, &leads_, &links_}) bytes += table->memory_bytes();
  for (const CopyTable& table : *bands_) bytes += table.memory_bytes();
  return bytes + last_of_person_.capacity() * 9 + waiting_.capacity() * 40;
}

std::uint32_t CopyIndex::append(std::string_view id) {
  const std::uint32_t number = next_++;
  if (number / kChunkPosts - first_ / kChunkPosts >= chunks_.size()) {
    chunks_.push_back(std::make_unique<Chunk>());
    const std::size_t kept = settings_.max_sketches / kChunkPosts + 1;
    if (chunks_.size() > kept) {
      Chunk& old = *chunks_[chunks_.size() - 1 - kept];
      old.let_go = true;
      std::vector<std::uint16_t>().swap(old.hashes);
    }
  }
  Chunk& chunk = *chunks_.back();
  Post& one = post(number);
  one = Post{};
  one.root = number;
  one.group_next = one.group_previous = one.person_previous = kNoPost;
  one.id_begin = static_cast<std::uint32_t>(chunk.ids.size());
  one.id_size = static_cast<std::uint16_t>(std::min<std::size_t>(id.size(), 0xffff));
  chunk.ids.append(id.substr(0, one.id_size));
  return number;
}

void CopyIndex::fill(std::uint32_t number, const Item& item) {
  Post& one = post(number);
  Chunk& chunk = *chunks_[number / kChunkPosts - first_ / kChunkPosts];
  const PostTraits traits = traits_of(item);
  one.person = traits.person;
  one.platform = traits.platform;
  one.link = traits.link;
  one.feed = traits.feed;
  one.seconds = static_cast<std::uint32_t>(traits.seconds == 0 ? newest_ : traits.seconds);
  one.gone = item.state() == GONE;
  one.reshare = item.has_repost_of();
  const Sketch sketch = to_sketch(item.fingerprint());
  const auto narrow = [](std::uint32_t n) {
    return static_cast<std::uint16_t>(std::min<std::uint32_t>(n, 0xffff));
  };
  one.bands = sketch.signature.bands;
  one.wordless = sketch.signature.empty;
  one.exact = static_cast<std::uint32_t>(sketch.exact >> 32);
  one.lead = sketch.lead;
  one.cut = sketch.cut;
  one.shingles = narrow(sketch.shingles);
  one.words = narrow(sketch.words);
  one.hashes_begin = static_cast<std::uint32_t>(chunk.hashes.size());
  one.word_hashes = static_cast<std::uint8_t>(sketch.word_hashes.size);
  one.number_hashes = static_cast<std::uint8_t>(sketch.number_hashes.size);
  one.name_hashes = static_cast<std::uint8_t>(sketch.name_hashes.size);
  if (chunk.let_go) return;
  for (const auto view :
       {sketch.word_hashes.view(), sketch.number_hashes.view(), sketch.name_hashes.view()}) {
    chunk.hashes.insert(chunk.hashes.end(), view.begin(), view.end());
  }
}

// The keys under which a post is found, all but its id. A reshare is found by id only: its words are
// another's.
void CopyIndex::link_keys(std::uint32_t number, bool add) {
  const Post& one = post(number);
  if (one.reshare) return;
  const auto change = [&](CopyTable& table, std::uint64_t hash, auto hash_of) {
    const auto of = [&](std::uint32_t masked) { return hash_of(post(unmasked(masked))); };
    if (add) {
      table.insert(hash, number, of);
    } else {
      table.erase(hash, number, of);
    }
  };
  if (one.exact != 0) change(exacts_, key_hash(one.exact), [](const Post& p) { return key_hash(p.exact); });
  if (one.lead != 0) change(leads_, key_hash(one.lead), [](const Post& p) { return key_hash(p.lead); });
  if (one.feed && one.link != 0)
    change(links_, key_hash(one.link), [](const Post& p) { return key_hash(p.link); });
  if (one.wordless) return;
  for (std::size_t band = 0; band < Signature::kBands; ++band) {
    change((*bands_)[band], band_hash(band, one.bands[band]),
           [band](const Post& p) { return band_hash(band, p.bands[band]); });
  }
}

std::uint32_t CopyIndex::insert(const Item& item) {
  const auto known = number_of(item.id());
  std::uint32_t number = 0;
  if (known) {
    number = *known;
    link_keys(number, false);
    fill(number, item);
  } else {
    number = append(item.id());
    fill(number, item);
    ids_.insert(stable_hash(id_of(number)), number,
                [&](std::uint32_t masked) { return stable_hash(id_of(unmasked(masked))); });
    auto [last, is_new] = last_of_person_.try_emplace(post(number).person, number);
    if (!is_new) post(number).person_previous = std::exchange(last->second, number);
  }
  link_keys(number, true);
  for (int i = 0; i < item.media_size(); ++i) {
    pictures_.remember(media_key(item.id(), static_cast<std::size_t>(i)), item.media(i));
  }
  return number;
}

void CopyIndex::drop(std::uint32_t number) {
  Post& one = post(number);
  if (one.dead) return;
  has_dropped_ = true;
  link_keys(number, false);
  ids_.erase(stable_hash(id_of(number)), number,
             [&](std::uint32_t masked) { return stable_hash(id_of(unmasked(masked))); });
  if (one.root != number) {
    leave(number);
  } else if (one.copies > 0) {
    std::vector<Refold> unsaid;  // what is stored stays: the window ends here, not the truth
    const std::uint32_t heir = one.group_next;
    move_root(number, heir, unsaid);
    leave(number);
  }
  const auto last = last_of_person_.find(one.person);
  if (last != last_of_person_.end() && last->second == number) {
    const std::uint32_t before = one.person_previous;
    if (before != kNoPost && before >= first_) {
      last->second = before;
    } else {
      last_of_person_.erase(last);
    }
  }
  one.dead = true;
}

void CopyIndex::expire(std::int64_t newest) {
  newest_ = std::max(newest_, newest);
  const std::int64_t oldest = newest_ - absl::ToInt64Seconds(settings_.window);
  for (int turn = 0; turn < 2 && size() > 1; ++turn) {
    if (sweep_ < first_ || sweep_ >= next_) sweep_ = first_;
    if (post(sweep_).seconds < oldest) drop(sweep_);
    ++sweep_;
  }
  while (size() > settings_.max_posts || (size() > 0 && post(first_).dead)) {
    drop(first_);
    ++first_;
    if (first_ % kChunkPosts == 0) chunks_.erase(chunks_.begin());
  }
  if (waiting_.size() > settings_.max_sketches) waiting_.clear();
}

}  // namespace copytaster
