// Listens, lets connections in up to the bound, and ends them. What a connection does is in http_session.cpp.
#include "net/http_server.h"

#include <algorithm>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <exception>
#include <thread>
#include <utility>

#include "core/log.h"
#include "core/strings.h"
#include "net/http_session.h"

namespace copytaster {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kStopGrace = std::chrono::seconds(5);  // for responses being written when we stop

class BeastServer final : public HttpServer {
 public:
  BeastServer(const HttpServerOptions& options, ServerHandler handler)
      : context_(std::max(options.threads, 1)),
        work_(asio::make_work_guard(context_)),
        acceptor_(asio::make_strand(context_)),
        retry_(acceptor_.get_executor()) {
    shared_.options = options;
    shared_.handler = std::move(handler);
  }

  ~BeastServer() override {
    shared_.stopping = true;
    asio::dispatch(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      retry_.cancel();
    });
    if (!threads_.empty()) wait_for_sessions();
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  absl::Status listen() {
    error_code error;
    const auto address = asio::ip::make_address(shared_.options.address, error);
    if (error) {
      return absl::InvalidArgumentError(
          str_cat("\"", shared_.options.address, "\" is no address to listen on: ", error.message()));
    }
    const tcp::endpoint endpoint(address, shared_.options.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return absl::UnavailableError(
          str_cat("cannot listen on ", endpoint_text(endpoint), ": ", error.message()));
    }
    port_ = acceptor_.local_endpoint(error).port();
    return absl::OkStatus();
  }

  absl::Status serve() {
    asio::dispatch(acceptor_.get_executor(), [this] { accept(); });
    try {
      for (int i = 0; i < std::max(shared_.options.threads, 1); ++i) {
        threads_.emplace_back([this] { run(); });
      }
    } catch (const std::exception& e) {
      return absl::UnavailableError(str_cat("cannot start a thread: ", e.what()));
    }
    return absl::OkStatus();
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

 private:
  void run() {
    for (;;) {
      try {
        context_.run();
        return;
      } catch (const std::exception& e) {  // out of memory at worst: the connection it hit is gone
        log_error("http.server.exception", e.what());
      }
    }
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(context_), [this](error_code error, tcp::socket socket) {
      if (shared_.stopping || !acceptor_.is_open()) return;
      if (error) return accept_later();
      admit(std::move(socket));
      accept();
    });
  }

  // Out of file descriptors: trying again at once would spin.
  void accept_later() {
    retry_.expires_after(std::chrono::milliseconds(50));
    retry_.async_wait([this](error_code error) {
      if (!error && acceptor_.is_open()) accept();
    });
  }

  void admit(tcp::socket socket) {
    std::shared_ptr<HttpSession> session;
    {
      const std::scoped_lock lock(shared_.mutex);
      if (shared_.open.size() < shared_.options.max_connections) {
        session = make_http_session(std::move(socket), shared_);
        shared_.open.emplace(session.get(), session);
      }
    }
    if (session != nullptr) return session->start();
    static constexpr std::string_view kBusy =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: "
        "close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(kBusy), ignored);
    socket.shutdown(tcp::socket::shutdown_both, ignored);
  }

  void wait_for_sessions() {
    std::vector<std::shared_ptr<HttpSession>> open;
    {
      const std::scoped_lock lock(shared_.mutex);
      for (const auto& [raw, weak] : shared_.open) {
        if (auto session = weak.lock()) open.push_back(std::move(session));
      }
    }
    for (const auto& session : open) session->stop();
    open.clear();
    std::unique_lock lock(shared_.mutex);
    shared_.none_left.wait_for(lock, kStopGrace, [this] { return shared_.open.empty(); });
  }

  HttpSessions shared_;  // before the context: what the context destroys still uses it
  asio::io_context context_;
  // Without it the threads end with the last connection, and what stop() posts then is never run.
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  tcp::acceptor acceptor_;
  asio::steady_timer retry_;
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::start(const HttpServerOptions& options,
                                                              ServerHandler handler) {
  auto server = std::make_unique<BeastServer>(options, std::move(handler));
  if (absl::Status status = server->listen(); !status.ok()) return status;
  if (absl::Status status = server->serve(); !status.ok()) return status;
  return server;
}

}  // namespace copytaster
