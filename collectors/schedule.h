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

// Posts are read again at these ages, thinning out: most edits and deletions come soon (10 min, 1 h, 6 h, 1
// d, 2 d, 4 d, 7 d, then weekly). The next such age above `age` and within `reread_for`; nullopt: no more.
[[nodiscard]] std::optional<absl::Duration> next_reread_age(absl::Duration age, absl::Duration reread_for);

}  // namespace copytaster
