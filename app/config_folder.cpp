#include "app/config_folder.h"

#include <array>
#include <filesystem>
#include <optional>

#include "app/files.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// In the order of Rules::from_toml.
constexpr std::array<std::string_view, 4> kRulesFiles = {"sections.toml", "places.toml", "house_style.toml",
                                                         "places.tsv"};
using RulesTexts = std::array<std::string, kRulesFiles.size()>;

// Nullopt: there is no such file. One that is there and cannot be read is an error, not a default.
absl::StatusOr<std::optional<std::string>> read_if_there(const std::string& path) {
  std::error_code error;
  if (std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::not_found)
    return std::optional<std::string>();
  CT_ASSIGN_OR_RETURN(std::string text, read_input(path));
  return std::optional(std::move(text));
}

RulesTexts built_in_rules() {
  RulesTexts texts;
  for (const auto& [path, bytes] : embedded_config()) {
    for (std::size_t i = 0; i < kRulesFiles.size(); ++i) {
      if (path.ends_with(kRulesFiles[i])) texts[i] = std::string(bytes);
    }
  }
  return texts;
}

// "places.toml:12: what, expected …" of a file in `folder`.
ConfigProblem problem_of(const std::string& folder, std::string_view message) {
  ConfigProblem problem;
  const std::size_t colon = message.find(':');
  const std::size_t end = colon == std::string_view::npos ? colon : message.find(':', colon + 1);
  const auto line = end == std::string_view::npos
                        ? std::nullopt
                        : parse_number<unsigned>(message.substr(colon + 1, end - colon - 1));
  if (!line) return {folder, 0, std::string(message), ""};
  problem.file = str_cat(folder, "/", message.substr(0, colon));
  problem.line = *line;
  problem.what = std::string(strip_space(message.substr(end + 1)));
  return problem;
}

absl::StatusOr<Rules> rules_of(const RulesTexts& texts) {
  return Rules::from_toml(texts[0], texts[1], texts[2], texts[3]);
}

// Where they fail together each file is tried alone among the built-in ones, so that every file's problem is
// told.
absl::StatusOr<Rules> read_rules(const std::string& folder, std::vector<ConfigProblem>* problems) {
  const RulesTexts built_in = built_in_rules();
  RulesTexts all = built_in;
  std::array<bool, kRulesFiles.size()> there = {};
  for (std::size_t i = 0; i < kRulesFiles.size(); ++i) {
    CT_ASSIGN_OR_RETURN(auto text, read_if_there(str_cat(folder, "/", kRulesFiles[i])));
    there[i] = text.has_value();
    if (text) all[i] = *std::move(text);
  }
  auto rules = rules_of(all);
  if (rules.ok()) return rules;
  const std::size_t before = problems->size();
  for (std::size_t i = 0; i < kRulesFiles.size(); ++i) {
    if (!there[i]) continue;
    RulesTexts one = built_in;
    one[i] = std::move(all[i]);
    const auto alone = rules_of(one);
    if (!alone.ok()) problems->push_back(problem_of(folder, from_absl(alone.status().message())));
  }
  if (problems->size() > before) return Rules::defaults();
  return rules;
}

}  // namespace

absl::StatusOr<Config> read_config(const std::string& folder, std::vector<ConfigProblem>* problems) {
  Config config;
  CT_ASSIGN_OR_RETURN(const auto settings, read_if_there(str_cat(folder, "/settings.toml")));
  config.settings = read_settings(settings.value_or(""), str_cat(folder, "/settings.toml"), folder, problems);
  CT_ASSIGN_OR_RETURN(const auto officials, read_if_there(str_cat(folder, "/officials.toml")));
  if (!officials) {
    return absl::NotFoundError(str_cat("no officials.toml in ", folder,
                                       "; config/officials.toml of the distribution is an example"));
  }
  const Collectors collectors(config.settings.collectors);
  config.officials = read_officials(*officials, str_cat(folder, "/officials.toml"), collectors, problems);
  CT_ASSIGN_OR_RETURN(config.rules, read_rules(folder, problems));
  return config;
}

absl::StatusOr<Config> load_config(const std::string& folder) {
  std::vector<ConfigProblem> problems;
  CT_ASSIGN_OR_RETURN(Config config, read_config(folder, &problems));
  if (count_errors(problems) == 0) return config;
  std::string all = "the configuration has problems:";
  for (const ConfigProblem& problem : problems) {
    if (!problem.warning) str_append(&all, "\n  ", to_text(problem));
  }
  return absl::FailedPreconditionError(all);
}

}  // namespace copytaster
