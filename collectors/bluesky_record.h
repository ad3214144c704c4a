// Records of the AT Protocol as their authors wrote them (lexicons app.bsky.feed.post, app.bsky.feed.repost),
// as Items. A post has the same id and the same content hash whether it comes as a bare record (Jetstream,
// listRecords) or as the app view shows it: bluesky_post.cpp builds on this. What only the app view knows is
// not set here: engagement, the words of the parent, the quoted or the reposted post. Pure.
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "collectors/bluesky_syntax.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct BlueskyRecord {
  AtUri uri;  // with the author's DID for authority, for a handle can change
  Json record;
  Json embed_view;                  // what the app view made of the record's embed; may be missing
  Author author;                    // without url: the profile by DID is set
  std::optional<absl::Time> shown;  // when somebody else saw it: createdAt is whatever the client said
};

// kInvalidArgument with the reason why the record cannot be read.
[[nodiscard]] absl::StatusOr<Item> bluesky_post_record(BlueskyRecord post);
[[nodiscard]] absl::StatusOr<Item> bluesky_repost_record(BlueskyRecord repost);

}  // namespace copytaster
