#include "collectors/poller_websub.h"

#include <algorithm>

#include "collectors/websub_lease.h"
#include "core/erased_account.h"
#include "core/log.h"
#include "core/message_text.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

// Hubs publish no limits; the largest serve millions of feeds from one host.
const CollectorSpec kHubs = {
    .name = "websub",
    .label = "WebSub",
    .summary = "Hubs.",
    .url_shapes = {},
    .fields = {},
    .politest_interval = absl::Minutes(5),
    .limits = "None published",
    .budget = {60, absl::Minutes(1)},
};

constexpr std::size_t kMostInFlight = 4;
constexpr absl::Duration kSpreadAtStart = absl::Minutes(10);
constexpr absl::Duration kCountEvery = absl::Seconds(10);
constexpr std::uint32_t kMissesToDistrust = 2;

Gauge& subscriptions(std::string_view state) {
  return gauge("copytaster_websub_subscriptions", "Feeds that offer a hub, by how the subscription stands.",
               {{"state", state}});
}

}  // namespace

// ---- the table

PollerWebSub::Subs::iterator PollerWebSub::add(std::string_view account_id, const WebSubSource& source,
                                               WebSubMode wanted) {
  WebSubSubscription what = h_.door->home().subscription(account_id, source);
  const auto [at, added] = subs_.try_emplace(std::string(websub_name(what)));
  Sub& sub = at->second;
  sub.what = std::move(what);
  sub.account_id = std::string(account_id);
  sub.account = h_.runs->number_of(account_id);
  sub.wanted = wanted;
  sub.failures = 0;
  if (sub.account && wanted == WebSubMode::kSubscribe) current_[*sub.account] = at->first;
  h_.door->expect(sub.what, wanted);
  return at;
}

void PollerWebSub::wait(Subs::iterator sub, absl::Time due) {
  due_.erase({sub->second.due, sub->first});
  sub->second.due = due;
  if (due != absl::InfiniteFuture()) due_.emplace(due, sub->first);
}

void PollerWebSub::drop(Subs::iterator sub) {
  wait(sub, absl::InfiniteFuture());
  h_.door->forget(sub->first);
  if (sub->second.account) {
    const auto current = current_.find(*sub->second.account);
    if (current != current_.end() && current->second == sub->first) {
      (*h_.runs)[*sub->second.account].pushed_until = absl::InfinitePast();
      current_.erase(current);
    }
  }
  subs_.erase(sub);
}

void PollerWebSub::leave(Subs::iterator sub, absl::Time now) {
  sub->second.wanted = WebSubMode::kUnsubscribe;
  sub->second.accepted = sub->second.refused = false;
  sub->second.failures = 0;
  h_.door->expect(sub->second.what, WebSubMode::kUnsubscribe);
  if (!sub->second.asking) wait(sub, now);
}

AccountState& PollerWebSub::state_of(Sub& sub) {
  return sub.account ? (*h_.runs)[*sub.account].state : sub.left;
}

// What is granted, where a restart finds it. Of an account with a newer subscription there is nothing to say.
absl::Status PollerWebSub::keep(Sub& sub) {
  if (sub.account) {
    const auto current = current_.find(*sub.account);
    if (current != current_.end() && current->second != websub_name(sub.what)) return absl::OkStatus();
    (*h_.runs)[*sub.account].pushed_until = sub.until;
  }
  AccountState state = state_of(sub);
  CT_ASSIGN_OR_RETURN(const bool erased, is_account_erased(*h_.store, state.account_id()));
  if (erased) state = bare_state(state);
  WebSubLease lease;
  if (sub.until != absl::InfinitePast())
    lease = {{sub.what.hub, sub.what.topic}, sub.until, h_.door->home().mark()};
  set_websub_lease(lease, &state);
  (void)make_text_valid(&state);
  auto batch = h_.store->batch();
  CT_RETURN_IF_ERROR(h_.store->stage_account(*batch, state));
  CT_RETURN_IF_ERROR(h_.store->write(*batch, Durability::kLater));
  state_of(sub) = std::move(state);
  return absl::OkStatus();
}

// ---- starting

absl::Status PollerWebSub::start(absl::Time now) {
  if (h_.door == nullptr) return absl::OkStatus();
  const std::string home = h_.door->home().mark();
  CT_ASSIGN_OR_RETURN(auto states, h_.store->account_states());
  for (AccountState& state : states) {
    const auto number = h_.runs->number_of(state.account_id());
    const WebSubLease lease = websub_lease(state);
    const bool runs = lease.source && lease.until > now && lease.home == home;
    const absl::Time soon = now + kSpreadAtStart * h_.jitter->share();
    if (runs) {
      const auto mode = number ? WebSubMode::kSubscribe : WebSubMode::kUnsubscribe;
      const auto sub = add(state.account_id(), lease.source, mode);
      sub->second.until = std::min(lease.until, now + kLongestLease);
      sub->second.fresh = true;
      if (number) {
        (*h_.runs)[*number].pushed_until = sub->second.until;
        wait(sub, websub_renewal(now, sub->second.until - now));
      } else {
        sub->second.left = std::move(state);
        wait(sub, soon);
      }
    } else if (const WebSubSource source = websub_source(state); number && source) {
      wait(add(state.account_id(), source, WebSubMode::kSubscribe), soon);
    }
  }
  h_.door->open();
  return absl::OkStatus();
}

// ---- one turn

