// The address behind an address: wrappers, AMP caches, tracking parameters.
#include <algorithm>
#include <array>

#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

// Wrappers wrap wrappers, but not for ever.
constexpr int kMostWrappers = 4;

bool is_host_of(std::string_view host, std::string_view site) {
  return host == site ||
         (host.ends_with(site) && host.size() > site.size() && host[host.size() - site.size() - 1] == '.');
}

// "google.com", "www.google.co.uk".
bool is_google(std::string_view host) {
  consume_prefix(&host, "www.");
  return consume_prefix(&host, "google.") && host.size() <= 6 && host.find("..") == std::string_view::npos;
}

bool is_cache_parameter(std::string_view name) { return name == "usqp" || name.starts_with("amp_"); }

// Parameters that only say how a reader came: facts collected from the platforms' own documentation.
bool is_tracking(std::string_view name) {
  static constexpr std::array<std::string_view, 17> kPrefixes = {
      "utm_", "__cft__", "pk_",         "mtm_",        "hsa_",      "ga_",         "hmb_", "otm_", "itm_",
      "vn_",  "at_",     "ns_mchannel", "ns_campaign", "ns_source", "ns_linkname", "amp_", "stm_"};
  static constexpr std::array<std::string_view, 81> kNames = {"utm",
                                                              "mtm",
                                                              "fbclid",
                                                              "gclid",
                                                              "gclsrc",
                                                              "dclid",
                                                              "msclkid",
                                                              "yclid",
                                                              "twclid",
                                                              "ttclid",
                                                              "li_fat_id",
                                                              "igshid",
                                                              "igsh",
                                                              "mc_cid",
                                                              "mc_eid",
                                                              "mc_tc",
                                                              "ref_src",
                                                              "ref_url",
                                                              "s_cid",
                                                              "_hsenc",
                                                              "_hsmi",
                                                              "__hsfp",
                                                              "__hssc",
                                                              "__hstc",
                                                              "hsctatracking",
                                                              "mkt_tok",
                                                              "wt_mc",
                                                              "wt_zmc",
                                                              "wtmc",
                                                              "wtzmc",
                                                              "wtrid",
                                                              "mc",
                                                              "emc",
                                                              "xtor",
                                                              "cmpid",
                                                              "ocid",
                                                              "spm",
                                                              "ncid",
                                                              "sr_share",
                                                              "fb_action_ids",
                                                              "fb_action_types",
                                                              "fb_source",
                                                              "fb_ref",
                                                              "action_object_map",
                                                              "action_type_map",
                                                              "action_ref_map",
                                                              "__twitter_impression",
                                                              "gbraid",
                                                              "wbraid",
                                                              "oly_enc_id",
                                                              "oly_anon_id",
                                                              "srsltid",
                                                              "_ga",
                                                              "_gl",
                                                              "gs_l",
                                                              "_openstat",
                                                              "os_ehash",
                                                              "echobox",
                                                              "tracking_source",
                                                              "ceneo_spo",
                                                              "__s",
                                                              "ml_subscriber",
                                                              "ml_subscriber_hash",
                                                              "rb_clickid",
                                                              "vero_conv",
                                                              "vero_id",
                                                              "wickedid",
                                                              "__tn__",
                                                              "__xts__",
                                                              "mibextid",
                                                              "rdid",
                                                              "_rdr",
                                                              "_rdc",
                                                              "sfnsn",
                                                              "wtsid",
                                                              "paipv",
                                                              "smid",
                                                              "wprov",
                                                              "usqp",
                                                              "share_id",
                                                              "dm_i"};
  return std::ranges::any_of(kPrefixes, [&](std::string_view prefix) { return name.starts_with(prefix); }) ||
         std::ranges::find(kNames, name) != kNames.end();
}

// The same on one platform only: elsewhere such short names mean something.
bool is_tracking_there(std::string_view host, std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames = {{
      {"twitter.com", "s"},
      {"twitter.com", "t"},
      {"x.com", "s"},
      {"x.com", "t"},
      {"youtube.com", "si"},
      {"youtube.com", "feature"},
      {"youtube.com", "pp"},
      {"youtu.be", "si"},
      {"spotify.com", "si"},
      {"facebook.com", "eid"},
  }};
  return std::ranges::any_of(
      kNames, [&](const auto& one) { return one.second == name && is_host_of(host, one.first); });
}

bool says_amp(std::string_view name, std::string_view value) {
  return name == "amp" || (name == "outputtype" && equals_ignore_case(value, "amp"));
}

