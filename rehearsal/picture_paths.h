// Where the platforms serve the day's pictures: one address is always the same picture. Immutable once made.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/strings.h"
#include "rehearsal/day.h"
#include "rehearsal/pictures.h"

namespace copytaster::rehearsal {

inline constexpr std::string_view kFacebookPictureHost = "scontent.rehearsal.example";
inline constexpr std::string_view kXPictureHost = "pbs.rehearsal.example";
inline constexpr std::string_view kBlueskyPictureHost = "cdn.bsky.app";
inline constexpr std::string_view kTelegramPictureHost = "cdn4.telegram-cdn.org";
inline constexpr std::string_view kYoutubePictureHost = "i.ytimg.com";

// Paths without query. `index` counts the pictures of a version.
[[nodiscard]] std::string facebook_picture_path(const Post& post, const PostPicture& picture,
                                                std::size_t index);
[[nodiscard]] std::string bluesky_picture_cid(const PostPicture& picture);
[[nodiscard]] std::string bluesky_picture_path(const Post& post, const PostPicture& picture, bool small);
// On `instance`: another than the author's own keeps a copy in its cache.
[[nodiscard]] std::string mastodon_picture_path(const Post& post, const PostPicture& picture,
                                                std::size_t index, std::string_view instance, bool small);
[[nodiscard]] std::string x_picture_path(const Post& post, const PostPicture& picture, std::size_t index);
[[nodiscard]] std::string telegram_picture_path(const Post& post, const PostPicture& picture,
                                                std::size_t index);
// A video's thumbnail: the first picture of its post.
[[nodiscard]] std::string youtube_picture_path(const Post& post, const PostPicture& picture);
[[nodiscard]] std::string feed_picture_path(const Post& post, const PostPicture& picture, std::size_t index);

class PicturePaths {
 public:
  explicit PicturePaths(const Day& day);
  // nullptr: no picture there, not yet or not any more.
  [[nodiscard]] const Rendition* find(std::string_view host, std::string_view path, absl::Time now) const;

 private:
  struct Entry {
    Rendition rendition;
    absl::Time from;
    absl::Time until;
  };
  void add(std::string_view host, std::string path, const PostVersion& version, const Post& post,
           Rendition rendition);
  StringMap<Entry> entries_;  // by host and path
};

}  // namespace copytaster::rehearsal
