// The sum collected = stored + dead-lettered, looked at while the service runs and in a store that is read.
#pragma once

#include <mutex>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "core/balance.h"
#include "core/bus.h"
#include "core/key_value.h"
#include "core/store.h"

namespace copytaster {

// As it is now. Settled only where nothing came or went meanwhile. Any thread.
[[nodiscard]] Balance balance_now(const StoreReader& store, const Bus& bus);
// Of a store that is read, with its log.
[[nodiscard]] absl::StatusOr<Balance> balance_stored(const KeyValue& key_value, const Counters& counters);

// Tells when it does not hold: copytaster_items_unaccounted, and an error in the log, once until it holds
// again.
class BalanceWatch {
 public:
  // Both outlive it.
  BalanceWatch(const StoreReader* store, const Bus* bus) : store_(store), bus_(bus) {}
  // Any thread, at any time; cheap. Where something waits nothing is said, and only what is the same a second
  // later is: between a write and its being known to the bus the log looks empty. True: it has just been
  // told.
  bool look(absl::Time now = absl::Now());

 private:
  const StoreReader* store_;
  const Bus* bus_;
  std::mutex mutex_;
  bool told_ = false;
  Balance wrong_;  // as it was when it was first seen, …
  absl::Time wrong_since_ = absl::InfiniteFuture();
};

}  // namespace copytaster
