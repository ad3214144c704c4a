#include "collectors/cost_guard.h"

#include <algorithm>

namespace copytaster {

std::string month_of(absl::Time time) { return absl::FormatTime("%Y-%m", time, absl::UTCTimeZone()); }

CostGuard::Purse& CostGuard::purse(std::string_view platform, absl::Time now) {
  Purse& purse = purses_[std::string(platform)];
  std::string month = month_of(now);
  if (purse.month < month) {  // a clock set back does not open the purse again
    purse.month = std::move(month);
    purse.spent = 0;
    purse.told = false;
  }
  return purse;
}

void CostGuard::add_stored(std::string_view platform, const AccountState& state, absl::Time now) {
  if (!state.has_spending()) return;
  Purse& of = purse(platform, now);
  if (state.spending().month() == of.month) of.spent += state.spending().usd();
}

absl::Time CostGuard::free_at(const CollectorSpec& spec, absl::Time now) {
  if (spec.most_cost_usd <= 0) return absl::InfinitePast();
  const Purse& of = purse(spec.name, now);
  if (of.spent + of.at_stake + spec.most_cost_usd <= ceiling(spec.name)) return absl::InfinitePast();
  // What is under way may turn out cheaper.
  if (of.spent + spec.most_cost_usd <= ceiling(spec.name)) return now + absl::Seconds(1);
  const absl::CivilMonth next = absl::ToCivilMonth(now, absl::UTCTimeZone()) + 1;
  return absl::FromCivil(absl::CivilSecond(next), absl::UTCTimeZone());
}

void CostGuard::started(const CollectorSpec& spec) {
  if (spec.most_cost_usd > 0) purses_[std::string(spec.name)].at_stake += spec.most_cost_usd;
}

void CostGuard::ended(const CollectorSpec& spec, double cost_usd, absl::Time now, AccountState* state) {
  if (spec.most_cost_usd <= 0) return;
  Purse& of = purse(spec.name, now);
  of.at_stake = std::max(0.0, of.at_stake - spec.most_cost_usd);
  if (cost_usd <= 0) return;
  of.spent += cost_usd;
  Spending* spending = state->mutable_spending();
  if (spending->month() != of.month) {
    spending->Clear();
    spending->set_month(of.month);
  }
  spending->set_usd(spending->usd() + cost_usd);
  spending->set_reads(spending->reads() + 1);
}

double CostGuard::spent(std::string_view platform, absl::Time now) { return purse(platform, now).spent; }

double CostGuard::ceiling(std::string_view platform) const {
  const auto found = ceilings_.find(platform);
  return found == ceilings_.end() ? 0 : found->second;
}

bool CostGuard::newly_exhausted(std::string_view platform, absl::Time now) {
  Purse& of = purse(platform, now);
  return !std::exchange(of.told, true);
}

}  // namespace copytaster
