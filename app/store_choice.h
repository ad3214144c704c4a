// Which store a command reads: the folder that --data names, else the one that the settings name.
#pragma once

#include <optional>
#include <string>

#include "absl/status/statusor.h"

namespace CLI {
class App;
}

namespace copytaster {

struct StoreChoice {
  std::optional<std::string> data, config;  // as named on the command line
  [[nodiscard]] std::string config_folder() const { return config.value_or("config"); }
};

// Adds --data and --config, which write into `choice`; it outlives the command.
void add_store_options(CLI::App& command, StoreChoice& choice);

// The settings.toml of the folder --config, or of config/; nullopt: there is none, and all settings have
// their defaults. kNotFound: there is no folder of the name that was given.
[[nodiscard]] absl::StatusOr<std::optional<std::string>> settings_file(const StoreChoice& choice);

// --data; else service.data of the settings in the folder --config, or in config/ where that is there; else
// its default, data. Relative folders are the working directory's, as for `copytaster run`. kNotFound: as
// settings_file(). kFailedPrecondition: the settings cannot be read, so that nobody knows which store they
// mean.
[[nodiscard]] absl::StatusOr<std::string> chosen_store(const StoreChoice& choice);

}  // namespace copytaster
