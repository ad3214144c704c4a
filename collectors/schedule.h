// When to ask again: the rules, without any state. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "core/fetcher.h"

namespace copytaster {

// The interval after a poll that brought `new_items`: shorter after news, half as long again after none,
// between `least` and `most`. It settles near one new post a poll.
[[nodiscard]] absl::Duration next_interval(absl::Duration current, std::size_t new_items,
                                           absl::Duration least, absl::Duration most);

// How long the answer says it stays fresh: Cache-Control max-age (RFC 9111 §5.2.2.1), at most 6 h;
// zero when it says nothing, no-cache or no-store.
[[nodiscard]] absl::Duration freshness(const std::vector<HttpHeader>& headers);

// Until when the host wants no more requests: nullopt unless its rate-limit headers say that none is left.
// X-RateLimit-* with an RFC 3339 time or Unix seconds (Mastodon, X), RateLimit-* with Unix seconds
// (Bluesky) or seconds from now (IETF draft). Never more than an hour from `now`.
[[nodiscard]] std::optional<absl::Time> rate_limited_until(const std::vector<HttpHeader>& headers,
                                                           absl::Time now);

// What share of its requests the host says is left, 0 to 1: X-RateLimit-*, RateLimit-* with a limit, or
// Facebook's X-App-Usage (per cent used of three budgets; the scarcest counts). nullopt: nothing said.
[[nodiscard]] std::optional<double> rate_limit_left(const std::vector<HttpHeader>& headers);

// Posts are read again at these ages, thinning out: most edits and deletions come soon. The next such
// age above `age` and within `reread_for`; nullopt: no more.
[[nodiscard]] std::optional<absl::Duration> next_reread_age(absl::Duration age, absl::Duration reread_for);

}  // namespace copytaster
