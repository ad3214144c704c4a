#include "collectors/back_off.h"

#include <algorithm>

namespace copytaster {

Jitter::Jitter(std::uint64_t seed) : random_(seed == 0 ? std::random_device{}() : seed) {}

absl::Duration Jitter::longer(absl::Duration d, double share) {
  return d + d * std::uniform_real_distribution<double>(0, share)(random_);
}

double Jitter::share() { return std::uniform_real_distribution<double>(0, 1)(random_); }

absl::Duration Jitter::shorter(absl::Duration d) {
  return d * std::uniform_real_distribution<double>(0.5, 1)(random_);
}

absl::Duration back_off(std::uint32_t failures, absl::Duration first, absl::Duration most, Jitter& jitter) {
  absl::Duration wait = first;
  for (std::uint32_t i = 1; i < failures && wait < most; ++i) wait *= 2;
  return jitter.shorter(std::min(wait, most));
}

}  // namespace copytaster
