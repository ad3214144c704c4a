#include "collectors/poller_report.h"

#include "collectors/rate_limit.h"
#include "collectors/rhythm.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/strings.h"
#include "core/time.h"

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

void report_voice(Voice voice, const AccountRun& run) {
  if (voice == Voice::kSame) return;
  const std::int64_t gap = absl::ToInt64Seconds(median_gap(run.state).value_or(absl::ZeroDuration()));
  if (voice == Voice::kSpeaksAgain) {
    log_info("collector.account.speaks", "An account that had gone quiet posts again",
             {{"source.platform", run.account.platform()}, {"account.id", run.account.id()}});
    return;
  }
  log_warn(
      "collector.account.quiet",
      "An account is read without fault but has posted nothing for three times as long as usual",
      {{"source.platform", run.account.platform()},
       {"account.id", run.account.id()},
       {"last_post", format_rfc3339(absl::FromUnixSeconds(run.state.posted(run.state.posted_size() - 1)))},
       {"median_gap_seconds", gap},
       {"hint", "look at its page: it may have moved, been renamed or shut its public preview"}});
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
    log_warn("collector.account.moved",
             outcome.moved ? "The account's address has changed for good; it is read there from now on"
                           : "The account's address has changed for good; the old one still works",
             {{"source.platform", platform},
              {"account.id", run.account.id()},
              {"url.full", outcome.moved_to},
              {"hint", "write the new address into officials.toml"}});
  }
  report_voice(outcome.voice, run);
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

void report_failure(const Outcome& outcome, const AccountRun& run, absl::Time now, FailureCauses* causes) {
  const bool shared = !run.state.ended() && is_shared_cause(outcome.error);
  if (shared) causes->failed(run.account.platform(), outcome.question.key, run.account.id(), outcome.error);
  if (run.state.ended()) {
    log_error("collector.account.ended",
              "The platform says that an account is gone for good; it is not asked again",
              {{"source.platform", run.account.platform()},
               {"account.id", run.account.id()},
               {"error.message", run.state.last_error()},
               {"hint", "correct officials.toml, or resume it (copytaster resume ACCOUNT) when it is back"}});
    return;
  }
  const std::string code = outcome.error.ok() ? "limited" : absl::StatusCodeToString(outcome.error.code());
  const bool never = outcome.due == absl::InfiniteFuture();
  const LogLevel level = needs_operator(outcome.error) ? LogLevel::kError : LogLevel::kWarn;
  log(shared ? LogLevel::kDebug : level, "collector.fetch.failed",
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

void report_answer(const HttpResponse& response, const AccountRun& run, absl::Time now) {
  run.metrics->seconds->observe(response.elapsed);
  log(LogLevel::kDebug, "collector.answer", "An answer came",
      {{"source.platform", run.account.platform()},
       {"account.id", run.account.id()},
       {"http.response.status_code", response.status},
       duration_field(response.elapsed)});
  const auto left = read_rate_limit(response.headers, now).left();
  if (!left) return;
  gauge("copytaster_collect_rate_limit_left_ratio",
        "Share of the requests a platform still allows, as an answer said it last.",
        {{"platform", run.account.platform()}})
      .set(*left);
}

void report_frame(const Outcome& outcome, const AccountRun& run) {
  count_posts(outcome, run);
  report_news(outcome, run);
}

void report_brought(const Item& item) {
  log_info("intake.item", "A post was brought in by hand",
           {{"item.id", item.id()},
            {"official.id", item.official_id()},
            {"user.name", item.intake().by()},
            {"intake.how", item.intake().how()}});
}

void report_circuit(std::string_view key, bool opened, absl::Time until, absl::Time now) {
  // Apps are few; hosts may be thousands, and are counted together.
  if (opened)
    counter("copytaster_collect_circuits_opened_total",
            "Hosts, and apps by platform, that failed several times in a row and were left alone.",
            {{"scope", key.starts_with("app:") ? std::string(key) : std::string("host")}})
        .add();
  if (!opened) return log_info("collector.host.answers", "A host answers again", {{"host", key}});
  log_warn("collector.host.down", "A host has failed several times in a row; all its accounts wait",
           {{"host", key},
            {"retry_in_ms", absl::ToInt64Milliseconds(until - now)},
            {"hint", "nothing to do while it is their fault; see whether this machine reaches others"}});
}

void report_cost(const CollectorSpec& spec, CostGuard& costs, absl::Time now) {
  gauge("copytaster_collect_spent_usd", "Spent on reading a platform this month (UTC).",
        {{"platform", spec.name}})
      .set(costs.spent(spec.name, now));
}

void report_spent(const CollectorSpec& spec, CostGuard& costs, absl::Time until, absl::Time now) {
  report_cost(spec, costs, now);
  if (!costs.newly_exhausted(spec.name, now)) return;
  log_error("collector.budget.spent",
            "The month's money for a platform is spent; it is asked again next month",
            {{"source.platform", spec.name},
             {"spent_usd", costs.spent(spec.name, now)},
             {"ceiling_usd", costs.ceiling(spec.name)},
             {"until", format_rfc3339(until)},
             {"hint", str_cat("raise monthly_usd in [collector.", spec.name, "] to go on now")}});
}

void report_causes(FailureCauses* causes, absl::Time now) {
  for (const FailureCauses::Told& told : causes->to_tell(now)) {
    log_error("collector.accounts.refused",
              absl::IsFailedPrecondition(told.error)
                  ? "Accounts cannot be read before a setting is mended"
                  : "Accounts cannot be read: their platform refuses the token",
              {{"source.platform", told.platform},
               {"host", told.asked},
               {"config.problem", std::string(told.error.message())},
               {"error.type", absl::StatusCodeToString(told.error.code())},
               {"accounts", told.accounts},
               {"example", told.account_id},
               {"hint", hint_for(told.error)}});
  }
}

void report_poll(const Outcome& outcome, const AccountRun& run, absl::Time now, FailureCauses* causes) {
  count_posts(outcome, run);
  counter_of(outcome.verdict, *run.metrics)->add();
  if (outcome.verdict == Verdict::kLimited || outcome.verdict == Verdict::kFailed) {
    report_failure(outcome, run, now, causes);
    return;
  }
  for (const FailureCauses::Told& told : causes->mended(run.account.id())) {
    log_info("collector.accounts.accepted",
             "The accounts that a setting or a token kept from us are read again",
             {{"source.platform", told.platform},
              {"host", told.asked},
              {"config.problem", std::string(told.error.message())}});
  }
  run.metrics->last_success->set(static_cast<double>(absl::ToUnixSeconds(now)));
  report_news(outcome, run);
}

}  // namespace copytaster
