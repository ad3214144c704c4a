#include "collectors/x_problem.h"

#include <algorithm>
#include <cstdint>

#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr absl::Duration kShortestWait = absl::Seconds(10);
constexpr absl::Duration kLongestWait = absl::Seconds(901);

XProblem read_problem(Json wire) {
  XProblem out;
  const std::string_view type = wire["type"].view();
  const std::string_view title = wire["title"].view();
  out.is_not_found = type.ends_with("/resource-not-found") && title == "Not Found Error";
  out.is_not_authorized = type.ends_with("/not-authorized-for-resource") ||
                          (type.ends_with("/resource-not-found") && !out.is_not_found);
  out.is_usage_cap =
      type.ends_with("/usage-capped") || title == "UsageCapExceeded" || title == "CreditsDepleted";
  out.is_rate_limit = type.ends_with("/rate-limit-exceeded") || wire["code"].count() == 88;
  out.resource_type = plain_line(wire["resource_type"].view());
  const std::string id = wire["resource_id"].id();
  out.resource_id = id.empty() ? wire["value"].id() : id;
  const std::string detail =
      plain_line(wire["detail"].exists() ? wire["detail"].view() : wire["message"].view());
  out.said = plain_line(title);
  if (!detail.empty()) str_append(&out.said, out.said.empty() ? "" : ": ", detail);
  return out;
}

bool tells_something(Json wire) {
  return wire["title"].is_string() || wire["detail"].is_string() || wire["message"].is_string();
}

}  // namespace

XProblem x_problem(Json root) {
  XProblem out = tells_something(root) ? read_problem(root) : XProblem();
  const Json first = root["errors"].at(0);
  if (!tells_something(first)) return out;
  if (out.said.empty()) return read_problem(first);
  // "Invalid Request": what was wrong with it stands below.
  str_append(&out.said, " (", read_problem(first).said, ")");
  return out;
}

absl::Status x_status(const XProblem& problem, const Capture& capture) {
  const int status = capture.status();
  const std::string what = str_cat("HTTP ", status, problem.said.empty() ? "" : ": ", problem.said);
  if (problem.is_usage_cap || status == 402) {
    return absl::PermissionDeniedError(
        str_cat(what, " (nothing more is to be had this month: buy credits or raise the cap, or wait)"));
  }
  if (problem.is_rate_limit || status == 429) return absl::ResourceExhaustedError(what);
  if (problem.is_not_found && problem.resource_type != "tweet") return absl::NotFoundError(what);
  if (problem.is_not_authorized) return absl::PermissionDeniedError(what);
  // Any proxy and any wrong path answers 404; that the account is gone only the problem above says.
  if (status == 404 || status == 410) return absl::UnavailableError(str_cat(what, " that names no account"));
  if (absl::Status error = http_failure(capture, problem.said); !error.ok()) return error;
  return absl::UnavailableError(what);
}

bool x_says_gone(Json root, std::string_view post_id) {
  const auto says = [&](Json wire) {
    const XProblem problem = read_problem(wire);
    return problem.is_not_found && problem.resource_type == "tweet" && problem.resource_id == post_id;
  };
  bool gone = says(root);
  root["errors"].each([&](Json wire) { gone = gone || says(wire); });
  return gone;
}

std::optional<absl::Duration> x_wait(const Capture& capture) {
  const auto remaining = parse_number<std::int64_t>(header_of(capture, "x-rate-limit-remaining"));
  if (remaining && *remaining > 0) return kShortestWait;
  const auto reset = parse_number<std::int64_t>(header_of(capture, "x-rate-limit-reset"));
  if (!reset) return std::nullopt;
  return std::clamp(absl::FromUnixSeconds(*reset) - answered_at(capture), kShortestWait, kLongestWait);
}

}  // namespace copytaster
