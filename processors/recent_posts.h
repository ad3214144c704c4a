// The latest posts of each person, newest first, with the little that tells most of them from a text at once.
// A person's stand together: walking from post to post would wait for memory fifty times a look-up.
//
// Holds at most kMost a person, eight bytes each. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/container/flat_hash_map.h"

namespace copytaster {

class RecentPosts {
 public:
  static constexpr std::size_t kMost = 48;
  struct Recent {
    std::uint32_t number = 0;
    std::uint32_t lead = 0;  // TextView.lead
  };
  // A new post; the oldest of kMost is let go.
  void add(std::uint32_t person, Recent recent);
  // The post begins otherwise now. Nothing happens where it is not among the latest.
  void change(std::uint32_t person, Recent recent);
  // The post is out of the window.
  void remove(std::uint32_t person, std::uint32_t number);
  // Newest first.
  template <typename Visit>
  void each(std::uint32_t person, Visit visit) const {
    const auto found = rings_.find(person);
    if (found == rings_.end()) return;
    const Ring& ring = found->second;
    for (std::size_t age = 0; age < ring.size; ++age) visit(ring.posts[ring.place(age)]);
  }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  // A ring: `size` of `room` places, the newest at `last`.
  struct Ring {
    std::unique_ptr<Recent[]> posts;
    std::uint8_t room = 0;
    std::uint8_t size = 0;
    std::uint8_t last = 0;
    [[nodiscard]] std::size_t place(std::size_t age) const {  // of the post that is `age` posts old
      return last >= age ? last - age : last + room - age;
    }
  };
  void widen(Ring& ring);

  absl::flat_hash_map<std::uint32_t, Ring> rings_;
  std::size_t places_ = 0;  // of all rings
};

}  // namespace copytaster
