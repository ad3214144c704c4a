// What the Graph API means when it says no
// (https://developers.facebook.com/docs/graph-api/guides/error-handling and …/overview/rate-limiting). Errors
// come with 400, 500 and also with 200. Pure.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

struct MetaError {
  std::int64_t code = 0;
  std::int64_t subcode = 0;
  absl::Status status;    // what core/collector.h promises for it
  bool too_much = false;  // "reduce the amount of data": ask for fewer posts
  // 100, subcode 33: the object asked for does not exist, or we may not see it, in the same words.
  bool gone_or_hidden = false;
  bool rate_limited = false;
};

// `error` is the answer's "error" member.
[[nodiscard]] MetaError meta_error(Json error, int http_status);

// How long the usage headers ask us to stay away: nothing below 80 % of the budget. At or above it the
// time told, else one that grows with the usage; the budget runs over one hour.
[[nodiscard]] absl::Duration meta_wait(const Capture& capture);

}  // namespace copytaster
