// Whole files, of any size, read once: copied to the disk, and hashed on the way. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"

namespace copytaster {

struct FileDigest {
  std::string sha256;  // 64 hex digits
  std::uint64_t bytes = 0;
};

// Asked between pieces: true ends the work with kCancelled. Empty: never.
using StopAsked = std::function<bool()>;

// kNotFound: there is no such file. kInvalidArgument: it is no ordinary file. kDataLoss: it cannot be read.
absl::StatusOr<FileDigest> digest_file(const std::string& path, const StopAsked& stop = {});
// Makes `to`, which is not there yet, and the folders above it; its bytes are on disk when it returns, its
// name when the folder is synced. At most `most` bytes: of a file that grows, those up to a moment. Errors
// about `from` as digest_file; kUnavailable: `to` cannot be written. What was written then stays.
absl::StatusOr<FileDigest> copy_file(const std::string& from, const std::string& to,
                                     const StopAsked& stop = {}, std::uint64_t most = UINT64_MAX);

}  // namespace copytaster
