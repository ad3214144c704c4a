// The accounts of `copytaster bench --accounts`: on many hosts, two of three with feeds, the third a Mastodon
// server; played by a server on loopback in a process of its own. Who posts when follows from the account's
// number alone, so that both sides know it. Some hosts are faulty, as real ones are: see fault_of() in
// crowd_town.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace copytaster {

inline constexpr std::size_t kAccountsAHost = 20;

// "https://city42.example/feed/857" or "https://city41.example/@u820"
[[nodiscard]] std::string crowd_url(std::size_t account);
// How many posts the account has made `since` the beginning; some were there before. One account in a hundred
// posts each minute, most a few times a day.
[[nodiscard]] std::uint64_t crowd_posts(std::size_t account, absl::Duration since);

// When it made its nth, counted from 1.
[[nodiscard]] absl::Time crowd_time(std::size_t account, std::uint64_t post, absl::Time begun);

// Serves until standard input ends. Prints "port PORT", and at the end one line: requests, the most that any
// host got within a minute, answers with 304, answers that were errors, requests that came while their host
// had asked to be left alone, and then for each account what it had been shown last.
inline constexpr std::size_t kCrowdFigures = 5;
absl::Status play_crowd(std::size_t accounts);

}  // namespace copytaster
