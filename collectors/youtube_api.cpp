#include "collectors/youtube_api.h"

#include <string>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kReset = absl::Hours(8);

bool is_quota(std::string_view reason) { return reason == "quotaExceeded" || reason == "dailyLimitExceeded"; }
bool is_rate(std::string_view reason) {
  return reason == "rateLimitExceeded" || reason == "userRateLimitExceeded";
}
bool is_bad_key(std::string_view reason, std::string_view said) {
  return reason == "keyInvalid" || reason == "keyExpired" || reason == "API_KEY_INVALID" ||
         said.find("API key") != std::string_view::npos;
}

std::string reason_of(Json error) {
  std::string reason = error["errors"].at(0)["reason"].text();
  // "badRequest" is all that the old list says of a bad key.
  if (reason.empty() || reason == "badRequest") {
    if (const std::string_view detail = error["details"].at(0)["reason"].view(); !detail.empty()) {
      reason = std::string(detail);
    }
  }
  return reason;
}

}  // namespace

absl::Duration until_quota_reset(absl::Time answered) {
  const absl::Duration today = absl::Seconds(absl::ToUnixSeconds(answered - kReset) % 86400);
  return today >= absl::ZeroDuration() ? kDay - today : absl::Seconds(1);
}

absl::StatusOr<Parsed> youtube_api_failure(const Capture& capture, Json error) {
  Parsed out;
  out.next = capture.cursor();
  const std::string reason = reason_of(error);
  std::string said = plain_line(error["message"].view());
  said.resize(utf8_floor(said, 300));
  const std::string what = str_cat("the Data API: HTTP ", capture.status(), " ", reason, ": ", said);
  if (is_quota(reason)) {
    out.wait = until_quota_reset(answered_at(capture));
    return out;
  }
  if (is_rate(reason) || capture.status() == 429) return absl::ResourceExhaustedError(what);
  if (reason == "invalidPageToken" && capture.purpose() == PAGE) {
    Position next(capture.cursor().position());
    for (const char* key : {"token", "pages", "fresh"}) next.erase(key);
    out.next.set_position(next.text());
    return out;
  }
  if (is_bad_key(reason, said)) return absl::UnauthenticatedError(what);
  if (capture.status() == 404) {
    return absl::UnavailableError(str_cat(what, " (a channel without videos, or one that is gone)"));
  }
  const absl::Status status = http_failure(capture, str_cat("the Data API: ", reason, ": ", said));
  if (!status.ok()) return status;
  return absl::UnavailableError(what);
}

}  // namespace copytaster
