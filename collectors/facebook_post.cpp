#include "collectors/facebook_post.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "collectors/platforms_support.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kName = "facebook";
constexpr int kMostMentions = 500;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_picture(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kTypes = {"photo", "cover_photo", "profile_media",
                                                             "animated_image_share", "sticker"};
  return one_of(type, kTypes);
}

std::string_view type_of(Json attachment) {
  const std::string_view type = attachment["type"].view();
  return type.empty() ? attachment["media_type"].view() : type;
}

bool is_facebook_host(std::string_view host) {
  return host == "facebook.com" || host.ends_with(".facebook.com") || host == "fb.com" || host == "fb.watch";
}

// Where a link leads to, without Facebook's l.php around it.
std::string link_of(Json attachment) {
  for (const std::string_view wire :
       {attachment["unshimmed_url"].view(), attachment["url"].view(), attachment["target"]["url"].view()}) {
    const std::string url = unwrap_url(wire);
    if (is_http_url(url)) return url;
  }
  return "";
}

// The per-photo description. A lone photo repeats the post's message there: that is no caption.
std::string caption_of(Json attachment, std::string_view message) {
  std::string caption = plain_text(attachment["description"].view());
  if (strip_space(caption) == strip_space(message) || is_boilerplate_title(caption)) caption.clear();
  return caption;
}

struct Contents {
  std::vector<Media> media;
  std::vector<Link> links;
};

std::optional<Media> media_of(Json attachment, std::string_view message) {
  const std::string_view type = type_of(attachment);
  // "type" has ever more names, "media_type" says the kind.
  const std::string_view kind = attachment["media_type"].view();
  const bool is_video = type.starts_with("video") || kind == "video";
  const bool is_album = type == "album" || type == "new_album";  // one whose photos are not told
  const bool is_photo = is_picture(type) || kind == "photo";
  if (!is_photo && !is_video && !is_album) return std::nullopt;
  const Json image = attachment["media"]["image"];
  Media media;
  media.set_kind(is_video ? VIDEO : PICTURE);
  const std::string id = attachment["target"]["id"].id();
  if (is_facebook_id(id) && !is_album) media.set_native_id(id);
  media.set_caption(caption_of(attachment, message));
  if (is_http_url(image["src"].view()))
    (is_video ? media.mutable_preview_url() : media.mutable_url())->assign(image["src"].view());
  if (is_video) {
    // The file itself is only given to who runs the Page; else the page that plays it.
    media.set_url(is_http_url(attachment["media"]["source"].view()) ? attachment["media"]["source"].text()
                                                                    : link_of(attachment));
  } else {
    media.set_width(static_cast<std::uint32_t>(std::min<std::uint64_t>(image["width"].count(), 1U << 20)));
    media.set_height(static_cast<std::uint32_t>(std::min<std::uint64_t>(image["height"].count(), 1U << 20)));
  }
  if (media.url().empty()) return std::nullopt;
  return media;
}

void read_attachment(Json attachment, std::string_view message, Contents* out) {
  const Json parts = attachment["subattachments"]["data"];
  if (parts.at(0).exists()) {
    // The album's own picture is its first photo's over again.
    parts.each([&](Json part) { read_attachment(part, message, out); });
    return;
  }
  if (auto media = media_of(attachment, message)) {
    out->media.push_back(*std::move(media));
    return;
  }
  Link link;
  link.set_url(link_of(attachment));
  if (link.url().empty()) return;
  if (const std::string title = plain_line(attachment["title"].view()); !is_boilerplate_title(title))
    link.set_title(title);
  link.set_description(plain_text(attachment["description"].view()));
  out->links.push_back(std::move(link));
}

Contents read_attachments(Json post, std::string_view message) {
  Contents out;
  post["attachments"]["data"].each([&](Json attachment) { read_attachment(attachment, message, &out); });
  // Sometimes a post with a photo comes without its attachments; a link's preview looks the same, so
  // the post must say that photos were added.
  const std::string_view picture = post["full_picture"].view();
  if (out.media.empty() && out.links.empty() && post["status_type"].view() == "added_photos" &&
      is_http_url(picture)) {
    Media media;
    media.set_kind(PICTURE);
    media.set_url(std::string(picture));
    out.media.push_back(std::move(media));
  }
  return out;
}

// ---- shared posts

bool is_share(Json post) {
  const std::string parent = post["parent_id"].id();
  const std::string_view kind = post["status_type"].view();
  return is_facebook_id(parent) && parent != post["id"].view() && (kind.empty() || kind == "shared_story");
}

// The page named in the address of one of its posts or photos; empty where it names none.
std::string page_in(std::string_view address) {
  const auto url = parse_url(address);
  if (!url || !is_facebook_host(url->host)) return "";
  static constexpr std::array<std::string_view, 12> kNoPages = {
      "photo",  "photo.php", "story.php", "permalink.php", "watch",       "media",
      "groups", "events",    "reel",      "share",         "profile.php", "l.php"};
  const std::vector<std::string> path = path_segments(*url);
  return path.size() < 2 || one_of(path[0], kNoPages) ? "" : path[0];
}

// The original's author as far as the share tells it: the attachment's title is the name, its address
// names the page.
Author author_of_shared(Json attachment, std::string_view address) {
  Author author;
  const std::string title = plain_line(attachment["title"].view());
  author.set_name(is_boilerplate_title(title) ? album_owner(title) : title);
  if (const std::string page = page_in(address); !page.empty()) {
    author.set_handle(page);
    author.set_url(str_cat("https://www.facebook.com/", page));
  }
  return author;
}

