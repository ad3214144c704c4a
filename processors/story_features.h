// What of an item matters for stories: its people, places, words, pictures, links. Made once an item; all
// comparing is done on profiles (story_profile.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "processors/picture_index.h"

namespace copytaster {

// How a place relates to who posts: a mayor names the own city in every post.
enum class Nearness : std::uint8_t { kHome, kNeutral, kForeign };

struct StoryEntity {
  std::uint64_t key = 0;  // of the official, else of the mention's id, else of its folded name
  std::string label;
  bool person = false;  // or organisation; else a place
  bool is_country = false;
  Nearness nearness = Nearness::kForeign;  // of a place
  std::string country;                     // of a place
};

// A word cut to six characters (endings say little), with the length of the whole word.
struct StoryTerm {
  std::uint64_t key = 0;
  std::uint8_t length = 0;
  std::uint16_t times = 0;
};

struct StoryFeatures {
  static constexpr std::size_t kMaxWords = 80;  // news says what it is about at its beginning
  static constexpr std::size_t kMaxEntities = 48;
  static constexpr std::size_t kMaxPictures = 16;

  std::string id;
  std::int64_t seconds = 0;  // Unix time of the post
  std::uint64_t author = 0;  // key of the official, else of the account
  std::string author_label;
  bool official = false;  // the author is one we follow
  bool newsroom = false;  // our own earlier coverage: background, never news
  std::string home;       // folded name of the author's place on that day; empty: not known
  std::string country;    // of that place
  std::string language;
  std::uint32_t words = 0;  // looked at
  std::vector<StoryTerm> terms;
  std::vector<StoryEntity> entities;  // each once; the author is not among them
  std::vector<PdqBits> pictures;
  std::vector<std::uint64_t> picture_hashes;  // of SHA-256
  std::vector<std::uint64_t> links;           // hashes of canonical URLs
};

[[nodiscard]] StoryFeatures story_features(const Item& item, const Officials& officials);
[[nodiscard]] bool is_newsroom(const Item& item, const Officials& officials);
[[nodiscard]] bool is_newsroom(std::string_view official_id, std::string_view account_id,
                               const Officials& officials);

}  // namespace copytaster
