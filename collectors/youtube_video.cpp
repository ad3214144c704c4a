#include "collectors/youtube_video.h"

#include <array>
#include <utility>

#include "collectors/charset.h"
#include "collectors/feed_xml.h"
#include "collectors/platforms_support.h"
#include "collectors/youtube_names.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostVideos = 500;

// yt:… is in a namespace that feeds elsewhere do not use.
XmlElement child_named(XmlElement parent, Vocabulary vocabulary, std::string_view name) {
  return parent.child(vocabulary, name);
}

std::string text_of(XmlElement parent, Vocabulary vocabulary, std::string_view name) {
  const XmlElement found = child_named(parent, vocabulary, name);
  return found ? found.text() : "";
}

std::uint64_t count_of(XmlElement element, std::string_view attribute) {
  if (!element) return 0;
  return parse_number<std::uint64_t>(element.attribute(attribute)).value_or(0);
}

// "updated" moves without an edit and <media:content> is for Flash: neither is read.
YoutubeVideo read_entry(XmlElement entry) {
  YoutubeVideo video;
  video.id = text_of(entry, Vocabulary::kOther, "videoId");
  video.channel_id = text_of(entry, Vocabulary::kOther, "channelId");
  video.title = text_of(entry, Vocabulary::kAtom, "title");
  video.published = text_of(entry, Vocabulary::kAtom, "published");
  const XmlElement link = entry.child(Vocabulary::kAtom, "link");
  if (link) video.link = link.attribute("href");
  const XmlElement author = entry.child(Vocabulary::kAtom, "author");
  video.channel_title = text_of(author, Vocabulary::kAtom, "name");
  const XmlElement group = entry.child(Vocabulary::kMedia, "group");
  video.description = text_of(group, Vocabulary::kMedia, "description");
  const XmlElement thumbnail = group.child(Vocabulary::kMedia, "thumbnail");
  if (thumbnail) video.thumbnail = thumbnail.attribute("url");
  const XmlElement community = group.child(Vocabulary::kMedia, "community");
  video.views = count_of(community.child(Vocabulary::kMedia, "statistics"), "views");
  video.likes = count_of(community.child(Vocabulary::kMedia, "starRating"), "count");
  return video;
}

// The feed's own channelId lacks the "UC" that its entries' have.
std::string whole_channel_id(std::string id) {
  if (id.size() == 22) id.insert(0, "UC");
  return is_youtube_channel_id(id) ? id : "";
}

std::string best_thumbnail(Json thumbnails) {
  static constexpr std::array<std::string_view, 5> kSizes = {"maxres", "standard", "high", "medium",
                                                             "default"};
  for (const std::string_view size : kSizes) {
    const std::string_view url = thumbnails[size]["url"].view();
    if (is_http_url(url)) return std::string(url);
  }
  return "";
}

}  // namespace

absl::StatusOr<Item> youtube_item(const YoutubeVideo& video) {
  if (!is_youtube_video_id(video.id)) return absl::InvalidArgumentError("not a video: it has no id");
  Item item;
  item.set_platform("youtube");
  item.set_native_id(video.id);
  item.set_url(is_http_url(video.link) ? video.link : youtube_video_url(video.id));
  item.set_title(plain_line(video.title));
  item.set_text(plain_text(strip_space(video.description)));
  if (!video.published.empty() && !set_time(item.mutable_created_at(), video.published)) {
    return absl::InvalidArgumentError(
        str_cat("its date is none: ", video.published.substr(0, utf8_floor(video.published, 40))));
  }
  item.mutable_author()->set_name(plain_line(video.channel_title));
  if (is_youtube_channel_id(video.channel_id)) {
    item.mutable_author()->set_handle(video.channel_id);
    item.mutable_author()->set_url(youtube_channel_url(video.channel_id));
  }
  if (is_http_url(video.thumbnail)) {
    Media* media = item.add_media();
    media->set_kind(VIDEO);
    media->set_preview_url(video.thumbnail);
    media->set_native_id(video.id);
  }
  item.mutable_engagement()->set_views(video.views);
  item.mutable_engagement()->set_likes(video.likes);
  mark_links_and_hashtags(&item);
  return item;
}

absl::StatusOr<YoutubeFeed> read_youtube_feed(std::string_view bytes, std::string_view content_type) {
  const DecodedText decoded = decode_text(bytes, content_type);
  if (decoded.text().find("<feed") == std::string_view::npos) {
    return absl::UnavailableError("an answer that is no feed");
  }
  auto document = XmlFeed::parse(decoded.text());
  if (!document.ok()) return absl::UnavailableError(document.status().message());
  const XmlElement root = document->root();
  if (!is_feed_root(root)) return absl::UnavailableError("an answer that is no feed");
  if (document->cut_off_in_item()) return absl::UnavailableError("the feed is cut off");
  YoutubeFeed out;
  out.channel_id = whole_channel_id(text_of(root, Vocabulary::kOther, "channelId"));
  out.title = plain_line(text_of(root, Vocabulary::kAtom, "title"));
  root.each_child([&](XmlElement entry) {
    if (entry.is(Vocabulary::kAtom, "entry") && out.videos.size() < kMostVideos) {
      out.videos.push_back(read_entry(entry));
    }
  });
  if (out.channel_id.empty() && !out.videos.empty() && is_youtube_channel_id(out.videos[0].channel_id)) {
    out.channel_id = out.videos[0].channel_id;
  }
  return out;
}

absl::StatusOr<YoutubeVideo> youtube_video_of(Json resource) {
  const Json snippet = resource["snippet"];
  const Json content = resource["contentDetails"];
  if (!snippet.is_object()) return absl::InvalidArgumentError("not a video: it has no snippet");
  const bool listed = resource["kind"].view() == "youtube#playlistItem";
  YoutubeVideo video;
  video.id = listed ? snippet["resourceId"]["videoId"].text() : resource["id"].id();
  if (video.id.empty()) video.id = content["videoId"].text();
  video.title = snippet["title"].text();
  video.description = snippet["description"].text();
  // A playlist's publishedAt is when the video was added to it; the video's own is in contentDetails.
  video.published = listed ? content["videoPublishedAt"].text() : snippet["publishedAt"].text();
  const bool placeholder = video.title == "Private video" || video.title == "Deleted video";
  if (listed && placeholder && video.published.empty()) {
    return absl::NotFoundError(str_cat(video.title, ": a placeholder"));
  }
  video.channel_id = snippet["videoOwnerChannelId"].text();
  if (video.channel_id.empty()) video.channel_id = snippet["channelId"].text();
  video.channel_title = snippet["videoOwnerChannelTitle"].text();
  if (video.channel_title.empty()) video.channel_title = snippet["channelTitle"].text();
  video.thumbnail = best_thumbnail(snippet["thumbnails"]);
  video.views = resource["statistics"]["viewCount"].count();
  video.likes = resource["statistics"]["likeCount"].count();
  return video;
}

}  // namespace copytaster
