#include "collectors/poller_streams.h"

#include <algorithm>

#include "collectors/stream_accounts.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/stream_refusal.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kFirstRetry = absl::Seconds(1);
constexpr absl::Duration kLongestRetry = absl::Minutes(5);
constexpr absl::Duration kStorePositionEvery = absl::Seconds(5);
// A stream that does not open twice in a row: polling takes over.
constexpr std::uint32_t kFailuresToFallBack = 2;
constexpr absl::Duration kCatchUpWithin = absl::Minutes(1);

Gauge& open_gauge(std::string_view stream) {
  return gauge("copytaster_stream_open", "1 while the stream is open.", {{"stream", stream}});
}

void tell_health(const StreamHealth& health) {
  const auto seconds = [&](std::string_view name, std::string_view help,
                           const std::optional<absl::Time>& at) {
    if (at) gauge(name, help, {{"stream", health.name}}).set(static_cast<double>(absl::ToUnixSeconds(*at)));
  };
  seconds("copytaster_stream_last_message_timestamp_seconds", "When a stream's last message came.",
          health.last_frame);
  seconds("copytaster_stream_position_timestamp_seconds",
          "When the place where a stream is taken up again moved last.", health.position_at);
  gauge("copytaster_stream_polling", "1 while a stream does not open and its accounts are polled instead.",
        {{"stream", health.name}})
      .set(is_alarm(health) ? 1 : 0);
}

// What the platform said of an account may be needed to follow it: its DID.
Account known_account(const AccountRun& run) {
  Account account = run.account;
  for (const auto& [name, value] : run.state.profile().details())
    account.mutable_details()->insert({name, value});
  return account;
}

}  // namespace

absl::Status PollerStreams::start(const StoreReader& store, absl::Time now) {
  if (opener_ == nullptr) return absl::OkStatus();
  store_ = &store;
  std::vector<std::pair<const Collector*, std::vector<Account>>> groups;
  for (std::size_t i = 0; i < runs_->size(); ++i) {
    const AccountRun& run = (*runs_)[i];
    if (run.is_silenced()) continue;
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == run.collector; });
    if (group == groups.end()) group = groups.insert(groups.end(), {run.collector, {}});
    Account account = known_account(run);
    if (const std::string_view did = account_did(account); !did.empty())
      by_alias_[str_cat(account.platform(), ":", did)] = i;
    group->second.push_back(std::move(account));
  }
  for (const auto& [collector, accounts] : groups) {
    for (StreamPlan& plan : collector->streams(accounts)) {
      Run run;
      run.collector = collector;
      auto state = store.account_state(plan.name);
      if (!state.ok() && !absl::IsNotFound(state.status())) return state.status();
      if (state.ok()) run.state = *std::move(state);
      run.state.set_account_id(plan.name);
      run.health = stream_health(run.state);
      run.health.open_since.reset();  // of a process that has ended
      run.health.accounts = plan.account_ids.size();
      run.plan = std::move(plan);
      run.next_try = now;
      streams_.push_back(std::move(run));
    }
  }
  return absl::OkStatus();
}

void PollerStreams::turn(absl::Time now, std::size_t most) {
  left_ = most;
  for (Run& run : streams_) {
    if (run.stream == nullptr) {
      if (run.next_try <= now) open(&run, now);
    } else if (!run.was_open && run.stream->is_open()) {
      note_open(&run, now);
    }
    tell_health(run.health);
  }
}

std::optional<FrameOutcome> PollerStreams::next(absl::Time now) {
  for (std::size_t quiet = 0; quiet < streams_.size() && left_ > 0; ++quiet) {
    const std::size_t number = std::exchange(at_, (at_ + 1) % streams_.size());
    Run& run = streams_[number];
    if (run.stream == nullptr) continue;
    const absl::Status ended = run.stream->status();  // before the last messages are taken
    std::vector<std::string> messages = run.stream->take(1);
    if (messages.empty()) {
      if (!ended.ok()) note_end(&run, ended, now);
      continue;
    }
    --left_;
    if (auto frame = read(number, std::move(messages.front()), now)) return frame;
    quiet = static_cast<std::size_t>(-1);  // it may have more
  }
  return std::nullopt;
}

void PollerStreams::open(Run* run, absl::Time now) {
  auto request = run->collector->open_stream(run->plan, finder(), run->state.cursor());
  if (!request.ok()) return note_end(run, request.status(), now);
  run->was_open = false;
  run->first_frame = true;
  run->asked = Asked{.account_id = run->plan.name,
                     .url = request->url,
                     .authorization = request->authorization,
                     .cursor = run->state.cursor(),
                     .native_id = ""};
  run->stream = opener_->open(*std::move(request));
}

void PollerStreams::note_open(Run* run, absl::Time now) {
  run->was_open = true;
  open_gauge(run->plan.name).set(1);
  log_info("stream.open", "A stream is open",
           {{"stream", run->plan.name}, {"accounts", run->plan.account_ids.size()}});
  run->fallen_back = false;
  run->health.open_since = now;
  run->health.polling_since.reset();
  run->health.polling_why.clear();
  if (std::exchange(run->ended_once, false)) {
    ++run->health.reconnects;
    counter("copytaster_stream_reconnects_total", "How often a stream was opened again.",
            {{"stream", run->plan.name}})
        .add();
  }
  run->state.set_failures(0);
  run->state.clear_failing_since();
  run->state.clear_last_error();
  run->state.set_paused(false);
  set_timestamp(run->state.mutable_last_success(), now);
  run->position_moved = true;
  set_streamed(*run, true);
}

