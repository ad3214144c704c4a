// A long connection that brings messages: WebSocket. net/ implements it, tests and the rehearsal fake it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/fetcher.h"

namespace copytaster {

// One thread; the destructor closes the connection at once. What still runs of it then touches nothing but
// what it owns (a look-up of a name cannot be interrupted).
class Stream {
 public:
  virtual ~Stream() = default;
  // Messages that have come, oldest first, at most `most`. Never waits. What is not taken is bounded: then
  // the connection stops reading, and the sender waits.
  [[nodiscard]] virtual std::vector<std::string> take(std::size_t most) = 0;
  // The server has agreed to send.
  [[nodiscard]] virtual bool is_open() const = 0;
  // OK: connecting or open. Else why it ended (take() may still have messages): kUnavailable,
  // kDeadlineExceeded as of Fetcher; kPermissionDenied (address guard, 403), kUnauthenticated (401),
  // kOutOfRange (the cursor is too old), kResourceExhausted (429, a message too large), kInvalidArgument (bad
  // URL, other 4xx).
  [[nodiscard]] virtual absl::Status status() const = 0;
};

class StreamOpener {
 public:
  virtual ~StreamOpener() = default;
  // Starts connecting to a ws or wss URL; never waits.
  [[nodiscard]] virtual std::unique_ptr<Stream> open(HttpRequest request) = 0;
};

}  // namespace copytaster
