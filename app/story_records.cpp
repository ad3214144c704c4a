#include "app/story_records.h"

#include <utility>
#include <vector>

#include "core/status.h"

namespace copytaster {

absl::Status StoryRecords::restore() {
  CT_ASSIGN_OR_RETURN(const std::vector<std::string> ids, store_->stories_behind());
  behind_.insert(ids.begin(), ids.end());
  listed_ = !behind_.empty();
  since_ = absl::InfinitePast();
  return absl::OkStatus();
}

absl::Status StoryRecords::stage(WriteBatch& batch, const StoreReader& reader, bool more, absl::Time now) {
  if (behind_.empty()) since_ = now;
  for (std::string& id : pipeline_->take_changed_stories()) behind_.insert(std::move(id));
  behind_.merge(touched_);
  touched_.clear();
  // A clock set back must not put it off.
  const absl::Duration waited = now < since_ ? kPatience : now - since_;
  if (more && waited < kPatience && behind_.size() < kMostBehind) {
    listed_ = !behind_.empty();
    return store_->stage_stories_behind(batch, {behind_.begin(), behind_.end()});
  }
  for (const std::string& id : behind_) CT_RETURN_IF_ERROR(make(batch, reader, id));
  behind_.clear();
  pipeline_->records_made();
  if (!std::exchange(listed_, false)) return absl::OkStatus();
  return store_->stage_stories_behind(batch, {});
}

absl::Status StoryRecords::make(WriteBatch& batch, const StoreReader& reader, const std::string& story_id) {
  auto story = pipeline_->build_story(story_id, reader);
  if (absl::IsNotFound(story.status())) return store_->stage_story_erased(batch, story_id);
  CT_RETURN_IF_ERROR(story.status());
  return store_->stage_story(batch, *story);
}

}  // namespace copytaster
