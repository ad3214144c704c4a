#include "rehearsal/bluesky_post_json.h"

#include "core/strings.h"
#include "rehearsal/find_account.h"
#include "rehearsal/ids.h"
#include "rehearsal/marks.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

// "2022-04-14T06:20:00.000Z".
std::string iso(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", when, absl::UTCTimeZone());
}

void write_ref(const Day& day, const Post& post, JsonWriter* out) {
  out->begin_object()
      .member("cid", bluesky_post_cid(day, post))
      .member("uri", bluesky_post_uri(post))
      .end_object();
}

const Post& root_of(const Post& post) {
  const Post* root = &post;
  while (root->reply_to != nullptr) root = root->reply_to;
  return *root;
}

void write_facet(const Mark& mark, std::string_view type, std::string_view name, std::string_view value,
                 JsonWriter* out) {
  out->begin_object().key("features").begin_array().begin_object();
  out->member("$type", str_cat("app.bsky.richtext.facet#", type)).member(name, value);
  out->end_object().end_array();
  out->key("index").begin_object();
  out->member("byteEnd", std::uint64_t{mark.end}).member("byteStart", std::uint64_t{mark.begin});
  out->end_object().end_object();
}

void write_facets(const Day& day, std::string_view text, JsonWriter* out) {
  JsonWriter facets;
  facets.begin_array();
  bool any = false;
  for (const Mark& mark : find_marks(text)) {
    const std::string_view words = mark.in(text);
    if (mark.kind == Mark::kLink) {
      write_facet(mark, "link", "uri", words, &facets);
    } else if (mark.kind == Mark::kHashtag) {
      write_facet(mark, "tag", "tag", words.substr(1), &facets);
    } else if (const PlayedAccount* account = find_by_handle(day, Platform::kBluesky, words.substr(1))) {
      write_facet(mark, "mention", "did", bluesky_did(*account), &facets);
    } else {
      continue;
    }
    any = true;
  }
  if (any) out->key("facets").raw(facets.end_array().text());
}

// ---- embeds: in the record, and as the app view shows them

void write_raw_images(const PostVersion& version, JsonWriter* out) {
  out->begin_object().member("$type", "app.bsky.embed.images").key("images").begin_array();
  for (const PostPicture& picture : version.pictures) {
    const Size size = size_of({picture.image, picture.crop, picture.quality, false, false});
    const std::string cid = bluesky_picture_cid(picture);
    out->begin_object().member("alt", picture.alt);
    out->key("aspectRatio")
        .begin_object()
        .member("height", size.height)
        .member("width", size.width)
        .end_object();
    out->key("image").begin_object().member("$type", "blob");
    out->key("ref").begin_object().member("$link", cid).end_object();
    out->member("mimeType", "image/jpeg")
        .member("size", 150'000 + lot(cid, 700'000))
        .end_object()
        .end_object();
  }
  out->end_array().end_object();
}

void write_images_view(const Post& post, const PostVersion& version, JsonWriter* out) {
  out->begin_object().member("$type", "app.bsky.embed.images#view").key("images").begin_array();
  for (const PostPicture& picture : version.pictures) {
    const Size size = size_of({picture.image, picture.crop, picture.quality, false, false});
    const auto url = [&](bool small) {
      return str_cat("https://", kBlueskyPictureHost, bluesky_picture_path(post, picture, small));
    };
    out->begin_object().member("thumb", url(true)).member("fullsize", url(false)).member("alt", picture.alt);
    out->key("aspectRatio")
        .begin_object()
        .member("height", size.height)
        .member("width", size.width)
        .end_object();
    out->end_object();
  }
  out->end_array().end_object();
}

void write_raw_record(const Day& day, const Post& quoted, JsonWriter* out) {
  out->begin_object().member("$type", "app.bsky.embed.record").key("record");
  write_ref(day, quoted, out);
  out->end_object();
}

void write_raw_embed(const Day& day, const Post& post, JsonWriter* out) {
  const PostVersion& version = post.versions.front();
  if (post.quote_of == nullptr) {
    if (version.pictures.empty()) return;
    out->key("embed");
    return write_raw_images(version, out);
  }
  out->key("embed");
  if (version.pictures.empty()) return write_raw_record(day, *post.quote_of, out);
  out->begin_object().member("$type", "app.bsky.embed.recordWithMedia").key("media");
  write_raw_images(version, out);
  out->key("record");
  write_raw_record(day, *post.quote_of, out);
  out->end_object();
}

void write_counts(const Post& post, JsonWriter* out) {
  out->member("replyCount", lot(str_cat(post.key, "c"), 60))
      .member("repostCount", lot(str_cat(post.key, "s"), 80));
  out->member("likeCount", lot(str_cat(post.key, "l"), 700))
      .member("quoteCount", lot(str_cat(post.key, "q"), 9));
}

std::string indexed_at(const Post& post) {
  return iso(post.at + absl::Milliseconds(static_cast<std::int64_t>(lot(post.key, 900))));
}

