// The stories of the last weeks: who belongs to which, what they are about, and the newsroom's own earlier
// coverage. Stories are open for new posts while the posts' own times lie within `open`.
//
// A post belongs to exactly one story; one that resembles nothing is a story of one. A story's id comes from
// its first item and stays; when a post shows that two stories are one, the smaller one's posts move and
// remember() says so. Same input in the same order gives the same stories; restored from what is
// stored, in any order, the same members and ids.
//
// One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "core/strings.h"
#include "processors/post_kind.h"
#include "processors/story_profile.h"
#include "processors/story_settings.h"
#include "processors/story_stats.h"

namespace copytaster {

class CopyIndex;

// Where an item belongs.
struct StoryChoice {
  std::string story_id;
  StoryEvidence evidence;
  bool about = true;  // false: a reshare, a quote by another: it belongs to the story but does not shape it
};

// A stored item that belongs to another story now.
struct Rejoin {
  std::string item_id;
  std::string story_id;
  StoryEvidence evidence;
};

struct StoryMember {
  std::string item_id;
  std::int64_t seconds = 0;
  bool about = true;
  bool gone = false;
  PostKind kind = PostKind::kPost;
  bool day_only = false;  // of `seconds` only the day is known
};

struct CoverageMatch {
  std::string item_id;
  double score = 0;
  std::string reason;
};

// "story:" and 16 hex digits.
[[nodiscard]] std::string story_id_for(std::string_view first_item_id);

class StoryIndex {
 public:
  explicit StoryIndex(const StorySettings& settings = {}) : settings_(settings) {}

  // `copies` (may be null) tells templates from news.
  [[nodiscard]] StoryChoice choose(const Item& item, const Officials& officials,
                                   const CopyIndex* copies) const;
  // Takes an item with its story_id. Returns what moved besides.
  [[nodiscard]] std::vector<Rejoin> remember(const Item& item, const Officials& officials,
                                             const CopyIndex* copies);
  // Takes an item as stored. Any order; counts from settle() on.
  void restore(const Item& item, const Officials& officials);
  // To be called after restoring and before anything else; cheap when there is nothing to do.
  void settle();
  // Some of what is stored was not restored: it lies outside of the window.
  void note_dropped() { has_dropped_ = true; }
  [[nodiscard]] const StorySettings& settings() const { return settings_; }
  void forget(std::string_view item_id);
  // Puts an item into the story of `root` (its fold changed); nothing when it is there already. It does not
  // shape the story any more.
  [[nodiscard]] std::optional<Rejoin> follow(std::string_view item_id, std::string_view root_id);

  // An item that was a copy is shown by itself now.
  void shows(std::string_view item_id);

  [[nodiscard]] std::vector<std::string> take_changed();
  // All that changed is written: members() need know no more of stories that had to be let go meanwhile.
  void records_made() { let_go_.clear(); }
  void touch(std::string_view item_id);  // its story must be built anew
  // Whether it is remembered.
  [[nodiscard]] bool has(std::string_view story_id) const { return by_id_.contains(story_id); }
  // By time, then id; empty when there is no such story.
  [[nodiscard]] std::vector<StoryMember> members(std::string_view story_id) const;
  // Our own earlier articles on what the story is about, best first, at most three.
  [[nodiscard]] std::vector<CoverageMatch> coverage(std::string_view story_id) const;
  [[nodiscard]] std::optional<std::string> story_of(std::string_view item_id) const;
  // Whether any story fell out of the window: only then may an item that is not here have been here.
  [[nodiscard]] bool has_dropped() const { return has_dropped_; }
  // How rare the people and places of an item are, 0…1; 0 when it names none. Cheap for the item remembered
  // last.
  [[nodiscard]] double novelty(const Item& item, const Officials& officials) const;
  // The most that a living post of the story has.
  [[nodiscard]] double story_novelty(std::string_view story_id) const;
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  // The latest of a story, among which the nearest post is looked for.
  static constexpr std::size_t kMembersForNearest = 64;

