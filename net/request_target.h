// The target of a request line, checked before a handler sees it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace copytaster {

struct RequestTarget {
  std::string path;   // percent-decoded once, starts with '/'
  std::string query;  // raw, without '?'
};

// Origin form ("/a?b") and absolute form ("http://host/a?b"; RFC 9112 §3.2). kInvalidArgument for
// anything else, for a broken percent-escape, for NUL and other control characters, and for a ".."
// segment, however it is spelled ("%2e%2e", "..\").
absl::StatusOr<RequestTarget> parse_request_target(std::string_view target);

// Whether `name` is a header name (RFC 9110 §5.1: a token) and `value` free of CR, LF and NUL.
[[nodiscard]] bool is_clean_header(std::string_view name, std::string_view value);

}  // namespace copytaster
