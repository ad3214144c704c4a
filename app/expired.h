// Which posts have been kept long enough. Never: what an exported draft cites, what stands in a claimed
// story, what is on legal hold. Reads the whole store, a post at a time; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "app/legal_holds.h"
#include "app/retention.h"
#include "core/key_value.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

// What people work with: posts of exported drafts, claimed stories. Reads all Actions.
struct InUse {
  StringSet items, stories;
  [[nodiscard]] bool covers(std::string_view item_id, std::string_view story_id) const {
    return items.contains(item_id) || stories.contains(story_id);
  }
};
absl::StatusOr<InUse> in_use(const Store& store);

// At most `most`, in the order of their ids. `holds` may be null.
absl::StatusOr<std::vector<std::string>> find_expired(const KeyValue& key_value, const Store& store,
                                                      const Retention& retention, const LegalHolds* holds,
                                                      absl::Time now, std::size_t most);

}  // namespace copytaster
