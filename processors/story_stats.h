// How common words and names are among the posts seen: what everybody writes says nothing about a story.
// Two generations of 15 days, by the posts' own times, so that it forgets. Not thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "processors/story_features.h"

namespace copytaster {

class StoryStats {
 public:
  void add(const StoryFeatures& features);

  // Inverse document frequency of a word; `length` in characters stands in for what is not known yet
  // (short words are common in every language).
  [[nodiscard]] double idf(std::uint64_t term, std::uint8_t length) const;
  // Posts that have the word.
  [[nodiscard]] std::uint32_t posts_with(std::uint64_t term) const;
  // How rare a person or place is, 0…1: by how many different authors name it, of whom `own_authors` are
  // those of the story in question and do not count. A story must not make its own names common.
  [[nodiscard]] double rarity(std::uint64_t entity, std::size_t own_authors) const;
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  static constexpr std::int64_t kGenerationSeconds = 15 * 24 * 3600;
  static constexpr std::size_t kMaxTerms = 2'000'000;
  static constexpr std::size_t kMaxAuthorsOfEntity = 64;

  struct Generation {
    std::int64_t begin = 0;
    std::uint32_t posts = 0;
    absl::flat_hash_map<std::uint64_t, std::uint32_t> terms;
    absl::flat_hash_map<std::uint64_t, std::vector<std::uint32_t>> entity_authors;
    absl::flat_hash_set<std::uint32_t> authors;
  };
  void rotate(std::int64_t now);

  Generation now_, before_;
};

}  // namespace copytaster
