#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/command.h"

#ifndef COPYTASTER_VERSION
#define COPYTASTER_VERSION "0.1.0"
#endif

namespace copytaster {

void add_version(CLI::App& app, int* exit) {
  auto* command = app.add_subcommand("version", "Print the version");
  command->callback([exit] {
    std::printf("copytaster %s\n", COPYTASTER_VERSION);
    *exit = exit_code::kOk;
  });
}

}  // namespace copytaster
