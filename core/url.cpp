#include "core/url.h"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/strings.h"

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

// Host names that are not ASCII go through UTS #46, as browsers do.
std::optional<std::string> to_ascii_host(std::string_view host) {
  static const icu::IDNA* idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    return icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, error);
  }();
  std::string out;
  UErrorCode error = U_ZERO_ERROR;
  icu::IDNAInfo info;
  icu::StringByteSink<std::string> sink(&out);
  if (idna == nullptr) return std::nullopt;
  idna->nameToASCII_UTF8(icu::StringPiece(host.data(), static_cast<std::int32_t>(host.size())), sink, info,
                         error);
  if (U_FAILURE(error) || info.hasErrors()) return std::nullopt;
  return out;
}

std::optional<std::string> read_host(std::string_view host) {
  if (host.empty() || host.size() > 1024) return std::nullopt;
  if (host.front() == '[') {
    if (host.back() != ']' || host.size() < 4) return std::nullopt;
    const std::string_view inner = host.substr(1, host.size() - 2);
    if (!std::ranges::all_of(inner, [](char c) { return is_hex(c) || c == ':' || c == '.'; }))
      return std::nullopt;
    return ascii_lower(inner);
  }
  const std::string decoded = percent_decode(host);
  const bool ascii =
      std::ranges::all_of(decoded, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  std::optional<std::string> out = ascii ? std::optional(ascii_lower(decoded)) : to_ascii_host(decoded);
  if (!out || out->size() > 253) return std::nullopt;
  static constexpr std::string_view kForbidden = " \"#%/:<>?@[\\]^`{|}";
  if (out->find_first_of(kForbidden) != std::string::npos || has_control(*out)) return std::nullopt;
  return out;
}

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
  auto name = read_host(host);
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

// Parameters that only say how a reader came: facts collected from the platforms' own documentation.
bool is_tracking(std::string_view name) {
  static constexpr std::array<std::string_view, 34> kNames = {"fbclid",
                                                              "gclid",
                                                              "gclsrc",
                                                              "dclid",
                                                              "msclkid",
                                                              "yclid",
                                                              "twclid",
                                                              "ttclid",
                                                              "igshid",
                                                              "igsh",
                                                              "mc_cid",
                                                              "mc_eid",
                                                              "ref_src",
                                                              "ref_url",
                                                              "s_cid",
                                                              "_hsenc",
                                                              "_hsmi",
                                                              "mkt_tok",
                                                              "wt_mc",
                                                              "xtor",
                                                              "at_medium",
                                                              "at_campaign",
                                                              "cmpid",
                                                              "ocid",
                                                              "spm",
                                                              "ncid",
                                                              "sr_share",
                                                              "fb_action_ids",
                                                              "fb_action_types",
                                                              "fb_source",
                                                              "__twitter_impression",
                                                              "gbraid",
                                                              "wbraid",
                                                              "oly_enc_id"};
  if (name.starts_with("utm_") || name.starts_with("__cft__") || name.starts_with("pk_") ||
      name.starts_with("mtm_") || name.starts_with("hsa_")) {
    return true;
  }
  return std::ranges::find(kNames, name) != kNames.end() || name == "__tn__" || name == "__xts__";
}

std::string_view bare_host(std::string_view host) {
  // Only where something with a dot remains: "m.fr" is a host of its own.
  for (const std::string_view prefix : {"www.", "m.", "mobile.", "amp.", "touch.", "mbasic.", "web."}) {
    std::string_view rest = host;
    if (consume_prefix(&rest, prefix) && rest.find('.') != std::string_view::npos) return rest;
  }
  return host;
}

std::string canonical_query(std::string_view query) {
  std::vector<std::string> kept;
  if (query.empty()) return "";
  for (const std::string_view pair : split(query, '&')) {
    const std::string name = ascii_lower(percent_decode(pair.substr(0, pair.find('='))));
    if (!pair.empty() && !is_tracking(name) && name != "amp") kept.emplace_back(pair);
  }
  std::ranges::sort(kept);
  return join(kept, "&");
}

std::size_t find_ignore_case(std::string_view text, std::string_view needle, std::size_t from) {
  const auto found = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())),
                                 text.end(), needle.begin(), needle.end(),
                                 [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
  return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

// "https://name:password@host/" without what stands before '@'.
std::string without_users(std::string_view text) {
  std::string out(text);
  for (std::size_t at = out.find("://"); at != std::string::npos; at = out.find("://", at + 3)) {
    const std::size_t end = std::min(out.find_first_of("/?# \t\r\n\"'", at + 3), out.size());
    const std::size_t user = out.rfind('@', end);
    if (user != std::string::npos && user >= at + 3 && user < end) out.replace(at + 3, user - at - 3, "…");
  }
  return out;
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
  const std::string slashes =
      text.find('\\') == std::string_view::npos ? std::string(text) : replace_all(text, "\\", "/");
  const Parts parts = split_reference(slashes);
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
  if (reference.empty()) return from->to_string();
  if (parts.has_authority) return str_cat(from->scheme, ":", reference);
  Url out = *from;
  out.fragment = std::string(parts.fragment);
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
  return url && (url->scheme == "http" || url->scheme == "https") && url->host.find('.') != std::string::npos;
}

std::string unwrap_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url ||
      !(url->host == "l.facebook.com" || url->host == "lm.facebook.com" || url->host == "l.instagram.com"))
    return std::string(text);
  for (const auto& [name, value] : query_parameters(url->query)) {
    if (name == "u" && is_web_url(value)) return value;
  }
  return std::string(text);
}

std::string canonical_url(std::string_view text) {
  const std::string unwrapped = unwrap_url(text);
  auto url = parse_url(unwrapped);
  if (!url) return unwrapped;
  if (url->scheme == "http") url->scheme = "https";
  url->host = std::string(bare_host(url->host));
  url->fragment.clear();
  url->query = canonical_query(url->query);
  std::string_view path = url->path;
  if (path.ends_with("/amp/"))
    path.remove_suffix(4);
  else if (path.ends_with("/amp"))
    path.remove_suffix(3);
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  url->path = std::string(path == "/" ? std::string_view() : path);
  return url->to_string();
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

std::string without_secrets(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kSecret = {
      "access_token", "appsecret_proof", "key", "api_key", "token", "sig", "signature", "client_secret"};
  std::string out = without_users(text);
  for (const std::string_view name : kSecret) {
    const std::string needle = str_cat(name, "=");
    for (std::size_t at = find_ignore_case(out, needle, 0); at != std::string::npos;
         at = find_ignore_case(out, needle, at + needle.size())) {
      // A parameter begins after '?', '&' or the words' own beginning, not in the middle of another name.
      if (at > 0 && (is_ascii_digit(out[at - 1]) || out[at - 1] == '_' ||
                     (ascii_lower(out[at - 1]) >= 'a' && ascii_lower(out[at - 1]) <= 'z')))
        continue;
      const std::size_t begin = at + needle.size();
      const std::size_t end = std::min(out.find_first_of("& \t\r\n\"'#", begin), out.size());
      out.replace(begin, end - begin, "…");
    }
  }
  return out;
}

}  // namespace copytaster
