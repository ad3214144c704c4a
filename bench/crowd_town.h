// The accounts of `copytaster bench --accounts`: feeds on many hosts, played by a server on loopback in a
// process of its own. Who posts when follows from the account's number alone, so that both sides know it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace copytaster {

inline constexpr std::size_t kAccountsAHost = 20;
inline constexpr std::size_t kPostsAPage = 25;

// "https://city42.example/feed/857"
[[nodiscard]] std::string crowd_url(std::size_t account);
// How many posts the account has made `since` the beginning; some were there before. One account in a hundred
// posts each minute, most a few times a day.
[[nodiscard]] std::uint64_t crowd_posts(std::size_t account, absl::Duration since);

// Serves until standard input ends. Prints "port PORT", and at the end one line: requests, the most that any
// host got within a minute, answers with 304, and then for each account what it had been shown last.
absl::Status play_crowd(std::size_t accounts);

}  // namespace copytaster
