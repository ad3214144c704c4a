// What a story is about, summed over its posts; and how much two profiles have in common. A post is a
// profile of one. Evidence is a sum of parts, each with its words; 1.0 is enough to be one story.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "processors/story_features.h"
#include "processors/story_flat_map.h"
#include "processors/story_stats.h"

namespace copytaster {

struct EntityUse {
  std::string label;
  bool person = false;
  bool is_country = false;
  bool posts = false;                                   // the person is an author of the story
  std::vector<std::uint64_t> named_by;                  // authors other than that person; at most 8
  bool home = false, neutral = false, foreign = false;  // as what the place was named
};

struct StoryAuthor {
  std::uint64_t key = 0;
  std::string home;
  std::string country;
  std::vector<std::string> abroad;  // countries of the places named that are not the own
  std::int64_t last = 0;
};

struct StoryPictureMark {
  PdqBits bits = {};
  std::uint64_t author = 0;
  friend bool operator==(const StoryPictureMark&, const StoryPictureMark&) = default;
};

struct StoryProfile {
  static constexpr std::size_t kMaxTerms = 512;
  static constexpr std::size_t kMaxMarks = 64;

  std::int64_t first = 0, last = 0;  // Unix times of the posts
  std::uint32_t posts = 0;
  std::uint32_t words = 0;  // of the longest post, at most StoryFeatures::kMaxWords
  FlatMap<std::uint64_t, EntityUse> entities;
  std::vector<StoryAuthor> authors;
  FlatMap<std::uint64_t, float> terms;  // sum of the posts' unit vectors
  double norm2 = 0;                     // of `terms`
  FlatMap<std::string, double> language_norm2;
  std::string language;  // of a profile of one
  std::vector<StoryPictureMark> pictures;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> picture_hashes;  // hash, author
  std::vector<std::pair<std::uint64_t, std::uint64_t>> links;           // hash, author
};

[[nodiscard]] StoryProfile profile_of(const StoryFeatures& features, const StoryStats& stats);
void absorb(StoryProfile& into, const StoryProfile& from);

enum class SignalKind : std::uint8_t { kStrong, kWeak, kText };
// Its words are put together only when someone reads them: most comparisons come to nothing. `name` points
// into one of the profiles compared.
struct StorySignal {
  double value = 0;
  SignalKind kind = SignalKind::kStrong;
  std::string_view before, name, after;
  double share = 0, needed = 0;  // of words alike
};
struct Evidence {
  double strong = 0, weak = 0, text = 0;
  std::vector<StorySignal> signals;  // their values sum up to score()
  [[nodiscard]] double names() const { return strong + weak; }
  [[nodiscard]] double score() const { return strong + weak + text; }
};
// `item` may be a profile of many (when two stories are compared). Symmetric but for the text's threshold,
// which is `item`'s.
[[nodiscard]] Evidence compare(const StoryProfile& item, const StoryProfile& story, const StoryStats& stats);
// "both name Kyiv +0.60; words alike 0.31 (0.22 is enough) +1.41": the strongest signals, at most four. While
// the profiles live.
[[nodiscard]] std::string to_text(const Evidence& evidence);

}  // namespace copytaster
