#include "app/settings.h"

#include <algorithm>

#include "app/settings_reader.h"
#include "collectors/catalog.h"
#include "core/toml_depth.h"

namespace copytaster {

std::string setting_name(const ConfigField& field) {
  std::string_view bare = field.name;
  consume_suffix(&bare, "_file");
  return field.secret ? str_cat(bare, "_file") : std::string(field.name);
}

std::string to_text(const ConfigProblem& problem) {
  return str_cat(problem.file, problem.line == 0 ? "" : str_cat(":", problem.line), ": ",
                 problem.warning ? "warning: " : "", problem.what,
                 problem.hint.empty() ? "" : str_cat("; ", problem.hint));
}

std::size_t count_errors(const std::vector<ConfigProblem>& problems) {
  return static_cast<std::size_t>(
      std::count_if(problems.begin(), problems.end(), [](const ConfigProblem& one) { return !one.warning; }));
}

std::vector<SettingSpec> setting_specs() {
  std::vector<SettingSpec> all;
  for (const SettingRow& row : setting_rows()) {
    Settings unused;
    all.push_back(row.spec);
    if (row.spec.takes.empty())
      all.back().takes = row.apply(toml::table(), unused);  // right for the others: says what would be
  }
  for (const CatalogEntry& entry : catalog()) {
    for (const ConfigField& field : entry.spec().fields) {
      all.push_back({str_cat("collector.", entry.spec().name, ".", setting_name(field)),
                     std::string(field.default_value), std::string(field.help), fitting(field)});
    }
  }
  return all;
}

Settings read_settings(std::string_view text, const std::string& file, const std::string& folder,
                       std::vector<ConfigProblem>* problems) {
  Settings settings;
  if (const unsigned line = toml_line_too_deep(text)) {
    problems->push_back({file, line, "it is nested too deep", "keys with a dot or two, as in settings.toml"});
    return settings;
  }
  try {
    SettingsReader(file, folder, problems).read(toml::parse(text, file), settings);
  } catch (const toml::parse_error& error) {
    problems->push_back({file, static_cast<unsigned>(error.source().begin.line),
                         std::string(error.description()), "TOML 1.0 is expected"});
  }
  return settings;
}

StringMap<double> monthly_ceilings(const Settings& settings) {
  StringMap<double> out;
  for (const CatalogEntry& entry : catalog()) {
    const CollectorSpec& spec = entry.spec();
    if (spec.most_cost_usd <= 0) continue;
    std::string amount;
    for (const ConfigField& field : spec.fields)
      if (field.name == "monthly_usd") amount = std::string(field.default_value);
    if (const auto set = settings.collectors.find(spec.name); set != settings.collectors.end())
      if (const auto named = set->second.find("monthly_usd"); named != set->second.end())
        amount = named->second;
    out[std::string(spec.name)] = parse_number<double>(amount).value_or(0);
  }
  return out;
}

}  // namespace copytaster
