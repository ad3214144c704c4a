// How long to wait after a failure, and the chance that keeps many accounts from asking at one moment.
#pragma once

#include <cstdint>
#include <random>

#include "absl/time/time.h"

namespace copytaster {

// Seeded, so that a run can be repeated. Not thread-safe.
class Jitter {
 public:
  explicit Jitter(std::uint64_t seed);  // 0: from the machine
  // Uniform in [d, d * (1 + share)].
  absl::Duration longer(absl::Duration d, double share);
  // Uniform in [0, 1).
  double share();
  // Uniform in [d / 2, d].
  absl::Duration shorter(absl::Duration d);

 private:
  std::mt19937_64 random_;
};

// Before trying again after `failures` (1, 2, …) in a row: `first`, doubled with each more, `most` at
// most; of that between the half and the whole.
[[nodiscard]] absl::Duration back_off(std::uint32_t failures, absl::Duration first, absl::Duration most,
                                      Jitter& jitter);

}  // namespace copytaster
