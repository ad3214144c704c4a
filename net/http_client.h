// The HTTP client: libcurl multi, one thread, many hosts. Implements core's Fetcher.
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
  std::size_t max_in_flight = 256;         // more wait in a queue
  std::size_t max_per_host = 4;
  std::size_t max_queued = 100'000;        // then kResourceExhausted
  absl::Duration connect_timeout = absl::Seconds(10);
  // Slower than this for low_speed_time is cut: a source that drips delays nobody.
  long low_speed_bytes_per_second = 64;
  absl::Duration low_speed_time = absl::Seconds(15);
  // Addresses the guard lets through although they are special-purpose, as "127.0.0.1:8080" (port
  // required) or "127.0.0.1:*": for the rehearsal and the tests. Empty in production.
  std::vector<std::string> allow;
};

absl::StatusOr<std::unique_ptr<Fetcher>> make_http_client(const HttpClientOptions& options);

}  // namespace copytaster
