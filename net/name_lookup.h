// Names to addresses for those who cannot wait: getaddrinfo() has no limit and cannot be interrupted, so each
// lookup runs on a thread of its own, which is left behind when nobody waits for it any more. Such a thread
// touches nothing but what it owns. At most kMostLookups run at a time, those left behind included.
#pragma once

#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace copytaster {

inline constexpr int kMostLookups = 16;

struct SocketAddress {
  sockaddr_storage bytes = {};
  socklen_t size = 0;
};
// May block for as long as it likes; must be safe to call at any time until the process ends.
using Resolve =
    std::function<absl::StatusOr<std::vector<SocketAddress>>(const std::string& host, std::uint16_t port)>;

// By getaddrinfo(). kUnavailable: it does not know the name now.
absl::StatusOr<std::vector<SocketAddress>> resolve_by_system(const std::string& host, std::uint16_t port);

class NameLookup {
 public:
  // kUnavailable: too many lookups are under way, or no thread.
  static absl::StatusOr<std::shared_ptr<NameLookup>> start(Resolve resolve, std::string host,
                                                           std::uint16_t port);
  // One thread waits, once. kDeadlineExceeded; kCancelled after cancel(), from any thread.
  absl::StatusOr<std::vector<SocketAddress>> wait(std::chrono::steady_clock::time_point deadline);
  void cancel();

 private:
  void finish(absl::StatusOr<std::vector<SocketAddress>> answer);

  std::mutex mutex_;  // guards all below
  std::condition_variable finished_;
  bool done_ = false;
  absl::StatusOr<std::vector<SocketAddress>> answer_ = absl::UnavailableError("not looked up yet");
};

}  // namespace copytaster
