#include "storage/rocks_open.h"

#include <rocksdb/db.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/options.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"
#include "storage/rocks_key_value.h"
#include "storage/rocks_log.h"
#include "storage/rocks_spaces.h"
#include "storage/schema.h"

namespace copytaster {
namespace {

absl::Status cannot_use(const std::string& directory, const std::error_code& error) {
  const std::string text = str_cat("the data folder ", directory, " cannot be used: ", error.message());
  if (error == std::errc::permission_denied) return absl::PermissionDeniedError(text);
  if (error == std::errc::no_space_on_device) return absl::UnavailableError(text);
  return absl::FailedPreconditionError(str_cat(text, "; --data names a folder that can be written"));
}

absl::Status find_or_make_folder(const std::string& directory, const std::string& path, OpenMode mode) {
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
  return absl::OkStatus();
}

rocksdb::DBOptions database_options(OpenMode mode, const RocksSettings& settings) {
  rocksdb::DBOptions options;
  options.env = settings.environment;
  options.create_if_missing = mode == OpenMode::kReadWrite;
  options.create_missing_column_families = mode == OpenMode::kReadWrite;
  options.max_background_jobs = 2;
  options.db_write_buffer_size = settings.all_write_buffers_bytes;
  options.max_open_files = 512;
  // With a limit of open files only the first few of a family are opened at once: sixteen threads for each
  // family would cost more than the files.
  options.max_file_opening_threads = 1;
  options.bytes_per_sync = std::uint64_t{1} << 20;
  options.info_log = make_rocks_log();
  // Blocks have checksums; what stands between them has not.
  options.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  return options;
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
    if (std::ranges::find(kSpaceNames, name) == kSpaceNames.end())
      return newer_store(str_cat("holds ", name));
  }
  return mode == OpenMode::kReadOnly && there.size() < kSpaces ? older_store() : absl::OkStatus();
}

struct Opened {
  rocksdb::Status status;
  rocksdb::DB* db = nullptr;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
};

Opened open_database(rocksdb::DBOptions options, const std::string& path, OpenMode mode,
                     const RocksSettings& settings) {
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kSpaces; ++i)
    families.emplace_back(kSpaceNames[i], family_options(static_cast<Space>(i), settings));
  Opened out;
  const auto open = [&] {
    return mode == OpenMode::kReadWrite
               ? rocksdb::DB::Open(options, path, families, &out.handles, &out.db)
               : rocksdb::DB::OpenForReadOnly(options, path, families, &out.handles, &out.db);
  };
  // First by the rule that says when the write-ahead log is damaged; a record cut short at its very end is
  // what any stop in mid-write leaves.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  out.status = open();
  if (out.status.IsCorruption()) {
    const rocksdb::Status damage = out.status;
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
    out.status = open();
    if (out.status.ok()) report_damage(path, damage, out.db->GetLatestSequenceNumber(), mode);
  }
  return out;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KeyValue>> open_rocks(const std::string& directory, OpenMode mode,
                                                     const RocksSettings& settings) {
  const std::string path = str_cat(directory, "/db");
  CT_RETURN_IF_ERROR(find_or_make_folder(directory, path, mode));
  const rocksdb::DBOptions options = database_options(mode, settings);
  CT_RETURN_IF_ERROR(check_families(options, path, mode));
  Opened opened = open_database(options, path, mode, settings);
  if (opened.status.IsIOError() && opened.status.ToString().find("lock") != std::string::npos) {
    return absl::FailedPreconditionError(
        str_cat(directory, " is in use by another process (", opened.status.ToString(), ")"));
  }
  CT_RETURN_IF_ERROR(to_status(opened.status, str_cat("opening ", path)));
  auto store =
      std::make_unique<RocksKeyValue>(opened.db, std::move(opened.handles), mode == OpenMode::kReadWrite);
  // Who only reads must be able to look at a store whose chain is damaged.
  if (mode == OpenMode::kReadWrite) CT_RETURN_IF_ERROR(store->open_chain());
  CT_RETURN_IF_ERROR(open_schema(*store, mode));
  return store;
}

absl::StatusOr<std::unique_ptr<KeyValue>> open_key_value(const std::string& directory, OpenMode mode) {
  return open_rocks(directory, mode, {});
}

}  // namespace copytaster
