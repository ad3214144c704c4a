#include "storage/rocks_key_value.h"

#include "core/bytes.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/rocks_spaces.h"

namespace copytaster {
namespace {

// Kept reachable to the end of the process: left open on purpose, not lost.
void abandon(rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*> handles) {
  static std::mutex mutex;
  static auto* const abandoned =
      new std::vector<std::pair<rocksdb::DB*, std::vector<rocksdb::ColumnFamilyHandle*>>>;
  const std::scoped_lock lock(mutex);
  abandoned->emplace_back(db, std::move(handles));
}

}  // namespace

RocksKeyValue::~RocksKeyValue() {
  if (broken_) {
    // RocksDB ends the process by an assertion when a file that could not be written is closed. Nothing of
    // it is worth saving: what was acknowledged is in the log on disk.
    abandon(db_.release(), std::move(handles_));
    return;
  }
  for (auto* handle : handles_) (void)db_->DestroyColumnFamilyHandle(handle);
  (void)db_->Close();
}

std::unique_ptr<WriteBatch> RocksKeyValue::batch() const { return std::make_unique<RocksBatch>(&handles_); }

absl::Status RocksKeyValue::write(WriteBatch& batch, Durability durability) {
  if (!writable_) return absl::FailedPreconditionError("the store was opened for reading only");
  auto& rocks = dynamic_cast<RocksBatch&>(batch);
  CT_RETURN_IF_ERROR(to_status(rocks.staged(), "staging a write"));
  CT_RETURN_IF_ERROR(rocks.chained().empty() ? write_staged(rocks, durability)
                                             : write_chained(rocks, durability));
  rocks.clear();
  return absl::OkStatus();
}

absl::Status RocksKeyValue::write_staged(RocksBatch& rocks, Durability durability) {
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kSynced;
  const rocksdb::Status written = db_->Write(options, &rocks.inner());
  if (!written.ok()) broken_ = true;
  return to_status(written, "writing a batch");
}

// Whoever adds to the chain waits for who did before: a link is over what has been written.
absl::Status RocksKeyValue::write_chained(RocksBatch& rocks, Durability durability) {
  const std::scoped_lock lock(chain_mutex_);
  std::uint64_t number = next_link_;
  std::string link = last_link_;
  rocks.begin_try();
  for (const std::string& entry : rocks.chained()) {
    const std::string record = make_chain_record(link, entry);
    link = record.substr(1, kLinkBytes);
    rocks.put(Space::kChain, big_endian(number++), record);
  }
  absl::Status written = to_status(rocks.staged(), "staging a write");
  if (written.ok()) written = write_staged(rocks, durability);
  if (!written.ok()) {
    rocks.end_failed_try();
    return written;
  }
  next_link_ = number;
  last_link_ = std::move(link);
  return absl::OkStatus();
}

absl::Status RocksKeyValue::open_chain() {
  const auto last = last_key(Space::kChain);
  if (absl::IsNotFound(last.status())) return absl::OkStatus();
  CT_RETURN_IF_ERROR(last.status());
  CT_ASSIGN_OR_RETURN(const std::string bytes, get(Space::kChain, *last));
  CT_ASSIGN_OR_RETURN(ChainRecord record, parse_chain_record(bytes));
  next_link_ = from_big_endian(*last) + 1;
  last_link_ = std::move(record.link);
  return absl::OkStatus();
}

absl::StatusOr<std::string> RocksKeyValue::get(Space space, std::string_view key) const {
  std::string value;
  CT_RETURN_IF_ERROR(to_status(
      db_->Get(rocksdb::ReadOptions(), handle(space), rocksdb::Slice(key.data(), key.size()), &value),
      str_cat("reading ", kSpaceNames[static_cast<std::size_t>(space)])));
  return value;
}

absl::Status RocksKeyValue::scan(Space space, std::string_view from, std::string_view until,
                                 const std::function<bool(std::string_view, std::string_view)>& visit) const {
  rocksdb::ReadOptions options;
  const rocksdb::Slice bound(until.data(), until.size());
  if (!until.empty()) options.iterate_upper_bound = &bound;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, handle(space)));
  for (it->Seek(rocksdb::Slice(from.data(), from.size())); it->Valid(); it->Next()) {
    if (!visit(it->key().ToStringView(), it->value().ToStringView())) break;
  }
  return to_status(it->status(), str_cat("scanning ", kSpaceNames[static_cast<std::size_t>(space)]));
}

absl::StatusOr<std::string> RocksKeyValue::last_key(Space space) const {
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions(), handle(space)));
  it->SeekToLast();
  CT_RETURN_IF_ERROR(to_status(it->status(), "seeking the last key"));
  if (!it->Valid()) return absl::NotFoundError("the space is empty");
  return it->key().ToString();
}

}  // namespace copytaster
