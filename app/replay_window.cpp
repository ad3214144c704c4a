#include "app/replay_window.h"

#include "core/status.h"

namespace copytaster {

absl::StatusOr<ReplayWindow::Post> ReplayWindow::find(std::string_view item_id) const {
  if (const auto found = posts_.find(item_id); found != posts_.end()) return found->second.post;
  const auto stored = made_->item(item_id);
  if (absl::IsNotFound(stored.status())) return Post();
  CT_RETURN_IF_ERROR(stored.status());
  return Post{stored->version(), stored->state() == LIVE, stored->content_hash()};
}

void ReplayWindow::handed_on(const Item& item, const Post& before) {
  // The same words again make no version.
  const bool is_new = before.version == 0 || before.content_hash != item.content_hash();
  put(item.id(), {before.version + (is_new ? 1U : 0U), true, item.content_hash()});
}

void ReplayWindow::taken_back(std::string_view item_id, const Post& before) {
  put(item_id, {before.version, false, before.content_hash});
}

void ReplayWindow::put(std::string_view item_id, Post post) {
  Waiting& waiting = posts_[std::string(item_id)];
  waiting.post = std::move(post);
  ++waiting.steps;
}

void ReplayWindow::given(const Parcel& parcel) {
  for (const Item& item : parcel.items()) given_.push_back(item.id());
  for (const Deletion& deletion : parcel.deletions()) {
    if (deletion.state() == GONE) given_.push_back(deletion.item_id());
  }
}

void ReplayWindow::stored() {
  for (const std::string& id : given_) {
    const auto found = posts_.find(id);
    if (found != posts_.end() && --found->second.steps == 0) posts_.erase(found);
  }
  given_.clear();
}

}  // namespace copytaster
