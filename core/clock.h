// Time is injected: nothing but SystemClock asks the machine what time it is.
#pragma once

#include <mutex>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace copytaster {

class Clock {
 public:
  virtual ~Clock() = default;
  // Wall-clock time. May jump; order is by log position, never by this. Any thread.
  [[nodiscard]] virtual absl::Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] absl::Time now() const override { return absl::Now(); }
};

// Stands still until told. For tests, the rehearsal and the simulation. Any thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time start) : now_(start) {}
  [[nodiscard]] absl::Time now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  void advance(absl::Duration by) {
    const std::scoped_lock lock(mutex_);
    now_ += by;
  }
  void set(absl::Time to) {
    const std::scoped_lock lock(mutex_);
    now_ = to;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace copytaster
