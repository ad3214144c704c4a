// All derived data made anew from what was kept: captures along the chain of evidence, what editors said, the
// bytes of pictures (docs/decisions/0025-rebuild.md). Posts, their versions, stories and dead letters get the
// same ids; where the rules did not change, the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "app/replay_stages.h"
#include "core/clock.h"
#include "core/collector.h"
#include "core/key_value.h"
#include "core/store.h"
#include "processors/pipeline.h"

namespace copytaster {

// All outlive the call.
struct RebuildDependencies {
  const KeyValue* old_key_value;  // nobody writes to it meanwhile
  const Store* old;
  // A copy of it, which nobody else has open; its derived data is taken out first.
  KeyValue* made_key_value;
  Store* made;
  MediaStore* media;
  Pipeline* pipeline;  // new: it remembers nothing
  std::function<const Collector*(std::string_view platform)> find_collector;
  std::vector<Account> accounts;  // followed now
  const Clock* clock;  // tells when letters were written; one that stands makes the same of the same
  int threads = 1;
  std::function<bool()> stop = nullptr;                            // asked often
  std::function<void(const ReplayCounts&)> on_progress = nullptr;  // after each turn
};

// Synced when it returns. kCancelled: `stop`. kDataLoss: the chain or the log is damaged. After an error the
// copy is of no use.
absl::StatusOr<ReplayCounts> rebuild(const RebuildDependencies& d);

}  // namespace copytaster
