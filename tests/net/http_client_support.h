// A client that may ask our own server.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "net/http_client.h"

namespace copytaster {

inline std::unique_ptr<Fetcher> client(std::vector<std::string> allow = {"127.0.0.1:*"}) {
  HttpClientOptions options;
  options.allow = std::move(allow);
  return *make_http_client(options);
}

}  // namespace copytaster
