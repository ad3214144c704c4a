#include "collectors/bluesky_syntax.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {
namespace {

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool is_alnum(char c) { return is_letter(c) || is_ascii_digit(c); }

bool all_of(std::string_view text, bool (*allowed)(char)) {
  return std::all_of(text.begin(), text.end(), allowed);
}

// A label of a domain name.
bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && is_alnum(text.front()) && is_alnum(text.back()) &&
         all_of(text, [](char c) { return is_alnum(c) || c == '-'; });
}

}  // namespace

bool is_did(std::string_view text) {
  if (text.size() > 2048 || !consume_prefix(&text, "did:")) return false;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return false;
  const bool method = all_of(text.substr(0, colon), [](char c) { return c >= 'a' && c <= 'z'; });
  const std::string_view rest = text.substr(colon + 1);
  return method && rest.back() != ':' && rest.back() != '%' && all_of(rest, [](char c) {
           return is_alnum(c) || c == '.' || c == '_' || c == ':' || c == '%' || c == '-';
         });
}

bool is_handle(std::string_view text) {
  const auto labels = split(text, '.');
  return text.size() <= 253 && labels.size() >= 2 && std::all_of(labels.begin(), labels.end(), is_label) &&
         is_letter(labels.back().front());
}

bool is_nsid(std::string_view text) {
  const auto parts = split(text, '.');
  return text.size() <= 317 && parts.size() >= 3 && std::all_of(parts.begin(), parts.end(), is_label) &&
         is_letter(text.front()) && is_letter(parts.back().front()) && all_of(parts.back(), is_alnum);
}

bool is_record_key(std::string_view text) {
  return !text.empty() && text.size() <= 512 && text != "." && text != ".." && all_of(text, [](char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '~';
  });
}

bool is_cid(std::string_view text) {
  return text.size() >= 8 && text.size() <= 256 &&
         all_of(text, [](char c) { return is_alnum(c) || c == '+' || c == '='; });
}

std::string AtUri::to_string() const {
  return str_cat("at://", authority, collection.empty() ? "" : "/", collection, record_key.empty() ? "" : "/",
                 record_key);
}

std::optional<AtUri> parse_at_uri(std::string_view text) {
  if (text.size() > 8192 || !consume_prefix(&text, "at://")) return std::nullopt;
  const auto parts = split(text, '/');
  if (parts.size() > 3 || (!is_did(parts[0]) && !is_handle(parts[0]))) return std::nullopt;
  if (parts.size() > 1 && !is_nsid(parts[1])) return std::nullopt;
  if (parts.size() > 2 && !is_record_key(parts[2])) return std::nullopt;
  AtUri uri;
  uri.authority = std::string(parts[0]);
  if (parts.size() > 1) uri.collection = std::string(parts[1]);
  if (parts.size() > 2) uri.record_key = std::string(parts[2]);
  return uri;
}

std::string bluesky_permalink(const AtUri& uri) {
  const std::string profile = str_cat("https://bsky.app/profile/", uri.authority);
  if (uri.record_key.empty()) return profile;
  if (uri.collection == "app.bsky.feed.post") return str_cat(profile, "/post/", uri.record_key);
  if (uri.collection == "app.bsky.feed.generator") return str_cat(profile, "/feed/", uri.record_key);
  if (uri.collection == "app.bsky.graph.list") return str_cat(profile, "/lists/", uri.record_key);
  if (uri.collection == "app.bsky.graph.starterpack") {
    return str_cat("https://bsky.app/starter-pack/", uri.authority, "/", uri.record_key);
  }
  return profile;
}

}  // namespace copytaster
