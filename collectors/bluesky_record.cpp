#include "collectors/bluesky_record.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collectors/bluesky_embed.h"
#include "collectors/platforms_support.h"
#include "collectors/wire_time.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "bluesky";
constexpr std::string_view kPost = "app.bsky.feed.post";
constexpr int kMostTags = 100;

void add_facet(Json wire, const std::vector<std::uint32_t>& offsets, std::string_view wire_text, Item* item) {
  // Offsets are UTF-8 bytes; nothing on the way checks them (lexicon app.bsky.richtext.facet).
  const Json index = wire["index"];
  const auto from = index["byteStart"].number();
  const auto to = index["byteEnd"].number();
  if (!from || !to || *from >= *to || *to > wire_text.size()) return;
  const std::size_t begin = *from;
  const std::size_t end = *to;
  if (utf8_floor(wire_text, begin) != begin || utf8_floor(wire_text, end) != end) return;
  wire["features"].each([&](Json feature) {
    Facet facet;
    facet.set_begin(offsets[begin]);
    facet.set_end(offsets[end]);
    const std::string_view type = feature["$type"].view();
    if (type == "app.bsky.richtext.facet#link" && is_http_url(feature["uri"].view())) {
      facet.set_kind(Facet::LINK);
      facet.set_target(feature["uri"].text());
    } else if (type == "app.bsky.richtext.facet#mention" && is_did(feature["did"].view())) {
      facet.set_kind(Facet::MENTION);
      facet.set_target(str_cat("https://bsky.app/profile/", feature["did"].view()));
    } else if (type == "app.bsky.richtext.facet#tag" && !feature["tag"].view().empty()) {
      facet.set_kind(Facet::HASHTAG);
      facet.set_target(plain_line(feature["tag"].view()));
    } else {
      return;
    }
    *item->add_facets() = std::move(facet);
  });
}

void add_tag(std::string tag, Item* item) {
  const auto& tags = item->tags();
  if (tag.empty() || tags.size() >= kMostTags) return;
  if (std::find(tags.begin(), tags.end(), tag) == tags.end()) item->add_tags(std::move(tag));
}

// min(createdAt, shown).
absl::Status set_created(const BlueskyRecord& from, Item* item) {
  const auto created = wire_time(from.record["createdAt"].view());
  if (!created && !from.shown) {
    return absl::InvalidArgumentError("neither createdAt nor indexedAt is a date");
  }
  const absl::Time shown = from.shown.value_or(absl::InfiniteFuture());
  set_timestamp(item->mutable_created_at(), std::min(created.value_or(absl::InfiniteFuture()), shown));
  return absl::OkStatus();
}

void set_who(BlueskyRecord* from, Item* item) {
  item->set_platform(std::string(kName));
  item->set_native_id(from->uri.to_string());
  *item->mutable_author() = std::move(from->author);
  if (item->author().url().empty()) {
    item->mutable_author()->set_url(str_cat("https://bsky.app/profile/", from->uri.authority));
  }
}

void set_body(Json record, Item* item) {
  std::vector<std::uint32_t> offsets;
  item->set_text(plain_text(record["text"].view(), &offsets));
  record["facets"].each([&](Json facet) { add_facet(facet, offsets, record["text"].view(), item); });
  for (const Facet& facet : item->facets()) {
    if (facet.kind() == Facet::HASHTAG) add_tag(facet.target(), item);
  }
  record["tags"].each([&](Json tag) { add_tag(plain_line(tag.view()), item); });
  if (is_language_tag(record["langs"].at(0).view()))
    item->set_declared_language(record["langs"].at(0).text());
  // What the author put on the post; a labeller's opinion of it is not the author's warning.
  std::vector<std::string> warnings;
  record["labels"]["values"].each([&](Json label) { warnings.push_back(plain_line(label["val"].view())); });
  item->set_content_warning(join(warnings, ", "));
}

}  // namespace

absl::StatusOr<Item> bluesky_post_record(BlueskyRecord post) {
  if (!post.record["text"].is_string()) return absl::InvalidArgumentError("its record has no text");
  Item item;
  if (absl::Status dated = set_created(post, &item); !dated.ok()) return dated;
  item.set_url(bluesky_permalink(post.uri));
  set_body(post.record, &item);
  BlueskyEmbed embedded = bluesky_embed(post.embed_view, post.record["embed"], post.uri.authority);
  for (Media& media : embedded.media) *item.add_media() = std::move(media);
  for (Link& link : embedded.links) *item.add_links() = std::move(link);
  if (embedded.quote) *item.mutable_quote_of() = *std::move(embedded.quote);
  const auto parent = parse_at_uri(post.record["reply"]["parent"]["uri"].view());
  if (parent && !parent->record_key.empty()) {
    item.mutable_reply_to()->set_item_id(item_id(kName, parent->to_string()));
    item.mutable_reply_to()->set_url(bluesky_permalink(*parent));
  }
  set_who(&post, &item);
  return item;
}

absl::StatusOr<Item> bluesky_repost_record(BlueskyRecord repost) {
  const auto subject = parse_at_uri(repost.record["subject"]["uri"].view());
  if (!subject || subject->collection != kPost || subject->record_key.empty()) {
    return absl::InvalidArgumentError("a repost whose subject is no post");
  }
  Item item;
  if (absl::Status dated = set_created(repost, &item); !dated.ok()) return dated;
  item.set_url(bluesky_permalink(*subject));
  item.mutable_repost_of()->set_item_id(item_id(kName, subject->to_string()));
  item.mutable_repost_of()->set_url(bluesky_permalink(*subject));
  set_who(&repost, &item);
  return item;
}

}  // namespace copytaster
