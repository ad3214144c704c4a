#include "app/known_posts.h"

#include <vector>

#include "app/versions.h"
#include "core/item.h"

namespace copytaster {

bool KnownPosts::find(std::string_view item_id, Item* item) const {
  const auto bytes = memory_->get(Space::kItems, item_id);
  return bytes.ok() && item->ParseFromString(*bytes);
}

void KnownPosts::put(const Item& item) {
  const std::int64_t age = absl::ToUnixSeconds(item_time(item));
  if (const auto old = places_.find(item.id()); old != places_.end())
    by_age_.erase({old->second.age, item.id()});
  places_.insert_or_assign(item.id(), Place{age, item.account_id()});
  by_age_.emplace(age, item.id());
  memory_->remember(Space::kItems, item.id(), item.SerializeAsString());
  while (by_age_.size() > kMost) drop(std::string(by_age_.begin()->second));
}

void KnownPosts::drop(const std::string& item_id) {
  const auto place = places_.find(item_id);
  if (place == places_.end()) return;
  by_age_.erase({place->second.age, item_id});
  places_.erase(place);
  memory_->forget(Space::kItems, item_id);
}

void KnownPosts::take(const Parcel& parcel) {
  for (const Item& fetched : parcel.items()) {
    Item known;
    const bool is_known = find(fetched.id(), &known);
    put(next_version(is_known ? &known : nullptr, fetched));
  }
  for (const Deletion& deletion : parcel.deletions()) {
    Item known;
    if (!find(deletion.item_id(), &known) || known.state() == GONE) continue;
    known.set_state(deletion.state() == GONE ? GONE : UNKNOWN);
    put(known);
  }
  for (const PictureResult& result : parcel.pictures()) {
    Item known;
    if (find(result.item_id(), &known) && apply_picture(known, result)) put(known);
  }
  for (const EngagementAt& noted : parcel.engagements()) {
    Item known;
    if (!find(noted.item_id(), &known)) continue;
    *known.mutable_engagement() = noted.engagement();
    EngagementAt* const added = known.add_engagement_history();
    *added = noted;
    added->clear_item_id();
    put(known);
  }
}

void KnownPosts::prune(absl::Time now) {
  const std::int64_t oldest = absl::ToUnixSeconds(now - keep_);
  while (!by_age_.empty() && by_age_.begin()->first < oldest) drop(std::string(by_age_.begin()->second));
}

void KnownPosts::forget_account(std::string_view account_id) {
  std::vector<std::string> ids;
  for (const auto& [id, place] : places_) {
    if (place.account_id == account_id) ids.push_back(id);
  }
  for (const std::string& id : ids) drop(id);
}

}  // namespace copytaster
