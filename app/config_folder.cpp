#include "app/config_folder.h"

#include "app/files.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {

absl::StatusOr<Config> read_config(const std::string& folder, std::vector<ConfigProblem>* problems) {
  Config config;
  auto settings = read_input(str_cat(folder, "/settings.toml"));
  if (!settings.ok() && !absl::IsNotFound(settings.status())) return settings.status();
  config.settings = read_settings(settings.value_or(""), str_cat(folder, "/settings.toml"), folder, problems);
  auto officials = read_input(str_cat(folder, "/officials.toml"));
  if (absl::IsNotFound(officials.status())) {
    return absl::NotFoundError(str_cat("no officials.toml in ", folder,
                                       "; config/officials.toml of the distribution is an example"));
  }
  CT_RETURN_IF_ERROR(officials.status());
  const Collectors collectors(config.settings.collectors);
  config.officials = read_officials(*officials, str_cat(folder, "/officials.toml"), collectors, problems);
  return config;
}

absl::StatusOr<Config> load_config(const std::string& folder) {
  std::vector<ConfigProblem> problems;
  CT_ASSIGN_OR_RETURN(Config config, read_config(folder, &problems));
  if (problems.empty()) return config;
  std::string all = "the configuration has problems:";
  for (const ConfigProblem& problem : problems) str_append(&all, "\n  ", to_text(problem));
  return absl::FailedPreconditionError(all);
}

}  // namespace copytaster
