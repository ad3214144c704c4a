#include "app/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/strings.h"

namespace copytaster {

absl::StatusOr<std::string> read_input(const std::string& path, std::size_t most) {
  const bool standard = path == "-";
  std::FILE* file = standard ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    const std::string text = str_cat(path, ": ", std::strerror(errno));
    return errno == ENOENT ? absl::NotFoundError(text) : absl::UnavailableError(text);
  }
  std::string bytes;
  char buffer[65536];
  std::size_t n = 0;
  while (bytes.size() <= most && (n = std::fread(buffer, 1, sizeof buffer, file)) > 0)
    bytes.append(buffer, n);
  const bool failed = std::ferror(file) != 0;
  const int error = errno;
  if (!standard) std::fclose(file);
  if (failed) return absl::UnavailableError(str_cat(path, ": ", std::strerror(error)));
  if (bytes.size() > most)
    return absl::ResourceExhaustedError(str_cat(path, " has more than ", most, " bytes"));
  return bytes;
}

absl::Status print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return absl::UnavailableError(str_cat("cannot write to standard output: ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace copytaster
