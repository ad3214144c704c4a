#include "storage/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/crash_point.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

absl::Status failed(std::string_view what, const std::string& path) {
  return absl::UnavailableError(str_cat(what, " ", path, ": ", std::strerror(errno)));
}

absl::Status write_and_sync(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (file < 0) return failed("cannot create", path);
  absl::Status result;
  while (!bytes.empty() && result.ok()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      result = failed("cannot write", path);
    } else {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  if (result.ok() && ::fdatasync(file) != 0) result = failed("cannot sync", path);
  if (::close(file) != 0 && result.ok()) result = failed("cannot close", path);
  return result;
}

}  // namespace

absl::Status sync_folder(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return failed("cannot open", folder);
  const int done = ::fsync(file);
  ::close(file);
  return done == 0 ? absl::OkStatus() : failed("cannot sync", folder);
}

absl::Status write_file_durably(const std::string& path, std::string_view bytes) {
  static std::atomic<std::uint64_t> number{0};
  const std::filesystem::path folder_path = std::filesystem::path(path).parent_path();
  const std::string folder = folder_path.string();
  std::error_code error;
  // A new folder is an entry in the one above, which must reach the disk too.
  if (std::filesystem::create_directories(folder, error) && folder_path.has_parent_path())
    CT_RETURN_IF_ERROR(sync_folder(folder_path.parent_path().string()));
  if (error) return absl::UnavailableError(str_cat("cannot make ", folder, ": ", error.message()));
  const std::string beside = str_cat(path, ".", ::getpid(), ".", number.fetch_add(1), ".new");
  crash_point(CrashPoint::kFileBefore);
  absl::Status written = write_and_sync(beside, bytes);
  crash_point(CrashPoint::kFileSynced);
  if (written.ok() && std::rename(beside.c_str(), path.c_str()) != 0)
    written = failed("cannot rename to", path);
  crash_point(CrashPoint::kFileRenamed);
  if (!written.ok()) {
    (void)::unlink(beside.c_str());
    return written;
  }
  return sync_folder(folder);
}

absl::Status remove_file_durably(const std::string& path) {
  if (::unlink(path.c_str()) != 0) return errno == ENOENT ? absl::OkStatus() : failed("cannot remove", path);
  return sync_folder(std::filesystem::path(path).parent_path().string());
}

absl::StatusOr<std::string> read_whole_file(const std::string& path) {
  constexpr std::uintmax_t kMost = std::uintmax_t{1} << 30;
  std::error_code error;
  const auto status = std::filesystem::status(path, error);  // a pipe would never end
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return absl::InvalidArgumentError(str_cat(path, " is no ordinary file"));
  if (const auto size = std::filesystem::file_size(path, error); !error && size > kMost)
    return absl::InvalidArgumentError(str_cat(path, " has ", size, " bytes, more than such a file can have"));
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return errno == ENOENT ? absl::NotFoundError(str_cat("no file ", path)) : failed("cannot open", path);
  }
  std::ostringstream out;
  out << in.rdbuf();
  if (in.bad()) return failed("cannot read", path);
  return std::move(out).str();
}

}  // namespace copytaster
