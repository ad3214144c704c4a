// Files a person names on the command line.
#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace copytaster {

// Whole file, at most `most` bytes; "-" is standard input. kNotFound, kResourceExhausted, kUnavailable;
// messages name the file.
absl::StatusOr<std::string> read_input(const std::string& path, std::size_t most = std::size_t{256} << 20);
// Prints to standard output; kUnavailable when it is closed or full.
absl::Status print(std::string_view text);

}  // namespace copytaster
