// What reading costs, and when to stop: platforms that charge by read (X) have a monthly ceiling in the
// settings (`monthly_usd`). A month is a calendar month in UTC. What was spent is kept in each account's
// state and so commits with what it paid for; a platform's sum is made from these at start. Not thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/collector.h"
#include "core/strings.h"

namespace copytaster {

class CostGuard {
 public:
  // US dollars a month, by platform. A platform that costs and has no ceiling here may spend nothing.
  explicit CostGuard(StringMap<double> ceilings) : ceilings_(std::move(ceilings)) {}

  // What an account of `platform` had spent, as stored.
  void add_stored(std::string_view platform, const AccountState& state, absl::Time now);
  // From when on one request more stays under the ceiling even at its highest cost and with all that are
  // under way: InfinitePast, or the first moment of next month.
  [[nodiscard]] absl::Time free_at(const CollectorSpec& spec, absl::Time now);
  void started(const CollectorSpec& spec);
  // The request has ended: `cost_usd` was paid for `state`'s account.
  void ended(const CollectorSpec& spec, double cost_usd, absl::Time now, AccountState* state);

  [[nodiscard]] double spent(std::string_view platform, absl::Time now);
  [[nodiscard]] double ceiling(std::string_view platform) const;
  // True once a month and platform: to be told.
  bool newly_exhausted(std::string_view platform, absl::Time now);

 private:
  struct Purse {
    std::string month;
    double spent = 0;
    double at_stake = 0;  // of requests under way, at their highest
    bool told = false;
  };
  Purse& purse(std::string_view platform, absl::Time now);

  StringMap<double> ceilings_;
  StringMap<Purse> purses_;
};

// "2026-11"
[[nodiscard]] std::string month_of(absl::Time time);

}  // namespace copytaster
