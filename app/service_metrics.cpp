#include "app/service_metrics.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include "app/stage_metrics.h"
#include "core/metrics.h"
#include "core/source_health.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/version.h"

namespace copytaster {
namespace {

// More lists than this are only said to be "at least".
constexpr std::size_t kMostLists = 1000;

// The store's own count outlives the process: the counter follows it.
void raise(Counter& to_raise, std::uint64_t to) {
  if (to > to_raise.value()) to_raise.add(to - to_raise.value());
}

void set_lag(std::string_view consumer, std::size_t messages, absl::Duration age) {
  gauge("copytaster_consumer_lag_messages", "Records a consumer has not done yet.", {{"consumer", consumer}})
      .set(static_cast<double>(messages));
  gauge("copytaster_consumer_lag_seconds", "Age of the oldest record a consumer has not done yet.",
        {{"consumer", consumer}})
      .set(absl::ToDoubleSeconds(age));
}

struct Sources {  // of one platform
  std::array<std::size_t, kSourceHealths> by_health = {};
  std::optional<absl::Duration> least_age, most_age;

  void add(SourceHealth health) { ++by_health[static_cast<std::size_t>(health)]; }
  void add(const AccountState& state, absl::Time now) {
    add(health_of(state));
    if (!state.has_last_success()) return;
    const absl::Duration age = std::max(now - to_time(state.last_success()), absl::ZeroDuration());
    least_age = std::min(least_age.value_or(age), age);
    most_age = std::max(most_age.value_or(age), age);
  }

  void tell(std::string_view platform) const {
    for (std::size_t i = 0; i < kSourceHealths; ++i) {
      gauge("copytaster_sources", "Accounts followed, by how they are.",
            {{"platform", platform}, {"state", health_name(static_cast<SourceHealth>(i))}})
          .set(static_cast<double>(by_health[i]));
    }
    if (!least_age) return;
    gauge("copytaster_source_success_age_min_seconds", "Since the account read last was read.",
          {{"platform", platform}})
        .set(absl::ToDoubleSeconds(*least_age));
    gauge("copytaster_source_success_age_max_seconds", "Since the account read longest ago was read.",
          {{"platform", platform}})
        .set(absl::ToDoubleSeconds(*most_age));
  }
};

}  // namespace

ServiceMetrics::ServiceMetrics(const Store* store, const MeteredBus* bus, const Clock* clock,
                               const std::vector<Account>& accounts)
    : store_(store), bus_(bus), clock_(clock) {
  for (const Account& account : accounts) platform_of_[account.id()] = account.platform();
  gauge("copytaster_build_info", "Always 1; the label says which version runs.", {{"version", version()}})
      .set(1);
}

std::string ServiceMetrics::text() {
  const std::scoped_lock lock(mutex_);  // two who ask at once must not both raise a counter
  look_at_consumers();
  look_at_collecting();
  look_at_sources();
  look_at_totals();
  return metrics_text();
}

void ServiceMetrics::look_at_consumers() {
  set_lag("process", bus_->lag("process"), bus_->oldest_waiting("process"));
  set_lag("pictures", bus_->lag("pictures"), bus_->oldest_waiting("pictures"));
  // Before the lists: what is indexed between the two is counted in neither, and only for now.
  const StageMetrics search("search");
  const std::uint64_t sent = search.sent.value();
  const auto lists = store_->changed(kMostLists);
  if (!lists.ok()) return;
  std::size_t posts = 0;
  for (const Changed& list : *lists) posts += list.item_ids.size();
  set_lag("search", posts,
          lists->empty() ? absl::ZeroDuration() : bus_->since_reached(lists->front().position));
  search.in_progress.set(static_cast<double>(posts));
  raise(search.received, sent + posts);
}

// What came is what was handed on, known already or refused: so the sum is right whenever somebody looks.
void ServiceMetrics::look_at_collecting() {
  const StageMetrics collect("collect");
  std::uint64_t came = counter("copytaster_stage_discarded_total",
                               "Posts a stage did not hand on; intentional: known already.",
                               {{"stage", "collect"}, {"intentional", "true"}})
                           .value();
  std::set<std::string_view> platforms;
  for (const auto& [id, platform] : platform_of_) platforms.insert(platform);
  for (const std::string_view platform : platforms) {
    came += counter("copytaster_collect_dead_letters_total", "Posts that could not be read.",
                    {{"platform", platform}})
                .value();
  }
  raise(collect.received, came + collect.sent.value());
  collect.in_progress.set(gauge("copytaster_collect_in_flight", "Requests under way.").value());
}

void ServiceMetrics::look_at_sources() {
  const auto states = store_->account_states();
  if (!states.ok()) return;
  const absl::Time now = clock_->now();
  std::map<std::string_view, Sources> by_platform;
  std::map<std::string_view, std::size_t> followed;
  for (const auto& [id, platform] : platform_of_) ++followed[platform];
  for (const AccountState& state : *states) {
    const auto account = platform_of_.find(state.account_id());
    if (account == platform_of_.end()) continue;  // followed once
    by_platform[account->second].add(state, now);
    --followed[account->second];
  }
  for (const auto& [platform, unread] : followed)
    for (std::size_t i = 0; i < unread; ++i) by_platform[platform].add(SourceHealth::kNew);
  for (const auto& [platform, sources] : by_platform) sources.tell(platform);
}

void ServiceMetrics::look_at_totals() {
  const Counters counters = store_->counters();
  const auto total = [](std::string_view state) -> Counter& {
    return counter("copytaster_posts_total",
                   "Post versions since the store was made: collected = stored + dead_lettered, "
                   "once the bus is empty.",
                   {{"state", state}});
  };
  raise(total("collected"), counters.collected());
  raise(total("stored"), counters.stored());
  raise(total("dead_lettered"), counters.dead_lettered());
  raise(counter("copytaster_captures_total", "Answers kept as evidence since the store was made."),
        counters.captures());
}

}  // namespace copytaster
