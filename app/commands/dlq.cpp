// copytaster dlq ls | show ID: the posts that could not be read or processed, each with its reason.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/dead_letters.h"
#include "app/files.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"

namespace copytaster {
namespace {

struct DlqOptions {
  StoreChoice store;
  std::string id;
  bool json = false;
  std::size_t limit = 100;
};

// One line without control characters, whatever was refused.
std::string one_line(std::string_view text) {
  std::string quoted = json_quote(text);
  return quoted.substr(1, quoted.size() - 2);
}

absl::Status list_letters(const DlqOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  absl::Status printed;
  std::size_t shown = 0;
  bool more = false;
  JsonWriter json;
  json.begin_object().key("dead_letters").begin_array();
  CT_RETURN_IF_ERROR(each_dead_letter(*opened.key_value, [&](const DeadLetter& letter) {
    if (shown++ == options.limit) return more = true, false;
    if (options.json) {
      DeadLetter bare = letter;
      bare.clear_payload();
      json.raw(to_json(bare));
      return true;
    }
    printed = print(str_cat(one_line(letter.id()), "\n  ", format_rfc3339(to_time(letter.at())), "  ",
                            one_line(letter.account_id()), "  ", one_line(letter.stage()), "  ",
                            one_line(letter.reason()), "\n"));
    return printed.ok();
  }));
  CT_RETURN_IF_ERROR(printed);
  if (shown == 0) tell("there are no dead letters");
  if (options.json) return print(json.end_array().member("more", more).end_object().text() + "\n");
  return print(more ? str_cat("… and more: --limit ", options.limit * 10, "\n") : "");
}

// What was refused: an item of the processing as JSON, anything else as it came.
std::string payload_text(const DeadLetter& letter) {
  Item item;
  if (letter.stage() == "process" && item.ParseFromString(letter.payload())) {
    item.clear_fingerprint();
    return to_json(item);
  }
  return one_line(letter.payload());
}

absl::Status show_letter(const DlqOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(const DeadLetter letter, find_dead_letter(*opened.key_value, options.id));
  if (options.json) return print(to_json(letter) + "\n");
  return print(str_cat("id       ", one_line(letter.id()), "\naccount  ", one_line(letter.account_id()),
                       "\npost     ", one_line(letter.native_id()), "\nstage    ", one_line(letter.stage()),
                       "\nreason   ", one_line(letter.reason()), "\nat       ",
                       format_rfc3339(to_time(letter.at())), "\ncapture  ", one_line(letter.capture_sha256()),
                       "\n\n", payload_text(letter), "\n"));
}

using ShowLetters = absl::Status (*)(const DlqOptions&);
CLI::App* add_action(CLI::App& dlq, const std::string& name, const std::string& help,
                     const std::shared_ptr<DlqOptions>& options, ShowLetters show, int* exit) {
  auto* command = dlq.add_subcommand(name, help);
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, show, exit] { *exit = report(show(*options)); });
  return command;
}

}  // namespace

void add_dlq(CLI::App& app, int* exit) {
  auto options = std::make_shared<DlqOptions>();
  auto* dlq = app.add_subcommand("dlq", "The dead letters: posts that could not be read or processed");
  dlq->require_subcommand(1);
  add_action(*dlq, "ls", "List them with their reasons", options, list_letters, exit)
      ->add_option("--limit", options->limit, "How many at most")
      ->capture_default_str();
  add_action(*dlq, "show", "One of them and what was refused", options, show_letter, exit)
      ->add_option("id", options->id, "Its id, from dlq ls")
      ->required();
}

}  // namespace copytaster
