// What editors use: the JSON API and the page. Reads the store; writes only Actions.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "core/clock.h"
#include "core/store.h"

namespace copytaster {

struct DeskOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8642;
  std::string token;  // required when address is not loopback (at least 16 characters)
  int threads = 2;
};

struct DeskDependencies {
  const Store* store;
  const MediaStore* media;
  const Clock* clock;
  // Empty: ready. Otherwise why not, for /readyz.
  std::function<std::string()> not_ready;
  // A JPEG of at most `edge` pixels (processors' thumbnail, wired by app); may be empty: originals are sent.
  std::function<absl::StatusOr<std::string>(std::string_view bytes, int edge)> thumbnail;
};

class DeskServer {
 public:
  // kFailedPrecondition: not loopback and no token. kUnavailable: the port is taken.
  static absl::StatusOr<std::unique_ptr<DeskServer>> start(const DeskOptions& options,
                                                           const DeskDependencies& dependencies);
  virtual ~DeskServer() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
};

}  // namespace copytaster
