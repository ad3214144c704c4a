#include "collectors/feed_document.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "collectors/charset.h"
#include "collectors/feed_text.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kLookForLinks = std::size_t{256} << 10;
constexpr std::size_t kLongestTag = 2048;
constexpr std::size_t kMaxNativeId = 512;  // bytes: it becomes part of a key

// The value of an attribute inside one HTML tag.
std::string tag_attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = 0; (at = tag.find('=', at)) != std::string_view::npos; ++at) {
    std::string_view before = tag.substr(0, at);
    while (!before.empty() && is_ascii_space(before.back())) before.remove_suffix(1);
    const bool whole = before.size() > name.size() && is_ascii_space(before[before.size() - name.size() - 1]);
    if (!whole || !equals_ignore_case(before.substr(before.size() - name.size()), name)) continue;
    std::string_view value = strip_space(tag.substr(at + 1));
    if (value.empty()) return "";
    const bool quoted = value.front() == '"' || value.front() == '\'';
    const std::size_t end = quoted ? value.find(value.front(), 1) : value.find_first_of(" \t\r\n>");
    value = value.substr(quoted ? 1 : 0, end == std::string_view::npos ? end : end - (quoted ? 1 : 0));
    return html_to_line(value);
  }
  return "";
}

// <link rel="alternate" type="application/rss+xml" href="…"> of an HTML page.
std::string advertised_feed(std::string_view html, std::string_view base) {
  html = html.substr(0, kLookForLinks);
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    if (!starts_with_ignore_case(html.substr(at), "<link")) continue;
    const std::string_view tag = html.substr(at, std::min(html.find('>', at) - at, kLongestTag));
    const std::string type = ascii_lower(tag_attribute(tag, "type"));
    const bool feed = type == "application/rss+xml" || type == "application/atom+xml" ||
                      type == "application/feed+json" || type == "application/rdf+xml";
    if (!feed || !contains_ignore_case(tag_attribute(tag, "rel"), "alternate")) continue;
    std::string url = web_link(base, tag_attribute(tag, "href"));
    if (!url.empty()) return url;
  }
  return "";
}

bool looks_like_html(std::string_view text) {
  text = strip_space(text.substr(0, 1024));
  while (text.starts_with("<?") || text.starts_with("<!--")) {
    const std::string_view end = text.starts_with("<?") ? "?>" : "-->";
    const std::size_t found = text.find(end);
    if (found == std::string_view::npos) return false;
    text = strip_space(text.substr(found + end.size()));
  }
  return starts_with_ignore_case(text, "<!doctype html") || starts_with_ignore_case(text, "<html") ||
         starts_with_ignore_case(text, "<head") || starts_with_ignore_case(text, "<body");
}

absl::Status html_page(std::string_view text, const FeedSource& source) {
  const std::string found = advertised_feed(text, source.base_url);
  return absl::InvalidArgumentError(found.empty()
                                        ? "an HTML page, not a feed, and it names no feed"
                                        : str_cat("an HTML page, not a feed; the feed it names is ", found));
}

absl::StatusOr<FeedDocument> read_text_feed(std::string_view text, const FeedSource& source) {
  std::string_view start = text.substr(0, 4096);
  while (!start.empty() && is_ascii_space(start.front())) start.remove_prefix(1);
  if (start.empty()) return absl::InvalidArgumentError("nothing in it: an empty answer, not a feed");
  if (start.front() == '{') return read_json_feed(text, source);
  if (start.front() == '[') return absl::InvalidArgumentError("a JSON array, not a feed");
  absl::StatusOr<FeedDocument> feed = read_xml_feed(text, source);
  if (feed.ok()) return feed;
  if (looks_like_html(text) || contains_ignore_case(source.content_type, "text/html"))
    return html_page(text, source);
  if (start.find('<') == std::string_view::npos) {
    return absl::InvalidArgumentError("neither XML nor JSON, so not a feed");
  }
  return feed;
}

std::string short_hash(std::string_view text) { return sha256_hex(text).substr(0, 16); }

std::string title_and_date(const Item& item) {
  if (item.title().empty()) return "";
  return short_hash(
      str_cat(item.title(), "\n", item.has_created_at() ? format_rfc3339(to_time(item.created_at())) : ""));
}

std::string without_identity(const Item& item) {
  if (!item.url().empty()) return item.url();
  const std::string hash = title_and_date(item);
  if (!hash.empty()) return hash;
  return short_hash(
      str_cat(item.text(), "\n", item.summary(), "\n", item.media_size() > 0 ? item.media(0).url() : ""));
}

std::string bounded(std::string id) {
  if (id.size() <= kMaxNativeId) return id;
  const std::string hash = short_hash(id);
  id.resize(utf8_floor(id, kMaxNativeId - 20));
  return str_cat(id, "…", hash);
}

// The same post: same words, same place. Another version of it: same place.
bool same_place(const Item& a, const Item& b) {
  return a.url() == b.url() && (!a.url().empty() || a.title() == b.title());
}

}  // namespace

void settle_native_ids(std::vector<Item>* items) {
  struct Group {
    const Item* first = nullptr;
    bool shared = false;
  };
  absl::flat_hash_map<std::string, Group> groups;
  std::vector<bool> own(items->size());
  for (std::size_t i = 0; i < items->size(); ++i) {
    Item& item = (*items)[i];
    own[i] = !item.native_id().empty();
    if (!own[i]) item.set_native_id(without_identity(item));
    item.set_native_id(bounded(std::move(*item.mutable_native_id())));
    Group& group = groups[item.native_id()];
    if (group.first == nullptr) {
      group.first = &item;
    } else {
      // By its own guid an item may change its title; by a borrowed link it may not.
      group.shared |= own[i] ? !same_place(*group.first, item) : group.first->title() != item.title();
    }
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    Item& item = (*items)[i];
    if (!groups.find(item.native_id())->second.shared) continue;
    std::string more = own[i] ? item.url() : "";
    if (more.empty()) more = title_and_date(item);
    if (more.empty()) more = short_hash(item.text());
    // A new string: the map's keys are compared with the old one above.
    item.set_native_id(bounded(str_cat(item.native_id(), " ", more)));
  }
}

absl::StatusOr<FeedDocument> read_feed(std::string_view bytes, const FeedSource& source) {
  if (bytes.size() > kMaxFeedBytes) {
    return absl::InvalidArgumentError(
        str_cat("larger than ", kMaxFeedBytes >> 20, " MiB: not read as a feed"));
  }
  const DecodedText decoded = decode_text(bytes, source.content_type);
  absl::StatusOr<FeedDocument> feed = read_text_feed(decoded.text(), source);
  if (feed.ok()) settle_native_ids(&feed->items);
  return feed;
}

}  // namespace copytaster
