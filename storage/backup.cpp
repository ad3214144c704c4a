#include "storage/backup.h"

#include <fcntl.h>
#include <rocksdb/env.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

#include "core/status.h"
#include "core/strings.h"
#include "storage/durable_file.h"
#include "storage/live_files.h"
#include "storage/part_folder.h"

namespace copytaster {
namespace {

constexpr std::array<std::string_view, 2> kMarks = {"marks/actions", "marks/log"};

// Takes files of a data folder into a folder that grows, and lists them.
class BackupWriter {
 public:
  BackupWriter(std::string data, std::string part, const StopAsked& stop)
      : data_(std::move(data)), part_(std::move(part)), stop_(stop) {}

  absl::Status marks() {
    for (const std::string_view mark : kMarks) {
      const absl::Status taken = copy(std::string(mark));
      if (!taken.ok() && !absl::IsNotFound(taken)) return taken;
    }
    return absl::OkStatus();
  }

  // While none of them goes: links at once, hashes of what was linked later.
  absl::Status database(const std::vector<LiveFile>& files) {
    for (const LiveFile& file : files) {
      const std::string name = str_cat("db/", file.name);
      if (!file.contents.empty()) {
        CT_RETURN_IF_ERROR(write_file_durably(path(name), file.contents));
        linked_.push_back(name);
      } else if (file.never_changes && link(name)) {
        linked_.push_back(name);
      } else {
        CT_RETURN_IF_ERROR(copy(name, file.never_changes ? UINT64_MAX : file.bytes));
      }
    }
    return absl::OkStatus();
  }

  // After the database: a picture is there before anything names it. One that vanishes was erased meanwhile.
  absl::Status pictures() {
    std::error_code error;
    const std::string media = str_cat(data_, "/media");
    std::filesystem::create_directories(str_cat(part_, "/media"), error);
    if (error) return absl::UnavailableError(str_cat("cannot make ", part_, "/media: ", error.message()));
    std::filesystem::directory_iterator folders(media, error);
    if (error == std::errc::no_such_file_or_directory) return absl::OkStatus();
    for (; !error && folders != std::filesystem::directory_iterator(); folders.increment(error)) {
      const std::string folder = folders->path().filename().string();
      if (folder.size() != 2 || !folders->is_directory(error)) continue;
      std::filesystem::directory_iterator files(folders->path(), error);
      for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
        const std::string name = files->path().filename().string();
        if (name.size() == 64 && name.starts_with(folder)) CT_RETURN_IF_ERROR(picture(folder, name));
      }
      if (error) break;
    }
    return error ? absl::DataLossError(str_cat("cannot read ", media, ": ", error.message()))
                 : absl::OkStatus();
  }

  absl::Status finish() {
    for (const std::string& name : linked_) {
      CT_ASSIGN_OR_RETURN(const FileDigest digest, digest_file(path(name), stop_));
      add(name, digest);
    }
    // sha256sum does not mind the order; who compares two lists does.
    std::ranges::sort(lines_, {}, [](const std::string& line) { return std::string_view(line).substr(66); });
    std::string list;
    for (const std::string& line : lines_) list += line;
    return write_file_durably(path(std::string(kBackupList)), list);
  }

  BackupReport& report() { return report_; }

 private:
  [[nodiscard]] std::string path(const std::string& name) const { return str_cat(part_, "/", name); }

  absl::Status picture(const std::string& folder, const std::string& hash) {
    const std::string name = str_cat("media/", folder, "/", hash);
    const auto taken = link(name) ? digest_file(path(name), stop_) : copy_of(name, UINT64_MAX);
    if (absl::IsNotFound(taken.status())) return absl::OkStatus();
    CT_RETURN_IF_ERROR(taken.status());
    add(name, *taken);
    if (taken->sha256 == hash) return absl::OkStatus();
    if (++report_.damaged_count <= BackupReport::kMostDamaged) report_.damaged.push_back(hash);
    return absl::OkStatus();
  }

  // False: it is to be copied. Other file systems cannot link, and some will not (protected_hardlinks).
  [[nodiscard]] bool link(const std::string& name) const {
    const std::string to = path(name);
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(to).parent_path(), error);
    return ::linkat(AT_FDCWD, str_cat(data_, "/", name).c_str(), AT_FDCWD, to.c_str(), AT_SYMLINK_FOLLOW) ==
           0;
  }

  absl::StatusOr<FileDigest> copy_of(const std::string& name, std::uint64_t most) const {
    return copy_file(str_cat(data_, "/", name), path(name), stop_, most);
  }
  absl::Status copy(const std::string& name, std::uint64_t most = UINT64_MAX) {
    CT_ASSIGN_OR_RETURN(const FileDigest digest, copy_of(name, most));
    add(name, digest);
    return absl::OkStatus();
  }

  void add(const std::string& name, const FileDigest& digest) {
    lines_.push_back(list_line(name, digest.sha256));
    ++report_.files;
    report_.bytes += digest.bytes;
  }

  std::string data_, part_;
  const StopAsked& stop_;
  std::vector<std::string> linked_, lines_;
  BackupReport report_;
};

