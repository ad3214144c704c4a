// Plain sockets for tests: what a well-behaved library would refuse to send.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace copytaster::testing {

// Owns a file descriptor.
class Socket {
 public:
  explicit Socket(int fd = -1) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int fd() const { return fd_; }

  // False when the other side is gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Up to 64 KiB; empty when the other side is gone.
  [[nodiscard]] std::string receive() const {
    std::string out(65536, '\0');
    const auto got = ::recv(fd_, out.data(), out.size(), 0);
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return out;
  }
  // Until the other side closes.
  [[nodiscard]] std::string receive_all() const {
    std::string out;
    for (std::string part = receive(); !part.empty(); part = receive()) out += part;
    return out;
  }
  // Until `end` has come (or the other side is gone).
  [[nodiscard]] std::string receive_until(std::string_view end) const {
    std::string out;
    while (out.find(end) == std::string::npos) {
      const std::string part = receive();
      if (part.empty()) break;
      out += part;
    }
    return out;
  }
  void shutdown() const { ::shutdown(fd_, SHUT_RDWR); }

 private:
  int fd_;
};

inline sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

inline Socket connect_to(std::uint16_t port) {
  Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(port);
  if (::connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Socket();
  return socket;
}

// A server that answers with whatever bytes the test wants: `answer` gets each connection after its first
// request header has come. One thread a connection; the connection ends when `answer` returns.
class RawServer {
 public:
  using Answer = std::function<void(const Socket& socket, const std::string& request)>;

  explicit RawServer(Answer answer)
      : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(listener_.fd(), reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_.fd(), 512);
    ::getsockname(listener_.fd(), reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }
  // The same bytes to everyone.
  explicit RawServer(std::string bytes)
      : RawServer(
            [bytes = std::move(bytes)](const Socket& socket, const std::string&) { socket.send(bytes); }) {}
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer() {
    stopping_ = true;
    listener_.shutdown();
    acceptor_.join();
    for (const auto& open : open_) open->shutdown();
    for (std::thread& thread : threads_) thread.join();
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] int hits() const { return hits_; }
  // For answers that pace themselves: false when the server is stopping or the other side has gone.
  [[nodiscard]] bool pause(const Socket& socket, int milliseconds) const {
    pollfd waited{socket.fd(), POLLIN | POLLRDHUP, 0};
    return ::poll(&waited, 1, milliseconds) == 0 && !stopping_;
  }

 private:
  void accept_all() {
    for (;;) {
      auto socket = std::make_shared<Socket>(::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC));
      if (socket->fd() < 0 || stopping_) return;
      open_.push_back(socket);
      threads_.emplace_back([this, socket] {
        const std::string request = socket->receive_until("\r\n\r\n");
        if (request.empty()) return;
        ++hits_;
        answer_(*socket, request);
        socket->shutdown();
      });
    }
  }

  Answer answer_;
  Socket listener_;
  std::uint16_t port_ = 0;
  std::atomic<int> hits_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::shared_ptr<Socket>> open_;  // of the acceptor's thread, until it is joined
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace copytaster::testing