absl::Status PollerWebSub::turn(absl::Time now) {
  if (h_.door == nullptr) return absl::OkStatus();
  for (const WebSubWord& word : h_.door->take_words()) CT_RETURN_IF_ERROR(hear(word, now));
  while (!inbox_->answers.empty()) {
    Answer answer = std::move(inbox_->answers.front());
    inbox_->answers.pop_front();
    CT_RETURN_IF_ERROR(read_answer(std::move(answer), now));
  }
  while (in_flight_ < kMostInFlight && !due_.empty() && due_.begin()->first <= now) {
    const auto sub = subs_.find(due_.begin()->second);
    wait(sub, absl::InfiniteFuture());
    CT_RETURN_IF_ERROR(act(sub, now));
  }
  show_counts(now);
  return absl::OkStatus();
}

// ---- asking

absl::Status PollerWebSub::act(Subs::iterator sub, absl::Time now) {
  if (sub->second.asking) return absl::OkStatus();  // its answer says when
  if (std::exchange(sub->second.accepted, false)) {
    count_request(sub->second.wanted, "unconfirmed");
    return note_failure(
        sub, "it said yes and did not ask back: does the callback lead here, through the proxy?", false, now);
  }
  if (!is_to_be_asked(sub, now)) return absl::OkStatus();
  ask(sub, now);
  return absl::OkStatus();
}

bool PollerWebSub::is_to_be_asked(Subs::iterator sub, absl::Time now) {
  if (sub->second.wanted == WebSubMode::kUnsubscribe) return true;
  const std::size_t number = *sub->second.account;  // only what is followed is subscribed
  const AccountRun& run = (*h_.runs)[number];
  if (run.is_silenced()) {
    wait(sub, now + kFirstRetry);
    return false;
  }
  const WebSubSource source = websub_source(run.state);
  if (source == WebSubSource{sub->second.what.hub, sub->second.what.topic}) return true;
  const bool granted = sub->second.until > now;
  if (!source) {  // not offered any more: what was granted ends by itself
    granted ? wait(sub, sub->second.until) : drop(sub);
    return false;
  }
  const auto next = add(run.account.id(), source, WebSubMode::kSubscribe);
  (*h_.runs)[number].pushed_until = absl::InfinitePast();
  wait(next, now);
  granted ? leave(sub, now) : drop(sub);
  return false;
}

void PollerWebSub::ask(Subs::iterator found, absl::Time now) {
  Sub& sub = found->second;
  auto request = websub_request(sub.what, sub.wanted);
  if (!request.ok()) {
    log_warn("websub.failed", "A hub cannot be asked; the feed is polled",
             {{"account.id", sub.account_id}, {"error.message", from_absl(request.status().message())}});
    wait(found, now + kLongestAfterNo);
    return;
  }
  const std::string key = PollerGate::key_of(kHubs, request->url);
  const PollerGate::Answer gate = h_.gate->may_ask(kHubs, key, std::exchange(sub.placed, false), now);
  if (gate.at > now) {
    sub.placed = gate.placed;
    wait(found, gate.at);
    return;
  }
  sub.asking = true;
  sub.heard = false;
  ++in_flight_;
  h_.gate->started(kHubs, key);
  h_.fetcher->fetch(*std::move(request),
                    [inbox = inbox_, name = found->first, key](absl::StatusOr<HttpResponse> response) {
                      inbox->answers.push_back({name, key, std::move(response)});
                    });
}

// ---- what polling shows

void PollerWebSub::after_page(const Outcome& outcome, absl::Time now) {
  const bool whole = outcome.verdict == Verdict::kRead || outcome.verdict == Verdict::kNotModified;
  if (h_.door == nullptr || !whole || outcome.more) return;
  const std::size_t number = outcome.question.account;
  const AccountRun& run = (*h_.runs)[number];
  const WebSubSource source = websub_source(run.state);
  const auto current = current_.find(number);
  if (current == current_.end()) {
    if (source)
      wait(add(run.account.id(), source, WebSubMode::kSubscribe), now + kPollWithin * h_.jitter->share());
    return;
  }
  const auto sub = subs_.find(current->second);
  if (sub->second.until <= now) {
    const bool other = source && source != WebSubSource{sub->second.what.hub, sub->second.what.topic};
    if (other && !sub->second.asking) wait(sub, now);
    return;
  }
  if (std::exchange(sub->second.fresh, false) || run.pushed_until <= now || run.news == 0) return;
  if (++sub->second.missed >= kMissesToDistrust) distrust(sub, now);
}

void PollerWebSub::distrust(Subs::iterator sub, absl::Time now) {
  log_warn("websub.silent", "A hub did not tell of posts that polling found; it is asked once more",
           {{"account.id", sub->second.account_id}, {"hub", host_of(sub->second.what.hub)}});
  sub->second.missed = 0;
  (*h_.runs)[*sub->second.account].pushed_until = absl::InfinitePast();
  if (!sub->second.asking) wait(sub, now + kPollWithin * h_.jitter->share());
}

// ---- time

void PollerWebSub::clock_set_back(absl::Time now) {
  const auto before = std::exchange(due_, {});
  for (const auto& [due, name] : before) {
    const auto sub = subs_.find(name);
    sub->second.due = std::min(due, now + kFirstRetry);
    due_.emplace(sub->second.due, name);
  }
}

absl::Time PollerWebSub::next_due() const {
  return due_.empty() ? absl::InfiniteFuture() : due_.begin()->first;
}

void PollerWebSub::show_counts(absl::Time now) {
  if (now - counted_ < kCountEvery && now >= counted_) return;
  counted_ = now;
  double confirmed = 0, waiting = 0, leaving = 0;
  for (const auto& [name, sub] : subs_) {
    if (sub.wanted == WebSubMode::kUnsubscribe) {
      ++leaving;
    } else {
      ++(sub.until > now ? confirmed : waiting);
    }
  }
  subscriptions("confirmed").set(confirmed);
  subscriptions("unconfirmed").set(waiting);
  subscriptions("leaving").set(leaving);
}

}  // namespace copytaster
