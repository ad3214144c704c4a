// An Instagram media of Business Discovery as an Item
// (https://developers.facebook.com/docs/instagram-platform/reference/instagram-media). Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The fields that instagram_item() reads, for the query. Whether an app may read alt_text of others is not
// documented.
[[nodiscard]] std::string instagram_media_fields(bool with_alt_text);

// The caption is plain text. There is no edit's time, and no sign of a deletion. The author is the caller's.
// kInvalidArgument: the reason why the post cannot be read.
[[nodiscard]] absl::StatusOr<Item> instagram_item(Json media);

// A profile's address as it is written.
[[nodiscard]] std::string instagram_profile_url(std::string_view user);

}  // namespace copytaster
