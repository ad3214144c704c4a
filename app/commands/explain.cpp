// copytaster explain ID ID: why two posts are one statement, or are not, with each rule's figures.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/copy_answers.h"
#include "app/files.h"
#include "app/store_choice.h"
#include "core/status.h"

namespace copytaster {
namespace {

struct ExplainOptions {
  StoreChoice store;
  std::string item_id, other_id;
  bool json = false;
};

absl::Status explain(const ExplainOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(const CopyExplanation explanation,
                      explain_stored(*opened.store, options.item_id, options.other_id));
  return print(options.json ? to_json(explanation) + "\n" : to_text(explanation));
}

}  // namespace

void add_explain(CLI::App& app, int* exit) {
  auto options = std::make_shared<ExplainOptions>();
  auto* command =
      app.add_subcommand("explain", "Why two posts are folded together, or are not, rule by rule");
  command->add_option("id", options->item_id, "Id of a post, e.g. facebook:123")->required();
  command->add_option("other", options->other_id, "Id of another post")->required();
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, exit] { *exit = report(explain(*options)); });
}

}  // namespace copytaster
