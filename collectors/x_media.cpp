#include "collectors/x_media.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/platforms_support.h"

namespace copytaster {
namespace {

constexpr int kMostMedia = 100;  // a post has four

std::uint32_t side(Json wire) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(wire.count(), 1U << 20));
}

// The MP4 of the highest bit rate; a playlist only where there is no MP4.
void set_video(Json wire, Media* media) {
  std::uint64_t best = 0;
  bool has_file = false;
  wire["variants"].each([&](Json variant) {
    const std::string_view url = variant["url"].view();
    const bool is_file = variant["content_type"].view() == "video/mp4";
    if (!is_http_url(url) || (has_file && !is_file)) return;
    const std::uint64_t rate = variant["bit_rate"].count();
    if (!media->url().empty() && is_file == has_file && rate <= best) return;
    best = rate;
    has_file = is_file;
    media->set_url(std::string(url));
    media->set_mime_type(plain_line(variant["content_type"].view()));
  });
  if (media->url().empty() && is_http_url(wire["url"].view())) media->set_url(wire["url"].text());
  if (is_http_url(wire["preview_image_url"].view())) media->set_preview_url(wire["preview_image_url"].text());
}

Media media_of(Json wire) {
  Media media;
  const std::string_view type = wire["type"].view();
  const bool is_video = type == "video" || type == "animated_gif";
  media.set_kind(is_video ? VIDEO : PICTURE);
  if (is_video) {
    set_video(wire, &media);
  } else if (is_http_url(wire["url"].view())) {
    media.set_url(wire["url"].text());
  }
  media.set_alt_text(plain_text(wire["alt_text"].view()));
  media.set_width(side(wire["width"]));
  media.set_height(side(wire["height"]));
  media.set_native_id(plain_line(wire["media_key"].id()));
  return media;
}

template <typename Out>
void add_media(Json post, const XIncludes& includes, Out* out) {
  post["attachments"]["media_keys"].each([&](Json key) {
    const Json wire = includes.media(key.id());
    if (!wire.exists() || out->media_size() >= kMostMedia) return;
    Media media = media_of(wire);
    if (!media.url().empty() || !media.preview_url().empty()) *out->add_media() = std::move(media);
  });
}

}  // namespace

void add_x_media(Json post, const XIncludes& includes, Item* out) { add_media(post, includes, out); }
void add_x_media(Json post, const XIncludes& includes, Related* out) { add_media(post, includes, out); }

bool has_all_x_media(Json post, const XIncludes& includes) {
  bool all = true;
  post["attachments"]["media_keys"].each([&](Json key) { all = all && includes.media(key.id()).exists(); });
  return all;
}

}  // namespace copytaster
