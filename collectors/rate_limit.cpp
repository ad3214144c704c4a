#include "collectors/rate_limit.h"

#include <algorithm>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kLongestPause = absl::Hours(1);
constexpr std::int64_t kUnixTimesBegin = 1'000'000'000;  // smaller numbers are seconds from now

std::optional<absl::Time> reset_time(std::string_view text, absl::Time now) {
  std::optional<absl::Time> at;
  if (const auto number = parse_number<std::int64_t>(text); number && *number >= 0) {
    at = *number >= kUnixTimesBegin ? absl::FromUnixSeconds(*number) : now + absl::Seconds(*number);
  } else {
    at = parse_date(text);
  }
  return at ? std::optional(std::min(*at, now + kLongestPause)) : std::nullopt;
}

// "100, 100;w=300": the number stands in front (IETF draft).
std::optional<std::int64_t> number_of(std::string_view value) {
  return parse_number<std::int64_t>(strip_space(value.substr(0, value.find_first_of(",;"))));
}

// {"call_count":28,"total_time":25,"total_cputime":25}: the greatest number behind one of these names.
std::optional<double> greatest_share(std::string_view json) {
  std::optional<double> most;
  for (const std::string_view name : {"\"call_count\"", "\"total_time\"", "\"total_cputime\""}) {
    for (std::size_t at = json.find(name); at != std::string_view::npos; at = json.find(name, at + 1)) {
      std::string_view rest = strip_space(json.substr(at + name.size()));
      if (!consume_prefix(&rest, ":")) continue;
      const auto number = parse_number<int>(strip_space(rest.substr(0, rest.find_first_of(",}"))));
      if (number) most = std::max(most.value_or(0), *number / 100.0);
    }
  }
  return most;
}

}  // namespace

std::optional<absl::Time> RateLimit::spent_until(absl::Time now) const {
  if (!remaining || *remaining > 0 || !reset || *reset <= now) return std::nullopt;
  return reset;
}

std::optional<double> RateLimit::left() const {
  if (limit && remaining && *limit > 0)
    return std::clamp(static_cast<double>(*remaining) / static_cast<double>(*limit), 0.0, 1.0);
  if (used_share) return std::clamp(1 - *used_share, 0.0, 1.0);
  return std::nullopt;
}

RateLimit read_rate_limit(const std::vector<HttpHeader>& headers, absl::Time now) {
  RateLimit out;
  for (const std::string_view name : {"x-ratelimit", "x-rate-limit", "ratelimit"}) {
    const auto value = [&](std::string_view what) { return header_value(headers, str_cat(name, what)); };
    const auto remaining = number_of(value("-remaining"));
    if (!remaining) continue;
    out.remaining = remaining;
    out.limit = number_of(value("-limit"));
    out.reset = reset_time(strip_space(value("-reset")), now);
    break;
  }
  for (const std::string_view name : {"x-app-usage", "x-business-use-case-usage"}) {
    const auto share = greatest_share(header_value(headers, name));
    if (share) out.used_share = std::max(out.used_share.value_or(0), *share);
  }
  return out;
}

}  // namespace copytaster