// The pairs of a query that `drops` does not refuse; names are decoded and in lower case.
template <typename Drops>
std::vector<std::string> kept_pairs(std::string_view query, Drops drops) {
  std::vector<std::string> kept;
  if (query.empty()) return kept;
  for (const std::string_view pair : split(query, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string name = ascii_lower(percent_decode(pair.substr(0, equals)));
    if (!pair.empty() && !drops(name, pair.substr(std::min(equals + 1, pair.size()))))
      kept.emplace_back(pair);
  }
  return kept;
}

// Unreserved characters stand for themselves, escapes are in upper case (RFC 3986 §6.2.2), and a '%' that
// begins none is one of its own.
std::string one_spelling(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (part[i] != '%') {
      out += part[i];
      continue;
    }
    const std::string decoded = percent_decode(part.substr(i, 3));
    const bool escape = part.size() - i >= 3 && decoded.size() == 1;
    out += escape ? percent_encode(decoded) : "%25";
    if (escape) i += 2;
  }
  return out;
}

// "co.uk" is nobody's.
bool is_registry(std::string_view host) {
  static constexpr std::array<std::string_view, 9> kSecond = {"co.",  "com.",  "org.", "net.", "gov.",
                                                              "gob.", "gouv.", "ac.",  "edu."};
  return std::ranges::any_of(kSecond, [&](std::string_view second) {
    return host.starts_with(second) && host.size() == second.size() + 2;
  });
}

// Without the names of a site's doors. Only where a host with a dot remains: "m.fr" is one of its own. "web."
// is a door at Facebook alone; elsewhere it is another site (web.archive.org).
std::string bare_host(std::string_view host) {
  while (host.size() > 1 && consume_suffix(&host, ".")) {
  }
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view prefix : {"www.", "m.", "mobile.", "amp.", "touch.", "mbasic.", "web."}) {
      std::string_view rest = host;
      if (!consume_prefix(&rest, prefix) || rest.find('.') == std::string_view::npos || is_registry(rest))
        continue;
      if (prefix == "web." && rest != "facebook.com") continue;
      host = rest;
      again = true;
    }
  }
  // Wikimedia's mobile sites: "en.m.wikipedia.org".
  const std::size_t mobile = host.find(".m.");
  if (mobile == std::string_view::npos || !host.substr(mobile + 3).starts_with("wik"))
    return std::string(host);
  return str_cat(host.substr(0, mobile), host.substr(mobile + 2));
}

// Without the signs at its end that it is the AMP page of an article.
std::string_view article_path(std::string_view path) {
  while (path.ends_with('/') || path.ends_with("/amp") || path.ends_with(".amp"))
    path.remove_suffix(path.ends_with('/') ? 1 : 4);
  return path;
}

struct Wrapper {
  std::string_view site;  // and its subdomains
  std::string_view path;  // how it begins
  std::string_view parameter;
};
constexpr std::array<Wrapper, 20> kWrappers = {{
    {"l.facebook.com", "/", "u"},
    {"lm.facebook.com", "/", "u"},
    {"facebook.com", "/flx/warn/", "u"},
    {"l.instagram.com", "/", "u"},
    {"l.messenger.com", "/", "u"},
    {"l.threads.com", "/", "u"},
    {"l.threads.net", "/", "u"},
    {"youtube.com", "/redirect", "q"},
    {"vk.com", "/away.php", "to"},
    {"t.me", "/iv", "url"},
    {"go.bsky.app", "/redirect", "u"},
    {"t.umblr.com", "/redirect", "z"},
    {"out.reddit.com", "/", "url"},
    {"slack-redir.net", "/link", "url"},
    {"getpocket.com", "/redirect", "url"},
    {"duckduckgo.com", "/l/", "uddg"},
    {"exit.sc", "/", "url"},
    {"gate.sc", "/", "url"},
    {"safelinks.protection.outlook.com", "/", "url"},
    {"linkedin.com", "/redir/redirect", "url"},
}};

std::string parameter_url(const Url& url, std::string_view wanted) {
  for (const auto& [name, value] : query_parameters(url.query)) {
    if (name == wanted && is_web_url(value)) return value;
  }
  return "";
}

std::string behind_wrapper(const Url& url) {
  for (const Wrapper& wrapper : kWrappers) {
    if (!is_host_of(url.host, wrapper.site) || !url.path.starts_with(wrapper.path)) continue;
    std::string inner = parameter_url(url, wrapper.parameter);
    if (!inner.empty()) return inner;
  }
  if (!is_google(url.host) || url.path != "/url") return "";
  std::string inner = parameter_url(url, "url");
  return inner.empty() ? parameter_url(url, "q") : inner;
}

