// URLs: core/url.h. The input is a base on the first line and a reference behind it.
#include <algorithm>

#include "core/strings.h"
#include "core/url.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::size_t kLongestUrl = 8192;

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f; });
}

void check_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return;
  const std::string written = url->to_string();
  require(is_printable_ascii(written), "a URL is printable ASCII without spaces", written);
  require(!url->scheme.empty() && !url->host.empty(), "a URL has a scheme and a host", written);
  require(ascii_lower(url->host) == url->host, "a host is lower case", url->host);
  require(url->path.starts_with('/'), "a path starts with '/'", written);
  if (written.size() > kLongestUrl) return;
  const auto again = parse_url(written);
  require(again.has_value(), "a URL that was written can be read", written);
  require(again->to_string() == written && again->host == url->host && again->port == url->port &&
              again->path == url->path && again->query == url->query,
          "a URL reads as it was written", str_cat(written, "\n", again->to_string()));
}

void check_canonical(std::string_view text) {
  const std::string canonical = canonical_url(text);
  const std::string twice = canonical_url(canonical);
  require(twice == canonical, "a canonical URL is its own canonical form", str_cat(canonical, "\n", twice));
  // "https://city." is the root's own "city", which is no web address.
  const auto url = parse_url(text);
  if (canonical.size() <= kLongestUrl && url && !url->host.ends_with('.'))
    require(!is_web_url(text) || is_web_url(canonical), "a web URL's canonical form is one", canonical);
  require(unwrap_url(text).size() <= text.size(), "unwrapping makes nothing longer");
}

void check_resolve(std::string_view base, std::string_view reference) {
  const std::string resolved = resolve_url(base, reference);
  require(resolved.size() <= 3 * (base.size() + reference.size()) + 16, "what is resolved is bounded");
  require(resolve_url(base, reference) == resolved, "resolving twice gives the same");
  const auto from = parse_url(base);
  if (!from) {
    require(resolved == strip_space(reference), "without a base the reference stays", resolved);
    return;
  }
  // Only a reference with a host of its own leads to another one.
  const auto to = parse_url(resolved);
  const bool own_host = reference.find("//") != std::string_view::npos ||
                        reference.find(':') != std::string_view::npos ||
                        reference.find('\\') != std::string_view::npos;
  if (to && !own_host)
    require(to->host == from->host && to->scheme == from->scheme, "a path stays on its host", resolved);
}

void check_escapes(std::string_view text) {
  const std::string escaped = percent_encode(text);
  require(is_printable_ascii(escaped) && escaped.size() <= 3 * text.size(), "an escaped text is printable");
  require(percent_decode(escaped) == text, "an escaped text decodes to itself");
  require(percent_decode(text).size() <= text.size(), "decoding makes nothing longer");
  require(query_parameters(text).size() <= text.size(), "there are no more parameters than bytes");
}

void check_secrets(std::string_view text) {
  constexpr std::string_view kCanary = "canary7f3e";
  const std::string behind = without_secrets(str_cat(text, "&access_token=", kCanary, "&x=1"));
  require(behind.find(kCanary) == std::string::npos, "a token is taken out", behind);
  const std::string before = without_secrets(str_cat("https://user:", kCanary, "@host.example/", text));
  require(before.find(kCanary) == std::string::npos, "a password is taken out", before);
  require(without_secrets(behind) == behind, "taking secrets out twice changes nothing more", behind);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(url)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  std::string_view reference = as_text(data, size);
  const std::string_view base = take_line(reference);
  for (const std::string_view text : {base, reference}) {
    check_url(text);
    check_canonical(text);
    check_escapes(text);
    check_secrets(text);
  }
  check_resolve(base, reference);
  return 0;
}
