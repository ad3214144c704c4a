// One message of Mastodon's streaming, whichever way it came. Pure; any bytes.
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

// {"stream":["user"],"event":"update","payload":"<JSON in a string>"}, or the lines of one server-sent event
// (https://html.spec.whatwg.org/multipage/server-sent-events.html): comments, "event:", "data:". Errors:
// kInvalidArgument no such message, or several; kUnauthenticated, kUnavailable what an error message says.
[[nodiscard]] absl::StatusOr<MastodonMessage> mastodon_message(std::string_view body);

}  // namespace copytaster
