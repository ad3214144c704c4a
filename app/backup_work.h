// Backups that the running service makes, one at a time, on a thread of its own, in one folder.
#pragma once

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "core/clock.h"
#include "core/key_value.h"
#include "desk/house_backups.h"

namespace copytaster {

class BackupWork {
 public:
  // Of the store `key_value`, which is open in folder `data`. `folder`: where they go, empty for nowhere.
  // Both pointers outlive it. Looks how old the newest there is, for the metrics.
  BackupWork(const KeyValue* key_value, std::string data, const std::string& folder, const Clock* clock);
  ~BackupWork();
  BackupWork(const BackupWork&) = delete;
  BackupWork& operator=(const BackupWork&) = delete;

  // As HouseBackups says. Any thread.
  absl::StatusOr<HouseBackup> begin(const BackupRequest& request);
  [[nodiscard]] std::vector<HouseBackup> known() const;
  // Ends the one that is being made, which leaves nothing, and waits for that; further ones are refused.
  void stop();

 private:
  [[nodiscard]] absl::Status refusal(const BackupRequest& request) const;
  void make(HouseBackup backup);
  void tell(const HouseBackup& backup, absl::Duration took) const;

  static constexpr std::size_t kMostKnown = 20;
  const KeyValue* key_value_;
  const std::string data_;
  std::string folder_;
  const Clock* clock_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::deque<HouseBackup> known_;  // newest first
  std::thread thread_;
};

// Whether it is fit for a folder's name, and for one that is to be seen among others.
[[nodiscard]] bool is_backup_name(std::string_view name);
// When the newest that is in `folder` was finished, whoever made it.
[[nodiscard]] std::optional<absl::Time> newest_backup(const std::string& folder);
// "backup-20261128T101500Z"
[[nodiscard]] std::string backup_name(absl::Time at);

}  // namespace copytaster
