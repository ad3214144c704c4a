// A status of the Mastodon API as an Item (https://docs.joinmastodon.org/entities/Status/). Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Ids are strings of digits or ULIDs (GoToSocial): the longer is the newer, of two equally long ones the
// greater. Never a number: they do not fit into 53 bits.
[[nodiscard]] bool mastodon_id_less(std::string_view a, std::string_view b);

// `host` is the server asked: its own accounts have no host in `acct`. Fails with the reason why the
// status cannot be read: kPermissionDenied for one that is not public, else kInvalidArgument.
[[nodiscard]] absl::StatusOr<Item> mastodon_item(Json status, std::string_view host);

[[nodiscard]] Author mastodon_author(Json account, std::string_view host);

// What an account says of itself.
[[nodiscard]] Account mastodon_profile(Json account, std::string_view host);

}  // namespace copytaster
