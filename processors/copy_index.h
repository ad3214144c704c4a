// What has been seen, for folding copies. In memory: per post a signature, a few numbers, the id and,
// for the newest posts, the hashes of the words (a Sketch); `copytaster bench --copies` says how much that is
// (247.5 bytes a post at ten million). Nothing expires by the wall clock: the window
// is measured on the posts' own times.
//
// Copies form groups; each group has one root, the item that is shown. A copy never points at a copy, but
// for groups of more than kMaxGroupToRefold: of those so many are rewritten, the others lead to their old
// root, and by it to the new one. The root may change when a better one comes (the original after its
// reshare, the whole text after its cut, the living after the deleted): then remember() says which stored
// items must be rewritten.
//
// When a root leaves the window its copies stay what they are: one of them stands in for it here, and what
// repeats them is folded into the post that is stored as shown. No rule shows another one for that.
//
// One thread writes; const members may be used by that thread only, but begins().
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "processors/copy_judgements.h"
#include "processors/copy_settings.h"
#include "processors/copy_table.h"
#include "processors/dedupe_text.h"
#include "processors/fingerprint.h"
#include "processors/id_prefixes.h"
#include "processors/picture_index.h"
#include "processors/recent_posts.h"

namespace copytaster {

// A remembered post, without its id: putting that together is for those who need it (CopyIndex::id_of). Views
// are good until the next call that writes.
struct SeenPost {
  std::uint32_t number = 0;
  std::uint32_t root = 0;      // number of the post that is shown; its own when it is shown itself
  std::uint32_t person = 0;    // hash of who posts; equal for all accounts of one official
  std::uint32_t platform = 0;  // hash
  std::uint32_t link = 0;      // hash of its first link, canonical; 0: none
  std::int64_t seconds = 0;    // Unix time of the post
  bool reshare = false;
  bool gone = false;
  bool feed = false;
  TextView text;
};

// Who, where and when of an item, as the index keeps it.
struct PostTraits {
  std::uint32_t person = 0;
  std::uint32_t platform = 0;
  std::uint32_t link = 0;
  std::int64_t seconds = 0;
  bool feed = false;
};
[[nodiscard]] PostTraits traits_of(const Item& item);

// All that an item is looked up by, made once for finding its copies and remembering it. Good until the index
// is written.
using BandKeys = std::array<std::uint64_t, Signature::kBands>;
struct LookUp {
  Sketch sketch;
  BandKeys band_keys;  // under which its bands stand in the index
  PostTraits traits;
  std::optional<std::uint32_t> number;  // of the item itself, when it is known
};

// A stored item's new fold; duplicate_of without item_id: it is shown by itself now.
struct Refold {
  std::string item_id;
  DuplicateOf duplicate_of;
};

class CopyIndex {
 public:
  static constexpr std::size_t kMaxCandidates = 96;
  static constexpr std::size_t kMaxGroupToRefold = 1000;
  // A comment of this many words on a reshare is a statement of its own: then it is not folded.
  static constexpr std::uint32_t kWordsOfOwnStatement = 20;

  explicit CopyIndex(const CopySettings& settings = {});
  ~CopyIndex();
  CopyIndex(const CopyIndex&) = delete;
  CopyIndex& operator=(const CopyIndex&) = delete;