void write_record_view(const Day& day, const Post& quoted, absl::Time now, JsonWriter* out) {
  out->begin_object().member("$type", "app.bsky.embed.record#view").key("record").begin_object();
  const auto live = live_at(quoted, now);
  if (!live) {
    out->member("$type", "app.bsky.embed.record#viewNotFound").member("uri", bluesky_post_uri(quoted));
    out->member("notFound", true).end_object().end_object();
    return;
  }
  out->member("$type", "app.bsky.embed.record#viewRecord").member("uri", bluesky_post_uri(quoted));
  out->member("cid", bluesky_post_cid(day, quoted)).key("author");
  write_bluesky_author(*quoted.account, out);
  out->key("value").raw(bluesky_record(day, quoted));
  out->key("labels").begin_array().end_array();
  write_counts(quoted, out);
  out->member("indexedAt", indexed_at(quoted)).key("embeds").begin_array();
  if (!live->version->pictures.empty()) write_images_view(quoted, *live->version, out);
  out->end_array().end_object().end_object();
}

void write_embed_view(const Day& day, const Post& post, absl::Time now, JsonWriter* out) {
  const PostVersion& version = post.versions.front();
  if (post.quote_of == nullptr) {
    if (version.pictures.empty()) return;
    out->key("embed");
    return write_images_view(post, version, out);
  }
  out->key("embed");
  if (version.pictures.empty()) return write_record_view(day, *post.quote_of, now, out);
  out->begin_object().member("$type", "app.bsky.embed.recordWithMedia#view").key("media");
  write_images_view(post, version, out);
  out->key("record");
  write_record_view(day, *post.quote_of, now, out);
  out->end_object();
}

// A post that another one answers; of one that is gone only the address.
void write_answered(const Day& day, const Post& post, absl::Time now, JsonWriter* out) {
  if (live_at(post, now)) return write_bluesky_post(day, post, now, out);
  out->begin_object().member("$type", "app.bsky.feed.defs#notFoundPost");
  out->member("uri", bluesky_post_uri(post)).member("notFound", true).end_object();
}

}  // namespace

std::string bluesky_post_uri(const Post& post) {
  return str_cat("at://", bluesky_did(*post.account), "/app.bsky.feed.post/", bluesky_record_key(post));
}

std::string bluesky_record(const Day& day, const Post& post) {
  const PostVersion& version = post.versions.front();
  JsonWriter out;
  out.begin_object().member("$type", "app.bsky.feed.post").member("createdAt", iso(post.at));
  write_raw_embed(day, post, &out);
  write_facets(day, version.text, &out);
  out.key("langs").begin_array().value(post.language).end_array();
  if (post.reply_to != nullptr) {
    out.key("reply").begin_object().key("parent");
    write_ref(day, *post.reply_to, &out);
    out.key("root");
    write_ref(day, root_of(post), &out);
    out.end_object();
  }
  return out.member("text", version.text).end_object().text();
}

std::string bluesky_post_cid(const Day& day, const Post& post) {
  return bluesky_record_cid(bluesky_record(day, post));
}

void write_bluesky_author(const PlayedAccount& account, JsonWriter* out) {
  out->begin_object().member("did", bluesky_did(account)).member("handle", account.handle);
  out->member("displayName", account.name).key("labels").begin_array().end_array();
  out->member("createdAt", "2024-02-06T09:00:00.000Z").end_object();
}

void write_bluesky_post(const Day& day, const Post& post, absl::Time now, JsonWriter* out) {
  out->begin_object().member("$type", "app.bsky.feed.defs#postView").member("uri", bluesky_post_uri(post));
  out->member("cid", bluesky_post_cid(day, post)).key("author");
  write_bluesky_author(*post.account, out);
  out->key("record").raw(bluesky_record(day, post));
  write_embed_view(day, post, now, out);
  write_counts(post, out);
  out->member("indexedAt", indexed_at(post)).key("labels").begin_array().end_array().end_object();
}

void write_bluesky_entry(const Day& day, const Post& post, absl::Time now, JsonWriter* out) {
  out->begin_object().key("post");
  write_bluesky_post(day, post.reshare_of != nullptr ? *post.reshare_of : post, now, out);
  if (post.reshare_of != nullptr) {
    out->key("reason").begin_object().member("$type", "app.bsky.feed.defs#reasonRepost").key("by");
    write_bluesky_author(*post.account, out);
    const std::string uri =
        str_cat("at://", bluesky_did(*post.account), "/app.bsky.feed.repost/", bluesky_record_key(post));
    out->member("uri", uri)
        .member("cid", bluesky_record_cid(uri))
        .member("indexedAt", iso(post.at))
        .end_object();
  } else if (post.reply_to != nullptr) {
    out->key("reply").begin_object().key("root");
    write_answered(day, root_of(post), now, out);
    out->key("parent");
    write_answered(day, *post.reply_to, now, out);
    out->end_object();
  }
  out->end_object();
}

}  // namespace copytaster::rehearsal
