// What a post of Bluesky has with it: pictures, videos, links, the post it quotes (lexicons
// app.bsky.embed.*). Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// A post may have 20 pictures; no more than these are taken of one list.
inline constexpr std::size_t kMostBlueskyPictures = 100;

struct BlueskyEmbed {
  std::vector<Media> media;
  std::vector<Link> links;
  std::optional<Related> quote;
};

// `view` is what the app view made of the record's `raw` embed; either may be missing. `did` is the author's.
[[nodiscard]] BlueskyEmbed bluesky_embed(Json view, Json raw, std::string_view did);

[[nodiscard]] Author bluesky_author(Json author);
// A view has its record under "record", a bare record and a quoted one under "value".
[[nodiscard]] Json bluesky_record(Json post);
// min(createdAt, indexedAt): createdAt is whatever the client said. nullopt when neither is a date.
[[nodiscard]] std::optional<absl::Time> bluesky_created(Json post);

}  // namespace copytaster
