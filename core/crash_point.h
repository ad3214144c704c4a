// Places where a stop would hurt most, by name: before and after each write, commit and acknowledgement. A
// test sets COPYTASTER_CRASH_AT=NAME:N, and the process kills itself (SIGKILL, as kill -9 does) when it
// passes the place for the Nth time. Unset, a place costs one load and one branch. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace copytaster {

enum class CrashPoint : std::uint8_t {
  kAppendBefore,     // the bus: parcels, captures, cursor and counters are staged
  kAppendAfter,      // they are on disk, nobody has been told
  kCommitBefore,     // the bus: items, stories and the position are staged
  kCommitAfter,      // they are written
  kTurnBegun,        // processing: parcels were taken from the bus
  kStoreBefore,      // the store alone: an editor's action is staged
  kStoreAfter,       // it is on disk, its mark is not raised
  kMarkAfter,        // the mark is raised, the editor not answered
  kFileBefore,       // a file is to be written whole: marks, keys
  kFileSynced,       // its bytes are on disk under another name
  kFileRenamed,      // it has its name, the folder is not synced
  kPictureBefore,    // a picture's bytes are here
  kPictureAfter,     // they are in the media store, the bus does not know
  kIndexBefore,      // search: documents are made, nothing is committed
  kIndexAfter,       // the index is committed, the store does not know
  kMigrationBatch,   // a batch of a migration is on disk
  kMigrationNumber,  // all records are there, the schema's number is not
  kCount,
};

[[nodiscard]] std::string_view crash_point_name(CrashPoint point);

// Reads COPYTASTER_CRASH_AT. Once, before other threads. kInvalidArgument: there is no such place; the
// message names all.
absl::Status arm_crash_points();

namespace crash_points {
extern std::atomic<bool> armed;
void pass(CrashPoint point);
}  // namespace crash_points

inline void crash_point(CrashPoint point) {
  if (crash_points::armed.load(std::memory_order_relaxed)) crash_points::pass(point);
}

}  // namespace copytaster
