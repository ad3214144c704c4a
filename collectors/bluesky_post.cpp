#include "collectors/bluesky_post.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "collectors/bluesky_embed.h"
#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
#include "collectors/wire_time.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "bluesky";
constexpr std::string_view kPost = "app.bsky.feed.post";
constexpr int kMostTags = 100;

Json post_of(Json entry) { return entry["post"].is_object() ? entry["post"] : entry; }

// With the author's DID for authority, for a handle can change.
std::optional<AtUri> post_uri(Json post) {
  auto uri = parse_at_uri(post["uri"].view());
  if (!uri || uri->record_key.empty()) return std::nullopt;
  if (!is_did(uri->authority)) {
    if (!is_did(post["author"]["did"].view())) return std::nullopt;
    uri->authority = post["author"]["did"].text();
  }
  return uri;
}

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

void set_reply(Json entry, Json record, Item* item) {
  const Json parent = record["reply"]["parent"];
  auto uri = parse_at_uri(parent["uri"].view());
  if (!uri || uri->record_key.empty()) return;
  Related* reply = item->mutable_reply_to();
  const Json view = entry["reply"]["parent"];
  if (!is_did(uri->authority) && is_did(view["author"]["did"].view()))
    uri->authority = view["author"]["did"].text();
  reply->set_item_id(item_id(kName, uri->to_string()));
  reply->set_url(bluesky_permalink(*uri));
  if (!view["record"].is_object()) return;  // gone or blocked
  *reply->mutable_author() = bluesky_author(view["author"]);
  reply->set_text(plain_text(view["record"]["text"].view()));
  if (const auto when = bluesky_created(view)) set_timestamp(reply->mutable_created_at(), *when);
}

void set_engagement(Json post, Engagement* out) {
  out->set_likes(post["likeCount"].count());
  out->set_reposts(post["repostCount"].count());
  out->set_replies(post["replyCount"].count());
  out->set_quotes(post["quoteCount"].count());
}

absl::StatusOr<Item> read_post(Json entry, Json post) {
  if (!post.is_object()) return absl::InvalidArgumentError("not a post: no JSON object");
  const auto uri = post_uri(post);
  if (!uri || uri->collection != kPost) {
    return absl::InvalidArgumentError(str_cat(
        "not a post's at-uri: '", post["uri"].view().substr(0, utf8_floor(post["uri"].view(), 100)), "'"));
  }
  const Json record = bluesky_record(post);
  if (!record["text"].is_string()) return absl::InvalidArgumentError("its record has no text");
  const auto when = bluesky_created(post);
  if (!when) return absl::InvalidArgumentError("neither createdAt nor indexedAt is a date");

  Item item;
  item.set_platform(std::string(kName));
  item.set_native_id(uri->to_string());
  item.set_url(bluesky_permalink(*uri));
  *item.mutable_author() = bluesky_author(post["author"]);
  if (item.author().url().empty())
    item.mutable_author()->set_url(str_cat("https://bsky.app/profile/", uri->authority));
  set_timestamp(item.mutable_created_at(), *when);

  std::vector<std::uint32_t> offsets;
  item.set_text(plain_text(record["text"].view(), &offsets));
  record["facets"].each([&](Json facet) { add_facet(facet, offsets, record["text"].view(), &item); });
  for (const Facet& facet : item.facets()) {
    if (facet.kind() == Facet::HASHTAG) add_tag(facet.target(), &item);
  }
  record["tags"].each([&](Json tag) { add_tag(plain_line(tag.view()), &item); });
  if (is_language_tag(record["langs"].at(0).view())) item.set_declared_language(record["langs"].at(0).text());
  // What the author put on the post; a labeller's opinion of it is not the author's warning.
  std::vector<std::string> warnings;
  record["labels"]["values"].each([&](Json label) { warnings.push_back(plain_line(label["val"].view())); });
  item.set_content_warning(join(warnings, ", "));

  BlueskyEmbed embedded = bluesky_embed(post["embed"], record["embed"], uri->authority);
  for (Media& media : embedded.media) *item.add_media() = std::move(media);
  for (Link& link : embedded.links) *item.add_links() = std::move(link);
  if (embedded.quote) *item.mutable_quote_of() = *std::move(embedded.quote);
  set_reply(entry, record, &item);
  set_engagement(post, item.mutable_engagement());
  return item;
}

absl::StatusOr<Item> repost(Json reason, Item original) {
  const std::string_view by = reason["by"]["did"].view();
  if (!is_did(by)) return absl::InvalidArgumentError("a repost without the DID of who made it");
  Item item;
  item.set_platform(std::string(kName));
  // Older app views leave the repost's own uri out: then one that is always the same.
  const auto own = parse_at_uri(reason["uri"].view());
  item.set_native_id(own && !own->record_key.empty() ? own->to_string()
                                                     : str_cat(original.native_id(), "#repost-by=", by));
  item.set_url(original.url());
  *item.mutable_author() = bluesky_author(reason["by"]);
  if (!set_time(item.mutable_created_at(), reason["indexedAt"].view())) {
    return absl::InvalidArgumentError("a repost without a date");
  }
  Related* related = item.mutable_repost_of();
  related->set_item_id(item_id(kName, original.native_id()));
  related->set_url(original.url());
  *related->mutable_author() = std::move(*original.mutable_author());
  related->set_text(original.text());
  *related->mutable_created_at() = original.created_at();
  *related->mutable_media() = std::move(*original.mutable_media());
  *item.mutable_engagement() = original.engagement();
  return item;
}

bool is_repost(Json entry) { return entry["reason"]["$type"].view() == "app.bsky.feed.defs#reasonRepost"; }

}  // namespace

absl::StatusOr<Item> bluesky_item(Json entry) {
  auto item = read_post(entry, post_of(entry));
  if (!item.ok() || !is_repost(entry)) return item;
  return repost(entry["reason"], *std::move(item));
}

absl::Time bluesky_feed_time(Json entry) {
  if (is_repost(entry)) return wire_time(entry["reason"]["indexedAt"].view()).value_or(absl::InfinitePast());
  return bluesky_created(post_of(entry)).value_or(absl::InfinitePast());
}

std::string bluesky_entry_key(Json entry) {
  const Json post = post_of(entry);
  if (is_repost(entry)) {
    return str_cat(entry["reason"]["by"]["did"].view(), " ", entry["reason"]["uri"].view(), " ",
                   post["uri"].view());
  }
  const std::string key = str_cat(post["uri"].view(), " ", post["cid"].view());
  return key.size() > 1 ? key : entry.raw(kMaxJsonBytes);
}

bool bluesky_is_pinned(Json entry) {
  return entry["reason"]["$type"].view() == "app.bsky.feed.defs#reasonPin";
}

}  // namespace copytaster
