// What the poller writes, each in one batch: what an answer brought with where its account stands, so that
// post and position can never disagree. Errors as of the store and the bus; kResourceExhausted: the bus is
// full, nothing was written. One thread.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_streams.h"
#include "core/bus.h"
#include "core/store.h"

namespace copytaster {

class PollerWrites {
 public:
  // All outlive it.
  PollerWrites(Store* store, Bus* bus, const AnswerReader* reader)
      : store_(store), bus_(bus), reader_(reader) {}

  // All that an answer brought for `run`; of an account that was erased only that it is not asked, and
  // `outcome` is left with no more. What cannot be stored, ever, becomes the account's failure: then
  // `outcome` says so.
  absl::Status outcome(const AccountRun& run, absl::Time now, Outcome* outcome);
  // A frame that could not be read. The bus need not have room for it.
  absl::Status unread(const FrameOutcome& frame);
  // Where a stream stands, without news: if it is lost, its messages come again.
  absl::Status position(const AccountState& stream);
  // What a person said of an account, synced.
  absl::Status hold(const AccountState& account);
  // A post that was brought in by hand, with its evidence.
  absl::Status brought(const Capture& capture, const Item& item);

 private:
  absl::Status prepare(const AccountRun& run, Outcome* outcome) const;

  Store* store_;
  Bus* bus_;
  const AnswerReader* reader_;
};

}  // namespace copytaster
