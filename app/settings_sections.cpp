#include "app/settings_sections.h"

#include <algorithm>

#include "app/files.h"
#include "app/settings_reader.h"
#include "core/status.h"
#include "core/toml_depth.h"

namespace copytaster {
namespace {

void read_into(Settings& settings, std::string_view text, const std::string& file, const std::string& folder,
               const std::vector<std::string_view>& sections, std::vector<ConfigProblem>& problems) {
  if (const unsigned line = toml_line_too_deep(text)) {
    problems.push_back({file, line, "it is nested too deep", ""});
    return;
  }
  try {
    toml::table root = toml::parse(text, file);
    for (auto at = root.begin(); at != root.end();)
      at = std::ranges::count(sections, at->first.str()) > 0 ? std::next(at) : root.erase(at);
    SettingsReader(file, folder, &problems).read(root, settings);
  } catch (const toml::parse_error& error) {
    problems.push_back(
        {file, static_cast<unsigned>(error.source().begin.line), std::string(error.description()), ""});
  }
}

}  // namespace

absl::StatusOr<Settings> read_sections(const StoreChoice& choice,
                                       const std::vector<std::string_view>& sections) {
  Settings settings;
  CT_ASSIGN_OR_RETURN(const auto file, settings_file(choice));
  if (!file) return settings;
  CT_ASSIGN_OR_RETURN(const std::string text, read_input(*file));
  std::vector<ConfigProblem> problems;
  read_into(settings, text, *file, choice.config_folder(), sections, problems);
  std::erase_if(problems, [](const ConfigProblem& one) { return one.warning; });
  if (!problems.empty()) return absl::FailedPreconditionError(to_text(problems.front()));
  return settings;
}

}  // namespace copytaster
