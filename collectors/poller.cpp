#include "collectors/poller.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "collectors/picture_fetch.h"
#include "collectors/poller_accounts.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_gate.h"
#include "collectors/poller_notes.h"
#include "collectors/poller_report.h"
#include "collectors/poller_rereading.h"
#include "collectors/poller_streams.h"
#include "collectors/poller_websub.h"
#include "collectors/poller_writes.h"
#include "core/message_text.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// Posts that were on the bus but not in the store when we started are looked for once more after this.
constexpr absl::Duration kSecondScan = absl::Minutes(10);
constexpr std::size_t kFramesATurn = 256;
constexpr int kDeliveriesATurn = 64;

class ThePoller final : public Poller {
 public:
  ThePoller(const PollerDependencies& dependencies, const PollerOptions& options,
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

  absl::Status turn(absl::Duration wait) override {
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

  absl::Status hold(std::string_view account_id, const std::optional<Hold>& hold) override {
    if (!started_) CT_RETURN_IF_ERROR(start());
    const auto number = runs_.number_of(account_id);
    if (!number) return absl::NotFoundError(str_cat("no account ", account_id, " is followed"));
    AccountState state = runs_[*number].state;
    state.clear_hold();
    if (hold) *state.mutable_hold() = *hold;
    state.set_ended(false);
    CT_RETURN_IF_ERROR(writes_.hold(state));
    runs_[*number].state = std::move(state);
    runs_.stop_waiting(*number);
    if (!hold && !runs_[*number].asking) runs_.wait(*number, d_.clock->now());
    return absl::OkStatus();
  }

  void forget(std::string_view item_id) override {
    pictures_.forget(item_id);
    rereading_.forget(item_id);
  }

  absl::Status bring(const Capture& capture, Item item) override {
    if (!started_) CT_RETURN_IF_ERROR(start());
    const auto known = d_.store->item(item.id());
    CT_RETURN_IF_ERROR(writes_.brought(capture, item));
    report_brought(item);
    if (item.media_size() > 0) pictures_.want(item, known.ok() ? &*known : nullptr);
    return absl::OkStatus();
  }

  absl::Status hand_on(const Parcel& parcel, WriteBatch* together) override {
    if (!started_) CT_RETURN_IF_ERROR(start());
    CT_RETURN_IF_ERROR(d_.bus->append({&parcel, 1U}, together, absl::ZeroDuration()));
    for (const Item& item : parcel.items()) pictures_.want(item, nullptr);
    return absl::OkStatus();
  }

  [[nodiscard]] std::size_t busy() const override {
    return in_flight_ + pending_.size() + pictures_.busy() + websub_.in_flight();
  }

  [[nodiscard]] std::vector<StreamHealth> streams() const override { return streams_.health(); }

  [[nodiscard]] absl::Time next_due() const override {
    if (!started_) return d_.clock->now();
    return std::min({runs_.next_due(), pictures_.next_due(), rereading_.next_due(), streams_.next_due(),
                     websub_.next_due()});
  }

 private:
  // Outlives the poller in the callbacks of requests still under way.
  struct Inbox {
    std::deque<Answer> answers;
  };

  // ---- starting

  absl::Status start() {
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
  absl::Status add_spendings(absl::Time now) {
    if (options_.ceilings_usd.empty()) return absl::OkStatus();
    CT_ASSIGN_OR_RETURN(const auto states, d_.store->account_states());
    for (const AccountState& state : states) {
      const std::string_view id = state.account_id();
      gate_.costs().add_stored(id.substr(0, id.find(':')), state, now);
    }
    return absl::OkStatus();
  }

  absl::Status scan_again() {
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
  void clock_set_back() {
    gate_.clock_set_back();
    pictures_.clock_set_back();
    const absl::Time now = d_.clock->now();
    rereading_.clock_set_back(now);
    streams_.clock_set_back(now);
    if (scan_at_ != absl::InfiniteFuture()) scan_at_ = std::min(scan_at_, now + kSecondScan);
    websub_.clock_set_back(now);
  }

  // ---- streams

  absl::Status follow_streams() {
    const absl::Time now = d_.clock->now();
    streams_.turn(now, kFramesATurn);
    CT_RETURN_IF_ERROR(store_unread());
    while (pending_.empty() && !unread_) {
      auto frame = streams_.next(now);
      if (!frame) break;
      if (!frame->account) {  // nothing for the bus: it need not have room
        unread_ = std::move(frame);
        CT_RETURN_IF_ERROR(store_unread());
        continue;
      }
      Question question;
      question.stream = frame->stream;
      question.account = *frame->account;
      AccountState stream_state = streams_.state_after(*frame, now);
      Outcome outcome = reader_.read_frame(std::move(question), std::move(frame->capture),
                                           std::move(frame->parsed), runs_[*frame->account], now);
      outcome.stream_state = std::move(stream_state);
      pending_.push_back(std::move(outcome));
      CT_RETURN_IF_ERROR(store_pending());
    }
    if (!pending_.empty() || unread_) return absl::OkStatus();  // a position must not get ahead of its post
    for (const std::size_t stream : streams_.positions_due(now)) {
      AccountState state = streams_.state(stream);
      (void)make_text_valid(&state);
      CT_RETURN_IF_ERROR(writes_.position(state));
      streams_.stored(stream, std::move(state), now);
    }
    return absl::OkStatus();
  }

  absl::Status store_unread() {
    if (!unread_) return absl::OkStatus();
    CT_RETURN_IF_ERROR(unless_full(writes_.unread(*unread_)));
    if (!blocked_) unread_.reset();
    return absl::OkStatus();
  }

  // ---- hubs

  absl::Status follow_websub() {
    if (blocked_) return absl::OkStatus();
    const absl::Time now = d_.clock->now();
    CT_RETURN_IF_ERROR(websub_.turn(now));
    for (int i = 0; i < kDeliveriesATurn && !blocked_; ++i) {
      auto news = websub_.next_delivery(now);
      if (!news) break;
      Question question;
      question.account = news->account;
      question.delivered = true;
      pending_.push_back(reader_.read_frame(std::move(question), std::move(news->capture),
                                            std::move(news->parsed), runs_[news->account], now));
      CT_RETURN_IF_ERROR(store_pending());
    }
    return absl::OkStatus();
  }

  // ---- asking

  [[nodiscard]] bool has_room() const { return in_flight_ + pictures_.in_flight() < options_.max_in_flight; }
  void ask_what_is_due() {
    const absl::Time now = d_.clock->now();
    while (has_room()) {
      const auto number = runs_.take_due(now);
      if (!number) break;
      AccountRun& run = runs_[*number];
      if (!std::exchange(run.walking, false)) run.pages = run.news = 0;
      ask_page(*number, now);
    }
    while (has_room()) {
      auto again = rereading_.next(now, &gate_);
      if (!again) break;
      send(std::move(again->first), std::move(again->second));
    }
    const std::size_t share = std::max<std::size_t>(options_.max_in_flight / 2, 1);
    const std::size_t left = options_.max_in_flight - std::min(options_.max_in_flight, in_flight_);
    pictures_.start(std::min(share, left));
  }

  void ask_page(std::size_t i, absl::Time now) {
    AccountRun& run = runs_[i];
    Question question;
    question.account = i;
    question.asked.account_id = run.account.id();
    question.asked.cursor = run.state.cursor();
    run.asking = true;
    auto request = run.collector->request(run.account, run.state.cursor());
    if (!request.ok()) {
      pending_.push_back(reader_.fail(std::move(question), run, request.status(), now));
      return;
    }
    const CollectorSpec& spec = run.collector->spec();
    question.key = PollerGate::key_of(spec, request->url);
    const PollerGate::Answer gate = gate_.may_ask(spec, question.key, std::exchange(run.placed, false), now);
    if (gate.at > now) {
      if (gate.costs) report_spent(spec, gate_.costs(), gate.at, now);
      run.asking = false;
      run.placed = gate.placed;
      run.walking = run.pages > 0;
      runs_.wait(i, gate.at);
      return;
    }
    if (run.pages == 0) {
      run.full = !make_conditional(run.state, now, options_.full_fetch_every, &*request);
    }
    question.conditional = run.pages == 0 && !run.full;
    ++run.pages;
    send(std::move(question), *std::move(request));
  }

  void send(Question question, HttpRequest request) {
    question.asked.url = request.url;
    question.asked.authorization = request.authorization;
    ++in_flight_;
    gate_.started(runs_[question.account].collector->spec(), question.key);
    d_.fetcher->fetch(std::move(request), [inbox = inbox_, question = std::move(question)](
                                              absl::StatusOr<HttpResponse> response) mutable {
      inbox->answers.push_back({std::move(question), std::move(response)});
    });
  }

  // ---- storing

  absl::Status store_answers() {
    blocked_ = false;
    CT_RETURN_IF_ERROR(store_pending());
    while (!blocked_ && !inbox_->answers.empty()) {
      Answer answer = std::move(inbox_->answers.front());
      inbox_->answers.pop_front();
      AccountRun& run = runs_[answer.question.account];
      const absl::Time now = d_.clock->now();
      if (answer.response.ok()) report_answer(*answer.response, run, now);
      --in_flight_;
      gate_.finished(answer.question.key);
      Outcome outcome = reader_.read(std::move(answer), run, now);
      if (outcome.question.asked.purpose == REREAD) outcome.state = run.state;
      gate_.costs().ended(run.collector->spec(), outcome.cost_usd, now, &outcome.state);
      if (outcome.cost_usd > 0) report_cost(run.collector->spec(), gate_.costs(), now);
      pending_.push_back(std::move(outcome));
      CT_RETURN_IF_ERROR(store_pending());
    }
    if (!blocked_) CT_RETURN_IF_ERROR(unless_full(pictures_.flush()));
    return absl::OkStatus();
  }

  absl::Status store_pending() {
    while (!blocked_ && !pending_.empty()) {
      Outcome& first = pending_.front();
      CT_RETURN_IF_ERROR(
          unless_full(writes_.outcome(runs_[first.question.account], d_.clock->now(), &first)));
      if (blocked_) break;
      const Outcome outcome = std::move(pending_.front());
      pending_.pop_front();
      go_on(outcome);
    }
    return absl::OkStatus();
  }

  absl::Status unless_full(absl::Status status) {
    if (!absl::IsResourceExhausted(status)) return status;
    blocked_ = true;
    return absl::OkStatus();
  }

  // ---- going on

  void go_on(const Outcome& outcome) {
    const std::size_t i = outcome.question.account;
    AccountRun& run = runs_[i];
    const absl::Time now = d_.clock->now();
    notes_.answer(outcome, i, now, &run);
    if (outcome.question.stream) {
      run.state = outcome.state;
      streams_.stored(*outcome.question.stream, *outcome.stream_state, now);
      report_frame(outcome, run);
      return;
    }
    if (outcome.question.delivered) {
      run.state = outcome.state;
      run.delivered += static_cast<std::size_t>(outcome.parcel.items_size());
      report_frame(outcome, run);
      return;
    }
    note_host(outcome, now, &gate_.budgets());
    if (outcome.question.asked.purpose == REREAD) {
      if (outcome.state.has_spending()) *run.state.mutable_spending() = outcome.state.spending();
      rereading_.after(outcome, now);
      return;
    }
    run.asking = false;
    run.state = outcome.state;
    run.news += static_cast<std::size_t>(outcome.parcel.items_size());
    if (run.collector->spec().may_move) run.follow();
    report_poll(outcome, run, now, &causes_);
    if (!outcome.more) run.delivered = 0;
    websub_.after_page(outcome, now);
    if (run.is_silenced()) return;
    if (outcome.more) {
      ask_page(i, now);
    } else {
      runs_.wait(i, outcome.due);
    }
  }

  const PollerDependencies d_;
  const PollerOptions options_;
  Jitter jitter_;
  PollerGate gate_;
  AnswerReader reader_;
  PictureFetch pictures_;
  AccountRuns runs_;
  Rereading rereading_;
  PollerWrites writes_;
  PollerNotes notes_;
  PollerStreams streams_;
  PollerWebSub websub_;
  FailureCauses causes_;
  Gauge& in_flight_gauge_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::deque<Outcome> pending_;  // read, not yet stored
  std::optional<FrameOutcome> unread_;
  std::size_t in_flight_ = 0;  // asked, not yet read
  bool started_ = false;
  bool blocked_ = false;
  bool overflowed_ = false;
  absl::Time scan_at_;
};

}  // namespace

std::unique_ptr<Poller> Poller::make(const PollerDependencies& dependencies, const PollerOptions& options,
                                     std::vector<Account> accounts) {
  return std::make_unique<ThePoller>(dependencies, options, std::move(accounts));
}

}  // namespace copytaster
