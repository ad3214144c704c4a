#include "app/part_file.h"

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

namespace copytaster {
namespace {

absl::Status not_done(std::string_view what, const std::string& path) {
  return absl::UnavailableError(str_cat("cannot ", what, " ", path, ": ", std::strerror(errno)));
}

// Whether `path` still is the file that is open: another process may have renamed it meanwhile.
bool is_at(const std::string& path, int file) {
  struct stat there {
  }, open{};
  return ::stat(path.c_str(), &there) == 0 && ::fstat(file, &open) == 0 && there.st_dev == open.st_dev &&
         there.st_ino == open.st_ino;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PartFile>> PartFile::open(const std::string& path) {
  std::error_code error;
  std::filesystem::path whole = std::filesystem::absolute(path, error);
  if (const auto target = std::filesystem::canonical(whole, error); !error) whole = target;
  struct stat there {};
  if (::stat(whole.c_str(), &there) == 0 && !S_ISREG(there.st_mode))
    return absl::InvalidArgumentError(str_cat(path, " is no ordinary file; - is standard output"));
  const std::string part = whole.string() + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
  if (file < 0) return not_done("create", part);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0 || !is_at(part, file)) {
    ::close(file);
    return absl::UnavailableError(str_cat(part, " is being written by another process"));
  }
  std::unique_ptr<PartFile> out(new PartFile(whole.string(), file));
  if (::ftruncate(file, 0) != 0) return not_done("empty", part);
  return out;
}

PartFile::~PartFile() {
  if (!finished_) (void)::unlink(part_.c_str());
  ::close(file_);
}

absl::Status PartFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return not_done("write", part_);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return absl::OkStatus();
}

absl::Status PartFile::finish() {
  if (::fsync(file_) != 0) return not_done("sync", part_);
  if (std::rename(part_.c_str(), path_.c_str()) != 0) return not_done("rename to", path_);
  finished_ = true;
  // The new name is an entry of the folder, which must reach the disk too.
  const std::string folder = std::filesystem::path(path_).parent_path().string();
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return not_done("open", folder);
  const bool synced = ::fsync(opened) == 0;
  absl::Status done = synced ? absl::OkStatus() : not_done("sync", folder);
  ::close(opened);
  return done;
}

}  // namespace copytaster
