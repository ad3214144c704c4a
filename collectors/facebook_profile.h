// Facebook profile URLs. Pure; any thread.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// As Collector::recognise(). The account's detail "page" is what the API is asked for: a name or a number.
[[nodiscard]] absl::StatusOr<Account> facebook_account(std::string_view profile_url);

}  // namespace copytaster
