// What many accounts cost: one collector process polls them from a server on loopback (crowd_town.h) in real
// time, through the real poller, HTTP client, bus and store.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace copytaster {

struct CrowdOptions {
  std::size_t accounts = 20'000;
  absl::Duration time = absl::Minutes(15);
  std::string folder;  // of the store; made and removed by the caller
};

struct CrowdResult {
  std::size_t accounts = 0, read = 0;  // read: at least once
  std::size_t requests = 0, not_modified = 0, errors = 0;
  std::size_t too_early = 0;                           // asked of a host while it wanted to be left alone
  std::size_t most_a_minute = 0, budget_a_minute = 0;  // of any host
  std::uint64_t posts = 0;                             // handed on
  std::uint64_t missed =
      0;  // shown to the collector and not handed on, or gone from the page before it looked
  std::uint64_t doubled = 0;                               // handed on more than once
  double seconds = 0, cpu_share = 0, cpu_share_later = 0;  // of one core; later: in the second half
  double peak_memory_mb = 0;
};

[[nodiscard]] absl::StatusOr<CrowdResult> measure_crowd(const CrowdOptions& options);
[[nodiscard]] std::string as_text(const CrowdResult& result);

}  // namespace copytaster
