#include "desk/item_cache.h"

#include "core/status.h"

namespace copytaster {

absl::StatusOr<const Item*> ItemCache::newest(std::string_view item_id) {
  if (const auto found = newest_.find(item_id); found != newest_.end()) return found->second;
  CT_ASSIGN_OR_RETURN(Item item, reader_.item(item_id));
  items_.push_back(std::move(item));
  newest_.emplace(std::string(item_id), &items_.back());
  return &items_.back();
}

absl::StatusOr<const Item*> ItemCache::version(std::string_view item_id, std::uint32_t version) {
  CT_ASSIGN_OR_RETURN(const Item* now, newest(item_id));
  if (now->version() == version) return now;
  const std::string key = str_cat(item_id, "#", version);
  if (const auto found = versions_.find(key); found != versions_.end()) return found->second;
  CT_ASSIGN_OR_RETURN(std::vector<Item> all, reader_.versions(item_id));
  for (Item& item : all) {
    if (item.version() != version) continue;
    items_.push_back(std::move(item));
    versions_.emplace(key, &items_.back());
    return &items_.back();
  }
  return absl::NotFoundError(str_cat("no version ", version, " of ", item_id));
}

}  // namespace copytaster
