// The HTTP client: libcurl multi, one thread, many hosts. Implements core's Fetcher.
//
// Redirects are followed here, hop by hop, never by libcurl: each hop must be http(s), passes the
// address guard, and waits its turn at its host. `authorization` and the headers Authorization, Cookie,
// Proxy-Authorization and Host are dropped for good when a hop goes to another scheme, host or port.
// With max_redirects = 0 a redirect is handed back as the response it is.
// A host has at most max_per_host requests under way and hosts take turns, so a slow one delays only itself.
// From the environment nothing is taken: no proxies, .netrc, cookies, HSTS or alt-svc files.
// Responses that two readers may understand differently (double Content-Length, Content-Length with
// Transfer-Encoding in HTTP/1) are refused with kUnavailable.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/fetcher.h"

namespace copytaster {

struct HttpClientOptions {
  std::string user_agent = "Copytaster/0.1 (+https://github.com/copytaster/copytaster)";
  std::size_t max_in_flight = 256;   // more wait in a queue
  std::size_t max_per_host = 4;      // a host is scheme, name and port
  std::size_t max_queued = 100'000;  // then kResourceExhausted
  absl::Duration connect_timeout = absl::Seconds(10);
  // Slower than this for low_speed_time (whole seconds, at least 1) is cut with kDeadlineExceeded: a
  // source that drips delays nobody.
  long low_speed_bytes_per_second = 64;
  absl::Duration low_speed_time = absl::Seconds(15);
  // Addresses the guard lets through although they are special-purpose, as "127.0.0.1:8080" (port
  // required) or "127.0.0.1:*": for the rehearsal, the tests, and the house's own servers (fetch.allow).
  std::vector<std::string> allow;
};

// kInvalidArgument: an entry of `allow` cannot be read.
absl::StatusOr<std::unique_ptr<Fetcher>> make_http_client(const HttpClientOptions& options);

}  // namespace copytaster
