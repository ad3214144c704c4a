// A secret in a file of its own, as the *_file settings name it.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace copytaster {

// The secret in the file `path`: absolute, or in `folder`, or else in $CREDENTIALS_DIRECTORY. One line of at
// most 4096 bytes, without the space around it. Errors name the file, never what is in it.
[[nodiscard]] absl::StatusOr<std::string> read_secret(const std::string& path, const std::string& folder);

}  // namespace copytaster
