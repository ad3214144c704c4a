// What the poller asks: pages of accounts that are due, posts that are read again, pictures.
#include <algorithm>
#include <utility>

#include "collectors/poller_impl.h"
#include "collectors/poller_report.h"

namespace copytaster {

void ThePoller::ask_what_is_due() {
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

void ThePoller::ask_page(std::size_t i, absl::Time now) {
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

void ThePoller::send(Question question, HttpRequest request) {
  question.asked.url = request.url;
  question.asked.authorization = request.authorization;
  ++in_flight_;
  gate_.started(runs_[question.account].collector->spec(), question.key);
  d_.fetcher->fetch(std::move(request), [inbox = inbox_, question = std::move(question)](
                                            absl::StatusOr<HttpResponse> response) mutable {
    inbox->answers.push_back({std::move(question), std::move(response)});
  });
}

}  // namespace copytaster
