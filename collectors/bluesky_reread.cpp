#include "collectors/bluesky_reread.h"

#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
#include "collectors/poller_reread.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kPost = "app.bsky.feed.post";

}  // namespace

std::string bluesky_reread_query(const Account& account, std::string_view native_id) {
  std::string query = str_cat("uris=", percent_encode(native_id));
  const auto found = account.details().find(kWitnesses);
  if (found == account.details().end()) return query;
  const auto asked = parse_at_uri(native_id);
  for (std::string_view other : split(found->second, '\n')) {
    const auto uri = parse_at_uri(other);
    const bool fits = uri && asked && uri->collection == kPost && uri->authority == asked->authority;
    if (fits && other != native_id) str_append(&query, "&uris=", percent_encode(other));
  }
  return query;
}

void bluesky_note_missing(const Capture& capture, Json posts, Parsed* out) {
  const auto asked = parse_at_uri(capture.native_id());
  bool shown = false;
  std::string other;
  posts.each([&](Json post) {
    shown = shown || post["uri"].view() == capture.native_id();
    if (asked && post["author"]["did"].view() == asked->authority) other = plain_line(post["uri"].view());
  });
  if (shown) return;
  if (other.empty()) {
    add_deletion(out, "bluesky", capture,
                 "app.bsky.feed.getPosts answered without it, and with no other post of its account "
                 "(deleted, or the account is closed)",
                 UNKNOWN);
    return;
  }
  add_deletion(out, "bluesky", capture,
               str_cat("app.bsky.feed.getPosts was asked for this post beside others of its account, and "
                       "answered without it and with ",
                       other));
}

}  // namespace copytaster
