// Pictures seen, found again by SHA-256 or by PDQ. A look-up never goes through all of them: of the 16
// chunks of 16 bits of two hashes at most 31 bits apart, at least one differs by at most one bit, so 272
// small lists hold every match (pigeonhole; Norouzi, Punjani, Fleet 2012). Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

// 256 bits of PDQ.
using PdqBits = std::array<std::uint64_t, 4>;
// nullopt when it is not 64 hex digits.
[[nodiscard]] std::optional<PdqBits> pdq_bits(std::string_view hex);
[[nodiscard]] int pdq_distance(const PdqBits& a, const PdqBits& b);

// PDQ's authors: 31 bits or fewer is the same picture; hashes of quality under 50 say nothing (flat
// areas, logos). github.com/facebook/ThreatExchange, hashing/hashing.pdf.
inline constexpr int kSamePictureDistance = 31;
inline constexpr std::uint32_t kLeastPictureQuality = 50;

struct PictureMatch {
  std::string key;     // media key of the first one seen: what the others are folded into
  std::string other;   // the picture that matched, itself or through which `key` was found
  bool exact = false;  // the same bytes
  int distance = 0;
};

class PictureIndex {
 public:
  explicit PictureIndex(std::size_t max_pictures) : max_pictures_(max_pictures) {}

  // The same picture in another item, among those seen before `own_key` was (when it was). Nearest first,
  // then the first seen.
  [[nodiscard]] std::optional<PictureMatch> find(const Media& media, std::string_view own_key) const;
  // Keys of all items' pictures that are the same as `media`, own_key's item left out; at most 64.
  [[nodiscard]] std::vector<std::string> same_as(const Media& media, std::string_view own_key) const;
  // Takes a picture with its fold (Media.folded_into). The same key replaces.
  void remember(std::string_view key, const Media& media);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kChunks = 16;
  static constexpr std::uint32_t kEnd = 0xffffffff;

  struct Entry {
    PdqBits bits = {};
    std::array<std::uint32_t, kChunks> next;  // in the list of each chunk's value
    std::string key;
    std::string folded_into;  // empty: itself is the first
    std::string sha256;
    bool has_bits = false;
  };

  template <typename Visit>
  void each_near(const PdqBits& bits, Visit visit) const;
  void add_to_lists(std::uint32_t number);
  void drop_oldest_half();

  std::size_t max_pictures_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> heads_;  // kChunks × 65536, made with the first picture
  StringMap<std::uint32_t> by_key_, by_sha_;
};

}  // namespace copytaster
