#include "app/balance.h"

#include <utility>

#include "core/bytes.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"

namespace copytaster {
namespace {

constexpr std::string_view kConsumer = "process";
constexpr absl::Duration kTwice = absl::Seconds(1);

Balance to_balance(const Counters& counters) {
  Balance out;
  out.collected = counters.collected();
  out.stored = counters.stored();
  out.dead_lettered = counters.dead_lettered();
  return out;
}

bool same(const Balance& a, const Balance& b) {
  return a.collected == b.collected && a.stored == b.stored && a.dead_lettered == b.dead_lettered;
}

}  // namespace

// The counters are read one by one: only where two looks agree, and the log was empty before and after, no
// write has come between them.
Balance balance_now(const StoreReader& store, const Bus& bus) {
  const std::uint64_t position = bus.position(kConsumer);
  const bool empty = bus.lag(kConsumer) == 0;
  Balance out = to_balance(store.counters());
  const bool still = same(out, to_balance(store.counters()));
  out.settled = empty && still && bus.lag(kConsumer) == 0 && bus.position(kConsumer) == position;
  return out;
}

absl::StatusOr<Balance> balance_stored(const KeyValue& key_value, const Counters& counters) {
  Balance out = to_balance(counters);
  const auto last = key_value.last_key(Space::kLog);
  const auto done = key_value.get(Space::kPositions, kConsumer);
  for (const absl::Status& status : {last.status(), done.status()}) {
    if (!status.ok() && !absl::IsNotFound(status)) return status;
  }
  const std::uint64_t end = last.ok() ? from_big_endian(*last) + 1 : 0;
  out.settled = !last.ok() || (done.ok() && from_big_endian(*done) >= end);
  return out;
}

bool BalanceWatch::look(absl::Time now) {
  const Balance balance = balance_now(*store_, *bus_);
  const std::scoped_lock lock(mutex_);
  if (!balance.settled) return false;
  if (balance.unaccounted() != 0 && (!same(balance, wrong_) || now < wrong_since_)) {
    wrong_ = balance;
    wrong_since_ = now;
    return false;
  }
  if (balance.unaccounted() != 0 && now - wrong_since_ < kTwice) return false;
  gauge("copytaster_items_unaccounted",
        "Collected and neither stored nor dead-lettered when nothing waits; anything but 0 is a fault.")
      .set(static_cast<double>(balance.unaccounted()));
  if (balance.unaccounted() == 0) {
    wrong_since_ = absl::InfiniteFuture();
    told_ = false;
    return false;
  }
  if (std::exchange(told_, true)) return false;
  log_error("store.unbalanced", "Posts are unaccounted for: collected is not stored + dead-lettered",
            {{"collected", balance.collected},
             {"stored", balance.stored},
             {"dead_lettered", balance.dead_lettered},
             {"unaccounted", balance.unaccounted()},
             {"hint", "copytaster verify looks at the store; please report this line"}});
  return true;
}

}  // namespace copytaster
