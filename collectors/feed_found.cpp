#include "collectors/feed_found.h"

#include <algorithm>

#include "collectors/feed_discovery.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestUrl = 2048;  // it stands in every state of the account

bool is_ok(const Capture& capture) { return capture.status() >= 200 && capture.status() < 300; }

}  // namespace

FoundFeed::FoundFeed(const Position& position)
    : found_(absl::FromUnixMillis(position.time("found"))),
      read_(absl::FromUnixMillis(position.time("read"))) {
  const std::string_view url = position.get("feed");
  if (url.size() > kLongestUrl || !is_http_url(url)) return;
  url_ = url;
  pages_ = std::max(position.number("pages", 1), 1);
}

void FoundFeed::was_read(absl::Time now) {
  read_ = now;
  pages_ = std::min(pages_, 1);
}

void FoundFeed::moved_to(std::string_view url) {
  if (!url_.empty() && url.size() <= kLongestUrl && is_http_url(url)) url_ = url;
}

void FoundFeed::put(Position* position) const {
  if (url_.empty()) return;
  position->set("feed", url_);
  if (pages_ > 1) position->set("pages", pages_);
  position->set("found", absl::ToUnixMillis(found_));
  if (read_ > absl::UnixEpoch()) position->set("read", absl::ToUnixMillis(read_));
}

std::optional<Cursor> FoundFeed::after_refusal(const Capture& capture, std::string_view page_url,
                                               const absl::Status& why) const {
  Position next(capture.cursor().position());
  const std::string named = next_page_names(capture, page_url, next);
  // "found" alone says that the address is a page's, not a feed's own.
  for (const std::string_view key : {"feed", "pages", "read"}) next.erase(key);
  if (!named.empty()) {
    FoundFeed found{Position("")};
    found.url_ = named;
    found.pages_ = pages_ + 1;
    found.found_ = to_time(capture.fetched_at());
    found.put(&next);
  } else if (!is_to_be_looked_for_again(capture, why)) {
    return std::nullopt;
  }
  Cursor cursor;
  cursor.set_position(next.text());
  return cursor;
}

// Where a feed was read before, a page in its place may be a provider's who sells the lapsed address: the
// feed that such a page names is somebody else's. (A file, whose status is 0, asks nothing next.)
std::string FoundFeed::next_page_names(const Capture& capture, std::string_view page_url,
                                       const Position& asked) const {
  const bool was_feed = url_.empty() ? !of_page() && !asked.get("known").empty() : read_ > absl::UnixEpoch();
  if (!is_ok(capture) || was_feed || pages_ >= kMostPages) return "";
  std::string named = feed_named_in(capture.body(), header_of(capture, "content-type"), page_url);
  const bool itself =
      named == url_ || named == page_url || named == capture.url() || named == capture.final_url();
  return itself || named.size() > kLongestUrl ? "" : named;
}

bool FoundFeed::is_to_be_looked_for_again(const Capture& capture, const absl::Status& why) const {
  if (url_.empty()) return false;
  const absl::Time now = to_time(capture.fetched_at());
  if (capture.status() == 410) return now - found_ >= kLookAgainAfter;
  const bool lost = capture.status() == 404 || (is_ok(capture) && absl::IsInvalidArgument(why));
  return lost && now - std::max(found_, read_) >= kPatience;
}

absl::Status FoundFeed::explained(absl::Status why) const {
  if (url_.empty()) return why;
  const std::string text =
      str_cat("the feed that the page names, ", without_secrets(url_), ": ", from_absl(why.message()));
  return {absl::IsNotFound(why) ? absl::StatusCode::kUnavailable : why.code(), text};
}

}  // namespace copytaster
