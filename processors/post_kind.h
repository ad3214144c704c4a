// How a post counts in its story. Pure.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/copytaster.pb.h"

namespace copytaster {

enum class PostKind : std::uint8_t { kPost, kCopy, kReshare };

[[nodiscard]] inline PostKind post_kind(const Item& item) {
  if (item.has_repost_of()) return PostKind::kReshare;
  return item.duplicate_of().item_id().empty() ? PostKind::kPost : PostKind::kCopy;
}

struct PostCounts {
  std::size_t posts = 0, copies = 0, reshares = 0;
  void add(PostKind kind) {
    ++(kind == PostKind::kPost ? posts : kind == PostKind::kCopy ? copies : reshares);
  }
};

}  // namespace copytaster
