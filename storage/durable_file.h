// Files that are there whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

// Writes beside, syncs, renames, syncs the folder. Makes missing folders. kUnavailable on I/O errors.
absl::Status write_file_durably(const std::string& path, std::string_view bytes);
// Also OK where there is none. kUnavailable on I/O errors.
absl::Status remove_file_durably(const std::string& path);
// The names in it reach the disk. kUnavailable.
absl::Status sync_folder(const std::string& folder);
// kNotFound, kUnavailable. kInvalidArgument: it is no ordinary file, or larger than any of ours (1 GiB).
absl::StatusOr<std::string> read_whole_file(const std::string& path);

}  // namespace copytaster
