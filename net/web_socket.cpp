#include "net/web_socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "core/stream_refusal.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "net/allowed_addresses.h"
#include "net/name_lookup.h"

namespace copytaster {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using asio::ip::tcp;
using Steady = std::chrono::steady_clock;

// By HTTP's own codes. What the platform's words mean is its collector's to say: they go with it.
absl::Status refusal(const websocket::response_type& response) {
  const int status = static_cast<int>(response.result_int());
  const std::string what = str_cat("HTTP ", status, " instead of a WebSocket");
  absl::Status code =
      status >= 400 && status < 500 ? absl::InvalidArgumentError(what) : absl::UnavailableError(what);
  if (status == 401) code = absl::UnauthenticatedError(what);
  if (status == 403) code = absl::PermissionDeniedError(what);
  if (status == 429) code = absl::ResourceExhaustedError(what);
  return with_refusal(std::move(code), {status, response.body()});
}

void keep_alive(int fd) {
  const auto set = [fd](int level, int name, int value) {
    (void)setsockopt(fd, level, name, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 10);
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
}

// Woken from outside while it waits for a connection.
class Wake {
 public:
  ~Wake() {
    if (fd_ >= 0) (void)::close(fd_);
  }
  Wake() = default;
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;
  [[nodiscard]] bool works() const { return fd_ >= 0; }
  void up() const { (void)eventfd_write(fd_, 1); }
  // Until `fd` can be written: false after `limit`, or when it was woken.
  [[nodiscard]] bool wait_writable(int fd, Steady::time_point limit) const {
    pollfd waiting[] = {{fd, POLLOUT, 0}, {fd_, POLLIN, 0}};
    while (true) {
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(limit - Steady::now()).count();
      const auto slice = std::clamp<std::int64_t>(left, 0, 60'000);
      const int ready = ::poll(waiting, 2, static_cast<int>(slice));
      if (ready > 0) return (waiting[1].revents & POLLIN) == 0 && waiting[0].revents != 0;
      if ((ready < 0 && errno != EINTR) || left <= slice) return false;
    }
  }

 private:
  const int fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
};

// The connection's own thread blocks in Beast's calls. Whoever waits too long, or has had enough, shuts the
// socket down from outside: then they return. Before there is a socket it waits only where it can be woken,
// so that the destructor never waits for the network. (A name's lookup cannot be woken: it is left behind.)
class WebSocket final : public Stream {
 public:
  WebSocket(HttpRequest request, const WebSocketOptions& options, const AllowedAddresses& allowed)
      : request_(std::move(request)), options_(options), allowed_(allowed) {
    connect_before_ = deadline_ = Steady::now() + absl::ToChronoMilliseconds(options_.connect_timeout);
    thread_ = std::thread([this] { run(); });
  }
  ~WebSocket() override {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
      cut();
    }
    room_.notify_all();
    thread_.join();
  }

  [[nodiscard]] std::vector<std::string> take(std::size_t most) override {
    watch();
    std::vector<std::string> out;
    {
      const std::scoped_lock lock(mutex_);
      const bool was_full = is_full();
      while (!messages_.empty() && out.size() < most) {
        waiting_bytes_ -= messages_.front().size();
        out.push_back(std::move(messages_.front()));
        messages_.pop_front();
      }
      // It was we who kept it from moving.
      if (was_full && !is_full()) deadline_ = Steady::now() + absl::ToChronoMilliseconds(options_.silence);
    }
    if (!out.empty()) room_.notify_all();
    return out;
  }
  [[nodiscard]] bool is_open() const override {
    const std::scoped_lock lock(mutex_);
    return open_ && status_.ok();
  }
  [[nodiscard]] absl::Status status() const override {
    watch();
    const std::scoped_lock lock(mutex_);
    return status_;
  }

 private:
  // ---- from outside

  // Cuts what has not moved in time.
  void watch() const {
    const std::scoped_lock lock(mutex_);
    if (!status_.ok() || is_full() || Steady::now() < deadline_) return;
    status_ = absl::DeadlineExceededError(open_ ? "no message for too long" : "no connection in time");
    cut();
  }
  // With mutex_ held: whatever the connection's thread waits for ends now.
  void cut() const {
    wake_.up();
    if (lookup_ != nullptr) lookup_->cancel();
    if (fd_ >= 0) (void)::shutdown(fd_, SHUT_RDWR);
  }

  // ---- on the connection's thread

  void run() {
    try {
      const auto url = parse_url(request_.url);
      if (!url || (url->scheme != "ws" && url->scheme != "wss"))
        return end(absl::InvalidArgumentError("no ws:// or wss:// address"));
      asio::io_context io;
      tcp::socket socket(io);
      if (!connect(*url, &socket)) return;
      if (url->scheme == "ws") {
        websocket::stream<tcp::socket> plain(std::move(socket));
        talk(plain, *url);
      } else {
        talk_in_secret(std::move(socket), *url);
      }
    } catch (const std::exception& error) {
      end(absl::UnavailableError(str_cat("the connection failed: ", to_valid_utf8(error.what()))));
    }
    forget_socket();
  }

  void talk_in_secret(tcp::socket socket, const Url& url) {
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_default_verify_paths();
    tls.set_verify_mode(asio::ssl::verify_peer);
    websocket::stream<asio::ssl::stream<tcp::socket>> secret(std::move(socket), tls);
    secret.next_layer().set_verify_callback(asio::ssl::host_name_verification(url.host));
    SSL_set_tlsext_host_name(secret.next_layer().native_handle(), url.host.c_str());
    secret.next_layer().handshake(asio::ssl::stream_base::client);
    talk(secret, url);
  }

  bool connect(const Url& url, tcp::socket* socket) {
    const std::uint16_t port = url.port != 0         ? url.port
                               : url.scheme == "wss" ? std::uint16_t{443}
                                                     : std::uint16_t{80};
    if (!wake_.works()) {
      end(absl::UnavailableError("no descriptor for a connection"));
      return false;
    }
    const auto addresses = look_up(url.host, port);
    absl::Status last =
        addresses.ok() ? absl::UnavailableError(str_cat(url.host, " has no address")) : addresses.status();
    for (std::size_t i = 0; addresses.ok() && i < addresses->size(); ++i) {
      const SocketAddress& address = (*addresses)[i];
      last = allowed_.check(reinterpret_cast<const sockaddr&>(address.bytes));
      // One that never answers leaves its share of the time to the others.
      const auto left = connect_before_ - Steady::now();
      if (last.ok()) last = dial(address, Steady::now() + left / (addresses->size() - i), socket);
      if (last.ok()) return true;
      if (absl::IsCancelled(last)) break;
    }
    end(last);
    return false;
  }

  absl::StatusOr<std::vector<SocketAddress>> look_up(const std::string& host, std::uint16_t port) {
    auto lookup = NameLookup::start(options_.resolve ? options_.resolve : resolve_by_system, host, port);
    if (!lookup.ok()) return lookup.status();
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) return absl::CancelledError("the service is stopping");
      lookup_ = *lookup;
    }
    return (*lookup)->wait(connect_before_);
  }

