// The people, keys and rules that the rehearsal day is played with: of its stores there is no config folder.
#pragma once

#include "absl/status/statusor.h"
#include "app/config_folder.h"

namespace copytaster {

// kInternal: the day that is built in is wrong.
absl::StatusOr<Config> rehearsal_config();

}  // namespace copytaster