// RocksDB's own lock: while it is held nobody opens the store for writing.
class StoreLock {
 public:
  static absl::StatusOr<std::unique_ptr<StoreLock>> take(const std::string& data) {
    const std::string path = str_cat(data, "/db/LOCK");
    rocksdb::FileLock* lock = nullptr;
    const rocksdb::Status locked = rocksdb::Env::Default()->LockFile(path, &lock);
    if (locked.ok()) return std::unique_ptr<StoreLock>(new StoreLock(lock));
    return absl::FailedPreconditionError(
        str_cat(data, " is in use by another process, or cannot be locked (", locked.ToString(), ")"));
  }
  ~StoreLock() { (void)rocksdb::Env::Default()->UnlockFile(lock_); }
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  explicit StoreLock(rocksdb::FileLock* lock) : lock_(lock) {}
  rocksdb::FileLock* lock_;
};

absl::StatusOr<std::vector<LiveFile>> files_of_closed(const std::string& data) {
  std::vector<LiveFile> files;
  std::error_code error;
  const std::string folder = str_cat(data, "/db");
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    LiveFile file;
    file.name = it->path().filename().string();
    if (file.name == "LOCK" || !it->is_regular_file(error)) continue;
    file.never_changes = file.name.ends_with(".sst");
    file.bytes = UINT64_MAX;
    files.push_back(std::move(file));
  }
  if (error) return absl::DataLossError(str_cat("cannot read ", folder, ": ", error.message()));
  return files;
}

template <typename TakeDatabase>
absl::StatusOr<BackupReport> write_backup(const std::string& data, const std::string& target,
                                          const StopAsked& stop, TakeDatabase take_database) {
  CT_ASSIGN_OR_RETURN(const auto folder, PartFolder::begin(target, data));
  BackupWriter writer(data, folder->part(), stop);
  CT_RETURN_IF_ERROR(writer.marks());
  CT_RETURN_IF_ERROR(take_database(writer));
  CT_RETURN_IF_ERROR(writer.pictures());
  CT_RETURN_IF_ERROR(writer.finish());
  CT_RETURN_IF_ERROR(folder->finish());
  return std::move(writer.report());
}

}  // namespace

absl::StatusOr<BackupReport> back_up(const KeyValue& key_value, const std::string& data,
                                     const std::string& target, const StopAsked& stop) {
  return write_backup(data, target, stop, [&](BackupWriter& writer) {
    return with_live_files(key_value,
                           [&](const std::vector<LiveFile>& files) { return writer.database(files); });
  });
}

absl::StatusOr<BackupReport> back_up_closed(const std::string& data, const std::string& target,
                                            const StopAsked& stop) {
  std::error_code error;
  if (!std::filesystem::exists(str_cat(data, "/db/CURRENT"), error))
    return absl::NotFoundError(str_cat("no store in ", data, error ? ": " + error.message() : ""));
  std::unique_ptr<StoreLock> lock;  // a backup is opened by nobody, and must stay as its list says
  if (!is_backup(data)) {
    CT_ASSIGN_OR_RETURN(lock, StoreLock::take(data));
  }
  return write_backup(data, target, stop, [&](BackupWriter& writer) -> absl::Status {
    CT_ASSIGN_OR_RETURN(const auto files, files_of_closed(data));
    return writer.database(files);
  });
}

bool is_in_use(const std::string& data) {
  const int file = ::open(str_cat(data, "/db/LOCK").c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool is_held = ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return is_held;
}

bool is_backup(const std::string& folder) {
  std::error_code error;
  return std::filesystem::exists(str_cat(folder, "/", kBackupList), error);
}

absl::StatusOr<BackupReport> restore_backup(const std::string& folder, const std::string& target,
                                            const StopAsked& stop) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error))
    return absl::NotFoundError(str_cat("there is no folder ", folder));
  CT_ASSIGN_OR_RETURN(const BackupList list, BackupList::read(folder));
  CT_ASSIGN_OR_RETURN(const auto restored, PartFolder::begin(target, folder));
  BackupCheck check;
  CT_RETURN_IF_ERROR(compare_names(folder, list, check));
  // All that is wrong is told, not only the first of it.
  for (const ListedFile& file : list.files()) {
    const auto copied =
        copy_file(str_cat(folder, "/", file.name), str_cat(restored->part(), "/", file.name), stop);
    if (absl::IsUnavailable(copied.status()) || absl::IsCancelled(copied.status())) return copied.status();
    compare_digest(file, copied, check);
  }
  if (check.problem_count > 0) {
    std::string what = str_cat("the backup ", folder, " is damaged, and nothing was restored:");
    for (const std::string& problem : check.problems) str_append(&what, "\n  ", problem);
    const std::uint64_t untold = check.problem_count - check.problems.size();
    return absl::DataLossError(untold == 0 ? what : str_cat(what, "\n  and ", untold, " more"));
  }
  CT_RETURN_IF_ERROR(restored->finish());
  return BackupReport{check.files, check.bytes, 0, {}};
}

}  // namespace copytaster
