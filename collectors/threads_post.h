// A Threads media as an Item
// (https://developers.facebook.com/docs/threads/retrieve-and-discover-posts/retrieve-posts). Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The fields that threads_item() reads, for the query. `plain`: only those of the documents, without what is
// inside of children, quoted and reposted posts.
[[nodiscard]] std::string threads_fields(bool plain);

// `user`: whose list it is, for posts that do not name their author. A REPOST_FACADE is a repost; what is
// quoted or reposted may be told by its id only. kInvalidArgument: the reason why the post cannot be read.
[[nodiscard]] absl::StatusOr<Item> threads_item(Json post, std::string_view user);

// A profile's address as it is written.
[[nodiscard]] std::string threads_profile_url(std::string_view user);

}  // namespace copytaster
