#include "app/rehearsal_config.h"

#include <string>

#include "app/officials_accounts.h"
#include "rehearsal/rehearsal.h"

namespace copytaster {
namespace {

// What the played platforms ask for; YouTube is read without a key, as most will read it.
StringMap<CollectorSettings> keys_of_the_rehearsal() {
  const std::string token = "of-the-rehearsal-only";
  return {{"facebook", {{"token", token}}},
          {"instagram", {{"token", token}, {"own_id", "17841400000000001"}}},
          {"threads", {{"token", token}}},
          {"x", {{"token", token}}}};
}

}  // namespace

absl::StatusOr<Config> rehearsal_config() {
  const StringMap<CollectorSettings> keys = keys_of_the_rehearsal();
  const Collectors collectors(keys);
  std::vector<ConfigProblem> problems;
  Config config;
  config.rules = Rules::defaults();
  config.officials =
      read_officials(rehearsal_officials_toml(), "rehearsal/day/officials.toml", collectors, &problems);
  if (count_errors(problems) > 0) return absl::InternalError(to_text(problems.front()));
  mark_not_collected(collectors, &config.officials);
  for (const auto& [name, settings] : keys) {
    for (const auto& [key, value] : settings) config.settings.collectors[name][key] = value;
  }
  return config;
}

}  // namespace copytaster
