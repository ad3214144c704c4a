// Hosts that want no requests for a while. Bounded; not thread-safe.
#pragma once

#include <algorithm>
#include <string_view>

#include "absl/time/time.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {

class HostPauses {
 public:
  // Past: ask.
  [[nodiscard]] absl::Time free_at(std::string_view host) const {
    const auto found = free_.find(host);
    return found == free_.end() ? absl::InfinitePast() : found->second;
  }
  // The longest pause asked for holds.
  void pause(std::string_view host, absl::Time until, absl::Time now) {
    if (until <= now) return;
    if (free_.size() >= kMost)
      absl::erase_if(free_, [now](const auto& entry) { return entry.second <= now; });
    absl::Time& free = free_.try_emplace(std::string(host), until).first->second;
    free = std::max(free, until);
  }

 private:
  static constexpr std::size_t kMost = 10'000;
  StringMap<absl::Time> free_;
};

[[nodiscard]] inline std::string host_of(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->host : "";
}

}  // namespace copytaster
