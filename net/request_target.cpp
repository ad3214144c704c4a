#include "net/request_target.h"

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

absl::StatusOr<std::string> decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return absl::InvalidArgumentError("broken percent-escape in the path");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      return absl::InvalidArgumentError("control character in the path");
    }
    out.push_back(c);
  }
  return out;
}

bool has_dot_dot(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of("/\\"), path.size());
    if (path.substr(0, end) == "..") return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

}  // namespace

absl::StatusOr<RequestTarget> parse_request_target(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_ignore_case(target, scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    target = path == std::string_view::npos ? "/" : target.substr(path);
    if (target[0] == '?') return absl::InvalidArgumentError("absolute target without a path");
    break;
  }
  if (!target.starts_with('/')) return absl::InvalidArgumentError("the target is not a path");
  target = target.substr(0, target.find('#'));
  RequestTarget out;
  const std::size_t mark = std::min(target.find('?'), target.size());
  if (mark < target.size()) out.query = std::string(target.substr(mark + 1));
  auto path = decode(target.substr(0, mark));
  if (!path.ok()) return path.status();
  if (has_dot_dot(*path)) return absl::InvalidArgumentError("\"..\" in the path");
  out.path = *std::move(path);
  return out;
}

bool is_clean_header(std::string_view name, std::string_view value) {
  return is_token(name) && value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace copytaster
