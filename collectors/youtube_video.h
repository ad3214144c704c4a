// A YouTube video as an item, from the channel's Atom feed or from the Data API: one video gives the same
// item from both, but for the counts. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "collectors/json_fields.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// What both ways tell of a video.
struct YoutubeVideo {
  std::string id;
  std::string title;
  std::string description;  // plain text, lines as written
  std::string link;         // watch or shorts; empty: watch
  std::string published;    // RFC 3339
  std::string channel_id, channel_title;
  std::string thumbnail;
  std::uint64_t views = 0, likes = 0;
};

// Without account and hash. kInvalidArgument: no id, or a date that is none. Without a date it is undated.
[[nodiscard]] absl::StatusOr<Item> youtube_item(const YoutubeVideo& video);

struct YoutubeFeed {
  std::string channel_id;  // "UC…"; empty where the feed does not say
  std::string title;
  std::vector<YoutubeVideo> videos;  // in the order of the feed
};

// https://www.youtube.com/feeds/videos.xml?channel_id=… : Atom with Media RSS. kUnavailable: no such feed (an
// error page, cut off in the middle).
[[nodiscard]] absl::StatusOr<YoutubeFeed> read_youtube_feed(std::string_view bytes,
                                                            std::string_view content_type);

// An entry of playlistItems.list or videos.list (developers.google.com/youtube/v3/docs). kNotFound: the
// placeholder of a video that is private or deleted.
[[nodiscard]] absl::StatusOr<YoutubeVideo> youtube_video_of(Json resource);

}  // namespace copytaster
