// A secret in a file of its own, as the *_file settings name it.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct Secret {
  std::string text;
  // When its file was written last. nullopt: not known; so in $CREDENTIALS_DIRECTORY, where systemd makes all
  // files anew at each start.
  std::optional<absl::Time> put;
  bool others_may_read = false;  // everybody on the machine, by the file's permissions
};

// The secret in the file `path`: absolute, or in `folder`, or else in $CREDENTIALS_DIRECTORY. One line of at
// most 4096 bytes, without the space around it. Errors name the file, never what is in it.
[[nodiscard]] absl::StatusOr<Secret> read_secret(const std::string& path, const std::string& folder);

}  // namespace copytaster
