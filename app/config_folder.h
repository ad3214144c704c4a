// The configuration as a folder: settings.toml and officials.toml.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/officials_file.h"
#include "app/settings.h"

namespace copytaster {

struct Config {
  Settings settings;
  std::vector<Official> officials;
};

// All problems in both files. kNotFound: no such folder or no officials.toml. A missing settings.toml means
// defaults.
absl::StatusOr<Config> read_config(const std::string& folder, std::vector<ConfigProblem>* problems);
// As read_config, but any problem is an error whose message lists them, one a line (kFailedPrecondition).
absl::StatusOr<Config> load_config(const std::string& folder);

}  // namespace copytaster
