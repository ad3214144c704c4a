// The configuration as a folder: settings.toml, officials.toml, and the house's rules in sections.toml,
// places.toml, house_style.toml and, where one was imported, places.tsv.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/officials_file.h"
#include "app/settings.h"
#include "processors/rules.h"

namespace copytaster {

struct Config {
  Settings settings;
  std::vector<Official> officials;
  Rules rules;
};

// All problems in all files; of each rules file the first. A file that is not there means defaults, but for
// officials.toml. Errors: kNotFound: no such folder, no officials.toml, or a file that cannot be read.
absl::StatusOr<Config> read_config(const std::string& folder, std::vector<ConfigProblem>* problems);
// As read_config, but any problem that is no warning is an error whose message lists them, one a line
// (kFailedPrecondition).
absl::StatusOr<Config> load_config(const std::string& folder);

}  // namespace copytaster
