// The high-water mark of what cannot be fetched again: how many editors' actions were acknowledged.
// Kept outside RocksDB because RocksDB's recovery accepts a log tail cut short without a word
// (docs/decisions/0003-durability.md); compared at open.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

// Writes DIR/marks/actions: a new file, synced, renamed over the old one, folder synced.
absl::Status write_mark(const std::string& directory, std::uint64_t actions);
// 0 when there is none yet; kDataLoss when the file is not a mark.
absl::StatusOr<std::uint64_t> read_mark(const std::string& directory);

}  // namespace copytaster