// What a refused handshake means, in the collector's words.
absl::Status PollerStreams::meaning(const Run& run, const absl::Status& why, absl::Time now) const {
  auto refusal = refusal_of(why);
  if (!refusal || refusal->status < 400) return why;
  HttpResponse response;
  response.status = refusal->status;
  response.body = std::move(refusal->body);
  const Capture capture = make_capture(run.asked, std::move(response), run.collector->spec(), now);
  const auto news = run.collector->parse_frame(finder(), capture);
  return news.ok() || absl::IsUnimplemented(news.status()) ? why : news.status();
}

void PollerStreams::note_end(Run* run, const absl::Status& ended, absl::Time now) {
  const absl::Status why = meaning(*run, ended, now);
  run->stream.reset();
  run->was_open = false;
  open_gauge(run->plan.name).set(0);
  run->ended_once |= run->health.open_since.has_value();
  run->health.open_since.reset();
  run->state = after_failure(run->state, why, now);
  run->position_moved = true;
  // "Wrong request", time and again: it may be the place, which is ours to give up.
  const bool is_wrong = absl::IsInvalidArgument(why) && run->state.failures() >= kFailuresToFallBack &&
                        !run->state.cursor().position().empty();
  const bool too_old = absl::IsOutOfRange(why) || is_wrong;
  if (too_old) run->state.clear_cursor();
  absl::Duration wait = back_off(run->state.failures(), kFirstRetry, kLongestRetry, *jitter_);
  if (needs_operator(why)) wait = absl::Hours(1);
  run->next_try = now + wait;
  log_warn("stream.ended", "A stream has ended and is opened again",
           {{"stream", run->plan.name},
            {"error.type", absl::StatusCodeToString(why.code())},
            {"error.message", from_absl(why.message())},
            {"attempt", run->state.failures()},
            {"retry_in_ms", absl::ToInt64Milliseconds(wait)}});
  set_streamed(*run, false);
  const bool give_up = needs_operator(why) || run->state.failures() >= kFailuresToFallBack;
  if (!too_old && !(give_up && !run->fallen_back)) return;
  run->fallen_back = !too_old;
  if (run->fallen_back) {
    run->health.polling_since = now;
    run->health.polling_why = run->state.last_error();
  }
  log_warn("stream.polling",
           too_old ? "A stream does not reach back to where we stood; its accounts are polled once"
                   : "A stream cannot be opened; its accounts are polled until it can",
           {{"stream", run->plan.name}, {"accounts", run->plan.account_ids.size()}});
  if (too_old) return poll_over_gap(run, run->state.last_error(), now);
  poll_accounts(*run, kCatchUpWithin, now);
}

AccountState PollerStreams::state(std::size_t stream) const {
  AccountState state = streams_[stream].state;
  keep_stream_health(streams_[stream].health, &state);
  return state;
}

std::vector<StreamHealth> PollerStreams::health() const {
  std::vector<StreamHealth> all;
  for (const Run& run : streams_) {
    all.push_back(run.health);
    all.back().last_error = run.state.last_error();
  }
  return all;
}

void PollerStreams::stored(std::size_t stream, AccountState state, absl::Time now) {
  Run& run = streams_[stream];
  // The position in memory may be ahead of the frame that was stored.
  const Cursor ahead = run.state.cursor();
  const bool moved = ahead.position() != state.cursor().position();
  run.state = std::move(state);
  *run.state.mutable_cursor() = ahead;
  run.position_moved = moved;
  run.position_stored = now;
}

std::vector<std::size_t> PollerStreams::positions_due(absl::Time now) const {
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (streams_[i].position_moved && now - streams_[i].position_stored >= kStorePositionEvery)
      due.push_back(i);
  }
  return due;
}

void PollerStreams::poll_over_gap(Run* run, std::string why, absl::Time now) {
  run->health.gap_at = now;
  run->health.gap_why = std::move(why);
  run->position_moved = true;
  poll_accounts(*run, kCatchUpWithin, now);
}

absl::Time PollerStreams::next_due() const {
  absl::Time due = absl::InfiniteFuture();
  for (const Run& run : streams_) {
    if (run.stream == nullptr) due = std::min(due, run.next_try);
    if (run.position_moved) due = std::min(due, run.position_stored + kStorePositionEvery);
  }
  return due;
}

void PollerStreams::clock_set_back(absl::Time now) {
  for (Run& run : streams_) {
    run.next_try = std::min(run.next_try, now + kLongestRetry);
    run.position_stored = std::min(run.position_stored, now);
    run.unread_since = std::min(run.unread_since, now);
  }
}

void PollerStreams::poll_accounts(const Run& run, absl::Duration within, absl::Time now) {
  for (const std::string& id : run.plan.account_ids) {
    const auto number = runs_->number_of(id);
    if (!number || (*runs_)[*number].asking || (*runs_)[*number].is_silenced()) continue;
    runs_->wait(*number, now + within * jitter_->share());
  }
}

void PollerStreams::set_streamed(const Run& run, bool streamed) {
  for (const std::string& id : run.plan.account_ids) {
    if (const auto number = runs_->number_of(id)) (*runs_)[*number].streamed = streamed;
  }
}

FindAccount PollerStreams::finder() const {
  return [this](std::string_view id) -> const Account* {
    if (const auto number = runs_->number_of(id)) return &(*runs_)[*number].account;
    const auto alias = by_alias_.find(id);
    return alias == by_alias_.end() ? nullptr : &(*runs_)[alias->second].account;
  };
}

}  // namespace copytaster
