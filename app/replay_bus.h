// A bus for one reader that gives it what was kept, in the order in which it came, instead of what comes: the
// processing makes of it what it made of it then. Nothing is appended, and nothing is synced: who replays
// begins again after a stop.
//
// One thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "app/replay_window.h"
#include "core/bus.h"
#include "core/store.h"

namespace copytaster {

// What came at once.
struct ReplayStep {
  Parcel parcel;
  std::vector<DeadLetter> letters;  // what a collector could not read of it
  // All before it is stored when it is taken in, and it is stored when what follows is.
  bool alone = false;
};

// One source of steps; they are used up one after the other, each only once all before it are stored.
class ReplayStage {
 public:
  virtual ~ReplayStage() = default;
  // Nothing: that was all.
  virtual absl::StatusOr<std::optional<ReplayStep>> next() = 0;
};

class ReplayBus final : public Bus {
 public:
  // All outlive it. `made` is the store that is being made, `window` what the stages have handed on.
  ReplayBus(std::vector<ReplayStage*> stages, Store* made, ReplayWindow* window)
      : stages_(std::move(stages)), made_(made), window_(window) {}

  // kUnimplemented.
  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) override;
  // Empty: all was given. Counts what is given, and the letters, into the store.
  absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                             absl::Duration wait) override;
  absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) override;
  // More than any turn takes, until all was given.
  [[nodiscard]] std::uint64_t lag(std::string_view consumer) const override;
  [[nodiscard]] std::uint64_t position(std::string_view consumer) const override;
  void close() override {}

 private:
  absl::StatusOr<bool> look_ahead(bool may_change_stage);

  std::vector<ReplayStage*> stages_;
  Store* made_;
  ReplayWindow* window_;
  std::size_t stage_ = 0;
  std::optional<ReplayStep> ahead_;
  std::uint64_t given_ = 0, committed_ = 0;
};

}  // namespace copytaster
