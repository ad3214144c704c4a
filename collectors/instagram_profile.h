// Instagram profile URLs. Pure; any thread.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// As Collector::recognise(). The account's handle is the user name, as the API is asked.
[[nodiscard]] absl::StatusOr<Account> instagram_account(std::string_view profile_url);

}  // namespace copytaster
