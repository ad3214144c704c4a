#include "app/retention.h"

#include <algorithm>

namespace copytaster {

std::optional<DeletedPolicy> parse_deleted_policy(std::string_view text) {
  if (text == "keep") return DeletedPolicy::kKeep;
  if (text == "blank") return DeletedPolicy::kBlank;
  if (text == "remove") return DeletedPolicy::kRemove;
  return std::nullopt;
}

bool Retention::expires() const {
  return days > 0 || std::ranges::any_of(days_of, [](const auto& one) { return one.second > 0; });
}

bool Retention::is_over(std::string_view platform, std::int64_t posted, absl::Time now) const {
  const std::int64_t kept = days_on(platform);
  return kept > 0 && absl::FromUnixSeconds(posted) + absl::Hours(24 * kept) < now;
}

}  // namespace copytaster
