// Media of Instagram and Threads, as JSON. Their pictures lie on the same host as Facebook's, signed alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/json.h"
#include "rehearsal/day.h"
#include "rehearsal/graph_fields.h"

namespace copytaster::rehearsal {

// "https://www.instagram.com/p/…/", "https://www.threads.com/@name/post/…".
[[nodiscard]] std::string meta_permalink(const Post& post);

// Its id as the lists are ordered by it: newer posts have greater ones.
[[nodiscard]] std::uint64_t meta_media_number(const Live& live);

// A picture or an album; Instagram knows no other posts here.
void write_instagram_media(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out);
// A bare reshare is a REPOST_FACADE, one with words a quote. `fields` of quoted_post and reposted_post say
// what is told of the other post; by itself only its id.
void write_threads_post(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out);

}  // namespace copytaster::rehearsal
