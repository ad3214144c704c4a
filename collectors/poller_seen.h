// Which content of which post was handed on last, for the newest posts of one account: so that a page
// that shows them again hands on nothing, also before they are processed. Bounded; not thread-safe.
// Posts and contents are kept as 64-bit hashes: with ten thousand accounts names would fill the memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace copytaster {

class SeenPosts {
 public:
  static constexpr std::size_t kMost = 200;
  struct Post {
    std::uint64_t key = 0;
    std::uint64_t content = 0;  // 0: whatever comes is news
    std::uint8_t ages = 0;      // engagement was noted at these ages (engagement_ages.h)
    [[nodiscard]] bool is_same(std::string_view what) const {
      return content != 0 && content == stable_hash(what);
    }
  };

  // Null when unknown; until the next call.
  [[nodiscard]] Post* find(std::string_view key) { return find_hash(stable_hash(key)); }
  [[nodiscard]] const Post* find(std::string_view key) const {
    const std::uint64_t hash = stable_hash(key);
    const auto found =
        std::find_if(posts_.begin(), posts_.end(), [&](const Post& p) { return p.key == hash; });
    return found == posts_.end() ? nullptr : &*found;
  }
  void put(std::string_view key, std::string_view content, std::uint8_t ages = 0) {
    const std::uint64_t hash = stable_hash(key);
    if (Post* known = find_hash(hash)) {
      known->content = stable_hash(content);
      known->ages |= ages;
      return;
    }
    if (posts_.size() == kMost) {
      posts_[oldest_] = {hash, stable_hash(content), ages};
      oldest_ = (oldest_ + 1) % kMost;
    } else {
      posts_.push_back({hash, stable_hash(content), ages});
    }
  }
  // A deleted post that comes back is news again.
  void forget(std::string_view key) {
    if (Post* known = find(key)) known->content = 0;
  }

 private:
  Post* find_hash(std::uint64_t hash) {
    const auto found =
        std::find_if(posts_.begin(), posts_.end(), [&](const Post& p) { return p.key == hash; });
    return found == posts_.end() ? nullptr : &*found;
  }

  std::vector<Post> posts_;
  std::size_t oldest_ = 0;
};

}  // namespace copytaster
