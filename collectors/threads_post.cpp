#include "collectors/threads_post.h"

#include <algorithm>
#include <utility>

#include "collectors/meta_names.h"
#include "collectors/meta_picture.h"
#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "threads";
constexpr std::string_view kProfiles = "https://www.threads.com/@";
constexpr std::string_view kMedia = "id,media_type,media_url,thumbnail_url,alt_text";

Author author_of(std::string_view user) {
  Author author;
  if (!is_meta_user_name(user)) return author;
  author.set_name(std::string(user));  // Threads tells no other
  author.set_handle(std::string(user));
  author.set_url(threads_profile_url(user));
  return author;
}

// It may be left out (the docs: of protected music); the short code leads to the same page.
std::string permalink(Json post, std::string_view user) {
  if (is_http_url(post["permalink"].view())) return post["permalink"].text();
  const std::string_view code = post["shortcode"].view();
  if (!is_meta_shortcode(code) || !is_meta_user_name(user)) return "";
  return str_cat(threads_profile_url(user), "/post/", code);
}

// Another post: {"id": …}, more where the API told more, or its id alone.
std::string id_of(Json other) { return other.is_object() ? other["id"].id() : other.id(); }

Related related_to(Json other) {
  const std::string_view user = other["username"].view();
  Related out;
  out.set_item_id(item_id(kName, id_of(other)));
  out.set_url(permalink(other, user));
  if (is_meta_user_name(user)) *out.mutable_author() = author_of(user);
  out.set_text(plain_text(other["text"].view()));
  set_time(out.mutable_created_at(), other["timestamp"].view());
  if (out.created_at().seconds() == 0) out.clear_created_at();
  for (Media& one : meta_media(other)) *out.add_media() = std::move(one);
  return out;
}

void set_body(Json post, Item* item) {
  item->set_text(plain_text(post["text"].view()));
  mark_links_and_hashtags(item);
  mark_meta_mentions(item, kProfiles);
  const std::string topic = plain_line(post["topic_tag"].view());
  const auto& tags = item->tags();
  if (!topic.empty() && std::find(tags.begin(), tags.end(), topic) == tags.end()) item->add_tags(topic);
  if (post["is_spoiler_media"].yes()) item->set_content_warning("Spoiler");
  for (Media& one : meta_media(post)) *item->add_media() = std::move(one);
  const std::string link = unwrap_url(post["link_attachment_url"].view());
  if (is_http_url(link)) item->add_links()->set_url(link);
  if (is_meta_id(id_of(post["quoted_post"]))) *item->mutable_quote_of() = related_to(post["quoted_post"]);
  if (is_meta_id(id_of(post["replied_to"]))) *item->mutable_reply_to() = related_to(post["replied_to"]);
}

}  // namespace

std::string threads_fields(bool plain) {
  const std::string children = plain ? "" : str_cat("{", kMedia, "}");
  const std::string other =
      plain ? ""
            : str_cat("{", kMedia, ",permalink,username,text,timestamp,shortcode,children", children, "}");
  return str_cat(kMedia,
                 ",media_product_type,permalink,username,text,timestamp,shortcode,is_quote_post,children",
                 children, ",quoted_post", other, ",reposted_post", other,
                 ",link_attachment_url,topic_tag,is_spoiler_media");
}

std::string threads_profile_url(std::string_view user) { return str_cat(kProfiles, user); }

absl::StatusOr<Item> threads_item(Json post, std::string_view user) {
  if (!post.is_object()) return absl::InvalidArgumentError("not a post: no JSON object");
  const std::string id = post["id"].id();
  if (!is_meta_id(id)) {
    return absl::InvalidArgumentError(str_cat("not a post's id: '", id.substr(0, utf8_floor(id, 100)), "'"));
  }
  Item item;
  item.set_platform(std::string(kName));
  item.set_native_id(id);
  if (!set_time(item.mutable_created_at(), post["timestamp"].view())) {
    return absl::InvalidArgumentError(post["timestamp"].exists() ? "timestamp is no date"
                                                                 : "it has no timestamp");
  }
  const std::string_view own = post["username"].view();
  const std::string_view author = is_meta_user_name(own) ? own : user;
  *item.mutable_author() = author_of(author);
  item.set_url(permalink(post, author));
  if (post["media_type"].view() != "REPOST_FACADE") {
    set_body(post, &item);
    return item;
  }
  if (!is_meta_id(id_of(post["reposted_post"]))) {
    return absl::InvalidArgumentError("a repost that does not tell of which post");
  }
  *item.mutable_repost_of() = related_to(post["reposted_post"]);
  // The facade has no words of its own; what stands there is the original's.
  if (item.repost_of().text().empty()) item.mutable_repost_of()->set_text(plain_text(post["text"].view()));
  return item;
}

}  // namespace copytaster
