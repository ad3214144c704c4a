#include "collectors/host_budgets.h"

#include <algorithm>

#include "core/url.h"

namespace copytaster {
namespace {

// A tenth of a budget may go out at once, the rest is spread over its time: together never more than all.
constexpr double kBurst = 0.1;
// Below this share of what a host allows we slow down by ourselves.
constexpr double kScarce = 0.25;
constexpr std::uint32_t kFailuresThatOpen = 5;
constexpr absl::Duration kFirstOpen = absl::Seconds(30);
constexpr absl::Duration kFirstLimit = absl::Minutes(1);
constexpr absl::Duration kShareHolds = absl::Hours(1);
constexpr absl::Duration kLongestOpen = absl::Minutes(30);

}  // namespace

bool HostBudgets::Host::is_idle(absl::Time now) const {
  return next <= now && paused <= now && told_until <= now && failures == 0 && in_flight == 0;
}

HostBudgets::Host& HostBudgets::host(std::string_view key, absl::Time now) {
  if (const auto found = hosts_.find(key); found != hosts_.end()) return found->second;
  if (hosts_.size() >= most_)
    absl::erase_if(hosts_, [now](const auto& entry) { return entry.second.is_idle(now); });
  return hosts_[std::string(key)];
}

absl::Time HostBudgets::reserve(std::string_view key, const RequestBudget& budget, absl::Time now) {
  Host& at = host(key, now);
  absl::Duration gap, burst;
  if (budget.requests > 0) {
    gap = budget.per / (budget.requests * (1 - kBurst));
    burst = budget.per * kBurst;
  }
  if (now < at.told_until) {
    const absl::Duration told = std::max(at.told_gap, gap * at.told_factor);
    if (told > gap) burst = absl::ZeroDuration();
    gap = std::max(gap, told);
  }
  // After a pause the line begins anew, one by one: all at once is what we were paused for.
  if (at.paused > now) {
    at.next = std::max(at.next, at.paused + burst);
    gap = std::max(gap, absl::Milliseconds(200));
  }
  const absl::Time place = std::max(at.next - burst, now);
  at.next = std::max(at.next, now) + gap;
  return place;
}

absl::Time HostBudgets::paused_until(std::string_view key) const {
  const auto found = hosts_.find(key);
  return found == hosts_.end() ? absl::InfinitePast() : found->second.paused;
}

void HostBudgets::pause(std::string_view key, absl::Time until, absl::Time now) {
  if (until <= now) return;
  Host& at = host(key, now);
  at.paused = std::max(at.paused, until);
}

void HostBudgets::told(std::string_view key, const RateLimit& limit, absl::Time now) {
  if (const auto until = limit.spent_until(now)) return pause(key, *until, now);
  if (limit.used_share && !limit.remaining) return told_share(key, limit.left().value_or(1), now);
  if (!limit.remaining || !limit.reset || *limit.reset <= now || *limit.remaining <= 0) return;
  if (limit.left().value_or(1) >= kScarce) return;
  Host& at = host(key, now);
  at.told_gap = (*limit.reset - now) / static_cast<double>(*limit.remaining);
  at.told_until = *limit.reset;
}

// No reset is told with a share: it holds until the next answer, or until what it counted is over.
void HostBudgets::told_share(std::string_view key, double left, absl::Time now) {
  const auto found = hosts_.find(key);
  if (left >= kScarce && found == hosts_.end()) return;
  Host& at = host(key, now);
  at.told_factor = kScarce / std::clamp(left, 0.01, kScarce);
  at.told_until = now + kShareHolds;
}

void HostBudgets::limited(std::string_view key, absl::Time now) {
  Host& at = host(key, now);
  if (at.paused > now) return;  // it said how long, or this was under way when the first one came
  at.paused = now + back_off(++at.limits, kFirstLimit, kLongestOpen, *jitter_);
}

bool HostBudgets::answered(std::string_view key, bool limited) {
  const auto found = hosts_.find(key);
  if (found == hosts_.end()) return false;
  const bool was_open = found->second.failures >= kFailuresThatOpen;
  found->second.failures = 0;
  if (!limited) found->second.limits = 0;
  return was_open;
}

bool HostBudgets::failed(std::string_view key, absl::Time now) {
  Host& at = host(key, now);
  // What was under way when the circuit opened fails together and says nothing new.
  if (at.paused > now && at.failures >= kFailuresThatOpen) return false;
  if (++at.failures < kFailuresThatOpen) return false;
  const std::uint32_t times = at.failures - kFailuresThatOpen + 1;
  at.paused = std::max(at.paused, now + back_off(times, kFirstOpen, kLongestOpen, *jitter_));
  return times == 1;
}

bool HostBudgets::has_room(std::string_view key, std::size_t most_in_flight) const {
  const auto found = hosts_.find(key);
  if (found == hosts_.end()) return true;
  // Behind a circuit that was open one goes first.
  const std::size_t most = found->second.failures >= kFailuresThatOpen ? 1 : most_in_flight;
  return found->second.in_flight < most;
}

void HostBudgets::finished(std::string_view key) {
  const auto found = hosts_.find(key);
  if (found != hosts_.end() && found->second.in_flight > 0) --found->second.in_flight;
}

void HostBudgets::clock_set_back() {
  for (auto& [key, host] : hosts_) {
    host.next = host.paused = host.told_until = absl::InfinitePast();
  }
}

std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return "";
  return parsed->port == 0 ? parsed->host : str_cat(parsed->host, ":", parsed->port);
}

}  // namespace copytaster
