// Posts of Bluesky's app view as Items (lexicons app.bsky.feed.defs, app.bsky.feed.post). Pure.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// One entry of a feed: a post, or somebody's repost of one. Also a bare post, as getPosts answers it.
// Fails with the reason why it cannot be read (kInvalidArgument).
[[nodiscard]] absl::StatusOr<Item> bluesky_item(Json entry);

// Where an entry stands in its feed: a repost by when it was made, a post by min(createdAt, indexedAt), for
// createdAt is whatever the client said. InfinitePast when neither can be read.
[[nodiscard]] absl::Time bluesky_feed_time(Json entry);
// The same entry has the same key until its record changes (a new cid).
[[nodiscard]] std::string bluesky_entry_key(Json entry);
[[nodiscard]] bool bluesky_is_pinned(Json entry);

}  // namespace copytaster
