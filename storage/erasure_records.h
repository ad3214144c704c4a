// What the space `erasures` holds: tombstones, receipts, and which captures were erased. docs/formats.md.
//
// Any thread. Whether something has a tombstone is asked of every post that comes: their hashes are in memory
// (8 bytes each), so that a post without one costs no reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <shared_mutex>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/key_value.h"

namespace copytaster {

class ErasureRecords {
 public:
  explicit ErasureRecords(const KeyValue* key_value) : kv_(key_value) {}  // outlives it

  // Which tombstones there are. Once, before the others.
  absl::Status load();

  [[nodiscard]] absl::StatusOr<Tombstone> tombstone(std::string_view subject) const;
  // Of one that has met what it took again files_at is not told until that is gone, too.
  [[nodiscard]] absl::StatusOr<std::vector<Erasure>> receipts(std::size_t limit) const;
  void stage_tombstone(WriteBatch& batch, const Tombstone& tombstone);
  static void stage_receipt(WriteBatch& batch, const Erasure& receipt);
  // The post and all its older versions that are stored.
  absl::Status stage_item(WriteBatch& batch, std::string_view item_id) const;

 private:
  const KeyValue* kv_;
  mutable std::shared_mutex mutex_;
  absl::flat_hash_set<std::uint64_t> subjects_;
};

}  // namespace copytaster
