// The list of platforms: explicit code that can be read. Adding one is one file, one line in
// catalog.cpp, one fixture folder (CONTRIBUTING.md).
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/collector.h"

namespace copytaster {

// In the order in which profile URLs are tried; `feed` is last, for it takes any web URL.
[[nodiscard]] std::span<const CatalogEntry> catalog();

// All collectors with their settings ([collector.<name>] of settings.toml). Immutable; any thread.
class Collectors {
 public:
  explicit Collectors(const StringMap<CollectorSettings>& settings = {});
  // The collector and account for a profile URL. kInvalidArgument says what would be right; so it is too for
  // a platform that is known and has no collector (collectors/elsewhere.h).
  [[nodiscard]] absl::StatusOr<Account> recognise(std::string_view profile_url) const;
  // Null when there is no such platform.
  [[nodiscard]] const Collector* find(std::string_view platform) const;

 private:
  StringMap<std::unique_ptr<Collector>> by_name_;
};

}  // namespace copytaster