// The article in an AMP cache (<site>.cdn.ampproject.org/c/s/<host>/<path>, amp.dev "AMP Cache URL format")
// or in a search engine's viewer (google.com/amp/s/<host>/<path>). "s" is for https.
std::string behind_amp(const Url& url) {
  std::string_view rest = url.path;
  if (is_host_of(url.host, "cdn.ampproject.org")) {
    // "/c/" a document, "/v/" the viewer, "/i/" a picture, "/wp/" a signed exchange …
    const std::size_t kind = rest.find('/', 1);
    if (kind == std::string_view::npos || kind > 3) return "";
    rest.remove_prefix(kind + 1);
  } else if (!(is_google(url.host) || is_host_of(url.host, "bing.com")) || !consume_prefix(&rest, "/amp/")) {
    return "";
  }
  const bool secure = consume_prefix(&rest, "s/");
  const auto pairs =
      kept_pairs(url.query, [](std::string_view name, std::string_view) { return is_cache_parameter(name); });
  std::string inner = str_cat(secure ? "https://" : "http://", rest);
  // A viewer's path has the article's own query in it, escaped.
  for (const std::string_view mark : {"%3F", "%3f"}) {
    const std::size_t at = inner.find(mark);
    if (at != std::string::npos)
      inner = str_cat(inner.substr(0, at), "?", percent_decode(inner.substr(at + 3)));
  }
  if (!pairs.empty()) str_append(&inner, inner.find('?') == std::string::npos ? "?" : "&", join(pairs, "&"));
  return is_web_url(inner) ? inner : "";
}

// Where the archived URL begins in "/web/<stamp>/<url>"; npos when it is no snapshot.
std::size_t snapshot_begin(const Url& url) {
  if (url.host != "web.archive.org" || !url.path.starts_with("/web/")) return std::string::npos;
  const std::size_t stamp = url.path.find('/', 5);
  if (stamp == std::string::npos || stamp == 5 || !is_ascii_digit(url.path[5])) return std::string::npos;
  return stamp + 1;
}

std::string canonical_snapshot(const Url& url, std::size_t begin) {
  // "20220414081200id_" is the same snapshot, without the archive's own frame.
  const std::string stamp = url.path.substr(5, url.path.find_first_not_of("0123456789", 5) - 5);
  const std::string inner =
      str_cat(std::string_view(url.path).substr(begin), url.query.empty() ? "" : "?", url.query);
  // Not canonical_url: a snapshot of a snapshot of … is not worth following.
  const std::string shown = inner.find("web.archive.org") == std::string::npos ? canonical_url(inner) : inner;
  return str_cat("https://web.archive.org/web/", stamp, "/", shown);
}

}  // namespace

std::string unwrap_url(std::string_view text) {
  std::string out(text);
  for (int i = 0; i < kMostWrappers; ++i) {
    const auto url = parse_url(out);
    if (!url || (url->scheme != "http" && url->scheme != "https")) break;
    std::string inner = behind_wrapper(*url);
    if (inner.empty()) inner = behind_amp(*url);
    if (inner.empty() || !is_valid_utf8(inner)) break;  // "caf%E9" stays in its wrapper
    out = std::move(inner);
  }
  return out;
}

std::string canonical_url(std::string_view text) {
  const std::string unwrapped = unwrap_url(text);
  auto url = parse_url(unwrapped);
  if (!url) return unwrapped;
  if (const std::size_t inner = snapshot_begin(*url); inner != std::string::npos)
    return canonical_snapshot(*url, inner);
  if (url->scheme == "http") url->scheme = "https";
  url->host = bare_host(url->host);
  url->fragment.clear();
  std::vector<std::string> pairs = kept_pairs(url->query, [&](std::string_view name, std::string_view value) {
    return is_tracking(name) || is_tracking_there(url->host, name) || says_amp(name, value);
  });
  for (std::string& pair : pairs) pair = one_spelling(pair);
  std::ranges::sort(pairs);
  url->query = join(pairs, "&");
  if (url->path.find('%') != std::string::npos) {
    url->path = one_spelling(url->path);
    // "%2e%2e" is ".." and leads a folder up, too.
    if (const auto again = parse_url(url->to_string())) url->path = again->path;
  }
  url->path = std::string(article_path(url->path));
  return url->to_string();
}

}  // namespace copytaster
