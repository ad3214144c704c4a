#include "collectors/bluesky_post.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
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
// A view has its record under "record", a bare record and a quoted one under "value".
Json record_of(Json post) { return post["record"].is_object() ? post["record"] : post["value"]; }

std::optional<absl::Time> created_time(Json post) {
  const auto created = parse_date(record_of(post)["createdAt"].view());
  const auto indexed = parse_date(post["indexedAt"].view());
  if (created && indexed) return std::min(*created, *indexed);
  return created ? created : indexed;
}

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
  if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) item->add_tags(std::move(tag));
}

// ---- embeds. `view` is what the app view made of the record's `raw` embed; it may be missing.

void set_blob(Json blob, Media* media) {
  if (is_cid(blob["ref"]["$link"].view())) media->set_native_id(blob["ref"]["$link"].text());
  media->set_mime_type(plain_line(blob["mimeType"].view()));
}

// ".../did:plc:x/CID@jpeg": the blob's id as the CDN's addresses have it.
std::string cid_of_address(std::string_view url) {
  const std::string_view file = url.substr(url.rfind('/') + 1);
  const std::string_view cid = file.substr(0, file.find('@'));
  return is_cid(cid) && cid.starts_with("b") ? std::string(cid) : "";
}

// aspectRatio may be pixels or just 4:3, so it is not taken for a size.
Media picture(Json view, Json raw, std::string_view did) {
  Media media;
  media.set_kind(PICTURE);
  set_blob(raw["image"], &media);
  media.set_url(view["fullsize"].text());
  if (media.url().empty() && !media.native_id().empty() && is_did(did)) {
    media.set_url(
        str_cat("https://cdn.bsky.app/img/feed_fullsize/plain/", did, "/", media.native_id(), "@jpeg"));
  }
  if (media.native_id().empty()) media.set_native_id(cid_of_address(media.url()));
  media.set_alt_text(plain_text((view.exists() ? view : raw)["alt"].view()));
  return media;
}

Media video(Json view, Json raw) {
  Media media;
  media.set_kind(VIDEO);
  set_blob(raw["video"], &media);
  if (is_cid(view["cid"].view())) media.set_native_id(view["cid"].text());
  media.set_url(view["playlist"].text());
  media.set_preview_url(view["thumbnail"].text());
  media.set_alt_text(plain_text((view.exists() ? view : raw)["alt"].view()));
  return media;
}

struct Embedded {
  std::vector<Media> media;
  std::vector<Link> links;
  std::optional<Related> quote;
};

std::vector<Media> media_only(Json view, Json raw, std::string_view did);

// What is quoted. A post that is gone, blocked or detached by its author keeps its address, and no word.
Related quoted(Json record, const AtUri& uri) {
  Related out;
  out.set_item_id(item_id(kName, uri.to_string()));
  out.set_url(bluesky_permalink(uri));
  if (!record["value"].is_object()) return out;
  *out.mutable_author() = bluesky_author(record["author"]);
  out.set_text(plain_text(record["value"]["text"].view()));
  if (const auto when = created_time(record)) set_timestamp(out.mutable_created_at(), *when);
  const Json raw = record["value"]["embed"];
  std::vector<Media> media;
  if (record["embeds"].at(0).exists()) {
    record["embeds"].each([&](Json view) {
      for (Media& one : media_only(view, raw, uri.authority)) media.push_back(std::move(one));
    });
  } else {
    media = media_only(record["embed"], raw, uri.authority);
  }
  for (Media& one : media) *out.add_media() = std::move(one);
  return out;
}

void read_record(Json record, Embedded* out) {
  auto uri = parse_at_uri(record["uri"].view());
  if (!uri || uri->record_key.empty()) return;
  if (!is_did(uri->authority) && is_did(record["author"]["did"].view()))
    uri->authority = record["author"]["did"].text();
  if (uri->collection == kPost) {
    out->quote = quoted(record, *uri);
    return;
  }
  // A feed, list or starter pack: something to follow, not somebody's words.
  Link link;
  link.set_url(bluesky_permalink(*uri));
  for (const char* key : {"displayName", "name"}) {
    if (link.title().empty()) link.set_title(plain_line(record[key].view()));
    if (link.title().empty()) link.set_title(plain_line(record["record"][key].view()));
  }
  link.set_description(plain_line(record["description"].view()));
  out->links.push_back(std::move(link));
}

