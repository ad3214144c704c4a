// What one store holds otherwise than another: posts, their older versions, stories, dead letters, record by
// record and byte by byte. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/key_value.h"

namespace copytaster {

struct SpaceDifference {
  std::string_view what;  // "posts"
  Space space = Space::kItems;
  std::uint64_t same = 0, changed = 0, only_before = 0, only_after = 0;
  std::vector<std::string> examples;  // "x:123: quotes, places"; "x:124: not there any more"
  static constexpr std::size_t kMostExamples = 20;
  [[nodiscard]] bool is_none() const { return changed + only_before + only_after == 0; }
};

// Errors of the databases.
absl::StatusOr<std::vector<SpaceDifference>> compare_stores(const KeyValue& before, const KeyValue& after);

}  // namespace copytaster
