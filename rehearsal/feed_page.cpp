#include "rehearsal/feed_page.h"

#include <algorithm>

#include "core/strings.h"
#include "rehearsal/ids.h"
#include "rehearsal/picture_paths.h"
#include "unicode/ucnv.h"
#include "unicode/unistr.h"

namespace copytaster::rehearsal {
namespace {

std::string figure(const FeedPicture& shown, std::string_view origin, bool credits) {
  const PostPicture& picture = *shown.picture;
  std::string out = str_cat("<figure><img src=\"", origin, shown.path, "\" alt=\"", xml_escape(picture.alt),
                            "\" width=\"", shown.width, "\" height=\"", shown.height, "\"/>");
  const bool credited = credits && !picture.credit.empty();
  if (!picture.caption.empty() || credited) {
    str_append(&out, "<figcaption>", xml_escape(picture.caption));
    if (credited) str_append(&out, " <span class=\"credit\">", xml_escape(picture.credit), "</span>");
    out += "</figcaption>";
  }
  return out + "</figure>";
}

}  // namespace

FeedPage feed_page(const Day& day, const PlayedAccount& account, absl::Time now) {
  FeedPage page{account,
                str_cat("https://", account.host, "/"),
                account.url,
                day.notice,
                absl::FromUnixSeconds(0),
                live_posts(account, now)};
  for (const Post* post : account.posts) {
    if (now >= post->delete_at) page.changed = std::max(page.changed, post->delete_at);
    for (const PostVersion& version : post->versions) {
      if (version.at <= now) page.changed = std::max(page.changed, version.at);
    }
  }
  if (page.items.size() > kMostFeedItems) page.items.resize(kMostFeedItems);
  return page;
}

std::string feed_link(const Live& live) {
  if (!live.post->links.empty()) return live.post->links.front();
  return str_cat("https://", live.post->account->host, "/", live.post->key);
}

std::string feed_guid(const Live& live) {
  return str_cat("https://", live.post->account->host, "/?p=", 1000 + lot(live.post->key, 900'000));
}

std::vector<FeedPicture> feed_pictures(const Live& live) {
  std::vector<FeedPicture> out;
  for (std::size_t i = 0; i < live.version->pictures.size(); ++i) {
    const PostPicture& picture = live.version->pictures[i];
    const Size size = size_of({picture.image, picture.crop, picture.quality, false, true});
    out.push_back({feed_picture_path(*live.post, picture, i), size.width, size.height, &picture});
  }
  return out;
}

std::string_view feed_teaser(const Live& live) {
  const std::string_view text = live.version->text;
  return text.substr(0, text.find("\n\n"));
}

std::string feed_html(const Live& live, std::string_view origin, bool credits) {
  std::string out;
  bool first = true;
  for (std::string_view text = live.version->text; !text.empty();) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    str_append(&out, "<p>", replace_all(xml_escape(text.substr(0, end)), "\n", "<br/>"), "</p>\n");
    text.remove_prefix(std::min(end + 2, text.size()));
    if (!std::exchange(first, false)) continue;
    for (const FeedPicture& picture : feed_pictures(live))
      str_append(&out, figure(picture, origin, credits), "\n");
  }
  return out;
}

std::string xml_escape(std::string_view text) {
  std::string out = replace_all(text, "&", "&amp;");
  out = replace_all(out, "<", "&lt;");
  out = replace_all(out, ">", "&gt;");
  return replace_all(out, "\"", "&quot;");
}

std::string in_charset(std::string_view xml, std::string_view charset) {
  if (charset == "utf-8") return std::string(xml);
  UErrorCode error = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(std::string(charset).c_str(), &error);
  if (U_FAILURE(error)) return std::string(xml);
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_ESCAPE, UCNV_ESCAPE_XML_DEC, nullptr, nullptr,
                        &error);
  const icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({xml.data(), static_cast<std::int32_t>(xml.size())});
  std::string out(static_cast<std::size_t>(text.length()) * 8 + 16, '\0');
  const std::int32_t size = ucnv_fromUChars(converter, out.data(), static_cast<std::int32_t>(out.size()),
                                            text.getBuffer(), text.length(), &error);
  ucnv_close(converter);
  if (U_FAILURE(error)) return std::string(xml);
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace copytaster::rehearsal
