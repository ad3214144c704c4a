// What came is stored, one answer after the other, and only then the poller goes on from it.
#include <utility>

#include "collectors/poller_impl.h"
#include "collectors/poller_report.h"
#include "core/status.h"

namespace copytaster {

absl::Status ThePoller::store_answers() {
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

absl::Status ThePoller::store_pending() {
  while (!blocked_ && !pending_.empty()) {
    Outcome& first = pending_.front();
    CT_RETURN_IF_ERROR(unless_full(writes_.outcome(runs_[first.question.account], d_.clock->now(), &first)));
    if (blocked_) break;
    const Outcome outcome = std::move(pending_.front());
    pending_.pop_front();
    go_on(outcome);
  }
  return absl::OkStatus();
}

absl::Status ThePoller::unless_full(absl::Status status) {
  if (!absl::IsResourceExhausted(status)) return status;
  blocked_ = true;
  return absl::OkStatus();
}

void ThePoller::go_on(const Outcome& outcome) {
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
  go_on_polling(outcome, now);
}

// After a page of a poll.
void ThePoller::go_on_polling(const Outcome& outcome, absl::Time now) {
  const std::size_t i = outcome.question.account;
  AccountRun& run = runs_[i];
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

}  // namespace copytaster
