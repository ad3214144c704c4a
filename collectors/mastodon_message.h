// One message of Mastodon's streaming. Pure; any bytes.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace copytaster {

struct MastodonMessage {
  std::string event;            // "update", "status.update", "delete", …; empty: a heartbeat
  std::string payload;          // JSON, or an id, as the event has it
  bool bytes_were_bad = false;  // the payload's text may not be what its author wrote
};

// {"stream":["user"],"event":"update","payload":"<JSON in a string>"}. Errors: kInvalidArgument no such
// message; kUnauthenticated, kUnavailable what an error message says.
[[nodiscard]] absl::StatusOr<MastodonMessage> mastodon_message(std::string_view body);

}  // namespace copytaster
