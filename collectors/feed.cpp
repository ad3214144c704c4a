#include "collectors/feed.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "collectors/feed_document.h"
#include "collectors/feed_found.h"
#include "collectors/feed_text.h"
#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxPayload = std::size_t{64} << 10;

const CollectorSpec kSpec = {
    .name = "feed",
    .label = "its website",
    .summary =
        "Reads the feed of any web site, or the one its page names: RSS 0.90 to 2.0, RDF, Atom and JSON "
        "Feed.",
    .version = 2,
    .url_shapes = {"https://HOST/PATH", "feed:https://HOST/PATH"},
    .fields = {},
    .politest_interval = absl::Minutes(10),
    .limits =
        "None published; conditional requests, Retry-After and Cache-Control are honoured (RFC 9110, RFC "
        "9111)",
    .budget = {60, absl::Minutes(1)},
    .may_move = true,
};

constexpr std::string_view kAccept =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";

// One feed is one account under http and https, with and without "www.".
std::string account_id(const std::string& url) {
  const std::string canonical = canonical_url(url);
  // An id is written into logs: a key in the address shows as "…", and its hash keeps two feeds apart.
  std::string shown = without_secrets(canonical);
  if (shown != canonical) str_append(&shown, "#", sha256_hex(canonical).substr(0, 16));
  const std::size_t scheme = shown.find("://");
  return str_cat("feed:", std::string_view(shown).substr(scheme == std::string::npos ? 0 : scheme + 3));
}

// Publishers move their guids from http to https without a new post.
std::string canonical_native_id(std::string_view id) {
  return id.starts_with("http://") ? str_cat("https", id.substr(4)) : std::string(id);
}

absl::Status http_status(const Capture& capture) {
  if (capture.status() == 0) return absl::OkStatus();  // a file
  if (capture.status() == 410) return absl::NotFoundError("HTTP 410: the feed is gone for good");
  // Feeds come back: YouTube's answer 404 for whole days (RSS-Bridge issue 2113).
  if (capture.status() == 404) return absl::UnavailableError("HTTP 404: no feed there now");
  return http_failure(capture, "");
}

FeedSource source_of(const Account& account, const Capture& capture) {
  FeedSource source;
  source.content_type = std::string(header_of(capture, "content-type"));
  source.content_language = std::string(header_of(capture, "content-language"));
  source.base_url = !capture.final_url().empty() ? capture.final_url()
                    : !capture.url().empty()     ? capture.url()
                                                 : account.profile_url();
  const std::string_view location = header_of(capture, "content-location");
  if (!location.empty()) source.base_url = resolve_url(source.base_url, location);
  return source;
}

void finish(Item* item, const Account& account, const std::string& account_hash, const Capture& capture) {
  item->set_platform("feed");
  item->set_id(item_id("feed", str_cat(account_hash, ":", canonical_native_id(item->native_id()))));
  item->set_account_id(account.id());
  item->set_official_id(account.official_id());
  item->set_capture_sha256(capture.sha256());
  item->set_content_hash(content_hash(*item));
}

absl::StatusOr<Parsed> parse_document(const Account& account, const Capture& capture) {
  if (absl::Status status = http_status(capture); !status.ok()) return status;
  absl::StatusOr<FeedDocument> document = read_feed(capture.body(), source_of(account, capture));
  if (!document.ok()) return document.status();
  Parsed parsed;
  parsed.items = std::move(document->items);
  const std::string account_hash = sha256_hex(account.id()).substr(0, 16);
  for (Item& item : parsed.items) finish(&item, account, account_hash, capture);
  for (RefusedItem& refused : document->refused) {
    refused.payload.resize(std::min(refused.payload.size(), kMaxPayload));
    refuse_post(&parsed, account, capture, refused.native_id, refused.reason, std::move(refused.payload));
  }
  parsed.profile = std::move(document->profile);
  return parsed;
}

bool says_nothing(const Item& item) {
  return item.title().empty() && item.text().empty() && item.url().empty() && item.media().empty();
}

absl::Time created(const Item& item) {
  return item.has_created_at() ? to_time(item.created_at()) : absl::InfinitePast();
}

