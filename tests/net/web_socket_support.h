// A WebSocket server of one connection, an address that answers nobody, and a client that waits.
#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/strings.h"
#include "net/web_socket.h"

namespace copytaster::testing {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Server = beast::websocket::stream<tcp::socket>;

// Accepts one connection, reads its request, and then does what the test says.
class OneShot {
 public:
  using Script =
      std::function<void(tcp::socket socket, beast::http::request<beast::http::string_body> request)>;
  explicit OneShot(Script script)
      : acceptor_(io_, {asio::ip::address_v4::loopback(), 0}), thread_([this, script = std::move(script)] {
          try {
            tcp::socket socket = acceptor_.accept();
            beast::flat_buffer buffer;
            beast::http::request<beast::http::string_body> request;
            beast::http::read(socket, buffer, request);
            script(std::move(socket), std::move(request));
          } catch (const std::exception&) {  // the client went away: the test looks at the client
          }
        }) {}
  ~OneShot() {
    beast::error_code ignored;
    acceptor_.close(ignored);
    thread_.join();
  }
  [[nodiscard]] std::string address() const {
    return str_cat("127.0.0.1:", acceptor_.local_endpoint().port());
  }
  [[nodiscard]] std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  [[nodiscard]] std::string url() const { return str_cat("ws://", address(), "/subscribe?cursor=5"); }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

inline SocketAddress loopback_address(std::uint16_t port) {
  SocketAddress out;
  auto& address = reinterpret_cast<sockaddr_in&>(out.bytes);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  out.size = sizeof address;
  return out;
}

// An address that answers nobody: the queue of a server that accepts none is full.
class BlackHole {
 public:
  BlackHole() : acceptor_(io_) {
    acceptor_.open(tcp::v4());
    acceptor_.bind({asio::ip::address_v4::loopback(), 0});
    acceptor_.listen(0);
    for (int i = 0; i < 4; ++i) {
      waiting_.emplace_back(io_, tcp::v4());
      waiting_.back().non_blocking(true);
      const SocketAddress to = address();  // asio's own connect() would wait
      (void)::connect(waiting_.back().native_handle(), reinterpret_cast<const sockaddr*>(&to.bytes), to.size);
    }
  }
  [[nodiscard]] SocketAddress address() const { return loopback_address(acceptor_.local_endpoint().port()); }

 private:
  asio::io_context io_;
  tcp::acceptor acceptor_;
  std::vector<tcp::socket> waiting_;
};

// Until `done` or ten seconds have passed.
inline bool wait_for(const std::function<bool()>& done) {
  for (int i = 0; i < 2000 && !done(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return done();
}

class Client {
 public:
  explicit Client(const OneShot& server, WebSocketOptions options = {}) {
    options.allow.push_back(server.address());
    opener_ = *make_web_sockets(options);
    HttpRequest request;
    request.url = server.url();
    request.authorization = "Bearer canary-token";
    request.headers = {{"X-Test", "yes"}};
    stream_ = opener_->open(request);
  }
  std::vector<std::string> wait(std::size_t messages) {
    (void)wait_for([&] {
      for (std::string& one : stream_->take(1000)) got_.push_back(std::move(one));
      return got_.size() >= messages || !stream_->status().ok();
    });
    return got_;
  }
  absl::Status end() {
    (void)wait_for([&] { return !stream_->status().ok(); });
    return stream_->status();
  }
  Stream& stream() { return *stream_; }

 private:
  std::unique_ptr<StreamOpener> opener_;
  std::unique_ptr<Stream> stream_;
  std::vector<std::string> got_;
};

}  // namespace copytaster::testing
