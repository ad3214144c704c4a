#include "processors/recent_posts.h"

#include <algorithm>
#include <utility>

namespace copytaster {

void RecentPosts::widen(Ring& ring) {
  // Most people have few posts in the window, some have hundreds.
  const std::size_t room = ring.room == 0 ? 2 : std::min(kMost, ring.room * std::size_t{2});
  Ring wider{std::make_unique<Recent[]>(room), static_cast<std::uint8_t>(room), ring.size, 0};
  for (std::size_t age = 0; age < ring.size; ++age)
    wider.posts[ring.size - 1 - age] = ring.posts[ring.place(age)];
  wider.last = static_cast<std::uint8_t>(ring.size == 0 ? room - 1 : ring.size - 1);
  places_ += room - ring.room;
  ring = std::move(wider);
}

void RecentPosts::add(std::uint32_t person, Recent recent) {
  Ring& ring = rings_[person];
  if (ring.size == ring.room && ring.room < kMost) widen(ring);
  ring.last = static_cast<std::uint8_t>(ring.last + 1 == ring.room ? 0 : ring.last + 1);
  ring.posts[ring.last] = recent;
  if (ring.size < ring.room) ++ring.size;
}

void RecentPosts::change(std::uint32_t person, Recent recent) {
  const auto found = rings_.find(person);
  if (found == rings_.end()) return;
  Ring& ring = found->second;
  for (std::size_t age = 0; age < ring.size; ++age) {
    Recent& one = ring.posts[ring.place(age)];
    if (one.number == recent.number) one = recent;
  }
}

void RecentPosts::remove(std::uint32_t person, std::uint32_t number) {
  const auto found = rings_.find(person);
  if (found == rings_.end()) return;
  Ring& ring = found->second;
  for (std::size_t age = 0; age < ring.size; ++age) {
    if (ring.posts[ring.place(age)].number != number) continue;
    --ring.size;
    for (; age < ring.size; ++age) ring.posts[ring.place(age)] = ring.posts[ring.place(age + 1)];
  }
  if (ring.size > 0) return;
  places_ -= ring.room;
  rings_.erase(found);
}

std::size_t RecentPosts::memory_bytes() const {
  constexpr std::size_t kAllocation = 16;  // what the heap keeps of its own with each ring
  return places_ * sizeof(Recent) + rings_.size() * kAllocation +
         rings_.capacity() * (sizeof(std::pair<std::uint32_t, Ring>) + 1);
}

}  // namespace copytaster
