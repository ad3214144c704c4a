#include "collectors/bluesky_problem.h"

#include <string>

#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {

absl::StatusOr<Parsed> bluesky_failure(const Capture& capture, Json root) {
  const std::string_view name = root["error"].view();
  const std::string said = plain_line(str_cat(name, ": ", root["message"].view()));
  Parsed out;
  out.next = capture.cursor();
  if (capture.status() == 429 || name == "RateLimitExceeded") {
    // Seconds since 1970, unlike Mastodon's.
    const auto reset = parse_number<std::int64_t>(header_of(capture, "ratelimit-reset"));
    if (reset && header_of(capture, "retry-after").empty()) {
      out.wait = wait_until(capture, absl::FromUnixSeconds(*reset));
      return out;
    }
    return absl::ResourceExhaustedError(said);
  }
  if (!root.is_object()) {
    if (capture.status() == 404 || capture.status() == 410)
      return absl::UnavailableError("HTTP 404 that is not the API's own");
    return http_failure(capture, "");
  }
  if (said.find("Profile not found") != std::string::npos ||
      said.find("Actor not found") != std::string::npos) {
    return absl::NotFoundError(said);
  }
  // These can come back: an operator looks.
  if (name == "AccountDeactivated" || name == "AccountTakedown" || name == "AccountSuspended" ||
      name == "BlockedActor" || name == "BlockedByActor") {
    return absl::PermissionDeniedError(said);
  }
  if (name == "UpstreamFailure" || name == "UpstreamTimeout" || name == "InternalServerError")
    return absl::UnavailableError(said);
  Position position(capture.cursor().position());
  if (capture.status() == 400 && capture.purpose() == PAGE && !position.get("cur").empty()) {
    // The place in the feed is no longer known there: begin the poll again, with what was known before it.
    for (const char* key : {"cur", "head", "newtop", "pages"}) position.erase(key);
    out.next.set_position(position.text());
    return out;
  }
  if (absl::Status error = http_failure(capture, said); !error.ok()) return error;
  return absl::UnavailableError(str_cat("HTTP ", capture.status(), " with an error: ", said));
}

}  // namespace copytaster
