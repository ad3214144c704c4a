// Pictures and videos of a post of X (https://docs.x.com/x-api/fundamentals/data-dictionary#media). Pure.
#pragma once

#include "collectors/json_fields.h"
#include "collectors/x_post.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Those that the post names and the answer includes, in the post's order. A video has no `url` of its own:
// its best MP4 stands in `variants`, if it was asked for; else its preview alone is told.
void add_x_media(Json post, const XIncludes& includes, Item* out);
void add_x_media(Json post, const XIncludes& includes, Related* out);

// Whether all that the post names is included.
[[nodiscard]] bool has_all_x_media(Json post, const XIncludes& includes);

}  // namespace copytaster
