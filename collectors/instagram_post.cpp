#include "collectors/instagram_post.h"

#include <utility>

#include "collectors/meta_names.h"
#include "collectors/meta_picture.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::string_view kSite = "https://www.instagram.com/";

std::string permalink(Json media) {
  if (is_http_url(media["permalink"].view())) return media["permalink"].text();
  const std::string_view code = media["shortcode"].view();
  return is_meta_shortcode(code) ? str_cat(kSite, "p/", code, "/") : "";
}

}  // namespace

std::string instagram_media_fields(bool with_alt_text) {
  const std::string_view alt = with_alt_text ? ",alt_text" : "";
  return str_cat(
      "id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,timestamp,like_count,"
      "comments_count",
      alt, ",children{id,media_type,media_url", alt, "}");
}

std::string instagram_profile_url(std::string_view user) { return str_cat(kSite, user, "/"); }

absl::StatusOr<Item> instagram_item(Json media) {
  if (!media.is_object()) return absl::InvalidArgumentError("not a post: no JSON object");
  const std::string id = media["id"].id();
  if (!is_meta_id(id)) {
    return absl::InvalidArgumentError(str_cat("not a post's id: '", id.substr(0, utf8_floor(id, 100)), "'"));
  }
  Item item;
  item.set_platform("instagram");
  item.set_native_id(id);
  if (!set_time(item.mutable_created_at(), media["timestamp"].view())) {
    return absl::InvalidArgumentError(media["timestamp"].exists() ? "timestamp is no date"
                                                                  : "it has no timestamp");
  }
  item.set_url(permalink(media));
  item.set_text(plain_text(media["caption"].view()));
  mark_links_and_hashtags(&item);
  mark_meta_mentions(&item, kSite);
  for (Media& one : meta_media(media)) *item.add_media() = std::move(one);
  item.mutable_engagement()->set_likes(media["like_count"].count());
  item.mutable_engagement()->set_replies(media["comments_count"].count());
  return item;
}

}  // namespace copytaster
