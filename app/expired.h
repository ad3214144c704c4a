// Which posts have been kept long enough. Never: what an exported draft cites, what stands in a claimed
// story, what is on legal hold. Reads the whole store, a post at a time; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "app/legal_holds.h"
#include "app/retention.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

// At most `most`, in the order of their ids. `holds` may be null.
absl::StatusOr<std::vector<std::string>> find_expired(const KeyValue& key_value, const Store& store,
                                                      const Retention& retention, const LegalHolds* holds,
                                                      absl::Time now, std::size_t most);

}  // namespace copytaster
