#include "collectors/schedule.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kMostFresh = absl::Hours(6);
constexpr absl::Duration kLongestPause = absl::Hours(1);
constexpr std::int64_t kUnixTimesBegin = 1'000'000'000;  // smaller numbers are seconds from now

std::optional<absl::Time> reset_time(std::string_view text, absl::Time now) {
  if (const auto number = parse_number<std::int64_t>(text); number && *number >= 0) {
    return *number >= kUnixTimesBegin ? absl::FromUnixSeconds(*number) : now + absl::Seconds(*number);
  }
  return parse_date(text);
}

// {"call_count":28,"total_time":25,"total_cputime":25}: the greatest of the numbers behind a colon.
std::optional<double> greatest_number(std::string_view json) {
  std::optional<double> most;
  for (std::size_t at = json.find(':'); at != std::string_view::npos; at = json.find(':', at + 1)) {
    const std::string_view rest = json.substr(at + 1);
    const auto number = parse_number<int>(strip_space(rest.substr(0, rest.find_first_of(",}"))));
    if (number) most = std::max(most.value_or(0), static_cast<double>(*number));
  }
  return most;
}

}  // namespace

absl::Duration next_interval(absl::Duration current, std::size_t new_items, absl::Duration least,
                             absl::Duration most) {
  const double news = static_cast<double>(std::min<std::size_t>(new_items, 6));
  const double factor = new_items == 0 ? 1.5 : 1 / (1 + news / 2);
  return std::clamp(std::max(current, least) * factor, least, std::max(least, most));
}

absl::Duration freshness(const std::vector<HttpHeader>& headers) {
  absl::Duration fresh;
  for (std::string_view part : split(header_value(headers, "cache-control"), ',')) {
    part = strip_space(part);
    if (equals_ignore_case(part, "no-store") || equals_ignore_case(part, "no-cache"))
      return absl::ZeroDuration();
    if (!starts_with_ignore_case(part, "max-age=")) continue;
    part.remove_prefix(8);
    if (part.size() > 1 && part.front() == '"' && part.back() == '"') part = part.substr(1, part.size() - 2);
    const auto seconds = parse_number<std::int64_t>(part);
    if (seconds && *seconds > 0) fresh = std::min(absl::Seconds(*seconds), kMostFresh);
  }
  return fresh;
}

std::optional<absl::Time> rate_limited_until(const std::vector<HttpHeader>& headers, absl::Time now) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kNames = {{
      {"x-ratelimit-remaining", "x-ratelimit-reset"},
      {"x-rate-limit-remaining", "x-rate-limit-reset"},
      {"ratelimit-remaining", "ratelimit-reset"},
  }};
  for (const auto& [remaining, reset] : kNames) {
    const auto left = parse_number<std::int64_t>(strip_space(header_value(headers, remaining)));
    if (!left || *left > 0) continue;
    const auto until = reset_time(strip_space(header_value(headers, reset)), now);
    if (until && *until > now) return std::min(*until, now + kLongestPause);
  }
  return std::nullopt;
}

std::optional<double> rate_limit_left(const std::vector<HttpHeader>& headers) {
  for (const std::string_view name : {"x-ratelimit", "x-rate-limit", "ratelimit"}) {
    const auto number = [&](std::string_view what) {
      // "100, 100;w=300": the number stands in front (IETF draft).
      const std::string_view value = header_value(headers, str_cat(name, what));
      return parse_number<std::int64_t>(strip_space(value.substr(0, value.find_first_of(",;"))));
    };
    const auto limit = number("-limit");
    const auto left = number("-remaining");
    if (!limit || !left || *limit <= 0) continue;
    return std::clamp(static_cast<double>(*left) / static_cast<double>(*limit), 0.0, 1.0);
  }
  const auto used = greatest_number(header_value(headers, "x-app-usage"));
  if (used) return std::clamp(1 - *used / 100, 0.0, 1.0);
  return std::nullopt;
}

std::optional<absl::Duration> next_reread_age(absl::Duration age, absl::Duration reread_for) {
  constexpr std::array<absl::Duration, 5> kAges = {absl::Minutes(10), absl::Hours(1), absl::Hours(6),
                                                   absl::Hours(24), absl::Hours(48)};
  for (const absl::Duration next : kAges) {
    if (next > age && next <= reread_for) return next;
  }
  return std::nullopt;
}

}  // namespace copytaster
