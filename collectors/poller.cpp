#include "collectors/poller.h"

#include <algorithm>
#include <utility>

#include "collectors/poller_impl.h"
#include "collectors/poller_report.h"
#include "core/erased_account.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Posts that were on the bus but not in the store when we started are looked for once more after this.
constexpr absl::Duration kSecondScan = absl::Minutes(10);

}  // namespace

ThePoller::ThePoller(const PollerDependencies& dependencies, const PollerOptions& options,
                     std::vector<Account> accounts)
    : d_(dependencies),
      options_(options),
      jitter_(options.seed),
      gate_(&jitter_, options.ceilings_usd, options.max_per_host),
      reader_(d_.store, &jitter_, {options.max_interval, options.max_pages_per_poll}),
      pictures_({d_.fetcher, d_.bus, d_.media, d_.clock, &jitter_},
                {.max_bytes = options.max_picture_bytes,
                 .attempts = options.picture_attempts,
                 .put_threads = options.picture_put_threads}),
      rereading_(&runs_, &jitter_, options.reread_for),
      writes_(d_.store, d_.bus, &reader_),
      notes_(d_.store, &pictures_, &rereading_),
      streams_(&runs_, dependencies.streams, &jitter_),
      websub_({&runs_, &gate_, &jitter_, d_.fetcher, d_.store, d_.websub}),
      in_flight_gauge_(gauge("copytaster_collect_in_flight", "Requests under way.")) {
  for (Account& account : accounts) {
    const Collector* collector =
        d_.find ? d_.find(account.platform()) : d_.collectors->find(account.platform());
    runs_.add(std::move(account), collector);
  }
}

absl::Status ThePoller::turn(absl::Duration wait) {
  if (!started_) CT_RETURN_IF_ERROR(start());
  if (runs_.watch_clock(d_.clock->now(), options_.max_interval)) clock_set_back();
  CT_RETURN_IF_ERROR(store_answers());
  if (!blocked_) {
    CT_RETURN_IF_ERROR(scan_again());
    CT_RETURN_IF_ERROR(follow_streams());
    CT_RETURN_IF_ERROR(follow_websub());
    ask_what_is_due();
  }
  in_flight_gauge_.set(static_cast<double>(in_flight_ + pictures_.in_flight() + websub_.in_flight()));
  d_.fetcher->drive(wait);
  CT_RETURN_IF_ERROR(store_answers());
  report_causes(&causes_, d_.clock->now());
  return absl::OkStatus();
}

absl::Status ThePoller::start() {
  const absl::Time now = d_.clock->now();
  CT_RETURN_IF_ERROR(runs_.start(*d_.store, now, options_.max_interval));
  CT_RETURN_IF_ERROR(add_spendings(now));
  CT_RETURN_IF_ERROR(streams_.start(*d_.store, now));
  CT_RETURN_IF_ERROR(websub_.start(now));
  CT_RETURN_IF_ERROR(d_.store->each_item([&](const Item& item) {
    if (item.state() == GONE) return true;
    pictures_.want(item, nullptr);
    if (const auto number = runs_.number_of(item.account_id())) rereading_.add(item, *number, now);
    return true;
  }));
  scan_at_ = now + kSecondScan;
  started_ = true;
  return absl::OkStatus();
}

// Also of accounts that are followed no more: their money is spent, too.
absl::Status ThePoller::add_spendings(absl::Time now) {
  if (options_.ceilings_usd.empty()) return absl::OkStatus();
  CT_ASSIGN_OR_RETURN(const auto states, d_.store->account_states());
  for (const AccountState& state : states) {
    const std::string_view id = state.account_id();
    gate_.costs().add_stored(id.substr(0, id.find(':')), state, now);
  }
  return absl::OkStatus();
}

absl::Status ThePoller::scan_again() {
  const bool room_again = overflowed_ && pictures_.has_room_again();
  overflowed_ = pictures_.take_overflow() || (overflowed_ && !room_again);
  if (!room_again && d_.clock->now() < scan_at_) return absl::OkStatus();
  scan_at_ = absl::InfiniteFuture();
  return d_.store->each_item([&](const Item& item) {
    if (item.state() != GONE) pictures_.want(item, nullptr);
    return true;
  });
}

// What was to wait for times that are far ahead now.
void ThePoller::clock_set_back() {
  gate_.clock_set_back();
  pictures_.clock_set_back();
  const absl::Time now = d_.clock->now();
  rereading_.clock_set_back(now);
  streams_.clock_set_back(now);
  if (scan_at_ != absl::InfiniteFuture()) scan_at_ = std::min(scan_at_, now + kSecondScan);
  // What was read before and waits to be stored was told by the old clock when to ask again.
  const absl::Time latest = now + options_.max_interval;
  for (Outcome& outcome : pending_) {
    outcome.host_free = std::min(outcome.host_free, latest);
    if (outcome.due == absl::InfiniteFuture() || outcome.due <= latest) continue;
    outcome.due = latest;
    set_due(&outcome.state, latest);
  }
  websub_.clock_set_back(now);
}

absl::Status ThePoller::hold(std::string_view account_id, const std::optional<Hold>& hold) {
  if (!started_) CT_RETURN_IF_ERROR(start());
  const auto number = runs_.number_of(account_id);
  if (!number) return absl::NotFoundError(str_cat("no account ", account_id, " is followed"));
  AccountState state = runs_[*number].state;
  state.clear_hold();
  if (hold) *state.mutable_hold() = *hold;
  state.set_ended(false);
  CT_ASSIGN_OR_RETURN(bool erased, is_account_erased(*d_.store, account_id));
  erased = erased || state.hold().erased() || runs_[*number].state.hold().erased();
  if (erased) state = bare_state(state);
  if (erased && hold) state.mutable_hold()->set_erased(true);
  CT_RETURN_IF_ERROR(writes_.hold(state));
  runs_[*number].state = std::move(state);
  runs_.stop_waiting(*number);
  if (!hold && !runs_[*number].asking) runs_.wait(*number, d_.clock->now());
  return absl::OkStatus();
}

void ThePoller::forget(std::string_view item_id) {
  pictures_.forget(item_id);
  rereading_.forget(item_id);
}

absl::Status ThePoller::bring(const Capture& capture, Item item) {
  if (!started_) CT_RETURN_IF_ERROR(start());
  const auto known = d_.store->item(item.id());
  CT_RETURN_IF_ERROR(writes_.brought(capture, item));
  report_brought(item);
  if (item.media_size() > 0) pictures_.want(item, known.ok() ? &*known : nullptr);
  return absl::OkStatus();
}

absl::Status ThePoller::hand_on(const Parcel& parcel, WriteBatch* together) {
  if (!started_) CT_RETURN_IF_ERROR(start());
  CT_RETURN_IF_ERROR(d_.bus->append({&parcel, 1U}, together, absl::ZeroDuration()));
  for (const Item& item : parcel.items()) pictures_.want(item, nullptr);
  return absl::OkStatus();
}

absl::Time ThePoller::next_due() const {
  if (!started_) return d_.clock->now();
  return std::min({runs_.next_due(), pictures_.next_due(), rereading_.next_due(), streams_.next_due(),
                   websub_.next_due()});
}

std::unique_ptr<Poller> Poller::make(const PollerDependencies& dependencies, const PollerOptions& options,
                                     std::vector<Account> accounts) {
  return std::make_unique<ThePoller>(dependencies, options, std::move(accounts));
}

}  // namespace copytaster
