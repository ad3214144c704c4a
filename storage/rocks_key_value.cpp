// KeyValue on RocksDB: one column family a space, one write-ahead log for all, so a batch over several
// spaces is atomic.
#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"
#include "storage/live_files.h"
#include "storage/open.h"
#include "storage/rewriting.h"
#include "storage/rocks_log.h"
#include "storage/rocks_open.h"
#include "storage/schema.h"

namespace copytaster {
namespace {

constexpr std::size_t kSpaces = static_cast<std::size_t>(Space::kCount);
// A log of this size is written into tables before a backup takes it: it would have to be read back record by
// record.
constexpr std::uint64_t kMostLogInBackup = std::uint64_t{256} << 20;
constexpr std::array<const char*, kSpaces> kNames = {
    "default", "captures", "items",     "versions", "stories", "accounts", "dead_letters",
    "actions", "log",      "positions", "changed",  "chain",   "erasures", "stamps"};
absl::Status to_status(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = str_cat(what, ": ", status.ToString());
  if (status.IsNotFound()) return absl::NotFoundError(text);
  if (status.IsCorruption()) return absl::DataLossError(text);
  if (status.IsShutdownInProgress()) return absl::FailedPreconditionError(text);
  return absl::UnavailableError(text);  // disk full, I/O
}

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

class RocksBatch final : public WriteBatch {
 public:
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

// Kept reachable to the end of the process: left open on purpose, not lost.
void abandon(rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*> handles) {
  static std::mutex mutex;
  static auto* const abandoned =
      new std::vector<std::pair<rocksdb::DB*, std::vector<rocksdb::ColumnFamilyHandle*>>>;
  const std::scoped_lock lock(mutex);
  abandoned->emplace_back(db, std::move(handles));
}

class RocksKeyValue final : public KeyValue {
 public:
  RocksKeyValue(rocksdb::DB* db, std::vector<rocksdb::ColumnFamilyHandle*> handles, bool writable)
      : db_(db), handles_(std::move(handles)), writable_(writable) {}
  RocksKeyValue(const RocksKeyValue&) = delete;
  RocksKeyValue& operator=(const RocksKeyValue&) = delete;
  ~RocksKeyValue() override {
    if (broken_) {
      // RocksDB ends the process by an assertion when a file that could not be written is closed. Nothing of
      // it is worth saving: what was acknowledged is in the log on disk.
      abandon(db_.release(), std::move(handles_));
      return;
    }
    for (auto* handle : handles_) (void)db_->DestroyColumnFamilyHandle(handle);
    (void)db_->Close();
  }

  [[nodiscard]] std::unique_ptr<WriteBatch> batch() const override {
    return std::make_unique<RocksBatch>(&handles_);
  }

  absl::Status write(WriteBatch& batch, Durability durability) override {
    if (!writable_) return absl::FailedPreconditionError("the store was opened for reading only");
    auto& rocks = dynamic_cast<RocksBatch&>(batch);
    CT_RETURN_IF_ERROR(to_status(rocks.staged(), "staging a write"));
    CT_RETURN_IF_ERROR(rocks.chained().empty() ? write_staged(rocks, durability)
                                               : write_chained(rocks, durability));
    rocks.clear();
    return absl::OkStatus();
  }

  // Where the chain ends. Before the first write.
  absl::Status open_chain() {
    const auto last = last_key(Space::kChain);
    if (absl::IsNotFound(last.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(last.status());
    CT_ASSIGN_OR_RETURN(const std::string bytes, get(Space::kChain, *last));
    CT_ASSIGN_OR_RETURN(ChainRecord record, parse_chain_record(bytes));
    next_link_ = from_big_endian(*last) + 1;
    last_link_ = std::move(record.link);
    return absl::OkStatus();
  }

  [[nodiscard]] absl::StatusOr<std::string> get(Space space, std::string_view key) const override {
    std::string value;
    CT_RETURN_IF_ERROR(to_status(
        db_->Get(rocksdb::ReadOptions(), handle(space), rocksdb::Slice(key.data(), key.size()), &value),
        str_cat("reading ", kNames[static_cast<std::size_t>(space)])));
    return value;
  }

  absl::Status scan(Space space, std::string_view from, std::string_view until,
                    const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    rocksdb::ReadOptions options;
    const rocksdb::Slice bound(until.data(), until.size());
    if (!until.empty()) options.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, handle(space)));
    for (it->Seek(rocksdb::Slice(from.data(), from.size())); it->Valid(); it->Next()) {
      if (!visit(it->key().ToStringView(), it->value().ToStringView())) break;
    }
    return to_status(it->status(), str_cat("scanning ", kNames[static_cast<std::size_t>(space)]));
  }

  // Each file as a whole, where it was written since files have a checksum of their own, then each block.
  [[nodiscard]] absl::Status check_files() const {
    CT_RETURN_IF_ERROR(to_status(db_->VerifyFileChecksums(rocksdb::ReadOptions()), "checking the files"));
    return to_status(db_->VerifyChecksum(rocksdb::ReadOptions()), "checking the files");
  }

