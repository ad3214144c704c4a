// A stream may tell that its server deleted a post without saying whose (Mastodon's `delete`). Then
// FrameNews.account is null, and Parsed.deletions holds one entry for each form that the post's id may have,
// with kAnyName in the place of its author's name. The post is the one we know by such an id; where we know
// none, nothing of ours was deleted. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collectors/poller_account.h"

namespace copytaster {

inline constexpr char kAnyName = '*';

// The ids that `form` stands for with the names of this account: those that stand in the same place in its
// newest posts' ids, and its handle's.
[[nodiscard]] std::vector<std::string> ids_of_form(std::string_view form, const AccountRun& run);

}  // namespace copytaster
