// A URL as libcurl itself reads it: what is checked is what is dialled. Immutable values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace copytaster {

struct WebAddress {
  std::string url;     // whole, escaped where it had to be, without fragment
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; IPv6 without brackets; "0x7f.1" is "127.0.0.1" already
  std::uint16_t port = 0;
  [[nodiscard]] std::string origin() const;  // "https://example.org:443"
};

// kInvalidArgument: no URL, or with user and password. kPermissionDenied: neither http nor https.
absl::StatusOr<WebAddress> parse_web_address(std::string_view url);
// A Location header against the URL that sent it.
absl::StatusOr<WebAddress> resolve_web_address(const WebAddress& base, std::string_view location);

}  // namespace copytaster
