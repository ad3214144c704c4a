#include "processors/restore_window.h"

#include <algorithm>

#include "core/text.h"
#include "processors/story_features.h"

namespace copytaster {
namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kUndated = 0xffffffff;  // what has no date is taken for new

}  // namespace

bool RestoreWindow::is_newsroom(const ItemOutline& outline) const {
  return copytaster::is_newsroom(outline.official_id, outline.account_id, officials_);
}

std::int64_t RestoreWindow::place_of(const ItemOutline& outline) {
  const std::int64_t seconds = outline.seconds();
  return seconds == 0 ? kUndated : seconds;
}

void RestoreWindow::note(const ItemOutline& outline, std::size_t bytes) {
  if (is_newsroom(outline)) return;
  newest_ = std::max(newest_, outline.seconds());
  Hour& hour = hours_[place_of(outline) / kHour];
  ++hour.posts;
  hour.bytes += bytes;
  hour.media += outline.media;
  hour.media_bytes += outline.media > 0 ? bytes : 0;
  if (outline.story_id.empty() || outline.seconds() < newest_ - absl::ToInt64Seconds(stories_.window)) return;
  std::uint32_t& last = lives_[stable_hash(outline.story_id)];
  last = std::max(last, static_cast<std::uint32_t>(outline.seconds()));
}

void RestoreWindow::close() {
  copies_from_ = newest_ - absl::ToInt64Seconds(copies_.window);
  stories_from_ = newest_ - absl::ToInt64Seconds(stories_.window);
  articles_from_ = stories_from_ - absl::ToInt64Seconds(stories_.coverage);
  absl::erase_if(lives_, [&](const auto& story) { return story.second < stories_from_; });
  // Whole hours: the index itself counts to the post.
  std::size_t posts = 0, media = 0;
  for (auto hour = hours_.rbegin(); hour != hours_.rend(); ++hour) {
    const std::int64_t begin = hour->first * kHour;
    if (posts >= copies_.max_posts) copies_from_ = std::max(copies_from_, begin + kHour);
    if (media >= copies_.max_pictures) pictures_from_ = std::max(pictures_from_, begin + kHour);
    posts += hour->second.posts;
    media += hour->second.media;
  }
}

RestoreParts RestoreWindow::parts_of(const ItemOutline& outline) const {
  RestoreParts parts;
  const std::int64_t place = place_of(outline);
  if (is_newsroom(outline)) {
    parts.stories = place >= articles_from_;
    return parts;
  }
  parts.copies = place >= copies_from_;
  parts.stories =
      place >= stories_from_ || (!outline.story_id.empty() && lives_.contains(stable_hash(outline.story_id)));
  parts.pictures = !parts.copies && outline.media > 0 && place >= pictures_from_;
  return parts;
}

std::vector<std::int64_t> RestoreWindow::slices(std::size_t most_bytes) const {
  std::vector<std::int64_t> begins = {0};
  std::size_t bytes = 0;
  for (const auto& [number, hour] : hours_) {
    const std::int64_t end = (number + 1) * kHour;  // an hour that lies half inside counts whole
    std::size_t wanted = 0;
    if (end > std::min(copies_from_, stories_from_)) {
      wanted = hour.bytes;
    } else if (end > pictures_from_) {
      wanted = hour.media_bytes;
    }
    if (bytes > 0 && bytes + wanted > most_bytes) {
      begins.push_back(number * kHour);
      bytes = 0;
    }
    bytes += wanted;
  }
  return begins;
}

}  // namespace copytaster
