#include "collectors/poller_reread.h"

#include <algorithm>

#include "collectors/schedule.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr int kMostLooks = 256;

}  // namespace

void RereadPlan::add(const Item& item, std::size_t account, absl::Time now) {
  if (entries_.contains(item.id()) || item.native_id().empty()) return;
  Reread reread;
  reread.item_id = item.id();
  reread.native_id = item.native_id();
  reread.account = account;
  // A date in the future is a mistake or a trick: it must not keep the post in the plan for ever.
  reread.created = std::min(to_time(item.has_created_at() ? item.created_at() : item.collected_at()), now);
  done(std::move(reread), now);
}

std::optional<Reread> RereadPlan::take_due(absl::Time now,
                                           const std::function<bool(const Reread&)>& allowed) {
  int looks = 0;
  for (const auto& [due, id] : by_due_) {
    if (due > now || ++looks > kMostLooks) break;
    if (allowed(entries_.find(id)->second.reread)) return take(std::string(id));
  }
  return std::nullopt;
}

void RereadPlan::done(Reread reread, absl::Time now) {
  const auto age = next_reread_age(now - reread.created, reread_for_);
  if (!age) return;
  const absl::Time due = reread.created + *age;
  reread.failures = 0;
  put(std::move(reread), due);
}

void RereadPlan::retry(Reread reread, absl::Time at) { put(std::move(reread), at); }

void RereadPlan::forget(std::string_view item_id) {
  if (entries_.contains(item_id)) (void)take(std::string(item_id));
}

void RereadPlan::clock_set_back(absl::Time now) {
  StringMap<Entry> before;
  entries_.swap(before);
  by_due_.clear();
  by_created_.clear();
  for (auto& [id, entry] : before) {
    entry.reread.created = std::min(entry.reread.created, now);
    done(std::move(entry.reread), now);
  }
}

const Reread* RereadPlan::find(std::string_view item_id) const {
  const auto found = entries_.find(item_id);
  return found == entries_.end() ? nullptr : &found->second.reread;
}

absl::Time RereadPlan::next_due() const {
  return by_due_.empty() ? absl::InfiniteFuture() : by_due_.begin()->first;
}

void RereadPlan::put(Reread reread, absl::Time due) {
  forget(reread.item_id);
  by_due_.emplace(due, reread.item_id);
  by_created_.emplace(reread.created, reread.item_id);
  std::string id = reread.item_id;
  entries_.emplace(std::move(id), Entry{std::move(reread), due});
  if (entries_.size() > most_) (void)take(std::string(by_created_.begin()->second));
}

Reread RereadPlan::take(const std::string& item_id) {
  const auto found = entries_.find(item_id);
  Entry entry = std::move(found->second);
  entries_.erase(found);
  by_due_.erase({entry.due, item_id});
  by_created_.erase({entry.reread.created, item_id});
  return std::move(entry.reread);
}

}  // namespace copytaster
