// KeyValue on RocksDB: one column family a space, one write-ahead log for all, so a batch over several
// spaces is atomic. Internal to storage/, which opens it by open_rocks (storage/rocks_open.h).
#pragma once

#include <rocksdb/db.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "core/chain.h"
#include "core/key_value.h"
#include "storage/live_files.h"
#include "storage/rocks_batch.h"

namespace copytaster {

class RocksKeyValue final : public KeyValue {
 public:
  // Takes over the database and its column families, which stand by the spaces' numbers.
  RocksKeyValue(rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*> handles, bool writable)
      : db_(db), handles_(std::move(handles)), writable_(writable) {}
  RocksKeyValue(const RocksKeyValue&) = delete;
  RocksKeyValue& operator=(const RocksKeyValue&) = delete;
  ~RocksKeyValue() override;

  // Where the chain ends. Before the first write.
  absl::Status open_chain();

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override;
  absl::Status write(WriteBatch& batch, Durability durability) override;
  [[nodiscard]] absl::StatusOr<std::string> get(Space space, std::string_view key) const override;
  absl::Status scan(Space space, std::string_view from, std::string_view until,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const override;
  [[nodiscard]] absl::StatusOr<std::string> last_key(Space space) const override;

  // As storage/open.h, storage/rewriting.h and storage/live_files.h have them.
  [[nodiscard]] absl::Status check_files() const;
  [[nodiscard]] absl::Status rewrite_files(std::span<const Space> spaces, std::atomic<bool>* stop);
  absl::Status with_live_files(const std::function<absl::Status(const std::vector<LiveFile>&)>& take) const;

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Space space) const {
    return handles_[static_cast<std::size_t>(space)];
  }
  absl::Status flush();
  absl::Status write_staged(RocksBatch& rocks, Durability durability);
  absl::Status write_chained(RocksBatch& rocks, Durability durability);

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  bool writable_;
  mutable std::mutex files_mutex_;  // held while files may not be removed
  std::mutex chain_mutex_;
  std::uint64_t next_link_ = 0;
  std::string last_link_ = chain_begin();
  std::atomic<bool> broken_{false};  // a write failed
};

}  // namespace copytaster
