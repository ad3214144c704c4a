#include "collectors/poller.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "collectors/back_off.h"
#include "collectors/picture_fetch.h"
#include "collectors/poller_account.h"
#include "collectors/poller_answer.h"
#include "collectors/poller_hosts.h"
#include "collectors/poller_report.h"
#include "collectors/poller_reread.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr absl::Duration kRereadRetry = absl::Minutes(10);
constexpr int kRereadAttempts = 3;
// Posts that were on the bus but not in the store when we started are looked for once more after this.
constexpr absl::Duration kSecondScan = absl::Minutes(10);

class ThePoller final : public Poller {
 public:
  ThePoller(const PollerDependencies& dependencies, const PollerOptions& options,
            std::vector<Account> accounts)
      : d_(dependencies),
        options_(options),
        jitter_(options.seed),
        reader_(d_.store, &jitter_, {options.max_interval, options.max_pages_per_poll}),
        pictures_({d_.fetcher, d_.bus, d_.media, d_.clock, &jitter_},
                  {options.max_picture_bytes, options.picture_attempts}),
        rereads_(options.reread_for),
        in_flight_gauge_(gauge("copytaster_collect_in_flight", "Requests under way.")) {
    for (Account& account : accounts) add(std::move(account));
  }

  absl::Status turn(absl::Duration wait) override {
    if (!started_) CT_RETURN_IF_ERROR(start());
    watch_clock();
    CT_RETURN_IF_ERROR(store_answers());
    if (!blocked_) {
      CT_RETURN_IF_ERROR(scan_again());
      ask_what_is_due();
    }
    in_flight_gauge_.set(static_cast<double>(in_flight_ + pictures_.in_flight()));
    d_.fetcher->drive(wait);
    return store_answers();
  }

  [[nodiscard]] std::size_t busy() const override { return in_flight_ + pending_.size() + pictures_.busy(); }

  [[nodiscard]] absl::Time next_due() const override {
    if (!started_) return d_.clock->now();
    const absl::Time account = due_.empty() ? absl::InfiniteFuture() : due_.begin()->first;
    return std::min({account, pictures_.next_due(), rereads_.next_due()});
  }

 private:
  // Outlives the poller in the callbacks of requests still under way.
  struct Inbox {
    std::deque<Answer> answers;
  };

  // ---- starting

  void add(Account account) {
    const Collector* collector =
        d_.find ? d_.find(account.platform()) : d_.collectors->find(account.platform());
    if (collector == nullptr) {
      log_error("collector.unknown", "No collector reads this account's platform; it is left out",
                {{"source.platform", account.platform()}, {"account.id", account.id()}});
      return;
    }
    if (!number_of_.emplace(account.id(), runs_.size()).second) return;
    AccountRun run;
    run.collector = collector;
    run.metrics = &metrics_.try_emplace(account.platform(), account.platform()).first->second;
    run.state.set_account_id(account.id());
    run.account = std::move(account);
    runs_.push_back(std::move(run));
  }

  absl::Status start() {
    const absl::Time now = d_.clock->now();
    for (std::size_t i = 0; i < runs_.size(); ++i) {
      AccountRun& run = runs_[i];
      absl::Time due = now;
      auto state = d_.store->account_state(run.account.id());
      if (!state.ok() && !absl::IsNotFound(state.status())) return state.status();
      if (state.ok()) run.state = *std::move(state);
      // What was paused may have been mended: that is what one restarts for.
      if (run.state.has_next_due() && !run.state.paused()) {
        due = std::min(to_time(run.state.next_due()), now + options_.max_interval);
      }
      wait_until(i, due);
    }
    CT_RETURN_IF_ERROR(d_.store->each_item([&](const Item& item) {
      if (item.state() == GONE) return true;
      pictures_.want(item, nullptr);
      if (const auto found = number_of_.find(item.account_id()); found != number_of_.end()) {
        plan_reread(item, found->second, now);
      }
      return true;
    }));
    last_now_ = now;
    scan_at_ = now + kSecondScan;
    started_ = true;
    return absl::OkStatus();
  }

  absl::Status scan_again() {
    const bool room_again = overflowed_ && pictures_.waiting() == 0;
    overflowed_ = pictures_.take_overflow() || (overflowed_ && !room_again);
    if (!room_again && d_.clock->now() < scan_at_) return absl::OkStatus();
    scan_at_ = absl::InfiniteFuture();
    return d_.store->each_item([&](const Item& item) {
      if (item.state() != GONE) pictures_.want(item, nullptr);
      return true;
    });
  }

  // A clock set back must not stop us for as long as it was ahead.
  void watch_clock() {
    const absl::Time now = d_.clock->now();
    if (now < last_now_ - absl::Minutes(1)) {
      log_warn("clock.jumped", "The clock was set back; accounts are scheduled anew");
      const std::set<std::pair<absl::Time, std::size_t>> before = std::exchange(due_, {});
      for (const auto& [due, i] : before) wait_until(i, std::min(due, now + options_.max_interval));
    }
    last_now_ = now;
  }