  [[nodiscard]] LookUp look_up(const Item& item) const;
  // Asks memory for what look_up() of this one's item will read, without waiting for it.
  void expect(const Fingerprint& fingerprint) const;
  [[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view item_id) const;
  [[nodiscard]] std::optional<SeenPost> find(std::string_view item_id) const;
  [[nodiscard]] SeenPost at(std::uint32_t number) const;
  [[nodiscard]] std::string id_of(std::uint32_t number) const;
  // Posts that may say the same, the item itself left out: equal text, equal beginning, a shared LSH band,
  // the same link in a feed, and the latest of the same person (RecentPosts). Each once; at most
  // kMaxCandidates.
  void each_candidate(const LookUp& item, absl::FunctionRef<void(const SeenPost&)> visit) const;
  // The first reshare seen of an original that has not come (yet).
  [[nodiscard]] std::optional<SeenPost> stand_in_for(std::string_view original_id) const;
  // The id under which a root's group is stored: that of a root that left the window, or its own; and a hash
  // of whose post that is, 0 where it is not known.
  [[nodiscard]] std::string shown_id(std::uint32_t root) const;
  [[nodiscard]] std::uint32_t shown_person(std::uint32_t root) const;
  [[nodiscard]] bool stands_in_for(std::uint32_t root, std::string_view item_id) const;
  // The root of the group of a post that is here, or that is shown for some that are.
  [[nodiscard]] std::optional<std::uint32_t> group_of(std::string_view item_id) const;
  // Whether others are folded into it.
  [[nodiscard]] bool has_copies(std::uint32_t number) const;
  [[nodiscard]] const PictureIndex& pictures() const { return pictures_; }

  // Takes an item after dedupe. The same id replaces what was known of it. The refolds may
  // include the item itself: when it has become the root of what it was found to copy.
  [[nodiscard]] std::vector<Refold> remember(const Item& item) { return remember(item, look_up(item)); }
  [[nodiscard]] std::vector<Refold> remember(const Item& item, const LookUp& look_up);
  // Before an item that came again is looked up: pictures that it does not show any more are found no more.
  // What was folded into them is folded into another now.
  [[nodiscard]] std::vector<PictureMove> forget_lost_pictures(const Item& item) {
    return pictures_.keep_only(item);
  }
  // Before a known item is looked at again: where its words are others now, those that were folded into it by
  // what it said become a group of their own, under the first of the refolds. What passes it on stays with it
  // (whether a reshare does is asked by its id), and what an editor has said is the same; of more than
  // kMaxGroupToRefold copies the others stay, too. `look_up` stays good.
  using PassesOn = absl::FunctionRef<bool(std::string_view item_id)>;
  [[nodiscard]] std::vector<Refold> release(const LookUp& look_up, PassesOn passes_on);
  // A remembered item says the same as the group of `fold` too, which becomes one with its own.
  [[nodiscard]] std::vector<Refold> unite(std::string_view item_id, const DuplicateOf& fold);
  // Takes an item as it was stored: its fold is believed. Any order; in that of time the latest posts are the
  // latest again, and what is kept of the newest only is theirs. Nothing leaves the window before settle().
  // One that is here already goes back to where it is stored.
  void restore(const Item& item);
  // The pictures alone of an item that is out of the window: they stay longer.
  void restore_pictures(const Item& item);
  // After the last restore(): the window is as it was. `all`: nothing that was stored has been left out.
  void settle(bool all);
  // The item is proven gone: another of its group is shown from now on.
  [[nodiscard]] std::vector<Refold> forget(std::string_view item_id);

  // An editor's answer: the two posts' groups become one, or the one post leaves the other's group. What is
  // not here is folded, or kept apart, when it comes.
  [[nodiscard]] std::vector<Refold> answer(const CopyJudgement& judgement);
  // An item that is stored as a copy is shown by itself from now on, whether it is here or not.
  [[nodiscard]] std::vector<Refold> take_out(std::string_view item_id);
  // An answer as it was stored; before the items are restored.
  void restore_answer(const CopyJudgement& judgement) { judgements_.put(judgement); }
  [[nodiscard]] const CopyJudgements& judgements() const { return judgements_; }
  // Whether an editor keeps `item_id`, or what is folded into it, apart from a post of root's group.
  [[nodiscard]] bool keeps_apart(std::string_view item_id, std::uint32_t root) const;
  // A judged post that is not here is stored as folded into `shown`.
  void note_place_of(std::string_view item_id, std::string_view shown);

  [[nodiscard]] std::int64_t window_seconds() const { return absl::ToInt64Seconds(settings_.window); }
  // What is older (Unix seconds) has left the window, or will. Any thread.
  [[nodiscard]] std::int64_t begins() const { return begins_.load(std::memory_order_relaxed); }
  // Whether anything fell out of the window: only then may a post that is not here have been here.
  [[nodiscard]] bool has_dropped() const { return has_dropped_; }
  [[nodiscard]] std::size_t size() const { return next_ - first_; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Post;
  struct Chunk;
  class Offers;
  // What has left the window of a group that is still here.
  struct Past {
    std::string shown;         // the id of the post that is shown; empty: it is here, the root
    std::uint32_t person = 0;  // whose that is; 0: not known
    std::vector<std::string> judged;
  };

  Post& post(std::uint32_t number) const;
  std::uint32_t unmasked(std::uint32_t masked) const {
    return first_ + ((masked - first_) & CopyTable::kNumberMask);
  }
  void write_id(std::uint32_t number, std::string_view id);
  [[nodiscard]] bool has_id(std::uint32_t number, std::string_view id) const;
  void give_back_id(std::uint32_t number);  // the last thing that is done with it
  [[nodiscard]] std::string_view id_record(std::uint32_t number) const;
  void read(std::uint32_t number, SeenPost* out) const;
  void prefetch(std::uint32_t exact, std::uint32_t lead, const BandKeys& bands) const;
  [[nodiscard]] static bool is_alike(const Post& one, const Signature& signature);
  void each_recent(const Sketch& sketch, const PostTraits& traits,
                   absl::FunctionRef<void(std::uint32_t)> visit) const;
  void each_in_band(const LookUp& item, absl::FunctionRef<void(std::uint32_t)> visit) const;

  std::uint32_t insert(const Item& item, const LookUp& look_up);
  std::uint32_t append(std::string_view id);
  void add_chunk();
  static void keep_hashes(const Sketch& sketch, Chunk& chunk, Post& post);
  void fill(std::uint32_t number, const Item& item, const LookUp& look_up);
  template <typename HashOf>
  void hashes_of(std::span<std::uint64_t> entries, HashOf hash_of) const;
  void link_keys(std::uint32_t number, const BandKeys& bands, bool add);
  void note_newest(std::int64_t seconds);
  void expire(std::int64_t newest);
  void trim();
  void remember_pictures(const Item& item);
  void drop(std::uint32_t number);

  void join(std::uint32_t root, std::uint32_t member);
  void leave(std::uint32_t member);
  [[nodiscard]] const Past* past_of(std::uint32_t root) const;
  [[nodiscard]] bool stands_in(std::uint32_t root) const;
  [[nodiscard]] bool is_of_group(std::string_view item_id, std::uint32_t root) const;
  [[nodiscard]] std::uint32_t heir_of(std::uint32_t root) const;
  Past& make_past(std::uint32_t root);
  void stand_in(std::uint32_t root, std::string id, std::uint32_t person);
  void note_judged(std::uint32_t root, std::string_view item_id);
  void forget_past(std::uint32_t root);
  void pass_past(std::uint32_t from, std::uint32_t to);
  void hand_over(std::uint32_t from, std::uint32_t to);
  void step_out(std::uint32_t number);
  void leave_window(std::uint32_t number);
  [[nodiscard]] std::vector<std::uint32_t> members_of(std::uint32_t root) const;
  void gather(std::span<const std::uint32_t> members, std::uint32_t to);
  void return_to(std::uint32_t number, std::string_view item_id);
  void move_root(std::uint32_t from, std::uint32_t to, std::vector<Refold>& refolds);
  void join_groups(std::uint32_t one, std::uint32_t other, std::uint8_t rule, std::uint8_t score,
                   std::vector<Refold>& refolds);
  [[nodiscard]] bool may_overtake(std::uint32_t challenger, std::uint32_t root) const;
  [[nodiscard]] bool overtakes(std::uint32_t challenger, std::uint32_t root) const;
  [[nodiscard]] bool is_kept_apart(std::string_view item_id, std::uint32_t root) const;
  void go_alone(std::uint32_t number, std::vector<Refold>& refolds);
  void move_alone(std::uint32_t item, std::uint32_t other, std::vector<Refold>& refolds);
  [[nodiscard]] std::vector<std::uint32_t> copies_by_words(std::uint32_t root, PassesOn passes_on) const;
  void part(std::span<const std::uint32_t> members, std::vector<Refold>& refolds);
  void fold(std::uint32_t number, const Item& item, std::vector<Refold>& refolds);
  void restore_fold(std::uint32_t number, const Item& item);
  void wait_for_original(std::uint32_t number, const Item& item);
  void bound_waiting();
  void adopt_waiting(std::uint32_t number, const Item& item, std::vector<Refold>& refolds);
  [[nodiscard]] DuplicateOf fold_of(std::uint32_t member, std::uint32_t root, std::uint32_t through) const;

  CopySettings settings_;
  std::uint32_t first_ = 0;  // numbers in use: [first_, next_)
  std::uint32_t next_ = 0;
  std::uint32_t sweep_ = 0;
  std::int64_t newest_ = 0;
  std::atomic<std::int64_t> begins_ = 0;
  bool has_dropped_ = false;
  std::vector<std::unique_ptr<Chunk>> chunks_;  // of first_'s chunk and later
  IdPrefixes prefixes_;
  CopyTable ids_, exacts_, leads_, links_;
  CopyTable bands_;  // all of them: what a look-up reads first is then in the processor's nearest memory
  RecentPosts recent_;
  // Hash of an original that is not here -> the reshares that wait for it.
  absl::flat_hash_map<std::uint64_t, std::vector<std::uint32_t>> waiting_;
  absl::flat_hash_map<std::uint32_t, Past> pasts_;               // by root
  absl::flat_hash_map<std::uint64_t, std::uint32_t> stand_ins_;  // hash of Past::shown -> root
  PictureIndex pictures_;
  CopyJudgements judgements_;
};

}  // namespace copytaster
