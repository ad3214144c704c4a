// A folder that is there whole or not at all: it grows as FOLDER.part. One thread.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

class PartFolder {
 public:
  // Makes folders above it that are missing; a FOLDER.part that was left behind is begun anew.
  // kFailedPrecondition: there is something at `path`, an empty folder apart. kUnavailable: it cannot be
  // made, or another process is at it.
  static absl::StatusOr<std::unique_ptr<PartFolder>> begin(const std::string& path);
  // Removes what was not finished.
  ~PartFolder();
  PartFolder(const PartFolder&) = delete;
  PartFolder& operator=(const PartFolder&) = delete;

  [[nodiscard]] const std::string& part() const { return part_; }
  // Syncs the folders, gives it its name, syncs that. Its files are the caller's to sync. Never writes over
  // anything. kUnavailable: the message says why.
  absl::Status finish();

 private:
  PartFolder(std::string path, int lock);
  std::string path_, part_;
  int lock_;
  bool finished_ = false;
};

}  // namespace copytaster
