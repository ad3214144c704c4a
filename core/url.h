// URLs by RFC 3986 with the WHATWG's forgiveness where feeds need it. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copytaster {

struct Url {
  std::string scheme;      // lower case, without ':'
  std::string host;        // lower case; IPv6 without brackets
  std::uint16_t port = 0;  // 0: the scheme's own
  std::string path;        // starts with '/' for http(s)
  std::string query;       // without '?'
  std::string fragment;
  [[nodiscard]] std::string to_string() const;
};

// Absolute URLs only; nullopt for anything else, for control characters, user:password@ and bad hosts.
[[nodiscard]] std::optional<Url> parse_url(std::string_view text);
// RFC 3986 §5: `reference` against `base`; returns `reference` unchanged when base does not parse.
[[nodiscard]] std::string resolve_url(std::string_view base, std::string_view reference);
// http(s) with a host; what may be shown as a link.
[[nodiscard]] bool is_web_url(std::string_view text);
// For comparing: scheme https, host without "www.", "m.", "mobile.", "amp."; tracking parameters,
// fragment, trailing slash and "/amp" removed, parameters sorted; unwrapped. An archived page stays archived.
[[nodiscard]] std::string canonical_url(std::string_view text);
// Removes wrappers (l.facebook.com/l.php?u=…) and AMP caches only; otherwise unchanged.
[[nodiscard]] std::string unwrap_url(std::string_view text);
[[nodiscard]] std::string percent_encode(std::string_view text);  // all but RFC 3986 unreserved
[[nodiscard]] std::string percent_decode(std::string_view text);
[[nodiscard]] std::vector<std::pair<std::string, std::string>> query_parameters(std::string_view query);
// `url` with the values of access_token, appsecret_proof, key, token, sig replaced by "…": for logs
// and captures.
[[nodiscard]] std::string without_secrets(std::string_view url);

}  // namespace copytaster
