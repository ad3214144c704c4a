#include "rehearsal/telegram_page.h"

#include <algorithm>

#include "core/strings.h"
#include "core/url.h"
#include "rehearsal/feed_page.h"
#include "rehearsal/ids.h"
#include "rehearsal/marks.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

constexpr std::int64_t kFirstNumber = 11;
// Where the author's own line leaves room for the time.
constexpr std::string_view kSpacer = R"(<span style="display:inline-block;width:78px"></span>)";

std::size_t ids_of(const Post& post) {
  std::size_t most = 1;
  for (const PostVersion& version : post.versions) most = std::max(most, version.pictures.size());
  return most;
}

std::string address_of(const Post& post, std::size_t more = 0) {
  return str_cat("https://t.me/", post.account->handle, "/",
                 telegram_number(post) + static_cast<std::int64_t>(more));
}

std::string lines(std::string_view text) { return replace_all(xml_escape(text), "\n", "<br/>"); }

// Hashtags are searches on the channel's own page.
std::string text_html(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (const Mark& mark : find_marks(text)) {
    const std::string_view shown = mark.in(text);
    out += lines(text.substr(at, mark.begin - at));
    const std::string href = mark.kind == Mark::kHashtag   ? str_cat("?q=", percent_encode(shown))
                             : mark.kind == Mark::kMention ? str_cat("https://t.me/", shown.substr(1))
                                                           : std::string(shown);
    str_append(&out, "<a href=\"", xml_escape(href), "\" target=\"_blank\" rel=\"noopener\">",
               xml_escape(shown), "</a>");
    at = mark.end;
  }
  return str_cat(out, lines(text.substr(at)));
}

std::string photo(const Post& post, const PostPicture& picture, std::size_t index, bool album) {
  return str_cat("<a class=\"tgme_widget_message_photo_wrap\" href=\"", address_of(post, index),
                 album ? "?single" : "", "\" style=\"width:800px;background-image:url('https://",
                 kTelegramPictureHost, telegram_picture_path(post, picture, index),
                 "')\"><div class=\"tgme_widget_message_photo\" style=\"padding-top:66.6%\"></div></a>\n");
}

// In an album the text stands in two elements, one in the other.
std::string text_element(std::string_view html, bool album) {
  if (html.empty()) return "";
  constexpr std::string_view kOpen = "<div class=\"tgme_widget_message_text js-message_text\" dir=\"auto\">";
  return str_cat(kOpen, album ? kOpen : "", html, kSpacer, album ? "</div>" : "", "</div>\n");
}

std::string content(const Live& live) {
  const auto& pictures = live.version->pictures;
  const bool album = pictures.size() > 1;
  std::string out;
  for (std::size_t i = 0; i < pictures.size(); ++i) out += photo(*live.post, pictures[i], i, album);
  return str_cat(out, text_element(text_html(live.version->text), album));
}

std::string forwarded(const Post& original) {
  return str_cat("<div class=\"tgme_widget_message_forwarded_from accent_color\">Forwarded from&nbsp;",
                 "<a class=\"tgme_widget_message_forwarded_from_name\" href=\"", address_of(original),
                 "\"><span dir=\"auto\">", xml_escape(original.account->name), "</span></a></div>\n",
                 content({&original, original.versions.data()}));
}

std::string reply(const Post& to) {
  const std::string_view text = to.versions.front().text;
  return str_cat("<a class=\"tgme_widget_message_reply\" href=\"", address_of(to),
                 "\"><div class=\"tgme_widget_message_author accent_color\">",
                 "<span class=\"tgme_widget_message_author_name\" dir=\"auto\">",
                 xml_escape(to.account->name),
                 "</span></div><div class=\"tgme_widget_message_text js-message_reply_text\" dir=\"auto\">",
                 lines(text.substr(0, text.find('\n'))), "</div></a>\n");
}

