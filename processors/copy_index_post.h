// How CopyIndex lays posts out in memory; only copy_index*.cpp include it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/text.h"
#include "processors/copy_index.h"
#include "processors/shingle.h"

namespace copytaster {

// Under which hashes the tables know a post.
namespace copy_keys {
[[nodiscard]] inline std::uint64_t key(std::uint32_t key) { return mix64(key * 0x9e3779b97f4a7c15ULL); }
[[nodiscard]] inline std::uint32_t id_hash(std::string_view id) {
  return static_cast<std::uint32_t>(stable_hash(id) >> 32);
}
// All bands are in one table, and an entry of it must say which it is: the band is four of the eight bits
// that the entry keeps of its hash (CopyTable::tag_in; never all eight set).
[[nodiscard]] inline std::uint64_t band(std::size_t band, std::uint32_t value) {
  const std::uint64_t hash =
      mix64((static_cast<std::uint64_t>(band + 1) << 32 | value) * 0x9e3779b97f4a7c15ULL);
  const std::uint64_t tag = band << 4 | (hash >> 40 & 0xff) % 15;
  return (hash & ~(0xffULL << 40)) | tag << 40;
}
[[nodiscard]] inline BandKeys of_bands(const std::array<std::uint32_t, Signature::kBands>& bands) {
  BandKeys keys;
  for (std::size_t i = 0; i < bands.size(); ++i) keys[i] = band(i, bands[i]);
  return keys;
}
[[nodiscard]] inline std::size_t band_in(std::uint64_t entry) { return CopyTable::tag_in(entry) >> 4; }
}  // namespace copy_keys

inline constexpr std::uint32_t kNoPost = 0xffffffff;
inline constexpr std::uint32_t kChunkPosts = 4096;

// 128 bytes, two cache lines: its bands are one. The id and the words' hashes lie in the chunk.
struct alignas(64) CopyIndex::Post {
  std::array<std::uint32_t, Signature::kBands> bands;
  std::uint32_t exact, lead, link, person, platform, seconds;
  std::uint32_t root, group_next, group_previous;  // the root's group_next begins the list of its copies
  std::uint32_t copies;                            // of a root
  std::uint32_t id_hash;
  std::uint32_t id_begin, hashes_begin;
  std::uint16_t id_size, shingles, words;  // id_size: of what follows its prefix
  std::uint8_t word_hashes, number_hashes, name_hashes;
  std::uint8_t rule, score;  // of its fold; score in 1/255
  bool cut : 1, reshare : 1, gone : 1, dead : 1, feed : 1, wordless : 1, id_is_number : 1, has_past : 1;

  [[nodiscard]] Signature signature() const { return {bands, wordless}; }
};

struct CopyIndex::Chunk {
  std::unique_ptr<Post[]> posts{new Post[kChunkPosts]};  // not cleared: memory is touched as posts come
  std::string ids;                                       // copy_index_ids.cpp
  std::vector<std::uint16_t> hashes;
  bool let_go = false;  // the hashes were
};

inline CopyIndex::Post& CopyIndex::post(std::uint32_t number) const {
  return chunks_[number / kChunkPosts - first_ / kChunkPosts]->posts[number % kChunkPosts];
}

}  // namespace copytaster
