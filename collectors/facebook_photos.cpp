#include "collectors/facebook_photos.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "collectors/facebook_post.h"
#include "core/item.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr int kBatch = 50;  // ids in one ?ids= (docs: at most 50)

std::size_t batch_of(const Position& position) {
  return static_cast<std::size_t>(std::clamp(position.number("batch", kBatch), 1, kBatch));
}

}  // namespace

FacebookPhotos pending_photos(const Position& position) {
  FacebookPhotos out;
  for (const std::string_view pair : split(position.get("pending"), ',')) {
    const std::size_t dot = pair.find('.');
    if (dot == std::string_view::npos || !is_facebook_id(pair.substr(0, dot)) ||
        !is_facebook_id(pair.substr(dot + 1)))
      continue;
    out.emplace_back(pair.substr(0, dot), pair.substr(dot + 1));
  }
  return out;
}

void set_pending_photos(Position* position, const FacebookPhotos& photos) {
  std::string text;
  for (const auto& [photo, post] : photos) str_append(&text, text.empty() ? "" : ",", photo, ".", post);
  position->set("pending", std::string_view(text));
  if (photos.empty()) position->erase("batch");
}

std::string ids_of_next_photos(const Position& position) {
  const FacebookPhotos pending = pending_photos(position);
  std::string ids;
  for (std::size_t i = 0; i < std::min(pending.size(), batch_of(position)); ++i) {
    str_append(&ids, ids.empty() ? "" : ",", pending[i].first);
  }
  return ids;
}

bool is_answer_on_photos(const Capture& capture) {
  return capture.purpose() == PAGE && !pending_photos(Position(capture.cursor().position())).empty();
}

void read_photos(const Capture& capture, Json root, Parsed* parsed) {
  Position next(capture.cursor().position());
  auto pending = pending_photos(next);
  const std::size_t asked = std::min(pending.size(), batch_of(next));
  for (std::size_t i = 0; i < asked; ++i) {
    const Json photo = root[pending[i].first];
    if (!photo.is_object()) continue;
    PictureResult note;
    note.set_item_id(item_id("facebook", pending[i].second));
    *note.mutable_media() = facebook_picture(photo);
    note.mutable_media()->set_native_id(pending[i].first);
    if (note.media().alt_text().empty() && note.media().url().empty()) continue;
    parsed->picture_notes.push_back(std::move(note));
  }
  pending.erase(pending.begin(), pending.begin() + static_cast<std::ptrdiff_t>(asked));
  next.erase("batch");
  set_pending_photos(&next, pending);
  parsed->next.set_position(next.text());
}

Position without_some_photos(Position position, const MetaError& error) {
  auto pending = pending_photos(position);
  const std::size_t asked = std::min(pending.size(), batch_of(position));
  if (error.status.code() == absl::StatusCode::kPermissionDenied && !error.gone_or_hidden) {
    pending.clear();
  } else if (asked > 1) {
    position.set("batch", static_cast<std::int64_t>(asked / 2));
  } else {
    pending.erase(pending.begin());
    position.erase("batch");
  }
  set_pending_photos(&position, pending);
  return position;
}

}  // namespace copytaster
