// Mastodon profile URLs. Pure; any thread.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// As Collector::recognise(). The account's details have "host" (with port) and "scheme".
[[nodiscard]] absl::StatusOr<Account> mastodon_account(std::string_view profile_url);

// What a user name, and a server's id of a status, are made of: safe in a path.
[[nodiscard]] bool is_mastodon_name(std::string_view name);

}  // namespace copytaster
