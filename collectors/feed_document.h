// A feed in any of its formats (RSS 0.90 to 2.0, RDF/RSS 1.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1, CDF)
// as items. Pure; any thread; the same bytes give the same document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

inline constexpr std::size_t kMaxFeedBytes = std::size_t{32} << 20;
inline constexpr std::size_t kMaxFeedItems = 5000;

// Where the bytes came from.
struct FeedSource {
  std::string content_type;      // HTTP header, may be empty
  std::string content_language;  // HTTP header, may be empty
  std::string base_url;          // what relative URLs are resolved against; may be empty
};

struct RefusedItem {
  std::string native_id;
  std::string reason;
  std::string payload;  // the item as far as it could be read
};

struct FeedDocument {
  // title, description, url (the site's; of the feed itself where it names none), language;
  // details "hub" and "topic" (WebSub, websub.h) where the feed names a hub.
  Account profile;
  // In the order of the document. native_id is the guid or id as it stands there, or what
  // settle_native_ids puts in its place; id, platform, account_id, capture_sha256 and content_hash are not
  // set.
  std::vector<Item> items;
  std::vector<RefusedItem> refused;
};

// kUnavailable: the bytes end before the first item does. kInvalidArgument: no feed, and the message says
// what it is instead; an HTML page that advertises a feed is answered with that feed's URL.
[[nodiscard]] absl::StatusOr<FeedDocument> read_feed(std::string_view bytes, const FeedSource& source);

// The parts of read_feed, for UTF-8 text.
[[nodiscard]] absl::StatusOr<FeedDocument> read_xml_feed(std::string_view text, const FeedSource& source);
[[nodiscard]] absl::StatusOr<FeedDocument> read_json_feed(std::string_view text, const FeedSource& source);

// Gives every item a native id that stays the same from poll to poll: guid or id; or else the link; or else a
// hash of title and date; or else a hash of its words. Items that share an id but not a link (a guid that
// is the same for all, or one link for all) get the link, or title and date, added.
void settle_native_ids(std::vector<Item>* items);

}  // namespace copytaster
