#include "rehearsal/youtube_feed.h"

#include <algorithm>

#include "core/strings.h"
#include "core/text.h"
#include "rehearsal/feed_page.h"
#include "rehearsal/ids.h"
#include "rehearsal/picture_paths.h"

namespace copytaster::rehearsal {
namespace {

std::string rfc3339(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%S+00:00", when, absl::UTCTimeZone());
}
std::string rfc3339_z(absl::Time when) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", when, absl::UTCTimeZone());
}

std::string element(std::string_view name, std::string_view text) {
  return str_cat("<", name, ">", xml_escape(text), "</", name, ">\n");
}

std::string channel_url(const PlayedAccount& account) {
  return str_cat("https://www.youtube.com/channel/", youtube_channel_id(account));
}

std::string thumbnail_of(const Live& live) {
  if (live.version->pictures.empty()) return "";
  return str_cat("https://", kYoutubePictureHost,
                 youtube_picture_path(*live.post, live.version->pictures.front()));
}

std::string entry(const Live& live, absl::Time now) {
  const Post& post = *live.post;
  const std::string id = youtube_video_id(post);
  std::string out =
      str_cat("<entry>\n", element("id", str_cat("yt:video:", id)), element("yt:videoId", id),
              element("yt:channelId", youtube_channel_id(*post.account)), element("title", post.title));
  str_append(
      &out, "<link rel=\"alternate\" href=\"https://www.youtube.com/watch?v=", id, "\"/>\n<author>\n",
      element("name", post.account->name), element("uri", channel_url(*post.account)), "</author>\n",
      element("published", rfc3339(post.at)),
      element("updated",
              rfc3339(std::max(post.at, absl::FromUnixSeconds(absl::ToUnixSeconds(now) / 3600 * 3600)))));
  str_append(&out, "<media:group>\n", element("media:title", post.title),
             "<media:content url=\"https://www.youtube.com/v/", id,
             "?version=3\" type=\"application/x-shockwave-flash\" width=\"640\" height=\"390\"/>\n");
  if (const std::string thumbnail = thumbnail_of(live); !thumbnail.empty()) {
    str_append(&out, "<media:thumbnail url=\"", thumbnail, "\" width=\"480\" height=\"360\"/>\n");
  }
  return str_cat(out, element("media:description", live.version->text),
                 "<media:community>\n<media:starRating count=\"", lot(str_cat(post.key, " likes"), 500),
                 "\" average=\"5.00\" min=\"1\" max=\"5\"/>\n<media:statistics views=\"",
                 lot(str_cat(post.key, " views"), 9000) +
                     static_cast<std::uint64_t>(absl::ToInt64Minutes(now - post.at)),
                 "\"/>\n</media:community>\n</media:group>\n</entry>\n");
}

}  // namespace

std::string youtube_channel_id(const PlayedAccount& account) {
  if (account.handle.starts_with("UC") && account.handle.size() == 24) return account.handle;
  return str_cat("UC", sha256_hex(account.url).substr(0, 22));
}

std::string youtube_video_id(const Post& post) { return sha256_hex(post.key).substr(0, 11); }

std::string write_youtube_feed(const PlayedAccount& account, std::string_view notice, absl::Time now) {
  const std::string id = youtube_channel_id(account);
  std::string out = str_cat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ", replace_all(notice, "--", "– "),
      " -->\n<feed xmlns:yt=\"http://www.youtube.com/xml/schemas/2015\" "
      "xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns=\"http://www.w3.org/2005/Atom\">\n",
      element("id", str_cat("yt:channel:", id.substr(2))), element("yt:channelId", id.substr(2)),
      element("title", account.name), "<link rel=\"alternate\" href=\"", channel_url(account), "\"/>\n");
  std::vector<Live> videos = live_posts(account, now);
  if (videos.size() > kYoutubeFeed) videos.resize(kYoutubeFeed);
  for (const Live& live : videos) out += entry(live, now);
  return out + "</feed>\n";
}

std::string write_youtube_channel_page(const PlayedAccount& account, std::string_view notice) {
  const std::string id = youtube_channel_id(account);
  return str_cat("<!DOCTYPE html><html><head><title>", xml_escape(account.name),
                 " - YouTube</title><link rel=\"canonical\" href=\"", channel_url(account),
                 "\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"RSS\" "
                 "href=\"https://www.youtube.com/feeds/videos.xml?channel_id=",
                 id, "\"><meta name=\"description\" content=\"", xml_escape(notice),
                 "\"><meta itemprop=\"identifier\" content=\"", id, "\"></head><body></body></html>\n");
}

void write_youtube_channel(const PlayedAccount& account, std::string_view notice, JsonWriter* out) {
  out->begin_object().member("kind", "youtube#channel").member("id", youtube_channel_id(account));
  out->key("snippet").begin_object().member("title", account.name).member("description", notice);
  out->end_object().end_object();
}

void write_youtube_video(const Live& live, bool listed, JsonWriter* out) {
  const Post& post = *live.post;
  const std::string id = youtube_video_id(post);
  out->begin_object().member("kind", listed ? "youtube#playlistItem" : "youtube#video");
  out->member("id", listed ? str_cat("UUlist", id) : id).key("snippet").begin_object();
  // In a list it is when the video was added to it.
  out->member("publishedAt", rfc3339_z(listed ? post.at + absl::Minutes(5) : post.at));
  out->member("channelId", youtube_channel_id(*post.account)).member("title", post.title);
  out->member("description", live.version->text).member("channelTitle", post.account->name);
  out->key("thumbnails").begin_object();
  if (const std::string thumbnail = thumbnail_of(live); !thumbnail.empty()) {
    out->key("high").begin_object().member("url", thumbnail).end_object();
  }
  out->end_object();
  if (listed) out->key("resourceId").begin_object().member("videoId", id).end_object();
  out->end_object();
  if (listed) {
    out->key("contentDetails").begin_object().member("videoId", id);
    out->member("videoPublishedAt", rfc3339_z(post.at)).end_object();
  } else {
    out->key("statistics").begin_object();
    out->member("viewCount", str_cat(lot(str_cat(post.key, " views"), 9000))).end_object();
  }
  out->end_object();
}

}  // namespace copytaster::rehearsal
