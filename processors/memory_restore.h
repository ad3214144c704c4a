// At a start: what is stored goes back into the pipeline's memory, as far as it lies in memory's windows
// (processors/restore_window.h), in the order of time.
//
// Items are stored by id. All records are walked over twice, of which only the outline is looked at
// (core/item_outline.h); those wanted are kept as bytes until they can be put in order, decoded once and let
// go. Where they are more than `most_bytes` they are taken in slices of time, each of which walks again.
#pragma once

#include <cstddef>

#include "absl/status/statusor.h"
#include "core/store.h"
#include "processors/pipeline.h"

namespace copytaster {

struct RestoreCounts {
  std::size_t stored = 0;   // items in the store
  std::size_t decoded = 0;  // of them
  std::size_t walks = 0;    // over the store
};

// kDataLoss: an item that is wanted does not parse. Nothing else may write items meanwhile.
[[nodiscard]] absl::StatusOr<RestoreCounts> restore_memory(const StoreReader& store, Pipeline& pipeline,
                                                           std::size_t most_bytes = std::size_t{512} << 20);

}  // namespace copytaster
