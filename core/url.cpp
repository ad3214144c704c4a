#include "core/url.h"

#include <algorithm>

#include "core/strings.h"
#include "core/url_host.h"

namespace copytaster {
namespace {

bool is_scheme(std::string_view text) {
  if (text.empty() || ascii_lower(text[0]) < 'a' || ascii_lower(text[0]) > 'z') return false;
  return std::ranges::all_of(text, [](char c) {
    const char l = ascii_lower(c);
    return (l >= 'a' && l <= 'z') || is_ascii_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

bool has_control(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_hex(char c) { return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }
int hex_value(char c) { return is_ascii_digit(c) ? c - '0' : ascii_lower(c) - 'a' + 10; }

// Splits authority into host and port; false when there is a user, a password or a bad port.
bool read_authority(std::string_view authority, Url& url) {
  if (authority.find('@') != std::string_view::npos) return false;
  std::string_view host = authority;
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    host = authority.substr(0, colon);
    const std::string_view port = authority.substr(colon + 1);
    if (!port.empty()) {
      const auto number = parse_number<std::uint16_t>(port);
      if (!number) return false;
      url.port = *number;
    }
  }
  if ((url.scheme == "https" && url.port == 443) || (url.scheme == "http" && url.port == 80)) url.port = 0;
  auto name = read_url_host(host);
  if (!name) return false;
  url.host = *std::move(name);
  return true;
}

// Bytes that must be escaped wherever they stand, escaped; '%XX' kept.
std::string clean_part(std::string_view part) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : part) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || c == '"' || c == '<' || c == '>' || c == '`' || c == '\\' ||
        c == '{' || c == '}') {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

// Backslashes before query and fragment are slashes, as in browsers.
std::string with_slashes(std::string_view text) {
  std::string out(text);
  const std::size_t end = std::min(out.find_first_of("?#"), out.size());
  std::replace(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(end), '\\', '/');
  return out;
}

// RFC 3986 §5.2.4.
std::string remove_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool rooted = path.starts_with('/');
  if (rooted) path.remove_prefix(1);
  const auto segments = split(path, '/');
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string_view segment = segments[i];
    const bool last = i + 1 == segments.size();
    if (segment == "." || segment == "..") {
      if (segment == ".." && !kept.empty()) kept.pop_back();
      if (last) kept.push_back("");
    } else {
      kept.push_back(segment);
    }
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) str_append(&out, i == 0 ? "" : "/", kept[i]);
  return out;
}

struct Parts {
  std::string_view scheme, authority, path, query, fragment;
  bool has_authority = false, has_query = false;
};

// RFC 3986 appendix B.
Parts split_reference(std::string_view text) {
  Parts parts;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t colon = text.find(':');
      colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts.query = text.substr(mark + 1);
    parts.has_query = true;
    text = text.substr(0, mark);
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const std::size_t slash = std::min(text.find('/'), text.size());
    parts.authority = text.substr(0, slash);
    parts.has_authority = true;
    text.remove_prefix(slash);
  }
  parts.path = text;
  return parts;
}

}  // namespace

std::string Url::to_string() const {
  const bool six = host.find(':') != std::string::npos;
  std::string out = str_cat(scheme, "://", six ? "[" : "", host, six ? "]" : "");
  if (port != 0) str_append(&out, ":", port);
  str_append(&out, path);
  if (!query.empty()) str_append(&out, "?", query);
  if (!fragment.empty()) str_append(&out, "#", fragment);
  return out;
}

std::optional<Url> parse_url(std::string_view text) {
  text = strip_space(text);
  if (text.size() > 8192 || has_control(text)) return std::nullopt;
  const std::string slashed = with_slashes(text);
  const Parts parts = split_reference(slashed);
  if (parts.scheme.empty() || !parts.has_authority) return std::nullopt;
  Url url;
  url.scheme = ascii_lower(parts.scheme);
  if (!read_authority(parts.authority, url)) return std::nullopt;
  url.path = remove_dots(clean_part(parts.path));
  if (url.path.empty()) url.path = "/";
  url.query = clean_part(parts.query);
  url.fragment = clean_part(parts.fragment);
  return url;
}

std::string resolve_url(std::string_view base, std::string_view reference) {
  reference = strip_space(reference);
  const Parts parts = split_reference(reference);
  if (!parts.scheme.empty()) return std::string(reference);
  const auto from = parse_url(base);
  if (!from) return std::string(reference);
  if (parts.has_authority) return str_cat(from->scheme, ":", reference);
  Url out = *from;
  out.fragment = clean_part(parts.fragment);
  if (parts.path.empty()) {
    if (parts.has_query) out.query = clean_part(parts.query);
    return out.to_string();
  }
  out.query = clean_part(parts.query);
  const std::string folder = from->path.substr(0, from->path.rfind('/') + 1);
  out.path =
      remove_dots(parts.path.starts_with('/') ? clean_part(parts.path) : folder + clean_part(parts.path));
  return out.to_string();
}

bool is_web_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url || (url->scheme != "http" && url->scheme != "https")) return false;
  std::string_view host = url->host;
  consume_suffix(&host, ".");  // "city." is the root's own "city"
  return host.find('.', 1) != std::string_view::npos && host.front() != '.' &&
         url->host.find("..") == std::string::npos;
}

std::string percent_encode(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const char l = ascii_lower(c);
    if ((l >= 'a' && l <= 'z') || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
      out += c;
    } else {
      out += '%';
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> query_parameters(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> out;
  if (query.empty()) return out;
  for (const std::string_view pair : split(query, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    out.emplace_back(percent_decode(replace_all(pair.substr(0, equals), "+", " ")),
                     percent_decode(replace_all(value, "+", " ")));
  }
  return out;
}

}  // namespace copytaster