  absl::Status dial(const SocketAddress& address, Steady::time_point limit, tcp::socket* socket) {
    const int fd = ::socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return absl::UnavailableError("no socket");
    int error = 0;
    socklen_t size = sizeof error;
    const bool dialled =
        (::connect(fd, reinterpret_cast<const sockaddr*>(&address.bytes), address.size) == 0 ||
         errno == EINPROGRESS) &&
        wake_.wait_writable(fd, limit) && getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
        error == 0;
    const std::scoped_lock lock(mutex_);
    if (stopping_ || !status_.ok() || !dialled) {
      (void)::close(fd);
      if (stopping_ || !status_.ok()) return absl::CancelledError("nobody waits for it any more");
      return absl::UnavailableError("it cannot be reached");
    }
    keep_alive(fd);
    socket->assign(address.bytes.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), fd);
    socket->non_blocking(false);
    fd_ = ::dup(fd);
    return absl::OkStatus();
  }

  template <typename Socket>
  void talk(Socket& socket, const Url& url) {
    socket.read_message_max(options_.max_message_bytes);
    socket.set_option(websocket::stream_base::decorator([this](websocket::request_type& request) {
      request.set(http::field::user_agent, options_.user_agent);
      for (const HttpHeader& header : request_.headers) request.set(header.name, header.value);
      if (!request_.authorization.empty()) request.set(http::field::authorization, request_.authorization);
    }));
    // Whoever pings is there. Beast answers it; a ping of our own might close the stream (Jetstream v2).
    socket.control_callback([this](websocket::frame_type, auto) { must_move_before(options_.silence); });
    const std::string host = url.port == 0 ? url.host : str_cat(url.host, ":", url.port);
    const std::string target =
        str_cat(url.path.empty() ? "/" : url.path, url.query.empty() ? "" : "?", url.query);
    websocket::response_type response;
    beast::error_code error;
    socket.handshake(response, host, target, error);
    if (error == websocket::error::upgrade_declined) return end(refusal(response));
    if (error)
      return end(absl::UnavailableError(str_cat("the handshake failed: ", to_valid_utf8(error.message()))));
    {
      const std::scoped_lock lock(mutex_);
      open_ = true;
    }
    while (read(socket)) {
    }
  }

  template <typename Socket>
  bool read(Socket& socket) {
    must_move_before(options_.silence);
    beast::flat_buffer buffer;
    beast::error_code error;
    socket.read(buffer, error);
    if (error) {
      end(why(error, std::string(socket.reason().reason.data(), socket.reason().reason.size())));
      return false;
    }
    std::unique_lock lock(mutex_);
    messages_.push_back(beast::buffers_to_string(buffer.data()));
    waiting_bytes_ += messages_.back().size();
    room_.wait(lock, [this] { return !is_full() || stopping_; });
    return !stopping_;
  }

  static absl::Status why(const beast::error_code& error, const std::string& reason) {
    // A server that closes for the place it was asked for (Jetstream v2's names): not again from there.
    for (const char* name : {"CursorTooOld", "FutureCursor"}) {
      if (contains_ignore_case(reason, name)) return absl::OutOfRangeError(to_valid_utf8(reason));
    }
    if (contains_ignore_case(reason, "UnknownZstdDictionary"))
      return absl::FailedPreconditionError(to_valid_utf8(reason));
    if (error == websocket::error::closed)
      return absl::UnavailableError(str_cat("the server closed it: ", to_valid_utf8(reason)));
    const std::string what = str_cat("the connection broke: ", to_valid_utf8(error.message()));
    if (error == websocket::error::message_too_big) return absl::ResourceExhaustedError(what);
    return absl::UnavailableError(what);
  }

  void must_move_before(absl::Duration limit) {
    const std::scoped_lock lock(mutex_);
    deadline_ = Steady::now() + absl::ToChronoMilliseconds(limit);
  }
  [[nodiscard]] bool is_full() const { return waiting_bytes_ > options_.max_waiting_bytes; }
  void end(absl::Status why) {
    const std::scoped_lock lock(mutex_);
    if (status_.ok()) status_ = std::move(why);
  }
  void forget_socket() {
    const std::scoped_lock lock(mutex_);
    if (fd_ >= 0) (void)::close(std::exchange(fd_, -1));
    if (status_.ok()) status_ = absl::UnavailableError("it ended");
  }

  const HttpRequest request_;
  const WebSocketOptions& options_;
  const AllowedAddresses& allowed_;
  const Wake wake_;
  Steady::time_point connect_before_;  // set before the thread starts
  mutable std::mutex mutex_;           // guards all below
  std::shared_ptr<NameLookup> lookup_;
  std::condition_variable room_;
  std::deque<std::string> messages_;
  std::size_t waiting_bytes_ = 0;
  int fd_ = -1;  // a duplicate, so that its number stays ours while the socket closes itself
  bool open_ = false, stopping_ = false;
  mutable absl::Status status_;
  Steady::time_point deadline_;
  std::thread thread_;
};

class WebSockets final : public StreamOpener {
 public:
  WebSockets(WebSocketOptions options, AllowedAddresses allowed)
      : options_(std::move(options)), allowed_(std::move(allowed)) {}
  [[nodiscard]] std::unique_ptr<Stream> open(HttpRequest request) override {
    return std::make_unique<WebSocket>(std::move(request), options_, allowed_);
  }

 private:
  const WebSocketOptions options_;
  const AllowedAddresses allowed_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<StreamOpener>> make_web_sockets(const WebSocketOptions& options) {
  auto allowed = AllowedAddresses::parse(options.allow);
  if (!allowed.ok()) return allowed.status();
  return std::make_unique<WebSockets>(options, *std::move(allowed));
}

}  // namespace copytaster
