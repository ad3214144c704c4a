// Addresses of Bluesky profiles. Pure.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Of bsky.app/profile/HANDLE or /DID, at://HANDLE, HANDLE.bsky.social and @HANDLE.bsky.social. As
// Collector::recognise.
[[nodiscard]] absl::StatusOr<Account> bluesky_account(std::string_view profile_url);

}  // namespace copytaster
