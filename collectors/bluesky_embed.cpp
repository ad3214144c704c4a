#include "collectors/bluesky_embed.h"

#include <algorithm>
#include <string>
#include <utility>

#include "collectors/bluesky_syntax.h"
#include "collectors/platforms_support.h"
#include "collectors/wire_time.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "bluesky";
constexpr std::string_view kPost = "app.bsky.feed.post";

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

Media video(Json view, Json raw, std::string_view did) {
  Media media;
  media.set_kind(VIDEO);
  set_blob(raw["video"], &media);
  if (is_cid(view["cid"].view())) media.set_native_id(view["cid"].text());
  media.set_url(view["playlist"].text());
  media.set_preview_url(view["thumbnail"].text());
  if (media.url().empty() && !media.native_id().empty() && is_did(did)) {
    // Where the app view has them, for a record that it has not shown yet.
    const std::string folder =
        str_cat("https://video.bsky.app/watch/", percent_encode(did), "/", media.native_id());
    media.set_url(str_cat(folder, "/playlist.m3u8"));
    if (media.preview_url().empty()) media.set_preview_url(str_cat(folder, "/thumbnail.jpg"));
  }
  media.set_alt_text(plain_text((view.exists() ? view : raw)["alt"].view()));
  return media;
}

std::vector<Media> media_only(Json view, Json raw, std::string_view did);

// What is quoted. A post that is gone, blocked or detached by its author keeps its address, and no word.
Related quoted(Json record, const AtUri& uri) {
  Related out;
  out.set_item_id(item_id(kName, uri.to_string()));
  out.set_url(bluesky_permalink(uri));
  if (!record["value"].is_object()) return out;
  *out.mutable_author() = bluesky_author(record["author"]);
  out.set_text(plain_text(record["value"]["text"].view()));
  if (const auto when = bluesky_created(record)) set_timestamp(out.mutable_created_at(), *when);
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

void read_record(Json record, BlueskyEmbed* out) {
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

void read_embed(Json view, Json raw, std::string_view did, BlueskyEmbed* out) {
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
    for (std::size_t i = 0; i < kMostBlueskyPictures && any[list].at(i).exists(); ++i) {
      Media media = picture(view[list].at(i), raw[list].at(i), did);
      if (is_http_url(media.url())) out->media.push_back(std::move(media));
    }
  } else if (kind == "video") {
    Media media = video(view, raw, did);
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
  BlueskyEmbed embedded;
  const Json any = view.exists() ? view : raw;
  if (const std::string_view kind = embed_kind(any); kind == "recordWithMedia") {
    read_embed(view["media"], raw["media"], did, &embedded);
  } else if (kind != "record") {
    read_embed(view, raw, did, &embedded);
  }
  return std::move(embedded.media);
}

}  // namespace

BlueskyEmbed bluesky_embed(Json view, Json raw, std::string_view did) {
  BlueskyEmbed out;
  read_embed(view, raw, did, &out);
  return out;
}

Json bluesky_record(Json post) { return post["record"].is_object() ? post["record"] : post["value"]; }

std::optional<absl::Time> bluesky_created(Json post) {
  const auto created = wire_time(bluesky_record(post)["createdAt"].view());
  const auto indexed = wire_time(post["indexedAt"].view());
  if (created && indexed) return std::min(*created, *indexed);
  return created ? created : indexed;
}

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

}  // namespace copytaster
