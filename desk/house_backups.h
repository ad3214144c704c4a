// What the desk may ask of the house about backups, wired by app. Any of the server's threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct BackupRequest {
  std::string name;    // of a folder; empty: made from the time
  std::string folder;  // where the caller believes it goes; empty: wherever it goes
  std::string by;
};

struct HouseBackup {
  std::string name;
  std::string path;   // of its folder
  std::string state;  // "running", "done", "failed"
  absl::Time begun = absl::InfinitePast(), ended = absl::InfinitePast();
  std::uint64_t files = 0, bytes = 0;
  std::uint64_t damaged_pictures = 0;  // in the store itself
  std::string message;                 // why it failed
};

struct HouseBackups {
  // Begins one and does not wait for it. kFailedPrecondition: no folder is set for them, one is being made,
  // or that name is taken; kInvalidArgument: what is wrong with name or folder. Empty: cannot be done here.
  std::function<absl::StatusOr<HouseBackup>(const BackupRequest&)> begin = nullptr;
  // Those that were begun since the service was started, newest first.
  std::function<std::vector<HouseBackup>()> known = nullptr;
};

}  // namespace copytaster
