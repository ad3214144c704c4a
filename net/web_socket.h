// The WebSocket client (RFC 6455): Boost.Beast, a thread a connection. Implements core's StreamOpener.
//
// Every address passes the guard (address_guard.h) before it is dialled; TLS is verified against the system's
// certificates and the host's name. Nothing but what the protocol demands is ever sent after the handshake:
// some servers (Jetstream v2) close on any frame. A dead peer is noticed by TCP keep-alive and by silence.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/stream.h"

namespace copytaster {

struct WebSocketOptions {
  std::string user_agent = "Copytaster/0.1 (+https://github.com/copytaster/copytaster)";
  absl::Duration connect_timeout = absl::Seconds(30);  // name, connection, TLS and handshake together
  absl::Duration silence = absl::Minutes(15);          // no message for so long: closed, kDeadlineExceeded
  std::size_t max_message_bytes = std::size_t{4} << 20;
  std::size_t max_waiting_bytes = std::size_t{16} << 20;  // not taken yet
  std::vector<std::string> allow;                         // as in HttpClientOptions
};

// kInvalidArgument: an entry of `allow` cannot be read.
absl::StatusOr<std::unique_ptr<StreamOpener>> make_web_sockets(const WebSocketOptions& options);

}  // namespace copytaster
