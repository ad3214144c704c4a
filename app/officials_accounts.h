// An account as people write it: a profile URL, or a handle under the name of its platform. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "collectors/catalog.h"
#include "core/copytaster.pb.h"

namespace copytaster {

inline constexpr std::size_t kMaxProfileUrl = 2000;  // bytes

struct NamedAccount {
  Account account;
  bool collected = true;  // false: known and kept, but its platform has no collector
};

// kInvalidArgument says what would be right.
[[nodiscard]] absl::StatusOr<NamedAccount> official_account(const Collectors& collectors,
                                                            std::string_view profile_url);

// The platform that a column or a field is named after: "x" for "Twitter" and "X (Twitter)", "instagram" for
// "ig"; "feed" for "RSS". Empty: none.
[[nodiscard]] std::string_view platform_named_by(std::string_view column);

// The profile URL of "@name" on a platform of platform_named_by(); a value that is an address already stays.
[[nodiscard]] std::string profile_url_of(std::string_view platform, std::string_view value);

// Marks for the desk (desk/source_list.h) the accounts that no collector reads: they are no sources.
void mark_not_collected(const Collectors& collectors, std::vector<Official>* officials);

// The platform as a reader knows it: "Mastodon", "TikTok".
[[nodiscard]] std::string platform_label(const Collectors& collectors, std::string_view platform);

}  // namespace copytaster
