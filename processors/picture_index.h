// Pictures seen, found again: by SHA-256; by PDQ, upright and then turned or mirrored; and, where these find
// nothing, as a part of one another. A look-up never goes through all of them:
//
//   the same bytes        one place of a hash table, where a list of them begins
//   PDQ, each of eight    272 short lists (picture_near.h); upright ones must agree in their middle, too
//   cut, framed, written on   at most 560 buckets of eight marks (picture_mark_table.h), then at most
//                         kMostVerified pictures are laid over each other (picture_cut.h)
//
// Flat colours, flags and logos (picture_luma.h) are found by their bytes only, and so is what PDQ's quality
// says nothing of; what is drawn, a card or a chart, by bytes or PDQ, never by a part.
//
// Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/copytaster.pb.h"
#include "processors/pdq_bits.h"
#include "processors/picture_chunks.h"
#include "processors/picture_luma.h"
#include "processors/picture_mark_table.h"
#include "processors/picture_match.h"
#include "processors/picture_near.h"

namespace copytaster {

// What was folded into a picture that an edit took away is folded into the first of itself from now on.
struct PictureMove {
  std::string from, to;           // media keys; `to` is folded into nothing any more
  std::vector<std::string> keys;  // of those that were folded into `from`, `to` first
};

class PictureIndex {
 public:
  static constexpr std::size_t kMostVerified = 4;
  static constexpr std::size_t kMostMoved = 1000;  // told of one picture; all of them move

  explicit PictureIndex(std::size_t max_pictures);

  // The same picture in another item, among those seen before `own_key` was (when it was). The surest
  // likeness first, then the nearest, then the first seen.
  [[nodiscard]] std::optional<PictureMatch> find(const Media& media, std::string_view own_key) const;
  // Keys of all items' pictures that are the same as `media`: those of its bytes and of its PDQ, and where
  // there are none, by the surest likeness that finds any. own_key's item is left out; at most 64.
  [[nodiscard]] std::vector<std::string> same_as(const Media& media, std::string_view own_key) const;
  // The keys of what is folded into the picture of this key, in the order in which they came; at most so
  // many.
  [[nodiscard]] std::vector<std::string> folded_into(std::string_view key, std::size_t most) const;
  // Takes a picture with its fold (Media.folded_into). The same key replaces. When it is full, the older half
  // goes: at a million pictures that takes some tenths of a second.
  void remember(std::string_view key, const Media& media);
  // The item as it is now: its other pictures were there in an earlier version, and are found no more.
  [[nodiscard]] std::vector<PictureMove> keep_only(const Item& item);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  using Sha = std::array<std::uint8_t, 32>;
  static constexpr std::uint32_t kNone = 0xffffffff;

  struct Links {
    std::uint32_t next = kNone, previous = kNone;
  };
  struct Entry {
    std::string key;  // empty: replaced, found no more
    Sha sha = {};
    PackedLuma luma = {};
    Links same, siblings, fellows;  // in the lists of by_sha_, by_item_ and by_first_
    bool has_sha = false, has_bits = false, has_luma = false, has_marks = false, folded = false;
    bool may_be_part = false;  // cuttable(): its luma may have marks
  };
  struct List {  // in the order in which they came
    std::uint32_t first = kNone, last = kNone;
  };
  using Lists = absl::flat_hash_map<std::uint64_t, List>;
  struct Found {
    std::uint32_t number = 0;
    int distance = 0;
    double agreement = 1;
  };

  [[nodiscard]] static std::optional<Sha> sha_of(const Media& media);
  [[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view key) const;
  void find_bytes(const Sha& sha, std::string_view own_key, std::vector<Found>* out) const;
  void find_near(const PdqBits& bits, std::vector<Found>* out) const;
  void find_same(const Media& media, const PdqBits& bits, std::vector<Found>* out) const;
  void find_turned(const PdqBits& bits, std::vector<Found>* out) const;
  void find_cut(const Media& media, std::vector<Found>* out) const;
  void set_fold(std::uint32_t number, const std::string& into);
  void forget(std::uint32_t number);
  void list(std::uint32_t number, const PdqBits& bits);
  void append(std::uint64_t to, Lists& lists, Links Entry::*links, std::uint32_t number);
  void remove(std::uint64_t from, Lists& lists, Links Entry::*links, std::uint32_t number);
  [[nodiscard]] PictureMove move_fellows(const std::string& from);
  void take_luma(std::uint32_t number, const Media& media);
  void add_marks(std::uint32_t number, const std::optional<Luma>& luma);
  void drop_oldest_half();

  std::size_t max_pictures_;
  ChunkedVector<Entry> entries_;
  ChunkedVector<PdqBits> bits_;  // beside the entries: what a look-up compares
  absl::flat_hash_map<std::uint32_t, std::string> folded_into_;
  // By 64 bits of what is looked for; the entry says whether it is that.
  absl::flat_hash_map<std::uint64_t, std::uint32_t> by_key_;
  Lists by_sha_, by_item_;
  Lists by_first_;  // what is folded into the picture of this key
  PdqTable near_;
  MarkTable marks_;
  std::size_t key_bytes_ = 0, folded_bytes_ = 0;
};

}  // namespace copytaster
