// copytaster legal-hold add|remove|ls: what must not be erased, whoever asks.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "app/command.h"
#include "app/desk_call.h"
#include "app/files.h"
#include "app/legal_holds.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

struct HoldOptions {
  StoreChoice store;
  std::string subject, reason, by;
  bool json = false;
};

absl::Status change(const HoldOptions& options, bool keep) {
  if (options.store.data)
    return absl::InvalidArgumentError(
        "the running service keeps legal holds, and it is found by its settings: --config FOLDER, not "
        "--data");
  CT_RETURN_IF_ERROR(
      post_to_desk(options.store.config_folder(), keep ? "/api/legal-holds" : "/api/legal-holds/release",
                   {{"subject", options.subject}, {"reason", options.reason}, {"by", options.by}})
          .status());
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  return print(str_cat(options.subject, keep ? " is on legal hold" : " is on legal hold no more", ", in ",
                       data, "\n"));
}

absl::Status list_holds(const HoldOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  LegalHolds holds;
  CT_RETURN_IF_ERROR(holds.load(*opened.store));
  if (holds.empty()) tell("nothing is on legal hold");
  for (const LegalHold& hold : holds.all()) {
    JsonWriter json;
    json.begin_object().member("subject", hold.subject).member("by", hold.by).member("reason", hold.reason);
    json.member("at", format_rfc3339(hold.at)).end_object();
    CT_RETURN_IF_ERROR(print((options.json ? json.text() : to_text(hold)) + "\n"));
  }
  return absl::OkStatus();
}

CLI::App* add_change(CLI::App& command, const std::string& name, const std::string& help,
                     const std::shared_ptr<HoldOptions>& options) {
  auto* change = command.add_subcommand(name, help);
  change->add_option("subject", options->subject, "item:ID, account:ID, official:ID or a story's id")
      ->required();
  change->add_option("--reason", options->reason, "Why; shown to who wants to erase it")->required();
  change->add_option("--by", options->by, "Who says so")
      ->capture_default_str()
      ->required(options->by.empty());
  add_store_options(*change, options->store);
  return change;
}

}  // namespace

void add_legal_hold(CLI::App& app, int* exit) {
  auto options = std::make_shared<HoldOptions>();
  const char* user = std::getenv("USER");
  options->by = user == nullptr ? "" : user;
  auto* command = app.add_subcommand("legal-hold", "What must not be erased and never expires");
  command->require_subcommand(1);
  add_change(*command, "add", "Put it on hold", options)->callback([options, exit] {
    *exit = report(change(*options, true));
  });
  add_change(*command, "remove", "Take it off", options)->callback([options, exit] {
    *exit = report(change(*options, false));
  });
  auto* list = command->add_subcommand("ls", "List what is on hold, by whom and why");
  add_store_options(*list, options->store);
  list->add_flag("--json", options->json, "JSON");
  list->callback([options, exit] { *exit = report(list_holds(*options)); });
}

}  // namespace copytaster
