#include "collectors/meta_picture.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/meta_names.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostMedia = 100;  // an album has 20 at most

std::optional<MediaKind> kind_of(Json wire) {
  const std::string_view type = wire["media_type"].view();
  if (type == "IMAGE" || type == "CAROUSEL_ALBUM") return PICTURE;
  if (type == "VIDEO") return VIDEO;
  if (type == "AUDIO") return AUDIO;
  return std::nullopt;
}

std::string_view problem_of(MediaKind kind) {
  switch (kind) {
    case PICTURE:
      return "the platform does not hand out this picture";
    case VIDEO:
      return "the platform does not hand out this video: protected music, or downloads are switched off";
    case AUDIO:
      return "the platform does not hand out this recording";
    default:
      return "the platform tells only that this is there";
  }
}

Media media_of(Json wire, MediaKind kind) {
  Media media;
  media.set_kind(kind);
  if (const std::string id = wire["id"].id(); is_meta_id(id)) media.set_native_id(id);
  if (is_http_url(wire["media_url"].view())) media.set_url(wire["media_url"].text());
  if (kind != PICTURE && is_http_url(wire["thumbnail_url"].view())) {
    media.set_preview_url(wire["thumbnail_url"].text());
  }
  media.set_alt_text(plain_text(wire["alt_text"].view()));
  if (media.url().empty()) media.set_problem(std::string(problem_of(kind)));
  return media;
}

}  // namespace

std::vector<Media> meta_media(Json post) {
  std::vector<Media> out;
  post["children"]["data"].each([&](Json child) {
    if (!child.is_object() || out.size() >= kMostMedia) return;
    out.push_back(media_of(child, kind_of(child).value_or(DOCUMENT)));
  });
  if (out.empty()) {
    const auto kind = kind_of(post);
    // A kind that is newer than this still has its file.
    if (kind || is_http_url(post["media_url"].view())) out.push_back(media_of(post, kind.value_or(DOCUMENT)));
    return out;
  }
  // An album shows its first picture as its own (the addresses are the same), so its alternative text is
  // that picture's.
  if (out.front().alt_text().empty()) out.front().set_alt_text(plain_text(post["alt_text"].view()));
  return out;
}

std::string meta_post_key(Json post) {
  std::string key = str_cat(post["id"].id(), "\n", post["caption"].view(), post["text"].view(), "\n",
                            post["alt_text"].view());
  post["children"]["data"].each(
      [&](Json child) { str_append(&key, "\n", child["id"].id(), " ", child["alt_text"].view()); });
  return key;
}

}  // namespace copytaster
