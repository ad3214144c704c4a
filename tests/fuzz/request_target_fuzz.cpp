// The target of a request line: net/request_target.h.
#include <algorithm>

#include "core/strings.h"
#include "core/url.h"
#include "net/request_target.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_path(const std::string& path) {
  require(path.starts_with('/'), "a path starts with '/'", path);
  require(
      std::ranges::none_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }),
      "a path has no control characters");
  std::string slashes = path;
  std::ranges::replace(slashes, '\\', '/');
  for (const std::string_view segment : split(slashes, '/'))
    require(segment != "..", "no path leads upwards", path);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(request_target)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view bytes = as_text(data, size);
  const auto target = parse_request_target(bytes);
  if (!target.ok()) {
    require(absl::IsInvalidArgument(target.status()), "a bad target is an invalid argument");
    return 0;
  }
  check_path(target->path);
  require(target->path.size() + target->query.size() <= bytes.size() + 1, "decoding makes nothing longer");
  require(target->query.empty() || bytes.find(target->query) != std::string_view::npos, "the query is raw");
  // Decoded once only: the path, escaped again, is that path.
  const auto again =
      parse_request_target(str_cat("/", percent_encode(target->path.substr(1)), "?", target->query));
  require(again.ok() && again->path == target->path, "an escaped path reads as it was", target->path);
  return 0;
}
