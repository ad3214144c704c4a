// The WebSocket client (RFC 6455): Boost.Beast, a thread a connection. Implements core's StreamOpener.
//
// Every address passes the guard (address_guard.h) before it is dialled; TLS is verified against the system's
// certificates and the host's name. connect_timeout is one limit for all of a host's addresses; destroying a
// stream waits neither for the network nor for a name's lookup (name_lookup.h). Nothing but what the protocol
// demands is ever sent after the handshake: some servers (Jetstream v2) close on any frame. So there is no
// ping of our own: a dead peer is noticed by TCP keep-alive and by silence, and a server's ping or pong
// breaks the silence. A refused handshake's status and body go with Stream::status() (core/stream_refusal.h).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/stream.h"
#include "net/name_lookup.h"

namespace copytaster {

struct WebSocketOptions {
  std::string user_agent = "Copytaster/0.1 (+https://github.com/copytaster/copytaster)";
  absl::Duration connect_timeout = absl::Seconds(30);  // name, connection, TLS and handshake together
  absl::Duration silence =
      absl::Minutes(15);  // neither message nor ping for so long: closed, kDeadlineExceeded
  std::size_t max_message_bytes = std::size_t{4} << 20;
  std::size_t max_waiting_bytes = std::size_t{16} << 20;  // not taken yet
  std::vector<std::string> allow;                         // as in HttpClientOptions
  Resolve resolve = nullptr;                              // null: the system's
};

// kInvalidArgument: an entry of `allow` cannot be read.
absl::StatusOr<std::unique_ptr<StreamOpener>> make_web_sockets(const WebSocketOptions& options);

}  // namespace copytaster
