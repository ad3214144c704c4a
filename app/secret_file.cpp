#include "app/secret_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "app/files.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {
constexpr std::size_t kLongestSecret = 4096;

std::optional<absl::Time> written_at(const std::string& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return std::nullopt;
  return absl::TimeFromTimespec(found.st_mtim);
}

bool others_may_read(const std::string& file) {
  struct stat found {};
  return ::stat(file.c_str(), &found) == 0 && (found.st_mode & S_IROTH) != 0;
}

bool is_in(const char* folder, std::string_view file) {
  return folder != nullptr && *folder != '\0' && file.starts_with(str_cat(folder, "/"));
}

}  // namespace

absl::StatusOr<Secret> read_secret(const std::string& path, const std::string& folder) {
  if (path.size() >= 32 && path.find_first_of("/.") == std::string::npos)
    return absl::InvalidArgumentError(
        "this looks like the secret itself, not like the path of a file with it");
  std::vector<std::string> places = {path.starts_with('/') ? path : str_cat(folder, "/", path)};
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  if (credentials != nullptr && !path.starts_with('/')) places.push_back(str_cat(credentials, "/", path));
  absl::Status why;
  for (const std::string& place : places) {
    auto bytes = read_input(place, kLongestSecret);
    if (absl::IsNotFound(bytes.status())) {
      if (why.ok()) why = bytes.status();
      continue;
    }
    CT_RETURN_IF_ERROR(bytes.status());
    std::string secret(strip_space(*bytes));
    if (secret.empty()) return absl::InvalidArgumentError(str_cat("the file ", place, " is empty"));
    const bool one_line = std::none_of(secret.begin(), secret.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (!one_line)
      return absl::InvalidArgumentError(str_cat("the file ", place, " holds more than one line"));
    return Secret{std::move(secret), is_in(credentials, place) ? std::nullopt : written_at(place),
                  others_may_read(place)};
  }
  return why;
}

}  // namespace copytaster
