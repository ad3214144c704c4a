#include "rehearsal/meta_media_json.h"

#include <optional>

#include "core/strings.h"
#include "rehearsal/facebook_post_json.h"
#include "rehearsal/graph_answer.h"
#include "rehearsal/ids.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

std::string shortcode(const Post& post) {
  return str_cat(post.account->platform == Platform::kThreads ? "D" : "C",
                 short_hash(post.key).substr(0, 10));
}

std::string picture_url(const Live& live, std::size_t index, absl::Time now) {
  return facebook_picture_url(facebook_picture_path(*live.post, live.version->pictures[index], index), false,
                              now);
}

// What a picture alone and a part of an album have alike.
void write_picture(const Live& live, std::size_t index, const GraphFields& fields, absl::Time now,
                   JsonWriter* out) {
  if (fields.has("media_url")) out->member("media_url", picture_url(live, index, now));
  if (fields.has("alt_text")) out->member_if("alt_text", live.version->pictures[index].alt);
}

void write_children(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out) {
  out->key("children").begin_object().key("data").begin_array();
  for (std::size_t i = 0; i < live.version->pictures.size(); ++i) {
    out->begin_object().member("id", meta_picture_id(*live.post, i));
    if (fields.has("media_type")) out->member("media_type", "IMAGE");
    write_picture(live, i, fields, now, out);
    out->end_object();
  }
  out->end_array().end_object();
}

bool is_album(const Live& live) { return live.version->pictures.size() > 1; }

std::string_view threads_type(const Live& live) {
  if (live.post->reshare_of != nullptr && live.version->text.empty()) return "REPOST_FACADE";
  if (is_album(live)) return "CAROUSEL_ALBUM";
  return live.version->pictures.empty() ? "TEXT_POST" : "IMAGE";
}

// The other post with what is asked of it; its id where it is gone, too.
void write_other(std::string_view name, const Post& other, const GraphFields& fields, absl::Time now,
                 JsonWriter* out) {
  out->key(name);
  const std::optional<Live> live = live_at(other, now);
  if (live && !fields.empty()) return write_threads_post(*live, fields, now, out);
  out->begin_object().member("id", meta_media_id(other)).end_object();
}

}  // namespace

std::uint64_t meta_media_number(const Live& live) {
  return parse_number<std::uint64_t>(meta_media_id(*live.post)).value_or(0);
}

std::string meta_permalink(const Post& post) {
  if (post.account->platform == Platform::kThreads) {
    return str_cat("https://www.threads.com/@", post.account->handle, "/post/", shortcode(post));
  }
  return str_cat("https://www.instagram.com/p/", shortcode(post), "/");
}

void write_instagram_media(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out) {
  const Post& post = *live.post;
  out->begin_object().member("id", meta_media_id(post));
  if (fields.has("caption")) out->member_if("caption", live.version->text);
  if (fields.has("media_type")) out->member("media_type", is_album(live) ? "CAROUSEL_ALBUM" : "IMAGE");
  if (fields.has("media_product_type")) out->member("media_product_type", "FEED");
  // An album shows its first picture as its own, without that one's alternative text.
  if (is_album(live)) {
    if (fields.has("media_url")) out->member("media_url", picture_url(live, 0, now));
    if (fields.has("children")) write_children(live, fields.of("children"), now, out);
  } else {
    write_picture(live, 0, fields, now, out);
  }
  if (fields.has("permalink")) out->member("permalink", meta_permalink(post));
  if (fields.has("timestamp")) out->member("timestamp", graph_time(post.at));
  if (fields.has("like_count")) out->member("like_count", 20 + lot(str_cat(post.key, "l"), 900));
  if (fields.has("comments_count")) out->member("comments_count", lot(str_cat(post.key, "c"), 120));
  out->end_object();
}

void write_threads_post(const Live& live, const GraphFields& fields, absl::Time now, JsonWriter* out) {
  const Post& post = *live.post;
  const std::string_view type = threads_type(live);
  const bool is_repost = type == "REPOST_FACADE";
  const Post* quoted = is_repost ? nullptr : post.quote_of != nullptr ? post.quote_of : post.reshare_of;
  out->begin_object().member("id", meta_media_id(post));
  if (fields.has("media_product_type")) out->member("media_product_type", "THREADS");
  if (fields.has("media_type")) out->member("media_type", type);
  if (type == "IMAGE") write_picture(live, 0, fields, now, out);
  if (is_album(live) && fields.has("children")) write_children(live, fields.of("children"), now, out);
  if (fields.has("permalink")) out->member("permalink", meta_permalink(post));
  if (fields.has("username")) out->member("username", post.account->handle);
  if (fields.has("text")) out->member_if("text", live.version->text);
  if (fields.has("timestamp")) out->member("timestamp", graph_time(post.at));
  if (fields.has("shortcode")) out->member("shortcode", shortcode(post));
  if (fields.has("is_quote_post")) out->member("is_quote_post", quoted != nullptr);
  if (quoted != nullptr && fields.has("quoted_post")) {
    write_other("quoted_post", *quoted, fields.of("quoted_post"), now, out);
  }
  if (is_repost && fields.has("reposted_post")) {
    write_other("reposted_post", *post.reshare_of, fields.of("reposted_post"), now, out);
  }
  if (!post.links.empty() && fields.has("link_attachment_url")) {
    out->member("link_attachment_url", post.links.front());
  }
  out->end_object();
}

}  // namespace copytaster::rehearsal
