// Profiles on well-known platforms that may have no collector: recognised by their host, so that they are
// kept as what they are and never taken for a web feed or for a profile of a platform whose servers have any
// host. The names x, instagram, threads, telegram and youtube are those that their collectors bear. Pure; any
// thread.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// Whether profiles there are a platform's of this file, whatever they look like.
[[nodiscard]] bool is_host_elsewhere(std::string_view host);

// The account that a profile URL names: id, platform, handle and profile_url. kNotFound: a host that is not
// known here, or a feed of a known one (YouTube's). kInvalidArgument: such a platform's, but not a profile
// (the message says what would be right).
[[nodiscard]] absl::StatusOr<Account> account_elsewhere(std::string_view profile_url);

// As a reader knows it: "TikTok" for "tiktok"; empty when it is not known here.
[[nodiscard]] std::string_view label_elsewhere(std::string_view platform);

// How a profile is written there: "https://t.me/NAME"; empty when it is not known here.
[[nodiscard]] std::string_view shape_elsewhere(std::string_view platform);

}  // namespace copytaster
