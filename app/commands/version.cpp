#include "core/version.h"

#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/files.h"
#include "core/strings.h"

namespace copytaster {

void add_version(CLI::App& app, int* exit) {
  auto* command = app.add_subcommand("version", "Print the version");
  command->callback([exit] { *exit = report(print(str_cat("copytaster ", version(), "\n"))); });
}

}  // namespace copytaster
