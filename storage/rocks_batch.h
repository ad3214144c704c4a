// A batch over several spaces that RocksDB writes as a whole; what is chained becomes records only when it is
// written. Internal to storage/.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/key_value.h"

namespace copytaster {

class RocksBatch final : public WriteBatch {
 public:
  // `handles`, by the spaces' numbers, outlive it.
  explicit RocksBatch(const std::vector<rocksdb::ColumnFamilyHandle*>* handles) : handles_(handles) {}
  void put(Space space, std::string_view key, std::string_view value) override {
    note(batch_.Put(handle(space), slice(key), slice(value)));
  }
  void erase(Space space, std::string_view key) override { note(batch_.Delete(handle(space), slice(key))); }
  void erase_range(Space space, std::string_view begin, std::string_view end) override {
    note(batch_.DeleteRange(handle(space), slice(begin), slice(end)));
  }
  void add(Space space, std::string_view key, std::uint64_t delta) override {
    note(batch_.Merge(handle(space), slice(key), little_endian64(delta)));
  }
  void chain(std::string_view entry) override {
    chained_bytes_ += entry.size();
    chained_.emplace_back(entry);
  }
  [[nodiscard]] std::size_t bytes() const override { return batch_.GetDataSize() + chained_bytes_; }

  [[nodiscard]] const std::vector<std::string>& chained() const { return chained_; }
  // The chain's records belong to one try of writing: another one numbers them anew.
  void begin_try() { batch_.SetSavePoint(); }
  void end_failed_try() { note(batch_.RollbackToSavePoint()); }
  rocksdb::WriteBatch& inner() { return batch_; }
  [[nodiscard]] const rocksdb::Status& staged() const { return staged_; }
  void clear() {
    batch_.Clear();
    staged_ = rocksdb::Status::OK();
    chained_.clear();
    chained_bytes_ = 0;
  }

 private:
  static rocksdb::Slice slice(std::string_view view) { return {view.data(), view.size()}; }
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Space space) const {
    return (*handles_)[static_cast<std::size_t>(space)];
  }
  void note(rocksdb::Status status) {
    if (!status.ok() && staged_.ok()) staged_ = std::move(status);
  }
  const std::vector<rocksdb::ColumnFamilyHandle*>* handles_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status staged_;
  std::vector<std::string> chained_;
  std::size_t chained_bytes_ = 0;
};

}  // namespace copytaster
