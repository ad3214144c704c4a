// Parts of a settings.toml, for commands that need no more: who reads a store need not be able to read all
// the secrets that the settings name.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "app/settings.h"
#include "app/store_choice.h"

namespace copytaster {

// These sections of the settings that the choice means; all else has its default. kFailedPrecondition: what
// is wrong in them, with file and line.
[[nodiscard]] absl::StatusOr<Settings> read_sections(const StoreChoice& choice,
                                                     const std::vector<std::string_view>& sections);

}  // namespace copytaster
