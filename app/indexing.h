// Follows the bus behind the processing and keeps the search index. The index may lag or be thrown
// away: it is derived, and its position on the bus moves only after the index is on disk.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/bus.h"
#include "core/store.h"
#include "storage/search_index.h"

namespace copytaster {

class Indexing {
 public:
  static absl::StatusOr<std::unique_ptr<Indexing>> open(Bus* bus, const Store* store,
                                                        const std::string& directory);
  // Indexes what has been processed since; waits at most `wait`. Returns the parcels done. One thread.
  absl::StatusOr<std::size_t> turn(absl::Duration wait);

 private:
  Indexing(Bus* bus, const Store* store, std::unique_ptr<SearchWriter> writer)
      : bus_(bus), store_(store), writer_(std::move(writer)) {}
  Bus* bus_;
  const Store* store_;
  std::unique_ptr<SearchWriter> writer_;
  std::vector<Delivery> waiting_;  // polled, not processed yet
};

}  // namespace copytaster
