// One connection of the HTTP server, on its own strand; its requests are answered one after the other.
// Internal to net/http_server.cpp: http_session.cpp is the one file that sees Beast's HTTP templates.
#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "net/http_server.h"

namespace copytaster {

class HttpSession {
 public:
  // Takes itself out of the server's sessions.
  virtual ~HttpSession() = default;
  virtual void start() = 0;
  // Ends the connection unless a request is being answered; that one is finished first. Any thread.
  virtual void stop() = 0;
};

// What all sessions of a server share. Outlives them.
struct HttpSessions {
  HttpServerOptions options;
  ServerHandler handler;
  std::atomic<bool> stopping = false;
  std::mutex mutex;
  std::condition_variable none_left;
  absl::flat_hash_map<HttpSession*, std::weak_ptr<HttpSession>> open;  // guarded by mutex
};

// The caller enters it into shared.open.
[[nodiscard]] std::shared_ptr<HttpSession> make_http_session(boost::asio::ip::tcp::socket socket,
                                                             HttpSessions& shared);

// "127.0.0.1:53124", "[::1]:53124".
[[nodiscard]] std::string endpoint_text(const boost::asio::ip::tcp::endpoint& endpoint);

}  // namespace copytaster
