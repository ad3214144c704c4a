#include "processors/copy_index.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/item.h"
#include "core/item_outline.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "processors/copy_index_post.h"
#include "processors/shingle.h"

namespace copytaster {
namespace {

std::uint32_t hash32(std::string_view text) {
  return static_cast<std::uint32_t>(stable_hash(text) >> 32) | 1;
}

// Making a link canonical costs more than all else here, and an item's traits are asked for twice in a row:
// to look it up, and to remember it.
std::uint32_t link_hash(std::string_view link) {
  thread_local std::string last;
  thread_local std::uint32_t hash = hash32(canonical_url(""));
  if (link == last) return hash;
  hash = hash32(canonical_url(link));
  last = link;
  return hash;
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
  if (!link.empty()) traits.link = link_hash(link);
  const auto seconds = [](bool there, const google::protobuf::Timestamp& time) {
    return there ? std::optional(time.seconds()) : std::nullopt;
  };
  traits.seconds = post_seconds(seconds(item.has_created_at(), item.created_at()),
                                seconds(item.has_collected_at(), item.collected_at()));
  return traits;
}

LookUp CopyIndex::look_up(const Item& item) const {
  LookUp out{to_sketch(item.fingerprint()), {}, traits_of(item), number_of(item.id())};
  out.band_keys = copy_keys::of_bands(out.sketch.signature.bands);
  return out;
}

CopyIndex::CopyIndex(const CopySettings& settings) : settings_(settings), pictures_(settings.max_pictures) {
  settings_.max_posts = std::min<std::size_t>(settings_.max_posts, CopyTable::kNumberMask - kChunkPosts);
  for (CopyTable* table : {&ids_, &exacts_, &leads_, &links_}) table->expect_at_most(settings_.max_posts);
  bands_.expect_at_most(settings_.max_posts * Signature::kBands);
}
CopyIndex::~CopyIndex() = default;

bool CopyIndex::has_copies(std::uint32_t number) const { return post(number).copies > 0; }

std::optional<SeenPost> CopyIndex::stand_in_for(std::string_view original_id) const {
  const auto waiting = waiting_.find(stable_hash(original_id));
  if (waiting == waiting_.end()) return std::nullopt;
  for (const std::uint32_t number : waiting->second) {
    if (number >= first_ && !post(number).dead) return at(number);
  }
  return std::nullopt;
}

std::size_t CopyIndex::memory_bytes() const {
  std::size_t bytes =
      sizeof *this + pictures_.memory_bytes() + prefixes_.memory_bytes() + judgements_.memory_bytes();
  for (const auto& chunk : chunks_) {
    bytes += sizeof(Chunk) + kChunkPosts * sizeof(Post) + chunk->ids.capacity() +
             chunk->hashes.capacity() * sizeof(std::uint16_t);
  }
  for (const CopyTable* table : {&ids_, &exacts_, &leads_, &links_, &bands_}) bytes += table->memory_bytes();
  for (const auto& [root, past] : pasts_) {
    bytes += sizeof(Past) + 16 + past.shown.capacity();
    for (const std::string& id : past.judged) bytes += sizeof id + id.capacity();
  }
  for (const auto& [original, numbers] : waiting_) bytes += numbers.capacity() * sizeof(std::uint32_t);
  return bytes + recent_.memory_bytes() + waiting_.capacity() * 40 + stand_ins_.capacity() * 17;
}

void CopyIndex::add_chunk() {
  if (!chunks_.empty()) {  // full: what it did not need it gives back
    chunks_.back()->ids.shrink_to_fit();
    chunks_.back()->hashes.shrink_to_fit();
  }
  chunks_.push_back(std::make_unique<Chunk>());
  const std::size_t kept = settings_.max_sketches / kChunkPosts + 1;
  if (chunks_.size() <= kept) return;
  Chunk& old = *chunks_[chunks_.size() - 1 - kept];
  old.let_go = true;
  std::vector<std::uint16_t>().swap(old.hashes);
}

std::uint32_t CopyIndex::append(std::string_view id) {
  const std::uint32_t number = next_++;
  if (number / kChunkPosts - first_ / kChunkPosts >= chunks_.size()) add_chunk();
  Post& one = post(number);
  one = Post{};
  one.root = number;
  one.group_next = one.group_previous = kNoPost;
  write_id(number, id);
  return number;
}

void CopyIndex::fill(std::uint32_t number, const Item& item, const LookUp& look_up) {
  Post& one = post(number);
  const PostTraits& traits = look_up.traits;
  one.person = traits.person;
  one.platform = traits.platform;
  one.link = traits.link;
  one.feed = traits.feed;
  one.seconds = static_cast<std::uint32_t>(traits.seconds == 0 ? newest_ : traits.seconds);
  one.gone = item.state() == GONE;
  one.reshare = item.has_repost_of();
  const Sketch& sketch = look_up.sketch;
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
  keep_hashes(sketch, *chunks_[number / kChunkPosts - first_ / kChunkPosts], one);
}

// In the place of the post's earlier ones where they have room there: a post that comes again with every
// count of its likes must not make its chunk grow.
void CopyIndex::keep_hashes(const Sketch& sketch, Chunk& chunk, Post& post) {
  const std::size_t before = std::size_t{post.word_hashes} + post.number_hashes + post.name_hashes;
  post.word_hashes = static_cast<std::uint8_t>(sketch.word_hashes.size);
  post.number_hashes = static_cast<std::uint8_t>(sketch.number_hashes.size);
  post.name_hashes = static_cast<std::uint8_t>(sketch.name_hashes.size);
  if (chunk.let_go) return;
  const std::size_t now = std::size_t{post.word_hashes} + post.number_hashes + post.name_hashes;
  if (now > before) {
    post.hashes_begin = static_cast<std::uint32_t>(chunk.hashes.size());
    chunk.hashes.resize(chunk.hashes.size() + now);
  }
  auto to = chunk.hashes.begin() + post.hashes_begin;
  for (const auto view :
       {sketch.word_hashes.view(), sketch.number_hashes.view(), sketch.name_hashes.view()}) {
    to = std::ranges::copy(view, to).out;
  }
}

// For CopyTable::HashesOf; hash_of(post, entry).
template <typename HashOf>
void CopyIndex::hashes_of(std::span<std::uint64_t> entries, HashOf hash_of) const {
  const auto post_of = [&](std::uint64_t entry) -> const Post& {
    return post(unmasked(CopyTable::number_in(entry)));
  };
  for (const std::uint64_t entry : entries) {
    __builtin_prefetch(&post_of(entry).bands);
    __builtin_prefetch(&post_of(entry).exact);
  }
  for (std::uint64_t& entry : entries) entry = hash_of(post_of(entry), entry);
}

// The keys under which a post is found, all but its id. A reshare is found by id only: its words are
// another's.
void CopyIndex::link_keys(std::uint32_t number, const BandKeys& bands, bool add) {
  const Post& one = post(number);
  if (one.reshare) return;
  prefetch(one.exact, one.lead, bands);
  const auto change = [&](CopyTable& table, std::uint64_t hash, auto hash_of) {
    const auto of = [&](std::span<std::uint64_t> all) { hashes_of(all, hash_of); };
    if (add) {
      table.insert(hash, number, of);
    } else {
      table.erase(hash, number, of);
    }
  };
  const auto change_by = [&](CopyTable& table, std::uint32_t Post::*key) {
    change(table, copy_keys::key(one.*key),
           [key](const Post& p, std::uint64_t) { return copy_keys::key(p.*key); });
  };
  if (one.exact != 0) change_by(exacts_, &Post::exact);
  if (one.lead != 0) change_by(leads_, &Post::lead);
  if (one.feed && one.link != 0) change_by(links_, &Post::link);
  if (one.wordless) return;
  for (std::size_t band = 0; band < Signature::kBands; ++band) {
    change(bands_, bands[band], [](const Post& p, std::uint64_t entry) {
      const std::size_t its = copy_keys::band_in(entry);
      return copy_keys::band(its, p.bands[its]);
    });
  }
}

std::uint32_t CopyIndex::insert(const Item& item, const LookUp& look_up) {
  const auto key_of_id = [](const Post& p, std::uint64_t) { return copy_keys::key(p.id_hash); };
  std::uint32_t number = 0;
  if (look_up.number) {
    number = *look_up.number;
    link_keys(number, copy_keys::of_bands(post(number).bands), false);
    const std::uint32_t person = post(number).person;
    fill(number, item, look_up);
    const RecentPosts::Recent recent = {number, post(number).lead};
    if (person == post(number).person) {
      recent_.change(person, recent);
    } else {
      recent_.remove(person, number);
      recent_.add(post(number).person, recent);
    }
  } else {
    number = append(item.id());
    fill(number, item, look_up);
    ids_.insert(copy_keys::key(post(number).id_hash), number,
                [&](std::span<std::uint64_t> all) { hashes_of(all, key_of_id); });
    recent_.add(post(number).person, {number, post(number).lead});
  }
  link_keys(number, look_up.band_keys, true);
  remember_pictures(item);
  return number;
}

void CopyIndex::remember_pictures(const Item& item) {
  for (const Media& media : item.media()) pictures_.remember(picture_key(item.id(), media), media);
}

void CopyIndex::drop(std::uint32_t number) {
  Post& one = post(number);
  if (one.dead) return;
  has_dropped_ = true;
  link_keys(number, copy_keys::of_bands(one.bands), false);
  const auto key_of_id = [](const Post& p, std::uint64_t) { return copy_keys::key(p.id_hash); };
  ids_.erase(copy_keys::key(one.id_hash), number,
             [&](std::span<std::uint64_t> all) { hashes_of(all, key_of_id); });
  leave_window(number);
  recent_.remove(one.person, number);
  one.dead = true;
  give_back_id(number);
}

void CopyIndex::note_newest(std::int64_t seconds) {
  if (seconds <= newest_) return;
  newest_ = seconds;
  const std::int64_t oldest = newest_ - absl::ToInt64Seconds(settings_.window);
  begins_.store(std::max(begins(), oldest), std::memory_order_relaxed);
}

void CopyIndex::expire(std::int64_t newest) {
  note_newest(newest);
  const std::int64_t oldest = newest_ - absl::ToInt64Seconds(settings_.window);
  for (int turn = 0; turn < 2 && size() > 1; ++turn) {
    if (sweep_ < first_ || sweep_ >= next_) sweep_ = first_;
    if (post(sweep_).seconds < oldest) drop(sweep_);
    ++sweep_;
  }
  trim();
}

void CopyIndex::trim() {
  while (size() > settings_.max_posts || (size() > 0 && post(first_).dead)) {
    drop(first_);
    ++first_;
    if (first_ % kChunkPosts == 0) chunks_.erase(chunks_.begin());
  }
  bound_waiting();
}

}  // namespace copytaster
