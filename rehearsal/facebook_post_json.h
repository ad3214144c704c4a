// Nodes of the Graph API, as JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "rehearsal/day.h"
#include "rehearsal/graph_fields.h"

namespace copytaster::rehearsal {

// "<page>_<number>".
[[nodiscard]] std::string facebook_post_id(const Post& post);
// Picture addresses are signed and good for two hours from `now`.
[[nodiscard]] std::string facebook_picture_url(std::string_view path, bool small, absl::Time now);
// Whether an address of facebook_picture_url has its own signature.
[[nodiscard]] std::string facebook_signature(std::string_view path, std::string_view expires);

void write_facebook_post(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out);
void write_facebook_photo(const Live& live, std::size_t index, const GraphFields& fields, absl::Time now,
                          JsonWriter* out);
void write_facebook_page(const PlayedAccount& account, std::string_view about, const GraphFields& fields,
                         JsonWriter* out);

}  // namespace copytaster::rehearsal
