// All accounts as the poller keeps them, and when each is asked next. Not thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/poller_account.h"
#include "core/store.h"
#include "core/strings.h"

namespace copytaster {

class AccountRuns {
 public:
  // Without a collector it is left out, and the log says so; of two with one id the first counts. All are
  // added before anything else is called.
  void add(Account account, const Collector* collector);
  // Reads where each account stands and plans it: none later than `most` from `now`.
  absl::Status start(const StoreReader& store, absl::Time now, absl::Duration most);

  [[nodiscard]] std::size_t size() const { return runs_.size(); }
  [[nodiscard]] AccountRun& operator[](std::size_t number) { return runs_[number]; }
  [[nodiscard]] const AccountRun& operator[](std::size_t number) const { return runs_[number]; }
  [[nodiscard]] std::optional<std::size_t> number_of(std::string_view account_id) const;

  // InfiniteFuture: not asked again before a restart.
  void wait(std::size_t number, absl::Time due);
  // Not at all for now.
  void stop_waiting(std::size_t number);
  // Takes out the first that is due.
  std::optional<std::size_t> take_due(absl::Time now);
  [[nodiscard]] absl::Time next_due() const;
  // A clock set back must not stop us for as long as it was ahead: call it with each reading of the clock.
  // True when it was set back.
  bool watch_clock(absl::Time now, absl::Duration most);

 private:
  std::vector<AccountRun> runs_;
  StringMap<std::size_t> number_of_;                  // account id -> place in runs_
  std::map<std::string, CollectMetrics> metrics_;     // by platform; addresses stay
  std::set<std::pair<absl::Time, std::size_t>> due_;  // accounts that wait
  std::vector<absl::Time> due_of_;                    // by number; InfiniteFuture: does not wait
  absl::Time last_now_ = absl::InfinitePast();
};

}  // namespace copytaster