  // Tables of the lowest level, too: a deletion that has arrived there has nothing below it, but what it
  // deleted may stand in another table of that level until both are written anew.
  [[nodiscard]] absl::Status rewrite_files(std::span<const Space> spaces, std::atomic<bool>* stop) {
    if (!writable_) return absl::FailedPreconditionError("the store was opened for reading only");
    CT_RETURN_IF_ERROR(flush());
    for (const Space space : spaces) {
      rocksdb::CompactRangeOptions options;
      options.exclusive_manual_compaction = false;
      options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
      options.canceled = stop;
      const rocksdb::Status done = db_->CompactRange(options, handle(space), nullptr, nullptr);
      if (stop != nullptr && *stop) return absl::CancelledError("stopped while files were written anew");
      CT_RETURN_IF_ERROR(to_status(done, str_cat("rewriting ", kNames[static_cast<std::size_t>(space)])));
    }
    CT_RETURN_IF_ERROR(flush());
    // Files that nobody needs are removed by a thread of its own, some time later. Forbidding and allowing it
    // again does it now; while a backup holds them they stay, and this waits for it.
    const std::scoped_lock lock(files_mutex_);
    CT_RETURN_IF_ERROR(to_status(db_->DisableFileDeletions(), "removing old files"));
    return to_status(db_->EnableFileDeletions(/*force=*/false), "removing old files");
  }

  absl::Status with_live_files(const std::function<absl::Status(const std::vector<LiveFile>&)>& take) const {
    const std::scoped_lock lock(files_mutex_);
    CT_RETURN_IF_ERROR(to_status(db_->DisableFileDeletions(), "holding files for a backup"));
    rocksdb::LiveFilesStorageInfoOptions options;
    options.wal_size_for_flush = kMostLogInBackup;
    std::vector<rocksdb::LiveFileStorageInfo> found;
    absl::Status taken = to_status(db_->GetLiveFilesStorageInfo(options, &found), "asking for the files");
    std::vector<LiveFile> files;
    for (rocksdb::LiveFileStorageInfo& file : found) {
      files.push_back({std::move(file.relative_filename), file.file_type == rocksdb::kTableFile, file.size,
                       std::move(file.replacement_contents)});
    }
    if (taken.ok()) taken = take(files);
    const rocksdb::Status let_go = db_->EnableFileDeletions(/*force=*/false);
    return taken.ok() ? to_status(let_go, "letting go of files") : taken;
  }

  [[nodiscard]] absl::StatusOr<std::string> last_key(Space space) const override {
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(rocksdb::ReadOptions(), handle(space)));
    it->SeekToLast();
    CT_RETURN_IF_ERROR(to_status(it->status(), "seeking the last key"));
    if (!it->Valid()) return absl::NotFoundError("the space is empty");
    return it->key().ToString();
  }

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* handle(Space space) const {
    return handles_[static_cast<std::size_t>(space)];
  }
  // With all spaces in tables the write-ahead log has nothing to hold, and its old files go.
  absl::Status flush() {
    rocksdb::FlushOptions options;
    options.wait = true;
    options.allow_write_stall = true;
    return to_status(db_->Flush(options, handles_), "writing out what is in memory");
  }
  absl::Status write_staged(RocksBatch& rocks, Durability durability) {
    rocksdb::WriteOptions options;
    options.sync = durability == Durability::kSynced;
    const rocksdb::Status written = db_->Write(options, &rocks.inner());
    if (!written.ok()) broken_ = true;
    return to_status(written, "writing a batch");
  }

