#include "collectors/poller_gate.h"

namespace copytaster {
namespace {

constexpr absl::Duration kRoomAgain = absl::Milliseconds(500);

}  // namespace

std::string PollerGate::key_of(const CollectorSpec& spec, std::string_view url) {
  return spec.budget.by_app ? str_cat("app:", spec.name) : host_of(url);
}

PollerGate::Answer PollerGate::may_ask(const CollectorSpec& spec, std::string_view key, bool placed,
                                       absl::Time now) {
  if (const absl::Time free = costs_.free_at(spec, now); free > now) {
    return {jitter_->longer(free - now, 0.01) + now, false, free - now > absl::Minutes(1)};
  }
  if (!placed || budgets_.paused_until(key) > now) {
    const absl::Time place = budgets_.reserve(key, spec.budget, now);
    if (place > now) return {place, true};
  }
  if (!budgets_.has_room(key, most_per_host_)) return {now + jitter_->longer(kRoomAgain, 1), true};
  return {now, true};
}

void PollerGate::started(const CollectorSpec& spec, std::string_view key) {
  budgets_.started(key);
  costs_.started(spec);
}

}  // namespace copytaster
