// What the log and the metrics say of a poll.
#pragma once

#include "absl/time/time.h"
#include "collectors/poller_account.h"
#include "collectors/poller_answer.h"

namespace copytaster {

// After `outcome` was stored and `run` has its new state.
void report_poll(const Outcome& outcome, const AccountRun& run, absl::Time now);

// What every answer says, whatever it means: how long it took and how much the host still allows.
void report_answer(const HttpResponse& response, const AccountRun& run);

}  // namespace copytaster
