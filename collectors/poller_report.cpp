#include "collectors/poller_report.h"

#include "collectors/schedule.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/strings.h"

namespace copytaster {
namespace {

Counter* counter_of(Verdict verdict, const CollectMetrics& metrics) {
  switch (verdict) {
    case Verdict::kRead:
      return metrics.ok;
    case Verdict::kNotModified:
      return metrics.not_modified;
    case Verdict::kLimited:
      return metrics.limited;
    case Verdict::kFailed:
      break;
  }
  return metrics.failed;
}

void report_news(const Outcome& outcome, const AccountRun& run) {
  const std::string& platform = run.account.platform();
  if (outcome.parcel.items_size() > 0) {
    log_info("collector.items", "New posts",
             {{"source.platform", platform},
              {"account.id", run.account.id()},
              {"items", outcome.parcel.items_size()},
              {"trace.id", outcome.parcel.trace_id()}});
  }
  if (!outcome.letters.empty()) {
    log_error("collector.post.refused", "Posts that cannot be read are in the dead letters",
              {{"source.platform", platform},
               {"account.id", run.account.id()},
               {"posts", outcome.letters.size()},
               {"error.message", outcome.letters.front().reason()}});
  }
  if (!outcome.moved_to.empty()) {
    log_warn("collector.account.moved", "The account's address has changed for good; the old one still works",
             {{"source.platform", platform},
              {"account.id", run.account.id()},
              {"url.full", outcome.moved_to},
              {"hint", "write the new address into officials.toml"}});
  }
}

void count_error(const absl::Status& error, const AccountRun& run) {
  const std::string code = absl::StatusCodeToString(error.code());
  counter("copytaster_stage_errors_total", "Errors of a stage, by the code of the error.",
          {{"stage", "collect"}, {"type", code}})
      .add();
  counter("copytaster_collect_errors_total", "Requests that failed, by the code of the error.",
          {{"platform", run.account.platform()}, {"type", code}})
      .add();
}

void count_posts(const Outcome& outcome, const AccountRun& run) {
  if (outcome.known > 0) {
    counter("copytaster_stage_discarded_total", "Posts a stage did not hand on; intentional: known already.",
            {{"stage", "collect"}, {"intentional", "true"}})
        .add(outcome.known);
  }
  if (outcome.verdict == Verdict::kFailed) count_error(outcome.error, run);
}

void report_failure(const Outcome& outcome, const AccountRun& run, absl::Time now) {
  const std::string code = outcome.error.ok() ? "limited" : absl::StatusCodeToString(outcome.error.code());
  const bool never = outcome.due == absl::InfiniteFuture();
  log(needs_operator(outcome.error) ? LogLevel::kError : LogLevel::kWarn, "collector.fetch.failed",
      never ? "An account cannot be read before a setting is mended"
            : "An account could not be read; it is asked again",
      {{"source.platform", run.account.platform()},
       {"account.id", run.account.id()},
       {"error.type", code},
       {"error.message", run.state.last_error()},
       {"attempt", run.state.failures()},
       {"retry_in_ms", never ? std::int64_t{-1} : absl::ToInt64Milliseconds(outcome.due - now)},
       {"hint", hint_for(outcome.error)}});
}

}  // namespace

void report_failed_reread(std::string_view item_id, const absl::Status& error, const AccountRun& run,
                          std::optional<absl::Duration> retry_in) {
  count_error(error, run);
  log_warn("collector.reread.failed",
           retry_in ? "A known post could not be read once more; it is tried again"
                    : "A known post could not be read once more; it is left until its next age",
           {{"source.platform", run.account.platform()},
            {"account.id", run.account.id()},
            {"item.id", item_id},
            {"error.type", absl::StatusCodeToString(error.code())},
            {"error.message", std::string(error.message())},
            {"retry_in_ms", retry_in ? absl::ToInt64Milliseconds(*retry_in) : std::int64_t{-1}},
            {"hint", hint_for(error)}});
}

void report_answer(const HttpResponse& response, const AccountRun& run) {
  run.metrics->seconds->observe(response.elapsed);
  log(LogLevel::kDebug, "collector.answer", "An answer came",
      {{"source.platform", run.account.platform()},
       {"account.id", run.account.id()},
       {"http.response.status_code", response.status},
       duration_field(response.elapsed)});
  const auto left = rate_limit_left(response.headers);
  if (!left) return;
  gauge("copytaster_collect_rate_limit_left_ratio",
        "Share of the requests a platform still allows, as an answer said it last.",
        {{"platform", run.account.platform()}})
      .set(*left);
}

void report_poll(const Outcome& outcome, const AccountRun& run, absl::Time now) {
  count_posts(outcome, run);
  counter_of(outcome.verdict, *run.metrics)->add();
  if (outcome.verdict == Verdict::kLimited || outcome.verdict == Verdict::kFailed) {
    report_failure(outcome, run, now);
    return;
  }
  run.metrics->last_success->set(static_cast<double>(absl::ToUnixSeconds(now)));
  report_news(outcome, run);
}

}  // namespace copytaster