  // ---- asking

  void wait_until(std::size_t i, absl::Time due) {
    if (due != absl::InfiniteFuture()) due_.emplace(due, i);
  }

  [[nodiscard]] bool has_room() const { return in_flight_ + pictures_.in_flight() < options_.max_in_flight; }

  void ask_what_is_due() {
    const absl::Time now = d_.clock->now();
    while (has_room() && !due_.empty() && due_.begin()->first <= now) {
      const std::size_t i = due_.begin()->second;
      due_.erase(due_.begin());
      runs_[i].pages = 0;
      runs_[i].news = 0;
      ask_page(i, now);
    }
    ask_rereads(now);
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
    question.host = host_of(request->url);
    if (const absl::Time free = hosts_.free_at(question.host); free > now) {
      run.asking = false;
      wait_until(i, now + jitter_.longer(free - now, 0.1));
      return;
    }
    if (run.pages == 0) run.full = !make_conditional(run, now, &*request);
    question.conditional = run.pages == 0 && !run.full;
    ++run.pages;
    send(std::move(question), *std::move(request));
  }

  // False: the whole page is asked for.
  [[nodiscard]] bool make_conditional(const AccountRun& run, absl::Time now, HttpRequest* request) const {
    const AccountState& state = run.state;
    if (state.validator_url().empty() || state.validator_url() != without_secrets(request->url)) return false;
    if (!state.has_last_full_fetch() || now - to_time(state.last_full_fetch()) >= options_.full_fetch_every) {
      return false;
    }
    if (!state.etag().empty()) request->headers.push_back({"If-None-Match", state.etag()});
    if (!state.last_modified().empty())
      request->headers.push_back({"If-Modified-Since", state.last_modified()});
    return true;
  }

  void ask_rereads(absl::Time now) {
    const auto allowed = [this](const Reread& reread) {
      return !runs_[reread.account].asking && !runs_[reread.account].rereading;
    };
    while (has_room()) {
      auto reread = rereads_.take_due(now, allowed);
      if (!reread) return;
      AccountRun& run = runs_[reread->account];
      auto request = run.collector->reread(run.account, reread->native_id);
      if (!request.ok()) continue;  // cannot be asked: leaves the plan
      Question question;
      question.account = reread->account;
      question.asked.account_id = run.account.id();
      question.asked.purpose = REREAD;
      question.asked.native_id = reread->native_id;
      question.asked.cursor = run.state.cursor();
      question.host = host_of(request->url);
      question.reread = *std::move(reread);
      if (const absl::Time free = hosts_.free_at(question.host); free > now) {
        rereads_.retry(std::move(question.reread), free);
        continue;
      }
      run.rereading = true;
      send(std::move(question), *std::move(request));
    }
  }

  void send(Question question, HttpRequest request) {
    question.asked.url = request.url;
    question.asked.authorization = request.authorization;
    ++in_flight_;
    d_.fetcher->fetch(std::move(request), [inbox = inbox_, question = std::move(question)](
                                              absl::StatusOr<HttpResponse> response) mutable {
      inbox->answers.push_back({std::move(question), std::move(response)});
    });
  }

  static std::string host_of(std::string_view url) {
    const auto parsed = parse_url(url);
    return parsed ? parsed->host : "";
  }

  // ---- storing

  absl::Status store_answers() {
    blocked_ = false;
    CT_RETURN_IF_ERROR(store_pending());
    while (!blocked_ && !inbox_->answers.empty()) {
      Answer answer = std::move(inbox_->answers.front());
      inbox_->answers.pop_front();
      AccountRun& run = runs_[answer.question.account];
      if (answer.response.ok()) run.metrics->seconds->observe(answer.response->elapsed);
      --in_flight_;
      pending_.push_back(reader_.read(std::move(answer), run, d_.clock->now()));
      CT_RETURN_IF_ERROR(store_pending());
    }
    if (!blocked_) CT_RETURN_IF_ERROR(unless_full(pictures_.flush()));
    return absl::OkStatus();
  }

