#include "app/files.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "core/status.h"
#include "core/strings.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

absl::Status why_not_read(const std::string& path, int error) {
  const std::string text = str_cat(path, ": ", std::strerror(error));
  const bool unreadable = error == ENOENT || error == ENOTDIR || error == EISDIR || error == EACCES ||
                          error == EPERM || error == ENAMETOOLONG || error == ELOOP;
  return unreadable ? absl::NotFoundError(text) : absl::DataLossError(text);
}

}  // namespace

absl::StatusOr<std::string> read_input(const std::string& path, std::size_t most) {
  const bool standard = path == "-";
  std::FILE* file = standard ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return why_not_read(path, errno);
  std::string bytes;
  char buffer[65536];
  std::size_t n = 0;
  while (bytes.size() <= most && (n = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    bytes.append(buffer, n);
  const bool failed = std::ferror(file) != 0;
  const int error = errno;
  if (!standard) std::fclose(file);
  if (failed) return why_not_read(path, error);
  if (bytes.size() > most)
    return absl::InvalidArgumentError(str_cat(path, " has more than ", most, " bytes"));
  return bytes;
}

absl::Status write_file(const std::string& path, std::string_view bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  const bool written = file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int error = errno;
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (written && closed) return absl::OkStatus();
  return absl::UnavailableError(str_cat("cannot write ", path, ": ", std::strerror(written ? errno : error)));
}

absl::Status replace_file(const std::string& path, std::string_view bytes) {
  std::error_code error;
  std::filesystem::path whole = std::filesystem::absolute(path, error);
  if (const auto target = std::filesystem::canonical(whole, error); !error) whole = target;
  struct stat there {};
  const mode_t mode = ::stat(whole.c_str(), &there) == 0 ? there.st_mode & 07777 : 0644;
  CT_RETURN_IF_ERROR(write_file_durably(whole.string(), bytes));
  if (::chmod(whole.c_str(), mode) != 0)
    return absl::UnavailableError(
        str_cat("cannot set the permissions of ", path, ": ", std::strerror(errno)));
  return absl::OkStatus();
}

absl::Status print(std::string_view text) {
  const bool all = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!all || std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return absl::DataLossError(str_cat("cannot write to standard output: ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

void tell(std::string_view text) {
  (void)std::fflush(stdout);  // in the order of the two on a terminal
  std::fprintf(stderr, "copytaster: %.*s\n", static_cast<int>(text.size()), text.data());
}

absl::StatusOr<bool> LineReader::next(std::string* line) {
  line->clear();
  int c = ::getc_unlocked(in_);
  const bool some = c != EOF;
  if (some) ++number_;
  for (; c != EOF && c != '\n'; c = ::getc_unlocked(in_)) {
    if (line->size() == most_)
      return absl::InvalidArgumentError(str_cat(place(), ": the line has more than ", most_, " bytes"));
    line->push_back(static_cast<char>(c));
  }
  if (std::ferror(in_) != 0)
    return absl::DataLossError(str_cat(name_, " cannot be read: ", std::strerror(errno)));
  return some;
}

std::string LineReader::place() const { return str_cat(name_, ":", number_); }

}  // namespace copytaster
