#include "app/expired.h"

#include "core/item_outline.h"
#include "core/status.h"

namespace copytaster {

absl::StatusOr<InUse> in_use(const Store& store) {
  InUse found;
  CT_RETURN_IF_ERROR(store.each_action([&](const Action& action) {
    if (action.verb() == "export") {
      for (const auto& [name, id] : action.details()) {
        if (name.starts_with("item.")) found.items.insert(id);
      }
    } else if (action.verb() == "claim") {
      found.stories.insert(action.subject_id());
    } else if (action.verb() == "release") {
      found.stories.erase(action.subject_id());
    }
    return true;
  }));
  return found;
}

absl::StatusOr<std::vector<std::string>> find_expired(const KeyValue& key_value, const Store& store,
                                                      const Retention& retention, const LegalHolds* holds,
                                                      absl::Time now, std::size_t most) {
  std::vector<std::string> expired;
  if (!retention.expires()) return expired;
  CT_ASSIGN_OR_RETURN(const InUse used, in_use(store));
  CT_RETURN_IF_ERROR(key_value.scan(Space::kItems, "", "", [&](std::string_view id, std::string_view bytes) {
    const auto outline = outline_of(bytes);
    if (!outline || outline->seconds() == 0) return true;
    const std::string_view platform = id.substr(0, id.find(':'));
    if (!retention.is_over(platform, outline->seconds(), now)) return true;
    if (used.covers(id, outline->story_id)) return true;
    if (holds != nullptr &&
        holds->on(id, outline->account_id, outline->official_id, outline->story_id).has_value())
      return true;
    expired.emplace_back(id);
    return expired.size() < most;
  }));
  return expired;
}

}  // namespace copytaster
