#include "collectors/schedule.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

constexpr absl::Duration kMostFresh = absl::Hours(6);

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

std::optional<absl::Duration> next_reread_age(absl::Duration age, absl::Duration reread_for) {
  constexpr std::array<absl::Duration, 7> kAges = {absl::Minutes(10),  absl::Hours(1),  absl::Hours(6),
                                                   absl::Hours(24),    absl::Hours(48), absl::Hours(24 * 4),
                                                   absl::Hours(24 * 7)};
  absl::Duration next = kAges.back();
  for (const absl::Duration one : kAges) {
    if (one <= age) continue;
    next = one;
    break;
  }
  while (next <= age) next += absl::Hours(24 * 7);  // then once a week
  return next <= reread_for ? std::optional(next) : std::nullopt;
}

}  // namespace copytaster
