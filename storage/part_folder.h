// A folder that is there whole or not at all: it grows as FOLDER.part. One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

// A file in a folder that grows, so that no other is ever emptied.
inline constexpr std::string_view kPartMark = "copytaster.part";

class PartFolder {
 public:
  // Makes folders above it that are missing; a FOLDER.part that one of us has left behind is begun anew.
  // `source`: the folder that it is made of. kInvalidArgument: one of the two lies in the other, or `source`
  // is FOLDER.part. kFailedPrecondition: there is something at `path`, an empty folder apart, or at
  // FOLDER.part something that is not ours. kUnavailable: it cannot be made, or another process is at it.
  static absl::StatusOr<std::unique_ptr<PartFolder>> begin(const std::string& path,
                                                           const std::string& source);
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
