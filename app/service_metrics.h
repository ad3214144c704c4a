// The text of /metrics: what was counted as it happened, and what is looked up when somebody asks.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "app/metered_bus.h"
#include "core/clock.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

class ServiceMetrics {
 public:
  // All outlive it. `accounts`: those followed now; of others the store may still know.
  ServiceMetrics(const Store* store, const MeteredBus* bus, const Clock* clock,
                 const std::vector<Account>& accounts);
  // Any thread.
  [[nodiscard]] std::string text();

 private:
  void look_at_consumers();
  void look_at_collecting();
  void look_at_sources();
  void look_at_totals();

  const Store* store_;
  const MeteredBus* bus_;
  const Clock* clock_;
  StringMap<std::string> platform_of_;  // by account id
  std::mutex mutex_;
};

}  // namespace copytaster
