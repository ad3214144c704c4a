// A bus that counts what passes: what the collecting handed on, what the processing took and has done, how
// far it lags, and how long a post took from the answer that brought it to its being stored.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "app/stage_metrics.h"
#include "core/bus.h"
#include "core/clock.h"

namespace copytaster {

// Consumer: "process". As the bus below; the rest from any thread.
class MeteredBus final : public Bus {
 public:
  // `clock`: the one that Item.collected_at is from; it outlives the bus. `after_commit` is called on the
  // consumer's own thread; may be empty.
  MeteredBus(std::unique_ptr<Bus> below, const Clock* clock, std::function<void()> after_commit);

  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) override;
  absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                             absl::Duration wait) override;
  absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) override;
  [[nodiscard]] std::uint64_t lag(std::string_view consumer) const override { return below_->lag(consumer); }
  [[nodiscard]] std::uint64_t position(std::string_view consumer) const override {
    return below_->position(consumer);
  }
  void close() override { below_->close(); }

  // How long ago the oldest parcel that is not done was appended; before this process, it counts from its
  // start. Zero: all is done.
  [[nodiscard]] absl::Duration oldest_waiting(std::string_view consumer) const;
  // How long ago the processing reached `position`; zero: not since the start, or all too long ago.
  [[nodiscard]] absl::Duration since_reached(std::uint64_t position) const;

 private:
  struct Taken {  // a parcel that was polled and is not committed
    std::uint64_t position;
    absl::Duration at;
    std::vector<absl::Time> collected;  // of its items
  };
  void note_done(std::uint64_t position);
  void note_full(bool full, absl::Duration now);

  std::unique_ptr<Bus> below_;
  const Clock* clock_;
  std::function<void()> after_commit_;
  const StageMetrics collect_{"collect"};
  const StageMetrics process_{"process"};
  DurationHistogram& end_to_end_;
  Gauge& full_ = gauge("copytaster_bus_full", "1: the log is full, and the collectors wait for room.");
  DurationHistogram& held_back_ =
      duration_histogram("copytaster_bus_full_seconds", "How long the collectors had to wait for room.");
  const absl::Duration started_;
  mutable std::mutex mutex_;
  std::optional<absl::Duration> full_since_;
  std::deque<absl::Duration> appended_;  // when, of the newest parcels; at least those not done
  std::deque<Taken> taken_;
  std::deque<std::pair<std::uint64_t, absl::Duration>> reached_;  // positions committed, and when
};

}  // namespace copytaster
