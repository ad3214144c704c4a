// Engagement at fixed ages of a post, so that posts can be compared: what had it reached after ten minutes,
// an hour, six hours, a day, two days, a week? Whatever shows the post again first after such an age counts.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The newest of the ages that a post of this age has passed, as bit number and duration; nullopt: none yet,
// or it is more than twice as old.
struct PassedAge {
  int number = 0;
  absl::Duration age;
};
[[nodiscard]] std::optional<PassedAge> passed_age(absl::Duration age);
// The bits of the ages that a stored item has.
[[nodiscard]] std::uint8_t noted_ages(const Item& item);
// Whether there is anything to note.
[[nodiscard]] bool says_something(const Engagement& engagement);

}  // namespace copytaster
