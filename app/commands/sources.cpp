// copytaster pause ACCOUNT | resume ACCOUNT | intake [FILE]: what changes a running service, through its
// desk.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>

#include "app/command.h"
#include "app/desk_call.h"
#include "app/files.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

struct SourceOptions {
  std::string config = "config";
  std::string account, by, reason;
  std::string url, file, official, created_at, note;
  bool page = false;
};

std::string user_name() {
  const char* user = std::getenv("USER");
  return user == nullptr ? "" : user;
}

// Words that are left out by accident, as in --by "$NAME", are told when the command line is read.
CLI::Validator not_blank(std::string_view what) {
  return CLI::Validator(
      [what](std::string& value) {
        return strip_space(value).empty() ? str_cat("it is empty: give ", what) : std::string();
      },
      "");
}

// Demanded where the environment does not say who it is.
CLI::App* add_call(CLI::App& app, const std::string& name, const std::string& help,
                   const std::shared_ptr<SourceOptions>& options) {
  options->by = user_name();
  auto* command = app.add_subcommand(name, help);
  command->add_option("--config", options->config, "Folder with the settings of the running service")
      ->capture_default_str();
  auto* by = command->add_option("--by", options->by, "Who does it; shown to everybody");
  by->capture_default_str()->required(options->by.empty())->check(not_blank("a name"));
  return command;
}

std::string path_of(const SourceOptions& options, std::string_view verb) {
  return str_cat("/api/sources/", percent_encode(options.account), "/", verb);
}

absl::Status pause_account(const SourceOptions& options) {
  CT_RETURN_IF_ERROR(post_to_desk(options.config, path_of(options, "pause"),
                                  {{"by", options.by}, {"reason", options.reason}})
                         .status());
  return print(str_cat(options.account, " is paused until it is resumed\n"));
}

absl::Status resume_account(const SourceOptions& options) {
  CT_RETURN_IF_ERROR(post_to_desk(options.config, path_of(options, "resume"), {{"by", options.by}}).status());
  return print(str_cat(options.account, " is asked again\n"));
}

absl::Status bring_in(const SourceOptions& options) {
  std::string content;
  if (!options.file.empty()) {
    CT_ASSIGN_OR_RETURN(content, read_input(options.file, std::size_t{4} << 20));
  }
  CT_ASSIGN_OR_RETURN(const std::string answer, post_to_desk(options.config, "/api/intake",
                                                             {{"by", options.by},
                                                              {"url", options.url},
                                                              {options.page ? "page" : "text", content},
                                                              {"official_id", options.official},
                                                              {"created_at", options.created_at},
                                                              {"note", options.note}}));
  return print(answer + "\n");
}

}  // namespace

void add_pause(CLI::App& app, int* exit) {
  auto options = std::make_shared<SourceOptions>();
  auto* command = add_call(app, "pause", "Stop asking an account until it is resumed", options);
  command->add_option("account", options->account, "Its id, as `copytaster status` shows it")->required();
  command->add_option("--reason", options->reason, "Why; shown to everybody")
      ->required()
      ->check(not_blank("the reason"));
  command->callback([options, exit] { *exit = report(pause_account(*options)); });
}

void add_resume(CLI::App& app, int* exit) {
  auto options = std::make_shared<SourceOptions>();
  auto* command = add_call(app, "resume", "Ask a paused or ended account again, at once", options);
  command->add_option("account", options->account, "Its id, as `copytaster status` shows it")->required();
  command->callback([options, exit] { *exit = report(resume_account(*options)); });
}

void add_intake(CLI::App& app, int* exit) {
  auto options = std::make_shared<SourceOptions>();
  auto* command =
      add_call(app, "intake", "Bring in a post that no collector reads; it is marked as manual", options);
  command->add_option("file", options->file, "Its text, or with --page the saved page; - is standard input");
  command->add_option("--url", options->url, "Its address; without a file the page is fetched");
  command->add_option("--official", options->official, "Who said it: an id of officials.toml");
  command->add_option("--created-at", options->created_at,
                      "When it was posted, as 2026-11-26T08:30:00Z, or 2026-11-26 of a day alone");
  command->add_option("--note", options->note, "What the desk should know of it");
  command->add_flag("--page", options->page, "The file is a saved page, HTML");
  command->callback([options, exit] { *exit = report(bring_in(*options)); });
}

}  // namespace copytaster
