#include <CLI/CLI.hpp>

#include "app/store_choice.h"

namespace copytaster {

void add_store_options(CLI::App& command, StoreChoice& choice) {
  command.add_option("--data", choice.data,
                     "Folder of the store (default: the one that the settings name, service.data)");
  command.add_option("--config", choice.config, "Folder with the settings (default: config)");
}

}  // namespace copytaster
