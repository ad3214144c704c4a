// Which files make up an open database at one moment. Internal to storage/.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/key_value.h"

namespace copytaster {

struct LiveFile {
  std::string name;           // in the folder db
  bool never_changes = true;  // a table: it can be linked
  std::uint64_t bytes = 0;    // of one that grows: those that count
  std::string contents;       // where not empty, what is to stand in it whatever stands there now
};

// Calls `take` with them; none of them goes until it returns. What is acknowledged is in them, synced or not.
// kFailedPrecondition: this database is not in files. Any thread.
absl::Status with_live_files(const KeyValue& key_value,
                             const std::function<absl::Status(const std::vector<LiveFile>&)>& take);

}  // namespace copytaster
