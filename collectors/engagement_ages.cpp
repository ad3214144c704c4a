#include "collectors/engagement_ages.h"

#include <array>

namespace copytaster {
namespace {

constexpr std::array<absl::Duration, 6> kAges = {absl::Minutes(10), absl::Hours(1),  absl::Hours(6),
                                                 absl::Hours(24),   absl::Hours(48), absl::Hours(24 * 7)};
}  // namespace

std::optional<PassedAge> passed_age(absl::Duration age) {
  std::optional<PassedAge> passed;
  for (std::size_t i = 0; i < kAges.size() && kAges[i] <= age; ++i) passed = {static_cast<int>(i), kAges[i]};
  // What is seen far too late says nothing of that age.
  if (passed && age > 2 * passed->age) return std::nullopt;
  return passed;
}

std::uint8_t noted_ages(const Item& item) {
  std::uint8_t bits = 0;
  for (const EngagementAt& noted : item.engagement_history()) {
    for (std::size_t i = 0; i < kAges.size(); ++i) {
      if (absl::Seconds(noted.age_seconds()) == kAges[i]) bits |= static_cast<std::uint8_t>(1U << i);
    }
  }
  return bits;
}

bool says_something(const Engagement& engagement) {
  return engagement.likes() + engagement.reposts() + engagement.replies() + engagement.quotes() +
             engagement.views() >
         0;
}

}  // namespace copytaster
