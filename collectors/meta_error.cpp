#include "collectors/meta_error.h"

#include <algorithm>
#include <string>

#include "collectors/platforms_support.h"
#include "core/strings.h"

namespace copytaster {
namespace {

bool is_rate_limit(std::int64_t code) {
  // 4 app, 17 user, 32 page, 341 and 613 custom, 80000 to 80014 business use cases (80001: a Page).
  return code == 4 || code == 17 || code == 32 || code == 341 || code == 613 ||
         (code >= 80000 && code <= 80014);
}

absl::Status status_of(std::int64_t code, std::int64_t subcode, const std::string& what, bool transient,
                       int http_status) {
  if (is_rate_limit(code)) return absl::ResourceExhaustedError(what);
  if (code == 102 || code == 104 || code == 190) return absl::UnauthenticatedError(what);
  if (code == 3 || code == 10 || code == 368 || (code >= 200 && code < 300))
    return absl::PermissionDeniedError(what);
  if (code == 803) return absl::NotFoundError(what);
  if (code == 100) {
    // The same words for "gone" and for "you may not see it": of a whole Page never taken for gone.
    const bool permission = subcode == 33 || contains_ignore_case(what, "permission") ||
                            contains_ignore_case(what, "Public Content Access");
    return permission ? absl::PermissionDeniedError(what) : absl::InvalidArgumentError(what);
  }
  if (code == 1 || code == 2 || transient || http_status >= 500) return absl::UnavailableError(what);
  if (http_status == 401) return absl::UnauthenticatedError(what);
  if (http_status == 403) return absl::PermissionDeniedError(what);
  if (http_status == 404) return absl::NotFoundError(what);
  if (http_status == 429) return absl::ResourceExhaustedError(what);
  return absl::InvalidArgumentError(what);
}

// What is the matter with the token, and what helps
// (developers.facebook.com/docs/graph-api/guides/error-handling, "Authentication error subcodes").
std::string_view token_trouble(std::int64_t subcode) {
  switch (subcode) {
    case 458:
      return "the token's user has removed the app: let the user log in to it again";
    case 459:
    case 464:
      return "Facebook demands that the token's user log in on facebook.com first";
    case 460:
      return "the token's user has a new password";
    case 463:
      return "the token has expired";
    case 467:
      return "the token has become invalid";
    default:
      return "the token does not hold any more";
  }
}

struct Usage {
  std::uint64_t percent = 0;
  std::uint64_t minutes = 0;  // estimated_time_to_regain_access
  void add(Json one) {
    for (const char* key : {"call_count", "total_time", "total_cputime"})
      percent = std::max(percent, one[key].count());
    minutes = std::max(minutes, one["estimated_time_to_regain_access"].count());
  }
};

}  // namespace

MetaError meta_error(Json error, int http_status) {
  MetaError out;
  out.code = static_cast<std::int64_t>(error["code"].count());
  out.subcode = static_cast<std::int64_t>(error["error_subcode"].count());
  const std::string message = plain_line(error["message"].view());
  std::string what = str_cat("Graph API error ", out.code);
  if (out.subcode != 0) str_append(&what, "/", out.subcode);
  str_append(&what, ": ", message);
  if (out.code == 190) str_append(&what, " (", token_trouble(out.subcode), ")");
  out.status = status_of(out.code, out.subcode, what, error["is_transient"].yes(), http_status);
  out.too_much = out.code == 1 && contains_ignore_case(message, "reduce the amount of data");
  out.gone_or_hidden = out.code == 100 && out.subcode == 33;
  out.rate_limited = is_rate_limit(out.code);
  return out;
}

absl::Duration meta_wait(const Capture& capture) {
  Usage usage;
  if (auto app = JsonDocument::parse(header_of(capture, "x-app-usage")); app.ok()) usage.add(app->root());
  if (auto business = JsonDocument::parse(header_of(capture, "x-business-use-case-usage")); business.ok()) {
    business->root().each_member(
        [&](std::string_view, Json list) { list.each([&](Json one) { usage.add(one); }); });
  }
  if (usage.minutes > 0) return absl::Minutes(std::min<std::uint64_t>(usage.minutes, 24 * 60));
  if (usage.percent >= 100) return absl::Hours(1);
  if (usage.percent >= 90) return absl::Minutes(20);
  if (usage.percent >= 80) return absl::Minutes(5);
  return absl::ZeroDuration();
}

}  // namespace copytaster
