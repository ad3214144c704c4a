// What is remembered of an answer once it is stored. One thread.
#pragma once

#include <cstddef>

#include "absl/time/time.h"
#include "collectors/host_budgets.h"
#include "collectors/picture_fetch.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_rereading.h"
#include "core/store.h"

namespace copytaster {

class PollerNotes {
 public:
  // All outlive it.
  PollerNotes(const StoreReader* store, PictureFetch* pictures, Rereading* rereading)
      : store_(store), pictures_(pictures), rereading_(rereading) {}

  // Which posts of `run`, the account of that number, are known now, which pictures are wanted, and which
  // posts are read again.
  void answer(const Outcome& outcome, std::size_t number, absl::Time now, AccountRun* run);

 private:
  const StoreReader* store_;
  PictureFetch* pictures_;
  Rereading* rereading_;
};

// How the host or app that was asked has answered.
void note_host(const Outcome& outcome, absl::Time now, HostBudgets* budgets);

}  // namespace copytaster
