// YouTube's channel addresses. A channel's own id is "UC" and 22 letters; its uploads are the playlist "UU"
// and the same. Handles, user names and custom names lead to it. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

[[nodiscard]] bool is_youtube_channel_id(std::string_view id);
[[nodiscard]] bool is_youtube_video_id(std::string_view id);
// "UU…" of "UC…".
[[nodiscard]] std::string uploads_of(std::string_view channel_id);
// "https://www.youtube.com/channel/UC…".
[[nodiscard]] std::string youtube_channel_url(std::string_view channel_id);
[[nodiscard]] std::string youtube_video_url(std::string_view video_id);

// As Collector::recognise. details: "channel" (the id), or else one of "handle" (with '@'), "user", "custom".
[[nodiscard]] absl::StatusOr<Account> youtube_account(std::string_view profile_url);

// The channel's id as its page names it: rel=canonical, the RSS link or itemprop=identifier; empty where the
// page names none. Ids of other channels stand there, too, but not in these.
[[nodiscard]] std::string channel_id_on_page(std::string_view html);

}  // namespace copytaster
