// copytaster dlq ls | show ID | retry ID… | retry --all: the posts that could not be read or processed, each
// with its reason; trying them again.
#include <CLI/CLI.hpp>
#include <memory>
#include <vector>

#include "app/command.h"
#include "app/dead_letters.h"
#include "app/files.h"
#include "app/letter_house.h"
#include "app/store_choice.h"
#include "core/dead_letter.h"
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
  std::vector<std::string> ids;
  bool all = false;
  std::string reason;  // only those whose reason contains it
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

// What was refused: an item of the processing, or news of one, as JSON, anything else as it came.
std::string payload_text(const DeadLetter& letter) {
  Item item;
  if (letter.stage() == "process" && item.ParseFromString(letter.payload())) {
    item.clear_fingerprint();
    return to_json(item);
  }
  Parcel parcel;
  if (letter.stage() == letter_stage::kUpdate && parcel.ParseFromString(letter.payload()))
    return to_json(parcel);
  return one_line(letter.payload());
}

absl::Status show_letter(const DlqOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(const DeadLetter letter, find_dead_letter(*opened.key_value, options.id));
  if (options.json) return print(to_json(letter) + "\n");
  return print(str_cat("id       ", one_line(letter.id()), "\naccount  ", one_line(letter.account_id()),
                       "\npost     ", one_line(letter.native_id()), "\nstage    ", one_line(letter.stage()),
                       "\nreason   ", one_line(letter.reason()), "\nposts    ", posts_of(letter),
                       "\ntried    ", letter.attempts(), " times again", "\nat       ",
                       format_rfc3339(to_time(letter.at())), "\ncapture  ", one_line(letter.capture_sha256()),
                       "\n\n", payload_text(letter), "\n"));
}

// Which letters are meant, as they are now.
absl::StatusOr<std::vector<std::string>> meant(const DlqOptions& options, const std::string& data) {
  if (!options.all) return options.ids;
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  std::vector<std::string> ids;
  CT_RETURN_IF_ERROR(each_dead_letter(*opened.key_value, [&](const DeadLetter& letter) {
    if (letter.reason().find(options.reason) != std::string::npos) ids.push_back(letter.id());
    return true;
  }));
  return ids;
}

std::string answer_text(const LetterAnswer& answer) {
  const std::string id = one_line(answer.id);
  if (!answer.read) return str_cat(id, "\n  stays: ", one_line(answer.why), "\n");
  return str_cat(id, answer.posts == 0 ? "\n  gone; nothing was missing\n"
                                       : str_cat("\n  read; posts handed on: ", answer.posts, "\n"));
}

std::string answer_json(const LetterAnswer& answer) {
  JsonWriter json;
  json.begin_object().member("id", answer.id).member("read", answer.read).member("posts", answer.posts);
  json.member("attempts", std::uint64_t{answer.attempts});
  return json.member_if("why", answer.why).end_object().text() + "\n";
}

absl::Status retry_letters(const DlqOptions& options) {
  if (options.all == !options.ids.empty())
    return absl::InvalidArgumentError("which letters? Give their ids, or --all");
  if (!options.all && !options.reason.empty())
    return absl::InvalidArgumentError("--reason-contains goes with --all");
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const std::vector<std::string> ids, meant(options, data));
  CT_ASSIGN_OR_RETURN(const auto house, open_letter_house(data, options.store.config_folder()));
  std::size_t stay = 0;
  for (const std::string& id : ids) {
    auto answer = house->retry(id);
    // One whose account is gone, or that another has retried meanwhile, keeps nobody waiting.
    if (absl::IsFailedPrecondition(answer.status()) || absl::IsNotFound(answer.status()))
      answer = LetterAnswer{id, false, 0, 0, std::string(answer.status().message())};
    CT_RETURN_IF_ERROR(answer.status());
    if (!answer->read) ++stay;
    CT_RETURN_IF_ERROR(print(options.json ? answer_json(*answer) : answer_text(*answer)));
  }
  if (ids.empty()) tell("there are no such dead letters");
  if (house->is_offline() && stay < ids.size())
    tell("no service runs on this store: what was read is in the log and is processed when one starts");
  if (stay == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(str_cat(stay, " of ", ids.size(), " dead letters stay; each says why"));
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
  auto* retry = add_action(*dlq, "retry", "Try to read or process them again, from what is kept of them",
                           options, retry_letters, exit);
  retry->add_option("id", options->ids, "Their ids, from dlq ls");
  retry->add_flag("--all", options->all, "All of them");
  retry->add_option("--reason-contains", options->reason, "With --all: only those whose reason contains it");
}

}  // namespace copytaster
