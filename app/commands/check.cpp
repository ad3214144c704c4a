// copytaster check: all files of the configuration folder and the credentials, with file and line.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/files.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// What an account still needs before it can be collected.
std::string missing_for(const Account& account, const Collectors& collectors) {
  const Collector* collector = collectors.find(account.platform());
  auto request = collector->request(account, Cursor());
  return request.ok() ? "" : std::string(request.status().message());
}

int check(const std::string& folder) {
  std::vector<ConfigProblem> problems;
  auto config = read_config(folder, &problems);
  for (const ConfigProblem& problem : problems) std::fprintf(stderr, "%s\n", to_text(problem).c_str());
  if (!config.ok()) return report(config.status());
  const Collectors collectors(config->settings.collectors);
  std::size_t accounts = 0;
  std::size_t waiting = 0;
  for (const Official& official : config->officials) {
    for (const Account& account : official.accounts()) {
      ++accounts;
      const std::string missing = missing_for(account, collectors);
      if (!missing.empty()) ++waiting;
      std::printf("%-28s %-9s %s%s%s\n", official.name().c_str(), account.platform().c_str(),
                  account.profile_url().c_str(), missing.empty() ? "" : "  needs: ", missing.c_str());
    }
  }
  std::printf(
      "%zu officials, %zu accounts, %zu not collectable yet, %zu sections, %zu places, %zu problems\n",
      config->officials.size(), accounts, waiting, config->rules.sections.size(), config->rules.places.size(),
      problems.size());
  if (const absl::Status arrived = print(""); !arrived.ok()) return report(arrived);
  return problems.empty() ? exit_code::kOk : exit_code::kBadConfig;
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
