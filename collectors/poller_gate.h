// Whether a question may be asked now: what its host bears, what it may cost, how many are under way.
// Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "collectors/back_off.h"
#include "collectors/cost_guard.h"
#include "collectors/host_budgets.h"
#include "core/collector.h"

namespace copytaster {

class PollerGate {
 public:
  PollerGate(Jitter* jitter, StringMap<double> ceilings, std::size_t most_per_host)
      : jitter_(jitter), budgets_(jitter), costs_(std::move(ceilings)), most_per_host_(most_per_host) {}

  struct Answer {
    absl::Time at;        // now or before: go
    bool placed = false;  // a place in the line is kept for then
    bool costs = false;   // the month's money is spent
  };
  // `placed`: a place was kept for now by an earlier call.
  Answer may_ask(const CollectorSpec& spec, std::string_view key, bool placed, absl::Time now);
  // What is counted together: a host, or an app.
  [[nodiscard]] static std::string key_of(const CollectorSpec& spec, std::string_view url);

  void started(const CollectorSpec& spec, std::string_view key);
  void finished(std::string_view key) { budgets_.finished(key); }
  [[nodiscard]] HostBudgets& budgets() { return budgets_; }
  [[nodiscard]] CostGuard& costs() { return costs_; }
  void clock_set_back() { budgets_.clock_set_back(); }

 private:
  Jitter* jitter_;
  HostBudgets budgets_;
  CostGuard costs_;
  std::size_t most_per_host_;
};

}  // namespace copytaster
