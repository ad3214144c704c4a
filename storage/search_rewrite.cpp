// The search index in new files: what was removed from it stands in old ones.
#include <fcntl.h>
#include <stdio.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "core/status.h"
#include "core/strings.h"
#include "storage/search_index.h"

namespace copytaster {
namespace {

absl::Status failed(std::string_view what, const std::string& path) {
  return absl::UnavailableError(str_cat("search index: ", what, " ", path, ": ", std::strerror(errno)));
}

// At once where the file system can, so that no search finds nothing in between.
absl::Status change_places(const std::string& one, const std::string& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0)
    return absl::OkStatus();
  const std::string aside = str_cat(one, ".old");
  if (std::rename(one.c_str(), aside.c_str()) != 0) return failed("cannot move", one);
  if (std::rename(other.c_str(), one.c_str()) != 0) return failed("cannot move", other);
  return std::rename(aside.c_str(), other.c_str()) == 0 ? absl::OkStatus() : failed("cannot move", aside);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SearchWriter>> rewrite_search_index(const std::string& directory,
                                                                   std::unique_ptr<SearchWriter> writer) {
  const std::string now = str_cat(directory, "/search");
  const std::string anew = str_cat(directory, "/search.new");
  std::error_code error;
  std::filesystem::remove_all(anew, error);  // of a try that was cut short
  CT_RETURN_IF_ERROR(writer->copy_to(anew));
  writer.reset();  // its lock is in the old folder
  CT_RETURN_IF_ERROR(change_places(now, anew));
  for (const std::string& old : {anew, str_cat(now, ".old"), str_cat(now, ".damaged")}) {
    std::filesystem::remove_all(old, error);
    if (error)
      return absl::UnavailableError(str_cat("search index: cannot remove ", old, ": ", error.message()));
  }
  return open_search_writer(directory);
}

}  // namespace copytaster
