// What the log and the metrics say of a poll.
#pragma once

#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/cost_guard.h"
#include "collectors/failure_causes.h"
#include "collectors/poller_account.h"
#include "collectors/poller_answer.h"

namespace copytaster {

// After `outcome` was stored and `run` has its new state. A failure that other accounts may share is left to
// report_causes.
void report_poll(const Outcome& outcome, const AccountRun& run, absl::Time now, FailureCauses* causes);

// At the end of a turn: one line for each cause that is to be told now.
void report_causes(FailureCauses* causes, absl::Time now);

// After a frame of a stream was stored.
void report_frame(const Outcome& outcome, const AccountRun& run);

// A known post could not be read once more. `retry_in` nullopt: not before its next age.
void report_failed_reread(std::string_view item_id, const absl::Status& error, const AccountRun& run,
                          std::optional<absl::Duration> retry_in);

// What every answer says, whatever it means: how long it took and how much the host still allows.
void report_answer(const HttpResponse& response, const AccountRun& run, absl::Time now);

// A post was brought in by hand.
void report_brought(const Item& item);

// A host's circuit has opened (its accounts wait until then) or closed.
void report_circuit(std::string_view key, bool opened, absl::Time until, absl::Time now);

// What reading a platform has cost this month.
void report_cost(const CollectorSpec& spec, CostGuard& costs, absl::Time now);
// The month's money for a platform is spent; said once a month.
void report_spent(const CollectorSpec& spec, CostGuard& costs, absl::Time until, absl::Time now);

}  // namespace copytaster
