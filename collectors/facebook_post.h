// A Page's post of the Graph API as an Item
// (https://developers.facebook.com/docs/graph-api/reference/page-post). Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The fields that facebook_item() reads, for the query. Without a limit of its own the edge gives 12
// photos of an album.
[[nodiscard]] std::string_view facebook_post_fields();
// The fields of a Photo that facebook_picture() reads.
[[nodiscard]] std::string_view facebook_photo_fields();

// Fails with the reason why the post cannot be read (kInvalidArgument).
[[nodiscard]] absl::StatusOr<Item> facebook_item(Json post);

// The key of a post as it is now: comments move it too (updated_time).
[[nodiscard]] std::string facebook_post_key(Json post);

// What a Photo node adds to the picture of a post: alt text, and a better rendition. Empty fields: not said.
[[nodiscard]] Media facebook_picture(Json photo);

// Whether a photo's alternative text is Facebook's own guess ("May be an image of 3 people").
[[nodiscard]] bool is_automatic_alt_text(std::string_view text);
// Whose pictures an album's title is about ("Photos from Ville de Lyon's post"); empty for any other title.
[[nodiscard]] std::string album_owner(std::string_view title);
// Titles that Facebook makes itself: never a caption, never a name.
[[nodiscard]] bool is_boilerplate_title(std::string_view title);

// Ids go into URLs and cursors: digits, also two joined by '_'.
[[nodiscard]] bool is_facebook_id(std::string_view id);

}  // namespace copytaster
