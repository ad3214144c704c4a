// A channel as YouTube writes it: Atom feed, page, and the Data API's resources. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

inline constexpr std::size_t kYoutubeFeed = 15;

// "UC" and 22 characters; eleven of them for a video.
[[nodiscard]] std::string youtube_channel_id(const PlayedAccount& account);
[[nodiscard]] std::string youtube_video_id(const Post& post);

// The newest 15. "updated" moves every hour, without an edit, as it does there.
[[nodiscard]] std::string write_youtube_feed(const PlayedAccount& account, std::string_view notice,
                                             absl::Time now);
// Where a browser lands for a handle: says which channel it is.
[[nodiscard]] std::string write_youtube_channel_page(const PlayedAccount& account, std::string_view notice);

void write_youtube_channel(const PlayedAccount& account, std::string_view notice, JsonWriter* out);
// An entry of playlistItems.list, or of videos.list.
void write_youtube_video(const Live& live, bool listed, JsonWriter* out);

}  // namespace copytaster::rehearsal
