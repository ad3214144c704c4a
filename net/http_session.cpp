#include "net/http_session.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "core/clock.h"
#include "core/log.h"
#include "core/strings.h"
#include "net/request_target.h"

namespace copytaster {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using beast::error_code;

constexpr std::size_t kLingerBytes = std::size_t{1} << 20;  // read and thrown away after a refusal

std::string http_date() {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", SystemClock().now(), absl::UTCTimeZone());
}

ServerResponse plain(int status, std::string_view text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, str_cat(text, "\n")};
}

// What Beast's parser lets through although two readers may understand it differently: equal double
// Content-Length ("5, 5" too), a Transfer-Encoding other than chunked (Beast then sees no body),
// Transfer-Encoding in HTTP/1.0, no Host or two. Empty: fine.
std::string_view ambiguity(const http::request_header<>& header) {
  const auto lengths = header.count(http::field::content_length);
  const auto codings = header.count(http::field::transfer_encoding);
  if (lengths > 1) return "double Content-Length";
  if (lengths == 1 && codings > 0) return "Content-Length with Transfer-Encoding";
  if (lengths == 1) {
    const std::string_view value(header[http::field::content_length]);
    if (value.find_first_not_of("0123456789") != std::string_view::npos) return "Content-Length is no number";
  }
  if (codings > 1) return "double Transfer-Encoding";
  if (codings == 1) {
    if (header.version() < 11) return "Transfer-Encoding in HTTP/1.0";
    const std::string_view value(header[http::field::transfer_encoding]);
    if (!equals_ignore_case(value, "chunked")) return "unknown Transfer-Encoding";
  }
  const auto hosts = header.count(http::field::host);
  if (hosts > 1) return "double Host";
  if (hosts == 0 && header.version() >= 11) return "no Host";
  return {};
}

