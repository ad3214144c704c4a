// The files of a database on RocksDB: checked, written anew, and held for a backup.
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "core/status.h"
#include "core/strings.h"
#include "storage/live_files.h"
#include "storage/open.h"
#include "storage/rewriting.h"
#include "storage/rocks_key_value.h"
#include "storage/rocks_spaces.h"

namespace copytaster {
namespace {

// A log of this size is written into tables before a backup takes it: it would have to be read back record by
// record.
constexpr std::uint64_t kMostLogInBackup = std::uint64_t{256} << 20;

}  // namespace

// Each file as a whole, where it was written since files have a checksum of their own, then each block.
absl::Status RocksKeyValue::check_files() const {
  CT_RETURN_IF_ERROR(to_status(db_->VerifyFileChecksums(rocksdb::ReadOptions()), "checking the files"));
  return to_status(db_->VerifyChecksum(rocksdb::ReadOptions()), "checking the files");
}

// With all spaces in tables the write-ahead log has nothing to hold, and its old files go.
absl::Status RocksKeyValue::flush() {
  rocksdb::FlushOptions options;
  options.wait = true;
  options.allow_write_stall = true;
  return to_status(db_->Flush(options, handles_), "writing out what is in memory");
}

// Tables of the lowest level, too: a deletion that has arrived there has nothing below it, but what it
// deleted may stand in another table of that level until both are written anew.
absl::Status RocksKeyValue::rewrite_files(std::span<const Space> spaces, std::atomic<bool>* stop) {
  if (!writable_) return absl::FailedPreconditionError("the store was opened for reading only");
  CT_RETURN_IF_ERROR(flush());
  for (const Space space : spaces) {
    rocksdb::CompactRangeOptions options;
    options.exclusive_manual_compaction = false;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    options.canceled = stop;
    const rocksdb::Status done = db_->CompactRange(options, handle(space), nullptr, nullptr);
    if (stop != nullptr && *stop) return absl::CancelledError("stopped while files were written anew");
    CT_RETURN_IF_ERROR(to_status(done, str_cat("rewriting ", kSpaceNames[static_cast<std::size_t>(space)])));
  }
  CT_RETURN_IF_ERROR(flush());
  // Files that nobody needs are removed by a thread of its own, some time later. Forbidding and allowing it
  // again does it now; while a backup holds them they stay, and this waits for it.
  const std::scoped_lock lock(files_mutex_);
  CT_RETURN_IF_ERROR(to_status(db_->DisableFileDeletions(), "removing old files"));
  return to_status(db_->EnableFileDeletions(/*force=*/false), "removing old files");
}

absl::Status RocksKeyValue::with_live_files(
    const std::function<absl::Status(const std::vector<LiveFile>&)>& take) const {
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
