#include "collectors/poller_accounts.h"

#include <algorithm>

#include "core/log.h"
#include "core/time.h"

namespace copytaster {

void AccountRuns::add(Account account, const Collector* collector) {
  if (collector == nullptr) {
    log_error("collector.unknown", "No collector reads this account's platform; it is left out",
              {{"source.platform", account.platform()}, {"account.id", account.id()}});
    return;
  }
  if (!number_of_.emplace(account.id(), runs_.size()).second) return;
  AccountRun run;
  run.collector = collector;
  run.metrics = &metrics_.try_emplace(account.platform(), account.platform()).first->second;
  run.state.set_account_id(account.id());
  run.account = std::move(account);
  runs_.push_back(std::move(run));
  due_of_.push_back(absl::InfiniteFuture());
}

absl::Status AccountRuns::start(const StoreReader& store, absl::Time now, absl::Duration most) {
  last_now_ = now;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    AccountRun& run = runs_[i];
    absl::Time due = now;
    auto state = store.account_state(run.account.id());
    if (!state.ok() && !absl::IsNotFound(state.status())) return state.status();
    if (state.ok()) run.state = *std::move(state);
    // What was paused may have been mended: that is what one restarts for.
    if (run.state.has_next_due() && !run.state.paused()) {
      due = std::min(to_time(run.state.next_due()), now + most);
    }
    if (run.collector->spec().may_move) run.follow();
    if (!run.is_silenced()) wait(i, due);
  }
  return absl::OkStatus();
}

std::optional<std::size_t> AccountRuns::number_of(std::string_view account_id) const {
  const auto found = number_of_.find(account_id);
  return found == number_of_.end() ? std::nullopt : std::optional(found->second);
}

void AccountRuns::wait(std::size_t number, absl::Time due) {
  stop_waiting(number);
  due_of_[number] = due;
  if (due != absl::InfiniteFuture()) due_.emplace(due, number);
}

void AccountRuns::stop_waiting(std::size_t number) {
  due_.erase({due_of_[number], number});
  due_of_[number] = absl::InfiniteFuture();
}

std::optional<std::size_t> AccountRuns::take_due(absl::Time now) {
  if (due_.empty() || due_.begin()->first > now) return std::nullopt;
  const std::size_t number = due_.begin()->second;
  stop_waiting(number);
  return number;
}

absl::Time AccountRuns::next_due() const {
  return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first;
}

bool AccountRuns::watch_clock(absl::Time now, absl::Duration most) {
  const bool set_back = now < last_now_ - absl::Minutes(1);
  if (set_back) {
    log_warn("clock.jumped", "The clock was set back; accounts are scheduled anew");
    const std::set<std::pair<absl::Time, std::size_t>> before = std::exchange(due_, {});
    for (const auto& [due, number] : before) wait(number, std::min(due, now + most));
  }
  last_now_ = now;
  return set_back;
}

}  // namespace copytaster