// Feeds stand newest first, mostly; an item without a date keeps its neighbours.
void sort_oldest_first(std::vector<Item>* items) {
  std::vector<absl::Time> dated;
  for (const Item& item : *items) {
    if (item.has_created_at()) dated.push_back(created(item));
  }
  const bool oldest_first = dated.size() > 1 && dated.front() < dated.back();
  if (!oldest_first) std::reverse(items->begin(), items->end());
  std::vector<std::pair<absl::Time, std::size_t>> order;
  absl::Time last = absl::InfinitePast();
  for (std::size_t i = 0; i < items->size(); ++i) {
    if ((*items)[i].has_created_at()) last = created((*items)[i]);
    order.emplace_back(last, i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Item> sorted;
  sorted.reserve(items->size());
  for (const auto& [when, i] : order) sorted.push_back(std::move((*items)[i]));
  *items = std::move(sorted);
}

// Of items with one id and the same content the first is enough; another content is another version.
void drop_repeats(std::vector<Item>* items) {
  absl::flat_hash_map<std::string, std::string> seen;
  std::erase_if(*items, [&](const Item& item) {
    const auto [place, added] = seen.emplace(item.id(), item.content_hash());
    if (added) return false;
    return std::exchange(place->second, item.content_hash()) == item.content_hash();
  });
}

std::string mark_of(const Item& item) {
  Item stripped = item;
  stripped.clear_capture_sha256();
  return stripped.SerializeAsString();
}

// Leaves only what this feed has not shown before: new posts and changed ones.
void keep_news(const KnownPosts& known, Position* next, Parsed* parsed) {
  KnownPosts now;
  std::vector<std::string> marks;
  for (const Item& item : parsed->items) marks.push_back(mark_of(item));
  for (std::size_t i = marks.size(); i-- > 0;) now.add(marks[i]);
  std::vector<Item> news;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (!known.contains(marks[i])) news.push_back(std::move(parsed->items[i]));
  }
  parsed->items = std::move(news);
  next->set("known", now.text());
}

// What cannot be opened is no permalink and no link.
void drop_odd_links(Item* item) {
  if (!is_web_url(item->url())) item->clear_url();
  auto* links = item->mutable_links();
  links->erase(
      std::remove_if(links->begin(), links->end(), [](const Link& link) { return !is_web_url(link.url()); }),
      links->end());
}

// Where the account's address has led for good, by the poller; empty: nowhere else.
std::string moved_to(const Account& account) {
  const auto found = account.details().find("moved_to");
  return found == account.details().end() ? "" : found->second;
}

class FeedCollector final : public Collector {
 public:
  [[nodiscard]] const CollectorSpec& spec() const override { return kSpec; }

  [[nodiscard]] absl::StatusOr<Account> recognise(std::string_view profile_url) const override {
    std::string_view text = strip_space(profile_url);
    std::string address;
    if (consume_prefix(&text, "feed://")) {
      address = str_cat("http://", text);
    } else {
      consume_prefix(&text, "feed:");
      address = std::string(text);
    }
    const bool web =
        starts_with_ignore_case(address, "http://") || starts_with_ignore_case(address, "https://");
    if (!web) return absl::NotFoundError("no web address: a feed's begins with https://");
    const std::optional<Url> url = parse_url(address);
    if (!url) {
      return absl::InvalidArgumentError(str_cat("no usable web address: ", without_secrets(address),
                                                " (https://HOST/PATH, without user name or spaces)"));
    }
    Account account;
    account.set_id(account_id(address));
    account.set_platform("feed");
    account.set_handle(url->host);
    account.set_profile_url(url->to_string());
    return account;
  }

  [[nodiscard]] absl::StatusOr<HttpRequest> request(const Account& account,
                                                    const Cursor& cursor) const override {
    if (account.profile_url().empty()) return absl::InvalidArgumentError("the account has no URL");
    HttpRequest request;
    const FoundFeed found{Position(cursor.position())};
    // Where a page has a feed, it is the feed that moves: the page is asked at the address it was given by.
    const std::string moved = found.of_page() ? "" : moved_to(account);
    request.url = !found.url().empty() ? found.url() : moved.empty() ? account.profile_url() : moved;
    request.headers.push_back({"Accept", std::string(kAccept)});
    return request;
  }

  [[nodiscard]] absl::StatusOr<HttpRequest> reread(const Account&, std::string_view) const override {
    return absl::UnimplementedError("a feed cannot be asked for one post");
  }

  [[nodiscard]] absl::StatusOr<Parsed> parse(const Account& account, const Capture& capture) const override {
    const Position position(capture.cursor().position());
    FoundFeed found(position);
    absl::StatusOr<Parsed> parsed = parse_document(account, capture);
    if (!parsed.ok()) return in_its_place(found, account, capture, parsed.status());
    for (Item& item : parsed->items) drop_odd_links(&item);
    std::erase_if(parsed->items, says_nothing);
    sort_oldest_first(&parsed->items);
    drop_repeats(&parsed->items);
    Position next("");
    keep_news(KnownPosts(position.get("known")), &next, &*parsed);
    found.was_read(to_time(capture.fetched_at()));
    if (capture.final_url() == moved_to(account)) found.moved_to(capture.final_url());
    found.put(&next);
    parsed->next.set_position(next.text());
    return parsed;
  }

 private:
  static absl::StatusOr<Parsed> in_its_place(const FoundFeed& found, const Account& account,
                                             const Capture& capture, const absl::Status& why) {
    auto next = found.after_refusal(capture, source_of(account, capture).base_url, why);
    if (!next) return found.explained(why);
    Parsed parsed;
    parsed.next = *std::move(next);
    parsed.more = true;
    return parsed;
  }
};

}  // namespace

const CollectorSpec& feed_spec() { return kSpec; }

std::unique_ptr<Collector> make_feed(const CollectorSettings&) { return std::make_unique<FeedCollector>(); }

absl::StatusOr<Parsed> parse_feed_in_document_order(const Account& account, const Capture& capture) {
  absl::StatusOr<Parsed> parsed = parse_document(account, capture);
  if (!parsed.ok()) return parsed;
  for (Item& item : parsed->items) {
    if (item.has_edited_at() || !item.has_created_at()) continue;
    *item.mutable_edited_at() = item.created_at();
    item.set_edited_day_only(item.day_only());
  }
  return parsed;
}

}  // namespace copytaster
