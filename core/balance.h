// The sum that must hold: collected = stored + dead-lettered + what waits in the log. Pure.
#pragma once

#include <cstdint>

namespace copytaster {

struct Balance {
  std::uint64_t collected = 0, stored = 0, dead_lettered = 0;
  bool settled = false;  // nothing waits in the log

  // Collected and neither stored nor dead-lettered: they wait, or when it is settled they are lost (or, below
  // zero, counted twice).
  [[nodiscard]] std::int64_t open() const {
    return static_cast<std::int64_t>(collected - stored - dead_lettered);
  }
  [[nodiscard]] std::int64_t unaccounted() const { return settled ? open() : 0; }
  [[nodiscard]] std::uint64_t waiting() const {
    return settled || open() < 0 ? 0 : static_cast<std::uint64_t>(open());
  }
};

}  // namespace copytaster
