#include "collectors/bluesky_post.h"

#include <optional>
#include <utility>

#include "collectors/bluesky_embed.h"
#include "collectors/bluesky_record.h"
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

// What the app view adds to the reply that the record tells.
void set_parent(Json entry, Json record, Item* item) {
  if (!item->has_reply_to()) return;
  Related* reply = item->mutable_reply_to();
  const Json view = entry["reply"]["parent"];
  auto uri = parse_at_uri(record["reply"]["parent"]["uri"].view());
  if (uri && !is_did(uri->authority) && is_did(view["author"]["did"].view())) {
    uri->authority = view["author"]["did"].text();
    reply->set_item_id(item_id(kName, uri->to_string()));
    reply->set_url(bluesky_permalink(*uri));
  }
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
  auto item = bluesky_post_record({.uri = *uri,
                                   .record = record,
                                   .embed_view = post["embed"],
                                   .author = bluesky_author(post["author"]),
                                   .shown = wire_time(post["indexedAt"].view())});
  if (!item.ok()) return item;
  set_parent(entry, record, &*item);
  set_engagement(post, item->mutable_engagement());
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
