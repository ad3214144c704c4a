// What hubs say to the poller: confirmations, denials, answers to what we asked, and deliveries.
#include <algorithm>
#include <utility>

#include "collectors/poller_capture.h"
#include "collectors/poller_report.h"
#include "collectors/poller_websub.h"
#include "collectors/rate_limit.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

void count_delivery(std::string_view result) {
  counter("copytaster_websub_deliveries_total", "What hubs delivered, by what became of it.",
          {{"result", result}})
      .add();
}

}  // namespace

void PollerWebSub::count_request(WebSubMode mode, std::string_view result) {
  counter("copytaster_websub_requests_total", "Subscriptions asked of hubs, by what the hub answered.",
          {{"mode", mode == WebSubMode::kUnsubscribe ? "unsubscribe" : "subscribe"}, {"result", result}})
      .add();
}

// ---- what they say

absl::Status PollerWebSub::hear(const WebSubWord& word, absl::Time now) {
  const auto found = subs_.find(word.name);
  if (found == subs_.end()) return absl::OkStatus();
  Sub& sub = found->second;
  if (word.mode == WebSubMode::kDenied) return hear_denial(found, word.reason, now);
  if (word.mode != sub.wanted) return absl::OkStatus();  // we have changed our mind since
  if (word.mode == WebSubMode::kUnsubscribe) {
    log_info("websub.left", "A hub has ended a subscription as we asked",
             {{"account.id", sub.account_id}, {"hub", host_of(sub.what.hub)}});
    sub.until = absl::InfinitePast();
    CT_RETURN_IF_ERROR(keep(sub));
    drop(found);
    return absl::OkStatus();
  }
  const absl::Duration lease = std::min(word.lease, kLongestLease);
  sub.until = now + lease;
  sub.heard = true;
  sub.accepted = false;
  sub.fresh = true;
  sub.refused = false;
  sub.failures = sub.missed = 0;
  wait(found, websub_renewal(now, lease));
  log_info("websub.subscribed", "A hub tells of a feed's news from now on; it is polled rarely",
           {{"account.id", sub.account_id},
            {"hub", host_of(sub.what.hub)},
            {"lease_seconds", absl::ToInt64Seconds(lease)}});
  return keep(sub);
}

absl::Status PollerWebSub::hear_denial(Subs::iterator sub, const std::string& reason, absl::Time now) {
  log_warn(
      "websub.denied", "A hub denies a subscription; the feed is polled as usual",
      {{"account.id", sub->second.account_id}, {"hub", host_of(sub->second.what.hub)}, {"reason", reason}});
  sub->second.heard = true;
  sub->second.until = absl::InfinitePast();
  CT_RETURN_IF_ERROR(keep(sub->second));
  if (sub->second.wanted == WebSubMode::kUnsubscribe) {
    drop(sub);
    return absl::OkStatus();
  }
  if (sub->second.account) poll_soon(*sub->second.account, now);
  sub->second.accepted = false;
  sub->second.refused = true;
  ++sub->second.failures;
  wait(sub, now + back_off(sub->second.failures, kFirstAfterNo, kLongestAfterNo, *h_.jitter));
  return absl::OkStatus();
}

absl::Status PollerWebSub::read_answer(Answer answer, absl::Time now) {
  --in_flight_;
  HostBudgets& budgets = h_.gate->budgets();
  h_.gate->finished(answer.key);
  const absl::StatusOr<HttpResponse>& response = answer.response;
  if (response.ok()) {
    const absl::Duration pause = retry_after(*response, now).value_or(absl::ZeroDuration());
    budgets.pause(answer.key, now + std::min(pause, kLongestRetry), now);
    budgets.told(answer.key, read_rate_limit(response->headers, now), now);
  }
  const bool failed =
      response.ok() ? response->status >= 500
                    : absl::IsUnavailable(response.status()) || absl::IsDeadlineExceeded(response.status());
  if (failed ? budgets.failed(answer.key, now) : budgets.answered(answer.key))
    report_circuit(answer.key, failed, budgets.paused_until(answer.key), now);
  const auto sub = subs_.find(answer.name);
  if (sub == subs_.end()) return absl::OkStatus();
  sub->second.asking = false;
  const bool accepted = response.ok() && response->status >= 200 && response->status < 300;
  if (accepted) {
    count_request(sub->second.wanted, "accepted");
    if (std::exchange(sub->second.heard, false)) return absl::OkStatus();  // it asked back before it answered
    sub->second.accepted = true;
    wait(sub, now + kAsksBackWithin);
    return absl::OkStatus();
  }
  if (std::exchange(sub->second.heard, false)) return absl::OkStatus();
  const int status = response.ok() ? response->status : 0;
  const bool refused = status >= 400 && status < 500 && status != 429 && status != 408;
  count_request(sub->second.wanted, refused ? "refused" : "failed");
  return note_failure(
      sub, response.ok() ? str_cat("HTTP ", status) : std::string(from_absl(response.status().message())),
      refused, now);
}

