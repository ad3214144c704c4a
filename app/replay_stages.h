// What a store is made of, in the order in which it is replayed:
//   1. the chain of evidence, capture by capture, and what editors said in between
//   2. what stands in the log and was not processed
//   3. what no capture gives (any more): posts brought in by hand, posts whose captures were lost or are read
//      otherwise today
//   4. how posts were liked, as noted from pages that were not kept
//   5. pictures that nobody had looked at yet
//   6. erasures that were accepted and had not begun
//
// One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/capture_reader.h"
#include "app/replay_bus.h"
#include "app/replay_memory.h"
#include "app/replay_window.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

struct ReplayCounts {
  std::uint64_t captures = 0;    // that were read again
  std::uint64_t erased = 0;      // links whose capture was erased
  std::uint64_t missing = 0;     // captures that cannot be read from the store
  std::uint64_t unreadable = 0;  // that today's collectors cannot read
  std::uint64_t by_hand = 0;     // posts that were brought in
  std::uint64_t actions = 0;     // answers and decisions of editors
  std::uint64_t erasures = 0;    // that were accepted and had not begun: begun, and done by the service
  std::uint64_t kept = 0;        // posts that no capture gives any more: taken over as they were collected
  std::vector<std::string> kept_ids;  // the first of them
  static constexpr std::size_t kMostIds = 20;
};

// All outlive the stages.
struct ReplayDependencies {
  const KeyValue* old_key_value;
  const Store* old;
  const KeyValue* made_key_value;
  const Store* made;
  CaptureReader* captures;
  ReplayMemory* memory;
  ReplayWindow* window;
  ReplayCounts* counts;
};

// kDataLoss: the chain is damaged; says where.
std::unique_ptr<ReplayStage> replay_chain(const ReplayDependencies& d);
std::unique_ptr<ReplayStage> replay_log(const ReplayDependencies& d);
std::unique_ptr<ReplayStage> replay_rest(const ReplayDependencies& d);
std::unique_ptr<ReplayStage> replay_engagements(const ReplayDependencies& d);
std::unique_ptr<ReplayStage> replay_pictures(const ReplayDependencies& d);
std::unique_ptr<ReplayStage> replay_erasures(const ReplayDependencies& d);

// What follows a post that is handed on.
struct ReplayedPost {
  std::vector<PictureResult> pictures;
  std::vector<EngagementAt> noted;  // of a post that was not known: all that was ever noted of it
};
// Puts the post into the step's parcel.
absl::StatusOr<ReplayedPost> add_post(const ReplayDependencies& d, Item item, ReplayStep* step);
// A step of its own with what was found out about pictures; nothing for none.
[[nodiscard]] std::optional<ReplayStep> pictures_step(std::vector<PictureResult> pictures);

}  // namespace copytaster
