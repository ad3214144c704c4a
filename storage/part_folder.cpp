#include "storage/part_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "core/status.h"
#include "core/strings.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

absl::Status not_done(std::string_view what, const std::string& path) {
  return absl::UnavailableError(str_cat("cannot ", what, " ", path, ": ", std::strerror(errno)));
}

// Whether `path` still is the folder that is open: another process may have given it its name meanwhile.
bool is_at(const std::string& path, int folder) {
  struct stat there {
  }, open{};
  return ::lstat(path.c_str(), &there) == 0 && ::fstat(folder, &open) == 0 && there.st_dev == open.st_dev &&
         there.st_ino == open.st_ino;
}

absl::Status refuse_what_is_there(const std::string& path) {
  std::error_code error;
  const auto there = std::filesystem::symlink_status(path, error);
  if (there.type() == std::filesystem::file_type::not_found) return absl::OkStatus();
  if (there.type() == std::filesystem::file_type::none)
    return absl::InvalidArgumentError(str_cat("\"", path, "\" is no name for a folder: ", error.message()));
  if (!error && std::filesystem::is_directory(there) && std::filesystem::is_empty(path, error) && !error)
    return absl::OkStatus();
  return absl::FailedPreconditionError(
      str_cat(path, " is there already, and nothing is written over: give a name that is new"));
}

bool is_inside(const std::filesystem::path& path, const std::filesystem::path& folder) {
  std::error_code error;
  const std::string inner = std::filesystem::weakly_canonical(path, error).string() + "/";
  return inner.starts_with(std::filesystem::weakly_canonical(folder, error).string() + "/");
}

absl::Status refuse_source(const std::string& path, const std::string& source) {
  if (is_inside(path, source))
    return absl::InvalidArgumentError(
        str_cat(path, " lies in ", source, ", which it would be made of: name a folder elsewhere"));
  for (const std::string& target : {path, path + ".part"}) {
    if (is_inside(source, target))
      return absl::InvalidArgumentError(
          str_cat(source, " would be written over while ", path, " is made of it: name another folder"));
  }
  return absl::OkStatus();
}

absl::Status refuse_what_is_not_ours(const std::string& part) {
  std::error_code error;
  if (std::filesystem::is_empty(part, error) || std::filesystem::exists(str_cat(part, "/", kPartMark), error))
    return absl::OkStatus();
  return absl::FailedPreconditionError(
      str_cat(part, " is there, and is nothing that was left behind by this program: move it away"));
}

absl::Status empty(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::filesystem::remove_all(it->path(), error);
    if (error) break;
  }
  return error ? absl::UnavailableError(str_cat("cannot empty ", folder, ": ", error.message()))
               : absl::OkStatus();
}

}  // namespace

PartFolder::PartFolder(std::string path, int lock)
    : path_(std::move(path)), part_(path_ + ".part"), lock_(lock) {}

absl::StatusOr<std::unique_ptr<PartFolder>> PartFolder::begin(const std::string& path,
                                                              const std::string& source) {
  std::error_code error;
  std::filesystem::path whole = std::filesystem::absolute(path, error).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();  // "backups/monday/"
  if (error || !whole.has_filename())
    return absl::InvalidArgumentError(str_cat("\"", path, "\" is no name for a folder"));
  CT_RETURN_IF_ERROR(refuse_what_is_there(whole.string()));
  CT_RETURN_IF_ERROR(refuse_source(whole.string(), source));
  std::filesystem::create_directories(whole.parent_path(), error);
  if (error)
    return absl::UnavailableError(
        str_cat("cannot make ", whole.parent_path().string(), ": ", error.message()));
  const std::string part = whole.string() + ".part";
  if (::mkdir(part.c_str(), 0750) != 0 && errno != EEXIST) return not_done("make", part);
  const int lock = ::open(part.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (lock < 0) return not_done("open", part);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0 || !is_at(part, lock)) {
    ::close(lock);
    return absl::UnavailableError(str_cat(part, " is being written by another process"));
  }
  if (absl::Status ours = refuse_what_is_not_ours(part); !ours.ok()) {
    ::close(lock);
    return ours;
  }
  std::unique_ptr<PartFolder> out(new PartFolder(whole.string(), lock));
  CT_RETURN_IF_ERROR(empty(part));
  CT_RETURN_IF_ERROR(write_file_durably(str_cat(part, "/", kPartMark), "left behind: may be removed\n"));
  return out;
}

PartFolder::~PartFolder() {
  std::error_code error;
  if (!finished_) std::filesystem::remove_all(part_, error);
  ::close(lock_);
}

absl::Status PartFolder::finish() {
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(part_, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_directory(error)) CT_RETURN_IF_ERROR(sync_folder(it->path().string()));
  }
  if (error) return absl::UnavailableError(str_cat("cannot read ", part_, ": ", error.message()));
  CT_RETURN_IF_ERROR(sync_folder(part_));
  // Onto an empty folder it goes, onto anything else it does not.
  if (std::rename(part_.c_str(), path_.c_str()) != 0) return not_done("rename to", path_);
  finished_ = true;
  CT_RETURN_IF_ERROR(sync_folder(std::filesystem::path(path_).parent_path().string()));
  // Only now: what was finished and has not its name yet is no folder of somebody else's.
  return remove_file_durably(str_cat(path_, "/", kPartMark));
}

}  // namespace copytaster