Related shared_post(Json post) {
  const Json attachment = post["attachments"]["data"].at(0);
  const std::string parent = post["parent_id"].id();
  Related out;
  out.set_item_id(item_id(kName, parent));
  const std::string address = link_of(attachment);
  out.set_url(str_cat("https://www.facebook.com/", parent));
  if (address.find("/posts/") != std::string::npos) out.set_url(address);
  *out.mutable_author() = author_of_shared(attachment, address);
  out.set_text(plain_text(attachment["description"].view()));
  Contents contents = read_attachments(post, out.text());
  for (Media& media : contents.media) *out.add_media() = std::move(media);
  return out;
}

// ---- text

// message_tags count code points (docs: MessageTag.offset "in unicode code points"); a span that does not
// hold the tag's name is not believed.
void add_mention(Json tag, Item* item) {
  const std::string name = plain_text(tag["name"].view());
  const auto offset = tag["offset"].number();
  if (item->facets_size() >= kMostMentions) return;
  if (name.empty() || !offset || *offset > item->text().size()) return;
  const std::size_t begin = byte_of_code_point(item->text(), *offset);
  if (item->text().compare(begin, name.size(), name) != 0) return;
  Facet* facet = item->add_facets();
  facet->set_begin(static_cast<std::uint32_t>(begin));
  facet->set_end(static_cast<std::uint32_t>(begin + name.size()));
  facet->set_kind(Facet::MENTION);
  const std::string id = tag["id"].id();
  facet->set_target(is_facebook_id(id) ? str_cat("https://www.facebook.com/", id) : name);
}

void set_engagement(Json post, Engagement* out) {
  out->set_likes(post["reactions"]["summary"]["total_count"].count());
  out->set_replies(post["comments"]["summary"]["total_count"].count());
  out->set_reposts(post["shares"]["count"].count());
}

}  // namespace

std::string_view facebook_post_fields() {
  return "id,message,message_tags,status_type,parent_id,from{id,name},created_time,updated_time,permalink_"
         "url,full_picture,"
         "attachments{media_type,type,media,description,title,url,unshimmed_url,target,"
         "subattachments.limit(100){media_type,type,media,description,title,url,unshimmed_url,target}},"
         "shares,reactions.summary(total_count).limit(0),comments.summary(total_count).limit(0)";
}

std::string_view facebook_photo_fields() { return "alt_text,alt_text_custom,name,images"; }

bool is_facebook_id(std::string_view id) {
  if (id.empty() || id.size() > 64 || !is_ascii_digit(id.front()) || !is_ascii_digit(id.back())) return false;
  return std::all_of(id.begin(), id.end(), [](char c) { return is_ascii_digit(c) || c == '_'; });
}

std::string facebook_post_key(Json post) {
  const std::string key = str_cat(post["id"].id(), " ", post["updated_time"].view());
  return key.size() > 1 ? key : post.raw(kMaxJsonBytes);
}

Media facebook_picture(Json photo) {
  Media media;
  media.set_native_id(photo["id"].id());
  std::string alt = plain_text(photo["alt_text_custom"].view());
  if (alt.empty()) {
    alt = plain_text(photo["alt_text"].view());
    // A machine's guess is not what the author said of the picture.
    if (is_automatic_alt_text(alt)) alt.clear();
  }
  media.set_alt_text(alt);
  std::uint64_t largest = 0;
  photo["images"].each([&](Json image) {
    const std::uint64_t width = std::min<std::uint64_t>(image["width"].count(), 1U << 20);
    const std::uint64_t height = std::min<std::uint64_t>(image["height"].count(), 1U << 20);
    if (width * height <= largest || !is_http_url(image["source"].view())) return;
    largest = width * height;
    media.set_url(image["source"].text());
    media.set_width(static_cast<std::uint32_t>(width));
    media.set_height(static_cast<std::uint32_t>(height));
  });
  return media;
}

absl::StatusOr<Item> facebook_item(Json post) {
  if (!post.is_object()) return absl::InvalidArgumentError("not a post: no JSON object");
  const std::string id = post["id"].id();
  if (!is_facebook_id(id))
    return absl::InvalidArgumentError(str_cat("not a post's id: '", id.substr(0, utf8_floor(id, 100)), "'"));
  Item item;
  item.set_platform(std::string(kName));
  item.set_native_id(id);
  if (!set_time(item.mutable_created_at(), post["created_time"].view())) {
    return absl::InvalidArgumentError(post["created_time"].exists() ? "created_time is no date"
                                                                    : "it has no created_time");
  }
  // updated_time moves with every comment, so it is no edit's time. A changed content_hash shows an edit.
  item.set_url(is_http_url(post["permalink_url"].view()) ? post["permalink_url"].text()
                                                         : str_cat("https://www.facebook.com/", id));
  item.mutable_author()->set_name(plain_line(post["from"]["name"].view()));
  set_engagement(post, item.mutable_engagement());
  item.set_text(plain_text(post["message"].view()));
  post["message_tags"].each([&](Json tag) { add_mention(tag, &item); });
  mark_links_and_hashtags(&item);
  if (is_share(post)) {
    // With words of one's own it is a quote, without a repost.
    *(strip_space(item.text()).empty() ? item.mutable_repost_of() : item.mutable_quote_of()) =
        shared_post(post);
    return item;
  }
  Contents contents = read_attachments(post, item.text());
  for (Media& media : contents.media) *item.add_media() = std::move(media);
  for (Link& link : contents.links) *item.add_links() = std::move(link);
  return item;
}

}  // namespace copytaster
