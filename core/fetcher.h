// The only way out of the house. net/ implements it on libcurl; tests and the rehearsal wrap it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct HttpHeader {
  std::string name;  // as sent; compared without case
  std::string value;
};

// First value of a header by name, ignoring case; empty when absent.
[[nodiscard]] std::string_view header_value(const std::vector<HttpHeader>& headers, std::string_view name);

struct HttpRequest {
  std::string method = "GET";
  std::string url;                  // http or https
  std::vector<HttpHeader> headers;  // CR, LF and NUL in a name or value are refused
  std::string body;
  // Sent as `Authorization`, dropped on a redirect to another host, never logged, never captured.
  std::string authorization;
  std::size_t max_body_bytes = std::size_t{8} << 20;  // after decompression
  absl::Duration timeout = absl::Seconds(30);         // whole transfer
  int max_redirects = 5;
};

struct HttpResponse {
  int status = 0;  // any status is a response; only "no answer" is an error
  std::string final_url;
  std::vector<HttpHeader> headers;  // of the last hop, at most 64 KiB together
  std::string body;                 // decompressed
  // The URL that answered when every hop so far was 301 or 308; empty otherwise.
  std::string permanent_url;
  absl::Duration elapsed;
};

// How long the server asks us to wait: Retry-After in seconds or as an HTTP date (RFC 9110 §10.2.3).
[[nodiscard]] std::optional<absl::Duration> retry_after(const HttpResponse& response, absl::Time now);

using FetchDone = std::function<void(absl::StatusOr<HttpResponse>)>;

// Thread: fetch and drive belong to one thread; wake may be called from any.
// Errors in `done`: kUnavailable (connect, TLS, reset), kDeadlineExceeded, kResourceExhausted (a
// cap on size or redirects), kPermissionDenied (address guard, scheme), kInvalidArgument (bad URL or
// header), kCancelled (the fetcher is being destroyed).
class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Starts a request. `done` runs exactly once, later, inside drive() (or the destructor).
  virtual void fetch(HttpRequest request, FetchDone done) = 0;
  // Moves transfers on, waits at most `wait` for something to happen, runs callbacks.
  // Returns how many requests are still under way.
  virtual std::size_t drive(absl::Duration wait) = 0;
  // Makes a waiting drive() return soon.
  virtual void wake() = 0;
};

}  // namespace copytaster
