#include "storage/rocks_spaces.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/table.h>

#include <cstdint>
#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/strings.h"

namespace copytaster {
namespace {

class AddOperator final : public rocksdb::AssociativeMergeOperator {
 public:
  bool Merge(const rocksdb::Slice&, const rocksdb::Slice* existing, const rocksdb::Slice& value,
             std::string* merged, rocksdb::Logger*) const override {
    const std::uint64_t old = existing == nullptr ? 0 : from_little_endian64(existing->ToStringView());
    *merged = little_endian64(old + from_little_endian64(value.ToStringView()));
    return true;
  }
  [[nodiscard]] const char* Name() const override { return "copytaster.add64"; }
};

}  // namespace

rocksdb::ColumnFamilyOptions family_options(Space space, const RocksSettings& settings) {
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.write_buffer_size = settings.write_buffer_bytes;
  if (space == Space::kMeta) options.merge_operator = std::make_shared<AddOperator>();
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

absl::Status to_status(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = str_cat(what, ": ", status.ToString());
  if (status.IsNotFound()) return absl::NotFoundError(text);
  if (status.IsCorruption()) return absl::DataLossError(text);
  if (status.IsShutdownInProgress()) return absl::FailedPreconditionError(text);
  return absl::UnavailableError(text);  // disk full, I/O
}

}  // namespace copytaster
