// copytaster check: all files of the configuration folder and the credentials, with file and line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/files.h"
#include "app/officials_accounts.h"
#include "app/text_reader.h"
#include "core/strings.h"
#include "core/url.h"
#include "processors/gazetteer.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostWarningsTold = 50;

// Why nothing is ever collected from it; empty: its platform has a collector.
std::string never_collected(const Account& account, const Collectors& collectors) {
  if (collectors.find(account.platform()) != nullptr) return "";
  return str_cat("not collected: no collector for ", platform_label(collectors, account.platform()),
                 "; its posts can be brought in by hand");
}

// What an account still needs before it can be collected: what its collector's spec demands and the settings
// have not, else what the collector itself says.
std::string missing_for(const Account& account, const Collectors& collectors, const Settings& settings) {
  const Collector* collector = collectors.find(account.platform());
  if (collector == nullptr) return "";
  const CollectorSpec& spec = collector->spec();
  const auto values = settings.collectors.find(spec.name);
  std::string missing;
  for (const ConfigField& field : spec.fields) {
    if (!field.required) continue;
    // A secret is called by its file in the settings and by its value after they were read.
    std::string_view bare = field.name;
    consume_suffix(&bare, "_file");
    const bool is_there = values != settings.collectors.end() &&
                          (values->second.contains(field.name) || values->second.contains(bare));
    if (!is_there)
      str_append(&missing, missing.empty() ? "" : "; ", setting_name(field), " in [collector.", spec.name,
                 "] of settings.toml: ", field.help);
  }
  if (!missing.empty()) return missing;
  const auto request = collector->request(account, Cursor());
  return request.ok() ? "" : std::string(request.status().message());
}

// All errors; of warnings the first.
void tell_findings(const std::vector<ConfigProblem>& problems) {
  std::size_t warnings = 0;
  for (const ConfigProblem& problem : problems) {
    if (problem.warning && ++warnings > kMostWarningsTold) continue;
    std::fprintf(stderr, "%s\n", to_text(problem).c_str());
  }
  if (warnings > kMostWarningsTold)
    std::fprintf(stderr, "… and %zu warnings more\n", warnings - kMostWarningsTold);
}

// Tokens that expire, when; of those that a person must renew it is a warning.
void tell_credentials(const Settings& settings, std::vector<ConfigProblem>* warnings,
                      const std::string& file) {
  const absl::Time now = absl::Now();
  for (const CredentialHealth& credential : settings.credentials) {
    const std::string words =
        str_cat("the token of ", credential.setting, " ", credential_words(credential, now));
    if (!is_alarm(credential_state(credential, now))) {
      std::printf("%s\n", words.c_str());
      continue;
    }
    warnings->push_back({file, 0, words, "", /*warning=*/true});
    std::fprintf(stderr, "%s\n", to_text(warnings->back()).c_str());
  }
}

// Character recognition is asked for, and cannot be done: the service runs without it.
void tell_reader(const Settings& settings, std::vector<ConfigProblem>* warnings, const std::string& file) {
  if (!settings.read_text) return;
  TextReaderOptions options;
  options.languages = settings.read_text_languages;
  const std::vector<std::string> missing = missing_for_reading(options);
  for (const std::string& what : missing) {
    warnings->push_back({file, 0, "pictures.read_text is on, but " + what, "", /*warning=*/true});
    std::fprintf(stderr, "%s\n", to_text(warnings->back()).c_str());
  }
  if (missing.empty())
    std::printf("the words in pictures are read: %s\n", join(settings.read_text_languages, ", ").c_str());
}

int check(const std::string& folder) {
  std::vector<ConfigProblem> problems;
  auto config = read_config(folder, &problems);
  tell_findings(problems);
  if (!config.ok()) return report(config.status());
  const Collectors collectors(config->settings.collectors);
  std::size_t accounts = 0;
  std::size_t waiting = 0;
  std::size_t never = 0;
  for (const Official& official : config->officials) {
    if (official.accounts().empty())
      std::printf("%-28s no account: known by name only\n", official.name().c_str());
    for (const Account& account : official.accounts()) {
      ++accounts;
      const std::string missing = missing_for(account, collectors, config->settings);
      const std::string why_never = never_collected(account, collectors);
      waiting += missing.empty() ? 0 : 1;
      never += why_never.empty() ? 0 : 1;
      std::printf("%-28s %-9s %-24s %s%s%s%s%s\n", official.name().c_str(), account.platform().c_str(),
                  account.handle().c_str(), without_secrets(account.profile_url()).c_str(),
                  missing.empty() ? "" : "  needs: ", missing.c_str(), why_never.empty() ? "" : "  ",
                  why_never.c_str());
    }
  }
  tell_credentials(config->settings, &problems, str_cat(folder, "/settings.toml"));
  tell_reader(config->settings, &problems, str_cat(folder, "/settings.toml"));
  const std::size_t errors = count_errors(problems);
  const std::string silent = never == 0 ? "" : str_cat(" (", never, " of them not collected)");
  std::printf(
      "%zu officials, %zu accounts%s, %zu not collectable yet, %zu sections, %zu places, %zu problems, %zu "
      "warnings\n",
      config->officials.size(), accounts, silent.c_str(), waiting, config->rules.sections.size(),
      config->rules.places.size() + config->rules.gazetteer().size(), errors, problems.size() - errors);
  if (const absl::Status arrived = print(""); !arrived.ok()) return report(arrived);
  return errors == 0 ? exit_code::kOk : exit_code::kBadConfig;
}

}  // namespace

void add_check(CLI::App& app, int* exit) {
  auto folder = std::make_shared<std::string>("config");
  auto* command =
      app.add_subcommand("check", "Check settings, officials, sections, places, house style and credentials");
  command->add_option("--config", *folder, "Folder with settings.toml, officials.toml and the rules")
      ->capture_default_str();
  command->callback([folder, exit] { *exit = check(*folder); });
}

}  // namespace copytaster
