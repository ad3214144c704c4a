// What the headers of an answer say of how much the platform still allows. Pure; any thread.
//
// The forms that are met: X-RateLimit-* with a reset as RFC 3339 time (Mastodon) or Unix seconds,
// X-Rate-Limit-* with Unix seconds (X), RateLimit-* with Unix seconds (Bluesky) or seconds from now (IETF
// draft), X-App-Usage and X-Business-Use-Case-Usage in per cent (Meta). Retry-After is core/fetcher.h's.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "core/fetcher.h"

namespace copytaster {

struct RateLimit {
  std::optional<std::int64_t> limit, remaining;
  std::optional<absl::Time> reset;   // never more than an hour from when it was read
  std::optional<double> used_share;  // of a budget told in per cent; above 1 it is overdrawn

  // Until when the host wants no more requests: nullopt unless none is left.
  [[nodiscard]] std::optional<absl::Time> spent_until(absl::Time now) const;
  // The share that is left, 0 to 1; nullopt: nothing said.
  [[nodiscard]] std::optional<double> left() const;
};

[[nodiscard]] RateLimit read_rate_limit(const std::vector<HttpHeader>& headers, absl::Time now);

}  // namespace copytaster