// Half of them come in the first two hours. "33.0K" from a thousand on.
std::string views_of(const Post& post, absl::Time now) {
  const auto age = static_cast<std::uint64_t>(std::max<std::int64_t>(absl::ToInt64Minutes(now - post.at), 0));
  const std::uint64_t views = lot(str_cat(post.key, " views"), 90'000) * age / (age + 120);
  return views < 1000 ? str_cat(views) : str_cat(views / 1000, ".", views / 100 % 10, "K");
}

std::string message(const Live& live, absl::Time now) {
  const Post& post = *live.post;
  const std::string when = absl::FormatTime("%Y-%m-%dT%H:%M:%S+00:00", post.at, absl::UTCTimeZone());
  std::string out = str_cat(
      "<div class=\"tgme_widget_message_wrap js-widget_message_wrap\"><div class=\"tgme_widget_message ",
      "text_not_supported_wrap js-widget_message\" data-post=\"", telegram_post_id(post),
      "\">\n<div class=\"tgme_widget_message_bubble\">\n<div class=\"tgme_widget_message_author ",
      "accent_color\"><a class=\"tgme_widget_message_owner_name\" href=\"https://t.me/", post.account->handle,
      "\"><span dir=\"auto\">", xml_escape(post.account->name), "</span></a></div>\n");
  if (post.reply_to != nullptr) out += reply(*post.reply_to);
  out += post.reshare_of != nullptr ? forwarded(*post.reshare_of) : content(live);
  return str_cat(out,
                 "<div class=\"tgme_widget_message_footer\"><div class=\"tgme_widget_message_info short\">",
                 "<span class=\"tgme_widget_message_views\">", views_of(post, now),
                 "</span><span class=\"copyonly\"> views</span><span class=\"tgme_widget_message_meta\">",
                 live.edited() ? "edited &nbsp;" : "", "<a class=\"tgme_widget_message_date\" href=\"",
                 address_of(post), "\"><time datetime=\"", when, "\" class=\"time\">", when.substr(11, 5),
                 "</time></a></span></div></div>\n</div></div></div>\n");
}

}  // namespace

std::int64_t telegram_number(const Post& post) {
  std::int64_t number = kFirstNumber;
  for (const Post* other : post.account->posts) {
    if (other == &post) break;
    number += static_cast<std::int64_t>(ids_of(*other));
  }
  return number;
}

std::string telegram_post_id(const Post& post) {
  return str_cat(post.account->handle, "/", telegram_number(post));
}

std::string write_telegram_page(const TelegramPage& page) {
  const std::string& name = page.channel.handle;
  const std::string older =
      page.older ? str_cat("/s/", name, "?before=", telegram_number(*page.posts.front().post)) : "";
  std::string out = str_cat(
      "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>", xml_escape(page.channel.name),
      " – Telegram</title>\n", older.empty() ? "" : str_cat("<link rel=\"prev\" href=\"", older, "\">\n"),
      "</head>\n<body class=\"widget_frame_base tgme_webpreview emoji_image\">\n",
      "<div class=\"tgme_channel_info\"><div class=\"tgme_channel_info_header\">",
      "<div class=\"tgme_channel_info_header_title\"><span dir=\"auto\">", xml_escape(page.channel.name),
      "</span></div><div class=\"tgme_channel_info_header_username\"><a href=\"https://t.me/", name, "\">@",
      name, "</a></div></div>\n<div class=\"tgme_channel_info_description\">");
  str_append(&out, xml_escape(page.notice), "</div></div>\n<main class=\"tgme_main\" data-url=\"/", name,
             "\">\n<section class=\"tgme_channel_history js-message_history\">\n");
  if (page.posts.empty()) {
    out +=
        "<div class=\"tgme_widget_message_wrap\"><div class=\"tme_no_messages_found\">No posts "
        "found</div></div>\n";
  }
  for (const Live& live : page.posts) out += message(live, page.now);
  return out + "</section>\n</main>\n</body>\n</html>\n";
}

std::string write_telegram_contact(std::string_view name) {
  return str_cat("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"><title>Telegram: Contact @",
                 xml_escape(name),
                 "</title></head>\n<body><div class=\"tgme_page_wrap\"><div class=\"tgme_page\">",
                 "<div class=\"tgme_page_extra\">If you have <strong>Telegram</strong>, you can contact @",
                 xml_escape(name), " right away.</div></div></div></body>\n</html>\n");
}

}  // namespace copytaster::rehearsal