  // Whoever adds to the chain waits for who did before: a link is over what has been written.
  absl::Status write_chained(RocksBatch& rocks, Durability durability) {
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

  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  bool writable_;
  mutable std::mutex files_mutex_;  // held while files may not be removed
  std::mutex chain_mutex_;
  std::uint64_t next_link_ = 0;
  std::string last_link_ = chain_begin();
  std::atomic<bool> broken_{false};  // a write failed
};

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

absl::Status cannot_use(const std::string& directory, const std::error_code& error) {
  const std::string text = str_cat("the data folder ", directory, " cannot be used: ", error.message());
  if (error == std::errc::permission_denied) return absl::PermissionDeniedError(text);
  if (error == std::errc::no_space_on_device) return absl::UnavailableError(text);
  return absl::FailedPreconditionError(str_cat(text, "; --data names a folder that can be written"));
}

// Data and cursors rolled back together: the posts behind it are fetched again where they still stand.
void report_damage(const std::string& path, const rocksdb::Status& damage, std::uint64_t sequence,
                   OpenMode mode) {
  log_error("store.rolled_back",
            mode == OpenMode::kReadWrite
                ? "The write-ahead log is damaged; the store was rolled back to the last sound record"
                : "The write-ahead log is damaged; what is shown ends at the last sound record",
            {{"file.path", path},
             {"error.type", "DATA_LOSS"},
             {"error.message", damage.ToString()},
             {"store.sequence", sequence},
             {"hint", "posts that still stand are fetched again; look at the disk; compare with a backup"}});
}

// What RocksDB would tell in its own words, or mend by itself.
absl::Status check_families(const rocksdb::DBOptions& options, const std::string& path, OpenMode mode) {
  std::vector<std::string> there;
  // Where it cannot be read opening tells.
  if (!rocksdb::DB::ListColumnFamilies(options, path, &there).ok()) return absl::OkStatus();
  for (const std::string& name : there) {
    if (std::ranges::find(kNames, name) == kNames.end()) return newer_store(str_cat("holds ", name));
  }
  return mode == OpenMode::kReadOnly && there.size() < kSpaces ? older_store() : absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeyValue>> open_rocks(const std::string& directory, OpenMode mode,
                                                     const RocksSettings& settings) {
  const std::string path = str_cat(directory, "/db");
  std::error_code error;
  if (mode == OpenMode::kReadWrite) {
    if (is_backup(directory)) {
      return absl::FailedPreconditionError(
          str_cat(directory, " is a backup, and would be none any more: copytaster restore ", directory,
                  " FOLDER makes a data folder of it"));
    }
    std::filesystem::create_directories(path, error);
    if (error) return cannot_use(directory, error);
  } else if (!std::filesystem::exists(str_cat(path, "/CURRENT"), error)) {
    if (error) return cannot_use(directory, error);
    return absl::NotFoundError(str_cat("no store in ", directory, ": give the --data of a run or of a demo"));
  }
  rocksdb::DBOptions options;
  options.env = settings.environment;
  options.create_if_missing = mode == OpenMode::kReadWrite;
  options.create_missing_column_families = mode == OpenMode::kReadWrite;
  options.max_background_jobs = 2;
  options.max_open_files = 512;
  options.bytes_per_sync = std::uint64_t{1} << 20;
  options.info_log = make_rocks_log();
  // Blocks have checksums; what stands between them has not.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  CT_RETURN_IF_ERROR(check_families(options, path, mode));
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kSpaces; ++i)
    families.emplace_back(kNames[i], family_options(static_cast<Space>(i), settings));
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const auto open = [&] {
    return mode == OpenMode::kReadWrite
               ? rocksdb::DB::Open(options, path, families, &handles, &db)
               : rocksdb::DB::OpenForReadOnly(options, path, families, &handles, &db);
  };
  // First by the rule that says when the write-ahead log is damaged; a record cut short at its very end is
  // what any stop in mid-write leaves.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  rocksdb::Status opened = open();
  if (opened.IsCorruption()) {
    const rocksdb::Status damage = opened;
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    opened = open();
    if (opened.ok()) report_damage(path, damage, db->GetLatestSequenceNumber(), mode);
  }
  if (opened.IsIOError() && opened.ToString().find("lock") != std::string::npos) {
    return absl::FailedPreconditionError(
        str_cat(directory, " is in use by another process (", opened.ToString(), ")"));
  }
  CT_RETURN_IF_ERROR(to_status(opened, str_cat("opening ", path)));
  auto store = std::make_unique<RocksKeyValue>(db, std::move(handles), mode == OpenMode::kReadWrite);
  // Who only reads must be able to look at a store whose chain is damaged.
  if (mode == OpenMode::kReadWrite) CT_RETURN_IF_ERROR(store->open_chain());
  CT_RETURN_IF_ERROR(open_schema(*store, mode));
  return store;
}

absl::StatusOr<std::unique_ptr<KeyValue>> open_key_value(const std::string& directory, OpenMode mode) {
  return open_rocks(directory, mode, {});
}

absl::Status check_files(const KeyValue& key_value) {
  const auto* rocks = dynamic_cast<const RocksKeyValue*>(&key_value);
  return rocks == nullptr ? absl::OkStatus() : rocks->check_files();
}

absl::Status rewrite_files(KeyValue& key_value, std::span<const Space> spaces, std::atomic<bool>* stop) {
  auto* rocks = dynamic_cast<RocksKeyValue*>(&key_value);
  return rocks == nullptr ? absl::OkStatus() : rocks->rewrite_files(spaces, stop);
}

absl::Status rewrite_files(KeyValue& key_value, std::span<const Space> spaces) {
  return rewrite_files(key_value, spaces, nullptr);
}

absl::Status with_live_files(const KeyValue& key_value,
                             const std::function<absl::Status(const std::vector<LiveFile>&)>& take) {
  const auto* rocks = dynamic_cast<const RocksKeyValue*>(&key_value);
  if (rocks == nullptr) return absl::FailedPreconditionError("this database is not in files");
  return rocks->with_live_files(take);
}

}  // namespace copytaster