// "app.bsky.embed.images" of "app.bsky.embed.images#view".
std::string_view embed_kind(Json embed) {
  std::string_view type = embed["$type"].view();
  type = type.substr(0, type.find('#'));
  return consume_prefix(&type, "app.bsky.embed.") ? type : std::string_view();
}

void read_embed(Json view, Json raw, std::string_view did, Embedded* out) {
  const Json any = view.exists() ? view : raw;
  const std::string_view kind = embed_kind(any);
  if (kind == "recordWithMedia") {
    read_embed(view["media"], raw["media"], did, out);
    const Json record = any["record"];
    read_record(record["record"].exists() ? record["record"] : record, out);
  } else if (kind == "record") {
    read_record(any["record"], out);
  } else if (kind == "images" || kind == "gallery") {
    const char* list = kind == "images" ? "images" : "items";
    std::size_t index = 0;
    any[list].each([&](Json) {
      Media media = picture(view[list].at(index), raw[list].at(index), did);
      ++index;
      if (is_http_url(media.url())) out->media.push_back(std::move(media));
    });
  } else if (kind == "video") {
    Media media = video(view, raw);
    if (!is_http_url(media.url())) media.clear_url();
    if (!is_http_url(media.preview_url())) media.clear_preview_url();
    if (!media.native_id().empty() || !media.url().empty()) out->media.push_back(std::move(media));
  } else if (kind == "external") {
    const Json external = any["external"];
    Link link;
    link.set_url(external["uri"].text());
    link.set_title(plain_line(external["title"].view()));
    link.set_description(plain_line(external["description"].view()));
    if (is_http_url(link.url())) out->links.push_back(std::move(link));
  }
}

std::vector<Media> media_only(Json view, Json raw, std::string_view did) {
  Embedded embedded;
  const Json any = view.exists() ? view : raw;
  if (const std::string_view kind = embed_kind(any); kind == "recordWithMedia") {
    read_embed(view["media"], raw["media"], did, &embedded);
  } else if (kind != "record") {
    read_embed(view, raw, did, &embedded);
  }
  return std::move(embedded.media);
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
  if (const auto when = created_time(view)) set_timestamp(reply->mutable_created_at(), *when);
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
    return absl::InvalidArgumentError(
        str_cat("not a post's at-uri: '", post["uri"].view().substr(0, 100), "'"));
  }
  const Json record = record_of(post);
  if (!record["text"].is_string()) return absl::InvalidArgumentError("its record has no text");
  const auto when = created_time(post);
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

  Embedded embedded;
  read_embed(post["embed"], record["embed"], uri->authority, &embedded);
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

Author bluesky_author(Json author) {
  Author out;
  const std::string_view handle = author["handle"].view();
  const std::string_view did = author["did"].view();
  // "handle.invalid" is said when a handle does not lead back to its account.
  if (is_handle(handle) && handle != "handle.invalid") out.set_handle(ascii_lower(handle));
  out.set_name(plain_line(author["displayName"].view()));
  if (out.name().empty()) out.set_name(out.handle());
  if (!out.handle().empty()) {
    out.set_url(str_cat("https://bsky.app/profile/", out.handle()));
  } else if (is_did(did)) {
    out.set_url(str_cat("https://bsky.app/profile/", did));
  }
  return out;
}

absl::StatusOr<Item> bluesky_item(Json entry) {
  auto item = read_post(entry, post_of(entry));
  if (!item.ok() || !is_repost(entry)) return item;
  return repost(entry["reason"], *std::move(item));
}

absl::Time bluesky_feed_time(Json entry) {
  if (is_repost(entry)) return parse_date(entry["reason"]["indexedAt"].view()).value_or(absl::InfinitePast());
  return created_time(post_of(entry)).value_or(absl::InfinitePast());
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
