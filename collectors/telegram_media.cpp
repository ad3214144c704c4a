#include "collectors/telegram_media.h"

#include <algorithm>
#include <string>
#include <utility>

#include "collectors/platforms_support.h"
#include "core/html.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr int kMostMedia = 100;
constexpr int kMostLinks = 100;

// Also "//host/…"; empty for what is no web address.
std::string web_address(std::string_view reference) {
  if (reference.empty()) return "";
  std::string url = resolve_url("https://t.me/", reference);
  return is_http_url(url) ? url : "";
}

std::string line_in(const HtmlOutline& page, const HtmlElement& outer, std::string_view class_name) {
  const HtmlElement* found = page.find(outer, class_name);
  return found == nullptr ? "" : page.line(*found);
}

// Emoji in texts are pictures of Telegram's own site.
bool is_sprite(std::string_view url) { return url.find("//telegram.org/img/") != std::string_view::npos; }

std::string background_in(const HtmlOutline& page, const HtmlElement& outer, std::string_view class_name) {
  const HtmlElement* found = page.find(outer, class_name);
  const std::string url = found == nullptr ? "" : web_address(background_of(*found));
  return is_sprite(url) ? "" : url;
}

void add_media(Media media, std::string_view href, const TelegramPostId& post, Item* item) {
  if (item->media_size() >= kMostMedia || (media.url().empty() && media.preview_url().empty())) return;
  const auto own = telegram_post_of(href);
  const std::string id = str_cat(own ? own->number : post.number);
  const auto taken = [&](const Media& other) { return other.native_id() == id; };
  const bool again = std::any_of(item->media().begin(), item->media().end(), taken);
  media.set_native_id(again ? str_cat(id, "/", item->media_size() + 1) : id);
  *item->add_media() = std::move(media);
}

void add_link(std::string_view href, std::string title, std::string description, Item* item) {
  std::string url = web_address(href);
  if (url.empty() || item->links_size() >= kMostLinks) return;
  Link* link = item->add_links();
  link->set_url(std::move(url));
  link->set_title(std::move(title));
  link->set_description(std::move(description));
}

// Where the video itself is not offered the page says why; where it is, the same words stand hidden.
void add_video(const HtmlOutline& page, const HtmlElement& player, std::string_view thumb,
               const TelegramPostId& post, Item* item) {
  Media media;
  media.set_kind(VIDEO);
  if (const HtmlElement* video = page.find_tag(player, "video")) {
    media.set_url(web_address(attribute_of(*video, "src")));
  }
  media.set_preview_url(background_in(page, player, thumb));
  const std::string why = line_in(page, player, "message_media_not_supported_label");
  if (media.url().empty()) media.set_problem(why.empty() ? "the page does not offer the video" : why);
  if (media.preview_url().empty() && media.url().empty()) {
    return add_unshown_medium(media.problem(), post, item);
  }
  add_media(std::move(media), attribute_of(player, "href"), post, item);
}

void add_file(MediaKind kind, std::string_view url, std::string_view mime_type, const TelegramPostId& post,
              Item* item) {
  Media media;
  media.set_kind(kind);
  media.set_url(web_address(url));
  media.set_mime_type(std::string(mime_type));
  add_media(std::move(media), "", post, item);
}

// Stickers are decoration, not photographs: kept as documents, so that none illustrates a story.
bool add_sticker(const HtmlOutline& page, const HtmlElement& element, const TelegramPostId& post,
                 Item* item) {
  if (has_class(element, "tgme_widget_message_sticker")) {
    std::string url = attribute_of(element, "data-webp");
    if (url.empty()) url = background_of(element);
    add_file(DOCUMENT, url, "image/webp", post, item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_videosticker")) {
    const HtmlElement* video = page.find_tag(element, "video");
    if (video != nullptr) add_file(DOCUMENT, attribute_of(*video, "src"), "video/webm", post, item);
    return true;
  }
  if (!has_class(element, "tgme_widget_message_tgsticker")) return false;
  const HtmlElement* source = page.find_tag(element, "source");
  if (source != nullptr) {
    add_file(DOCUMENT, attribute_of(*source, "srcset"), "application/x-tgsticker", post, item);
  }
  return true;
}

bool add_linked(const HtmlOutline& page, const HtmlElement& element, const TelegramPostId& post, Item* item) {
  const std::string href = attribute_of(element, "href");
  if (has_class(element, "tgme_widget_message_link_preview")) {
    std::string title = line_in(page, element, "link_preview_title");
    if (title.empty()) title = line_in(page, element, "link_preview_site_name");
    const HtmlElement* text = page.find(element, "link_preview_description");
    add_link(href, std::move(title), text == nullptr ? "" : html_to_text(page.inner(*text), "").text, item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_document_wrap")) {
    add_link(href.empty() ? post.url() : href, line_in(page, element, "tgme_widget_message_document_title"),
             line_in(page, element, "tgme_widget_message_document_extra"), item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_location_wrap")) {
    add_link(href, line_in(page, element, "tgme_widget_message_location_title"),
             line_in(page, element, "tgme_widget_message_location_address"), item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_inline_button")) {
    add_link(href, page.line(element), "", item);
    return true;
  }
  return false;
}

}  // namespace

bool add_telegram_part(const HtmlOutline& page, const HtmlElement& element, const TelegramPostId& post,
                       Item* item) {
  if (element.classes.empty()) return false;
  if (has_class(element, "tgme_widget_message_photo_wrap")) {
    Media media;
    const std::string url = web_address(background_of(element));
    if (!is_sprite(url)) media.set_url(url);
    if (media.url().empty()) {
      add_unshown_medium("the page does not offer the photo", post, item);
    } else {
      add_media(std::move(media), attribute_of(element, "href"), post, item);
    }
    return true;
  }
  if (has_class(element, "tgme_widget_message_video_player")) {
    add_video(page, element, "tgme_widget_message_video_thumb", post, item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_roundvideo_player")) {
    add_video(page, element, "tgme_widget_message_roundvideo_thumb", post, item);
    return true;
  }
  if (has_class(element, "tgme_widget_message_voice") && equals_ignore_case(element.name, "audio")) {
    add_file(AUDIO, attribute_of(element, "src"), "", post, item);
    return true;
  }
  return add_sticker(page, element, post, item) || add_linked(page, element, post, item);
}

void add_unshown_medium(std::string_view why, const TelegramPostId& post, Item* item) {
  Media media;
  media.set_kind(DOCUMENT);
  media.set_url(post.url());
  media.set_problem(std::string(why));
  add_media(std::move(media), "", post, item);
}

}  // namespace copytaster