  absl::Status store_pending() {
    while (!blocked_ && !pending_.empty()) {
      CT_RETURN_IF_ERROR(unless_full(store(pending_.front())));
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

  // All that an answer brought, in one batch.
  absl::Status store(Outcome& outcome) {
    auto batch = d_.store->batch();
    absl::Status staged = stage_outcome(d_.store, *batch, outcome);
    if (absl::IsInvalidArgument(staged)) {
      // It cannot be stored, ever: the account has failed, the others go on.
      const AccountRun& run = runs_[outcome.question.account];
      outcome = reader_.fail(outcome.question, run, staged, d_.clock->now());
      batch = d_.store->batch();
      staged = stage_outcome(d_.store, *batch, outcome);
      if (absl::IsInvalidArgument(staged)) return absl::OkStatus();
    }
    CT_RETURN_IF_ERROR(staged);
    if (outcome.has_news()) {
      const Parcel& parcel = outcome.parcel;
      const bool empty = parcel.items_size() + parcel.deletions_size() + parcel.pictures_size() == 0;
      return d_.bus->append({&parcel, empty ? 0U : 1U}, batch.get(), absl::ZeroDuration());
    }
    // When we asked and where we stand without news: if it is lost, we only ask again.
    return d_.store->write(*batch, Durability::kLater);
  }

  // ---- going on

  void go_on(const Outcome& outcome) {
    const std::size_t i = outcome.question.account;
    AccountRun& run = runs_[i];
    const absl::Time now = d_.clock->now();
    remember(outcome, run, i, now);
    hosts_.pause(outcome.question.host, outcome.host_free, now);
    if (outcome.question.asked.purpose == REREAD) {
      run.rereading = false;
      run.metrics->rereads->add();
      go_on_rereading(outcome, now);
      return;
    }
    run.asking = false;
    run.state = outcome.state;
    run.news += static_cast<std::size_t>(outcome.parcel.items_size());
    report_poll(outcome, run, now);
    if (outcome.more) {
      ask_page(i, now);
    } else {
      wait_until(i, outcome.due);
    }
  }

  void remember(const Outcome& outcome, AccountRun& run, std::size_t i, absl::Time now) {
    for (const Item& item : outcome.parcel.items()) {
      run.seen.put(item.id(), item.content_hash());
      if (item.media_size() > 0) {
        const auto known = d_.store->item(item.id());
        pictures_.want(item, known.ok() ? &*known : nullptr);
      }
      plan_reread(item, i, now);
    }
    for (const Item& item : outcome.unchanged) pictures_.refresh(item);
    for (const DeadLetter& letter : outcome.letters) run.seen.put(letter_key(letter), "refused");
    for (const Deletion& deletion : outcome.parcel.deletions()) {
      run.seen.forget(deletion.item_id());
      if (deletion.state() == UNKNOWN) continue;
      rereads_.forget(deletion.item_id());
      pictures_.forget(deletion.item_id());
    }
    run.metrics->items->add(static_cast<std::uint64_t>(outcome.parcel.items_size()));
    run.metrics->refused->add(outcome.letters.size());
  }

  void plan_reread(const Item& item, std::size_t account, absl::Time now) {
    const AccountRun& run = runs_[account];
    if (now - to_time(item.created_at()) > options_.reread_for) return;
    if (run.collector->reread(run.account, item.native_id()).ok()) rereads_.add(item, account, now);
  }

  void go_on_rereading(const Outcome& outcome, absl::Time now) {
    Reread reread = outcome.question.reread;
    if (outcome.verdict == Verdict::kLimited) {
      rereads_.retry(std::move(reread), std::max(outcome.host_free, now + kRereadRetry));
      return;
    }
    const bool passing = absl::IsUnavailable(outcome.error) || absl::IsDeadlineExceeded(outcome.error);
    if (passing && ++reread.failures < kRereadAttempts) {
      const auto failures = static_cast<std::uint32_t>(reread.failures);
      rereads_.retry(std::move(reread), now + back_off(failures, kRereadRetry, absl::Hours(1), jitter_));
      return;
    }
    for (const Deletion& deletion : outcome.parcel.deletions()) {
      if (deletion.item_id() == reread.item_id && deletion.state() != UNKNOWN) return;
    }
    rereads_.done(std::move(reread), now);
  }

  const PollerDependencies d_;
  const PollerOptions options_;
  Jitter jitter_;
  AnswerReader reader_;
  PictureFetch pictures_;
  RereadPlan rereads_;
  Gauge& in_flight_gauge_;

  std::vector<AccountRun> runs_;
  StringMap<std::size_t> number_of_;                  // account id -> place in runs_
  std::map<std::string, CollectMetrics> metrics_;     // by platform; addresses stay
  std::set<std::pair<absl::Time, std::size_t>> due_;  // accounts that wait
  HostPauses hosts_;
  std::shared_ptr<Inbox> inbox_ = std::make_shared<Inbox>();
  std::deque<Outcome> pending_;  // read, not yet stored
  std::size_t in_flight_ = 0;    // asked, not yet read
  bool started_ = false;
  bool blocked_ = false;
  bool overflowed_ = false;
  absl::Time last_now_ = absl::InfinitePast();
  absl::Time scan_at_;
};

}  // namespace

std::unique_ptr<Poller> Poller::make(const PollerDependencies& dependencies, const PollerOptions& options,
                                     std::vector<Account> accounts) {
  return std::make_unique<ThePoller>(dependencies, options, std::move(accounts));
}

}  // namespace copytaster
