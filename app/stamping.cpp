#include "app/stamping.h"

#include <algorithm>
#include <utility>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/copytaster.pb.h"
#include "core/log.h"
#include "core/metrics.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/time_stamp.h"

namespace copytaster {
namespace {

constexpr absl::Duration kFirstRetry = absl::Minutes(5);
constexpr absl::Duration kLongestRetry = absl::Hours(6);
constexpr absl::Duration kLookAgain = absl::Minutes(1);  // where nothing new has come
constexpr absl::Duration kClocksDiffer = absl::Minutes(5);

Counter& stamps_total(std::string_view result) {
  return counter("copytaster_evidence_stamps_total",
                 "Time stamps of the chain of evidence that were asked for, by how it ended.",
                 {{"result", result}});
}

HttpRequest request_for(const std::string& url, std::string der) {
  HttpRequest request;
  request.method = "POST";
  request.url = url;
  request.headers = {{"Content-Type", "application/timestamp-query"},
                     {"Accept", "application/timestamp-reply"}};
  request.body = std::move(der);
  request.max_body_bytes = kLargestStamp;
  return request;
}

}  // namespace

Stamping::Stamping(StampSettings settings, KeyValue* key_value, Fetcher* fetcher, const Clock* clock)
    : settings_(std::move(settings)), key_value_(key_value), fetcher_(fetcher), clock_(clock) {}

absl::Status Stamping::turn() {
  if (settings_.url.empty()) return absl::OkStatus();
  const absl::Time now = clock_->now();
  if (inbox_->answer) return take(*std::exchange(inbox_->answer, std::nullopt), now);
  if (asked_) return absl::OkStatus();
  if (!has_looked_) CT_RETURN_IF_ERROR(find_last());
  // A clock that was ahead must not make it wait for years.
  due_ = std::min(due_, now + std::max(settings_.every, kLongestRetry));
  return now < due_ ? absl::OkStatus() : ask(now);
}

absl::Status Stamping::find_last() {
  const auto key = key_value_->last_key(Space::kStamps);
  if (absl::IsNotFound(key.status())) return has_looked_ = true, absl::OkStatus();
  CT_RETURN_IF_ERROR(key.status());
  CT_ASSIGN_OR_RETURN(const std::string bytes, key_value_->get(Space::kStamps, *key));
  TimeStamp last;
  // One that cannot be read is for `verify` to tell; here it only means that it is time for the next.
  if (last.ParseFromString(bytes)) due_ = to_time(last.at()) + settings_.every;
  last_ = from_big_endian(*key);
  has_looked_ = true;
  return absl::OkStatus();
}

absl::Status Stamping::ask(absl::Time now) {
  due_ = now + kLookAgain;
  const auto key = key_value_->last_key(Space::kChain);
  if (absl::IsNotFound(key.status())) return absl::OkStatus();
  CT_RETURN_IF_ERROR(key.status());
  const std::uint64_t number = from_big_endian(*key);
  if (last_ == number) return absl::OkStatus();
  CT_ASSIGN_OR_RETURN(const std::string bytes, key_value_->get(Space::kChain, *key));
  const auto record = parse_chain_record(bytes);
  if (!record.ok()) return fail(record.status(), now), absl::OkStatus();
  auto request = make_stamp_request(record->link);
  if (!request.ok()) return fail(request.status(), now), absl::OkStatus();
  asked_ = Asked{number, record->link, std::move(request->nonce)};
  fetcher_->fetch(
      request_for(settings_.url, std::move(request->der)),
      [inbox = inbox_](absl::StatusOr<HttpResponse> outcome) { inbox->answer = std::move(outcome); });
  return absl::OkStatus();
}

absl::Status Stamping::take(absl::StatusOr<HttpResponse> outcome, absl::Time now) {
  absl::Status why = outcome.status();
  if (outcome.ok() && outcome->status != 200) why = absl::UnavailableError(str_cat("HTTP ", outcome->status));
  if (why.ok()) return keep(*outcome, now);
  asked_.reset();
  fail(why, now);
  return absl::OkStatus();
}

absl::Status Stamping::keep(const HttpResponse& response, absl::Time now) {
  const Asked asked = *std::exchange(asked_, std::nullopt);
  const auto token =
      read_stamp(response.body, {.link = asked.link, .nonce = asked.nonce, .ca_file = settings_.ca_file});
  if (!token.ok()) return fail(token.status(), now), absl::OkStatus();
  TimeStamp stamp;
  stamp.set_number(asked.number);
  stamp.set_link(asked.link);
  stamp.set_authority(settings_.url);
  stamp.set_token(response.body);
  set_timestamp(stamp.mutable_at(), token->at);
  const auto batch = key_value_->batch();
  batch->put(Space::kStamps, big_endian(asked.number), stamp.SerializeAsString());
  CT_RETURN_IF_ERROR(key_value_->write(*batch, Durability::kSynced));
  last_ = asked.number;
  failures_ = 0;
  due_ = now + settings_.every;
  stamps_total("stamped").add();
  log_info("evidence.stamped", "The chain of evidence has a time stamp",
           {{"link", asked.number},
            {"stamped_at", absl::FormatTime(token->at, absl::UTCTimeZone())},
            {"signer", token->signer}});
  if (absl::AbsDuration(token->at - now) > kClocksDiffer)
    log_warn("evidence.clocks_differ", "The time stamp authority's clock and this machine's are apart",
             {{"seconds", absl::ToInt64Seconds(token->at - now)}, {"hint", "set this machine's clock"}});
  return absl::OkStatus();
}

void Stamping::fail(const absl::Status& why, absl::Time now) {
  const absl::Duration wait = back_off(++failures_, kFirstRetry, kLongestRetry, jitter_);
  due_ = now + wait;
  stamps_total("failed").add();
  log_warn("evidence.stamp.failed", "The chain of evidence got no time stamp; it is asked for again",
           {{"url", settings_.url},
            {"attempt", failures_},
            {"error.message", to_valid_utf8(from_absl(why.message()))},
            {"retry_in_ms", absl::ToInt64Milliseconds(wait)}});
}

}  // namespace copytaster