absl::Status PollerWebSub::note_failure(Subs::iterator found, std::string_view why, bool refused,
                                        absl::Time now) {
  Sub& sub = found->second;
  ++sub.failures;
  sub.refused = sub.refused || refused;
  const bool leaving = sub.wanted == WebSubMode::kUnsubscribe;
  if (leaving && (sub.failures >= kAttemptsToLeave || sub.until <= now)) {
    log_warn("websub.left", "A hub does not end a subscription; it ends with its lease",
             {{"account.id", sub.account_id}, {"hub", host_of(sub.what.hub)}, {"error.message", why}});
    sub.until = absl::InfinitePast();
    CT_RETURN_IF_ERROR(keep(sub));
    drop(found);
    return absl::OkStatus();
  }
  const absl::Duration wait_for = sub.refused
                                      ? back_off(sub.failures, kFirstAfterNo, kLongestAfterNo, *h_.jitter)
                                      : back_off(sub.failures, kFirstRetry, kLongestRetry, *h_.jitter);
  wait(found, now + wait_for);
  log_warn("websub.failed",
           leaving ? "A hub could not be asked to end a subscription; it is asked again"
                   : "A hub did not grant a subscription; the feed is polled, and the hub is asked again",
           {{"account.id", sub.account_id},
            {"hub", host_of(sub.what.hub)},
            {"error.message", why},
            {"attempt", sub.failures},
            {"retry_in_ms", absl::ToInt64Milliseconds(wait_for)}});
  return absl::OkStatus();
}

// ---- what hubs deliver

std::optional<WebSubNews> PollerWebSub::next_delivery(absl::Time now) {
  if (h_.door == nullptr) return std::nullopt;
  while (auto delivery = h_.door->take_delivery()) {
    const auto found = subs_.find(delivery->name);
    if (found == subs_.end() || !found->second.account || (*h_.runs)[*found->second.account].is_silenced()) {
      count_delivery("left");
      continue;
    }
    found->second.missed = 0;
    if (auto news = read_delivery(*std::move(delivery), found->second, now)) return news;
  }
  return std::nullopt;
}

// As a page of the topic; nullopt: it cannot be read, and the feed is asked.
std::optional<WebSubNews> PollerWebSub::read_delivery(WebSubDelivery delivery, const Sub& sub,
                                                      absl::Time now) {
  const AccountRun& run = (*h_.runs)[*sub.account];
  Asked asked;
  asked.account_id = sub.account_id;
  asked.url = sub.what.topic;
  asked.cursor = run.state.cursor();
  HttpResponse response;
  response.status = 200;
  response.final_url = sub.what.topic;
  response.headers = std::move(delivery.headers);
  response.body = std::move(delivery.body);
  WebSubNews news;
  news.account = *sub.account;
  news.capture = make_capture(asked, std::move(response), run.collector->spec(), now);
  auto parsed = run.collector->parse(run.account, news.capture);
  if (!parsed.ok()) {
    count_delivery("unread");
    log_warn("websub.delivery.unread", "What a hub delivered could not be read; the feed itself is asked",
             {{"account.id", sub.account_id}, {"error.message", from_absl(parsed.status().message())}});
    poll_soon(*sub.account, now);
    return std::nullopt;
  }
  count_delivery("read");
  news.parsed = *std::move(parsed);
  bool changed = news.parsed.items.empty() || !news.parsed.deletions.empty();
  leave_out_changes(run, &news.parsed, &changed);
  news.parsed.deletions.clear();
  news.parsed.profile.Clear();  // of the hub's making
  if (changed) poll_soon(*sub.account, now);
  return news;
}

void PollerWebSub::leave_out_changes(const AccountRun& run, Parsed* parsed, bool* changed) const {
  std::erase_if(parsed->items, [&](const Item& item) {
    bool other = false;
    if (const SeenPosts::Post* seen = run.seen.find(item.id())) {
      other = !seen->is_same(item.content_hash());
    } else if (const auto stored = h_.store->item(item.id()); stored.ok()) {
      other = stored->content_hash() != item.content_hash() || stored->state() != LIVE;
    }
    *changed = *changed || other;
    return other;
  });
}

// Never later than planned, and never more often than is polite.
void PollerWebSub::poll_soon(std::size_t account, absl::Time now) {
  const AccountRun& run = (*h_.runs)[account];
  if (run.asking || run.walking || run.is_silenced() || run.state.failures() > 0) return;
  absl::Time due = now + kPollWithin * h_.jitter->share();
  if (run.state.has_last_attempt())
    due = std::max(due, std::min(to_time(run.state.last_attempt()), now) + run.least_interval());
  if (run.state.has_next_due() && to_time(run.state.next_due()) > due) h_.runs->wait(account, due);
}

}  // namespace copytaster
