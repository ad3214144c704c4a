// One item of a feed between its format and the record: what RSS, Atom and JSON Feed have in common.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/feed_media.h"
#include "collectors/feed_text.h"
#include "core/copytaster.pb.h"
#include "core/told_date.h"

namespace copytaster {

struct FeedAuthor {
  std::string name;
  std::string url;
};

struct ItemDraft {
  std::string id;         // as it stands in the feed
  std::string link;       // permalink, absolute
  std::string title;      // one line of plain text
  FeedText body;          // the whole post, where the feed has it
  FeedText summary;       // description or teaser; the post itself where there is no body
  std::string more_text;  // plain; used where there is neither
  std::optional<ToldDate> published;
  std::optional<ToldDate> updated;
  std::vector<FeedAuthor> authors;
  std::string language;
  std::vector<std::string> tags;
  std::vector<Link> links;
  MediaList media;  // without the pictures inside body and summary
};

// Everything but ids, account and hash. Item.text is the body, or else the summary, and then
// Item.summary is empty: the same words never stand twice.
[[nodiscard]] Item build_item(ItemDraft draft);

}  // namespace copytaster
