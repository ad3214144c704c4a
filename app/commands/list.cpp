// copytaster list collectors|steps|settings: made from the specs, so it cannot lag behind the code.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/reference.h"

namespace copytaster {

void add_list(CLI::App& app, int* exit) {
  auto what = std::make_shared<std::string>();
  auto markdown = std::make_shared<bool>(false);
  auto* command = app.add_subcommand("list", "List collectors, steps or settings");
  command->add_option("collectors|steps|settings", *what, "What to list")
      ->required()
      ->check(CLI::IsMember({"collectors", "steps", "settings"}));
  command->add_flag("--markdown", *markdown, "As it stands in docs/");
  command->callback([what, markdown, exit] {
    const auto text = reference_of(*what, *markdown ? ReferenceFormat::kMarkdown : ReferenceFormat::kText);
    *exit = report(print(text.value_or("")));
  });
}

}  // namespace copytaster