class Session final : public HttpSession, public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, HttpSessions& shared)
      : stream_(std::move(socket)),
        buffer_(shared.options.max_header_bytes + (std::size_t{128} << 10)),
        shared_(shared) {
    error_code ignored;
    const auto peer = stream_.socket().remote_endpoint(ignored);
    peer_ = endpoint_text(peer);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override {
    const std::scoped_lock lock(shared_.mutex);
    shared_.open.erase(this);
    if (shared_.open.empty()) shared_.none_left.notify_all();
  }

  void start() override {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      self->stream_.expires_after(absl::ToChronoMilliseconds(self->shared_.options.read_timeout));
      self->wait();
    });
  }

  void stop() override {
    asio::dispatch(stream_.get_executor(), [self = shared_from_this()] {
      if (!self->answering_) self->stream_.close();
    });
  }

 private:
  template <typename Step>
  auto then(Step step) {
    return [self = shared_from_this(), step](error_code error, std::size_t bytes) {
      (self.get()->*step)(error, bytes);
    };
  }

  void wait() {
    if (shared_.stopping) return stream_.close();
    if (buffer_.size() > 0) return read_header();
    stream_.async_read_some(buffer_.prepare(4096), then(&Session::on_first_bytes));
  }

  void on_first_bytes(error_code error, std::size_t bytes) {
    if (error) return stream_.close();
    buffer_.commit(bytes);
    read_header();
  }

  // From here one deadline holds for the whole request: a client that drips gains nothing by dripping.
  void read_header() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(shared_.options.max_header_bytes));
    parser_->body_limit(shared_.options.max_body_bytes);
    stream_.expires_after(absl::ToChronoMilliseconds(shared_.options.read_timeout));
    http::async_read_header(stream_, buffer_, *parser_, then(&Session::on_header));
  }

  void on_header(error_code error, std::size_t) {
    if (error) return refuse(error);
    const auto& header = parser_->get();
    if (const auto problem = ambiguity(header); !problem.empty()) return refuse(400, problem);
    auto target = parse_request_target(std::string_view(header.target().data(), header.target().size()));
    if (!target.ok()) return refuse(400, from_absl(target.status().message()));
    request_ = {};
    request_.method = std::string(header.method_string());
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    request_.peer = peer_;
    // Taken now: trailers of a chunked body must not pass for headers.
    for (const auto& field : header) {
      request_.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    }
    if (equals_ignore_case(request_.header("expect"), "100-continue") && !parser_->is_done()) {
      static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      asio::async_write(stream_, asio::buffer(kContinue), then(&Session::on_continued));
      return;
    }
    read_body();
  }

  void on_continued(error_code error, std::size_t) {
    if (error) return stream_.close();
    read_body();
  }

  void read_body() { http::async_read(stream_, buffer_, *parser_, then(&Session::on_body)); }

  void on_body(error_code error, std::size_t) {
    if (error) return refuse(error);
    answering_ = true;
    keep_alive_ = parser_->get().keep_alive();
    request_.body = std::move(parser_->get().body());
    parser_.reset();
    write(handle());
  }

  ServerResponse handle() {
    try {
      ServerResponse response = shared_.handler(request_);
      for (const HttpHeader& header : response.headers) {
        if (is_clean_header(header.name, header.value)) continue;
        log_error("http.server.bad_header", "a handler set a header that cannot be sent",
                  {{"url.path", request_.path}});
        return plain(500, "internal error");
      }
      if (response.status >= 200 && response.status <= 599) return response;
      log_error("http.server.bad_status", "a handler gave no HTTP status", {{"url.path", request_.path}});
    } catch (const std::exception& e) {
      log_error("http.server.handler_failed", e.what(), {{"url.path", request_.path}});
    } catch (...) {
      log_error("http.server.handler_failed", "unknown exception", {{"url.path", request_.path}});
    }
    return plain(500, "internal error");
  }

  void write(ServerResponse response) {
    response_.emplace();
    response_->version(11);
    response_->result(static_cast<unsigned>(response.status));
    for (const HttpHeader& header : response.headers) {
      const bool ours = equals_ignore_case(header.name, "content-length") ||
                        equals_ignore_case(header.name, "transfer-encoding") ||
                        equals_ignore_case(header.name, "connection") ||
                        equals_ignore_case(header.name, "date");
      if (!ours) response_->insert(header.name, header.value);
    }
    response_->set(http::field::date, http_date());
    if (shared_.stopping) keep_alive_ = false;
    response_->keep_alive(keep_alive_);
    // RFC 9110 §8.6: no Content-Length in 204; in 304 and for HEAD the length a GET would have.
    if (response.status != 204) {
      response_->set(http::field::content_length, std::to_string(response.body.size()));
    }
    if (request_.method != "HEAD" && response.status != 204 && response.status != 304) {
      response_->body() = std::move(response.body);
    }
    stream_.expires_after(absl::ToChronoMilliseconds(shared_.options.write_timeout));
    http::async_write(stream_, *response_, then(&Session::on_written));
  }

  void on_written(error_code error, std::size_t) {
    answering_ = false;
    response_.reset();
    request_ = {};
    if (error) return stream_.close();
    if (shared_.stopping) return stream_.close();
    if (!keep_alive_) return linger();
    stream_.expires_after(absl::ToChronoMilliseconds(shared_.options.idle_timeout));
    wait();
  }

  void refuse(error_code error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
      return refuse(431, "the header is too large");
    }
    if (error == http::error::body_limit) return refuse(413, "the body is too large");
    const bool silent = error == http::error::end_of_stream || error == http::error::partial_message;
    if (silent || error.category() != make_error_code(http::error::bad_value).category())
      return stream_.close();
    refuse(400, error.message());
  }

  // Says why and closes: after a request we did not understand nothing on this connection can be trusted.
  void refuse(int status, std::string_view why) {
    answering_ = true;
    keep_alive_ = false;
    parser_.reset();
    write(plain(status, why));
  }

  // Without this the kernel resets the connection over unread input and the client never sees our answer.
  void linger() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(std::chrono::seconds(1));
    buffer_.consume(buffer_.size());
    stream_.async_read_some(buffer_.prepare(4096), then(&Session::on_lingering));
  }

  void on_lingering(error_code error, std::size_t bytes) {
    lingered_ += bytes;
    if (error || lingered_ > kLingerBytes || shared_.stopping) return stream_.close();
    stream_.async_read_some(buffer_.prepare(4096), then(&Session::on_lingering));
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  HttpSessions& shared_;
  std::string peer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  ServerRequest request_;
  std::optional<http::response<http::string_body>> response_;
  bool keep_alive_ = false;
  bool answering_ = false;
  std::size_t lingered_ = 0;
};

}  // namespace

std::shared_ptr<HttpSession> make_http_session(tcp::socket socket, HttpSessions& shared) {
  return std::make_shared<Session>(std::move(socket), shared);
}

std::string endpoint_text(const tcp::endpoint& endpoint) {
  const bool v6 = endpoint.address().is_v6();
  return str_cat(v6 ? "[" : "", endpoint.address().to_string(), v6 ? "]:" : ":", endpoint.port());
}

}  // namespace copytaster
