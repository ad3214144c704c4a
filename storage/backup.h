// Consistent copies of a store, and back (docs/decisions/0019-backup.md; docs/formats.md, "Backups").
//
// A backup holds all that was acknowledged before it was begun, and each batch that it holds is whole. Making
// one changes nothing in the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/key_value.h"
#include "storage/backup_list.h"

namespace copytaster {

struct BackupReport {
  std::uint64_t files = 0, bytes = 0;
  // Pictures that are damaged in the store itself, by name; the first of them. They are in it as they are.
  static constexpr std::size_t kMostDamaged = 20;
  std::uint64_t damaged_count = 0;
  std::vector<std::string> damaged;
};

// Of a store that this process has open, while others write into it. `data` is its folder, `target` the
// backup's, which is there whole or not at all afterwards. Any thread. kFailedPrecondition: `target` is there
// already; `key_value` is no database in files. kUnavailable: no room, or the like. kCancelled: `stop`.
absl::StatusOr<BackupReport> back_up(const KeyValue& key_value, const std::string& data,
                                     const std::string& target, const StopAsked& stop = {});
// Of a store that no process has open, of any schema; nobody can open it meanwhile. kNotFound: there is none.
// kFailedPrecondition: it is open.
absl::StatusOr<BackupReport> back_up_closed(const std::string& data, const std::string& target,
                                            const StopAsked& stop = {});
// Whether another process has the store of `data` open for writing. Only asks; never by a process that has it
// open itself, which would lose its lock.
[[nodiscard]] bool is_in_use(const std::string& data);
// Whether there is a finished backup in `folder`.
[[nodiscard]] bool is_backup(const std::string& folder);

// Copies the backup in `folder` to `target`, which becomes a data folder, and leaves the backup as it is.
// kNotFound: there is no backup, or none that was finished. kDataLoss: it is not as its list says; the
// message names the files, and nothing is left at `target`. Others as back_up().
absl::StatusOr<BackupReport> restore_backup(const std::string& folder, const std::string& target,
                                            const StopAsked& stop = {});

}  // namespace copytaster