  struct Member {
    std::string id;
    std::int64_t seconds = 0;
    std::uint64_t author = 0;
    bool about = true;
    bool gone = false;
    PostKind kind = PostKind::kPost;
    bool day_only = false;
    bool absorbed = false;  // its words, names and pictures are in the story's profile
    // Of its words and names, cut to 32 bits, sorted: to name the nearest post. Empty where it is not looked
    // at.
    std::vector<std::uint32_t> keys;
    std::vector<std::uint64_t> names;  // that may be news: novelty is how rare they are
  };
  struct Story {
    std::string id;
    std::vector<Member> members;
    StoryProfile profile;
    std::uint64_t touched = 0;  // by which put(), the latest
  };
  // How an item stands in its story.
  struct Standing {
    bool about = true;
    bool gone = false;
    PostKind kind = PostKind::kPost;
    bool day_only = false;
  };
  struct Coverage {
    std::string id;
    StoryProfile profile;
  };
  struct Restored {
    StoryFeatures features;
    std::string story_id;
    Standing standing;
    bool counts = true;
    std::string quotes;  // or answers
  };

  using StoryNumber = std::uint32_t;

  void count(const StoryFeatures& features, bool counts);
  void remember_coverage(const StoryFeatures& features);
  StoryNumber story_numbered(const std::string& id);
  void put(StoryNumber story, const StoryFeatures& features, const StoryProfile& profile, Standing standing);
  void absorb_member(StoryNumber story, Member& member, const StoryProfile& profile);
  void post_keys(StoryNumber story, const StoryProfile& profile);
  void remove(const std::string& item_id);
  void join_stories(const Item& item, const StoryFeatures& features, const StoryProfile& profile,
                    StoryNumber own, const CopyIndex* copies, std::vector<Rejoin>& moved);
  void wait_for_links(const Item& item);
  void welcome_waiting(const Item& item, std::uint64_t author, StoryNumber story, std::vector<Rejoin>& moved);
  std::vector<Rejoin> merge(StoryNumber from, StoryNumber into, const StoryEvidence& why);
  void expire();

  [[nodiscard]] const Story* story_of_item(std::string_view item_id) const;
  [[nodiscard]] bool is_open(const Story& story, std::int64_t seconds) const;
  [[nodiscard]] std::vector<StoryNumber> candidates(const StoryProfile& profile, const Item& item) const;
  [[nodiscard]] Evidence evidence_for(const StoryFeatures& features, const StoryProfile& profile,
                                      const Story& story, const CopyIndex* copies) const;
  [[nodiscard]] bool is_template(const StoryFeatures& features, const Story& story,
                                 const CopyIndex* copies) const;
  [[nodiscard]] std::string nearest(const StoryProfile& profile, const Story& story,
                                    std::string_view except) const;
  [[nodiscard]] std::optional<StoryChoice> follow_links(const Item& item, std::uint64_t author) const;
  [[nodiscard]] bool stands_alone(const Item& item) const;

  // What choose() worked out, for the remember() that follows.
  struct Work {
    StoryFeatures features;
    StoryProfile profile;
  };
  [[nodiscard]] static std::vector<std::uint64_t> news_names(const StoryFeatures& features);
  [[nodiscard]] double novelty_of(const std::vector<std::uint64_t>& names) const;
  [[nodiscard]] Work work_on(const Item& item, const Officials& officials) const;

  StorySettings settings_;
  mutable std::optional<Work> last_;
  std::string remembered_;  // id of the item remembered last
  std::vector<std::uint64_t> remembered_names_;
  StoryStats stats_;
  std::int64_t newest_ = 0;
  bool has_dropped_ = false;
  StoryNumber next_ = 0;
  absl::flat_hash_map<StoryNumber, Story> stories_;
  StringMap<StoryNumber> by_id_;
  StringMap<StoryNumber> story_of_item_;
  // Hash of a post that is not here -> posts that quote, answer or pass it on.
  absl::flat_hash_map<std::uint64_t, std::vector<std::string>> waiting_;
  // Word or name -> stories that have it, oldest first, at most kMaxPostings.
  absl::flat_hash_map<std::uint64_t, std::vector<StoryNumber>> postings_;
  std::vector<Coverage> coverage_;
  std::vector<Restored> restored_;
  std::set<std::string> changed_;
  std::uint64_t puts_ = 0;
  StringMap<std::vector<StoryMember>> let_go_;  // for want of room, since records_made()
};

}  // namespace copytaster
