// What the log and the metrics say of a poll.
#pragma once

#include "absl/time/time.h"
#include "collectors/poller_account.h"
#include "collectors/poller_answer.h"

namespace copytaster {

// After `outcome` was stored and `run` has its new state.
void report_poll(const Outcome& outcome, const AccountRun& run, absl::Time now);

}  // namespace copytaster
