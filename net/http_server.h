// The HTTP server for all who listen: the desk, the metrics port, the rehearsal. On Boost.Beast.
//
// Bounded everywhere: connections, header bytes, body bytes, time to read a request (so a slow-loris
// client is cut), time idle; one response at a time is under way on a connection. A handler runs on one
// of `threads` worker threads and must not block for long. What it throws becomes a 500 and a log line;
// so does a response header with CR, LF or NUL in it.
// Request line and headers are checked before a handler sees them: Content-Length with
// Transfer-Encoding, double Content-Length or Host, an unknown Transfer-Encoding, a bad chunk, CR/LF or
// NUL in a header, ".." in the path: 400, and the connection is closed. Too large: 413 or 431. More
// connections than allowed: 503.
// HEAD reaches the handler as it is; answer as for GET, the server leaves the body out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/fetcher.h"

namespace copytaster {

struct ServerRequest {
  std::string method;  // GET, HEAD, POST, …
  std::string path;    // percent-decoded, starts with '/', no "..", no NUL
  std::string query;   // raw
  std::vector<HttpHeader> headers;
  std::string body;
  std::string peer;  // "127.0.0.1:53124"
  [[nodiscard]] std::string_view header(std::string_view name) const { return header_value(headers, name); }
};

struct ServerResponse {
  int status = 200;
  std::vector<HttpHeader> headers;  // Content-Length, Date, Connection are the server's business
  std::string body;
};

struct HttpServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  int threads = 1;
  std::size_t max_connections = 1024;
  std::size_t max_header_bytes = 16 << 10;
  std::size_t max_body_bytes = 1 << 20;
  absl::Duration read_timeout = absl::Seconds(10);  // a whole request, header and body
  absl::Duration write_timeout = absl::Seconds(30);
  absl::Duration idle_timeout = absl::Seconds(60);
};

using ServerHandler = std::function<ServerResponse(const ServerRequest&)>;

class HttpServer {
 public:
  // Binds and starts serving. `handler` is called from many threads at once when threads > 1.
  // kUnavailable: the address is taken (the message names it). kInvalidArgument: no address.
  static absl::StatusOr<std::unique_ptr<HttpServer>> start(const HttpServerOptions& options,
                                                           ServerHandler handler);
  // Stops: answers under way are finished (at most 5 s), then no handler runs any more. Not from a handler.
  virtual ~HttpServer() = default;
  [[nodiscard]] virtual std::uint16_t port() const = 0;
};

}  // namespace copytaster
