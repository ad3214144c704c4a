#include "core/crash_point.h"

#include <csignal>
#include <cstdlib>
#include <string>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr const char* kVariable = "COPYTASTER_CRASH_AT";

std::atomic<std::uint8_t> wanted{0};
std::atomic<std::int64_t> left{0};

std::string all_names() {
  std::string names;
  for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(CrashPoint::kCount); ++i)
    str_append(&names, i == 0 ? "" : " ", crash_point_name(static_cast<CrashPoint>(i)));
  return names;
}

}  // namespace

// A switch, so that the compiler tells of a place without a name.
std::string_view crash_point_name(CrashPoint point) {
  switch (point) {
    case CrashPoint::kAppendBefore:
      return "bus.append.before";
    case CrashPoint::kAppendAfter:
      return "bus.append.after";
    case CrashPoint::kCommitBefore:
      return "bus.commit.before";
    case CrashPoint::kCommitAfter:
      return "bus.commit.after";
    case CrashPoint::kTurnBegun:
      return "process.turn.begun";
    case CrashPoint::kStoreBefore:
      return "store.write.before";
    case CrashPoint::kStoreAfter:
      return "store.write.after";
    case CrashPoint::kMarkAfter:
      return "store.mark.after";
    case CrashPoint::kFileBefore:
      return "file.before";
    case CrashPoint::kFileSynced:
      return "file.synced";
    case CrashPoint::kFileRenamed:
      return "file.renamed";
    case CrashPoint::kPictureBefore:
      return "picture.put.before";
    case CrashPoint::kPictureAfter:
      return "picture.put.after";
    case CrashPoint::kIndexBefore:
      return "index.commit.before";
    case CrashPoint::kIndexAfter:
      return "index.commit.after";
    case CrashPoint::kMigrationBatch:
      return "migration.batch";
    case CrashPoint::kMigrationNumber:
      return "migration.number";
    case CrashPoint::kCount:
      break;
  }
  return "";
}

absl::Status arm_crash_points() {
  const char* const value = std::getenv(kVariable);
  if (value == nullptr || *value == '\0') return absl::OkStatus();
  const std::string_view text(value);
  const std::size_t colon = text.rfind(':');
  std::int64_t times = 0;
  if (colon != std::string_view::npos) times = parse_number<std::int64_t>(text.substr(colon + 1)).value_or(0);
  for (std::uint8_t i = 0; i < static_cast<std::uint8_t>(CrashPoint::kCount); ++i) {
    if (times < 1 || text.substr(0, colon) != crash_point_name(static_cast<CrashPoint>(i))) continue;
    wanted = i;
    left = times;
    crash_points::armed = true;
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(str_cat(
      kVariable, "=", text, " is no place and number, as bus.append.after:1; places are ", all_names()));
}

namespace crash_points {

std::atomic<bool> armed{false};

void pass(CrashPoint point) {
  if (static_cast<std::uint8_t>(point) != wanted.load(std::memory_order_relaxed)) return;
  if (left.fetch_sub(1) == 1) (void)std::raise(SIGKILL);
}

}  // namespace crash_points
}  // namespace copytaster
