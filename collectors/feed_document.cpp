#include "collectors/feed_document.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "collectors/charset.h"
#include "collectors/feed_discovery.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxNativeId = 512;  // bytes: it becomes part of a key

absl::Status html_page(std::string_view text, const FeedSource& source) {
  const std::string found = feed_named_by(text, source.base_url);
  if (!found.empty())
    return absl::InvalidArgumentError(str_cat("an HTML page, not a feed; the feed it names is ", found));
  return absl::InvalidArgumentError(
      "an HTML page, not a feed, and it names no feed: give the address of the feed itself (on many sites "
      "the "
      "page's with /feed or /rss.xml at its end) or of a page that names one");
}

absl::StatusOr<FeedDocument> read_text_feed(std::string_view text, const FeedSource& source) {
  std::string_view start = text.substr(0, 4096);
  while (!start.empty() && is_ascii_space(start.front())) start.remove_prefix(1);
  if (start.empty()) return absl::InvalidArgumentError("nothing in it: an empty answer, not a feed");
  if (start.front() == '{') return read_json_feed(text, source);
  if (start.front() == '[') return absl::InvalidArgumentError("a JSON array, not a feed");
  absl::StatusOr<FeedDocument> feed = read_xml_feed(text, source);
  if (feed.ok()) return feed;
  if (is_html_page(text, source.content_type)) return html_page(text, source);
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
