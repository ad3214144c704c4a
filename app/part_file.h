// A large file that is there whole or not at all: it grows as FILE.part. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

class PartFile {
 public:
  // Through symbolic links; a FILE.part that was left behind is begun anew. kInvalidArgument: there is
  // something at `path` that is no ordinary file. kUnavailable: it cannot be made, or another process is
  // writing it.
  static absl::StatusOr<std::unique_ptr<PartFile>> open(const std::string& path);
  // Removes what was not finished.
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  // kUnavailable; the message names the file and says why.
  absl::Status write(std::string_view bytes);
  // Puts it in its place, on disk. Nothing is written afterwards.
  absl::Status finish();

 private:
  PartFile(std::string path, int file) : path_(std::move(path)), part_(path_ + ".part"), file_(file) {}
  std::string path_, part_;
  int file_;
  bool finished_ = false;
};

}  // namespace copytaster
