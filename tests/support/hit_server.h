// Our own HTTP server with routes and hit counts, for tests that fetch.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "net/http_server.h"

namespace copytaster::testing {

class HitServer {
 public:
  explicit HitServer(ServerHandler handler, HttpServerOptions options = {}) : handler_(std::move(handler)) {
    server_ = *HttpServer::start(options, [this](const ServerRequest& request) {
      {
        const std::scoped_lock lock(mutex_);
        requests_.push_back(request);
      }
      return handler_(request);
    });
  }

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port()) + path;
  }
  // Every request so far.
  [[nodiscard]] std::vector<ServerRequest> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }
  [[nodiscard]] int hits(const std::string& path) const {
    int count = 0;
    for (const ServerRequest& request : requests()) count += request.path == path ? 1 : 0;
    return count;
  }

 private:
  ServerHandler handler_;
  mutable std::mutex mutex_;
  std::vector<ServerRequest> requests_;
  std::unique_ptr<HttpServer> server_;  // last: its threads use the rest
};

}  // namespace copytaster::testing
