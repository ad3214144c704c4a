// The words of the YouTube Data API (developers.google.com/youtube/v3/docs/errors). Pure; any thread.
#pragma once

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/collector.h"

namespace copytaster {

// What an error means. Parsed: not now (the day's quota is used up: `wait` till it is given anew), or begin
// again (the page token was too old). Else the status that core/collector.h promises.
[[nodiscard]] absl::StatusOr<Parsed> youtube_api_failure(const Capture& capture, Json error);

// From the answer to the next midnight Pacific standard time, 08:00 UTC, when quotas are given anew; in
// summer an hour later than need be. At most 24 hours.
[[nodiscard]] absl::Duration until_quota_reset(absl::Time answered);

}  // namespace copytaster
