// A picture, video or sound as the media of Instagram and Threads tell it: media_type, media_url,
// thumbnail_url, alt_text, children. Pure.
#pragma once

#include <vector>

#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The media of a post in their order; of an album its children. One whose file the API keeps to itself
// (protected music, downloads switched off) has no url and says so in `problem`.
[[nodiscard]] std::vector<Media> meta_media(Json post);

// The words of a post by which an edit shows, with its id; not its counts, not its signed addresses.
[[nodiscard]] std::string meta_post_key(Json post);

}  // namespace copytaster
