// copytaster backup [DIR]: a consistent copy of a store; of one that a service has open, by that service.
#include "storage/backup.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include "app/backup_work.h"
#include "app/command.h"
#include "app/desk_call.h"
#include "app/files.h"
#include "app/settings.h"
#include "app/signals.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "google/protobuf/struct.pb.h"

namespace copytaster {
namespace {

struct BackupOptions {
  StoreChoice store;
  std::string target;
};

std::string what_was_made(const std::string& path, std::uint64_t files, std::uint64_t bytes,
                          std::uint64_t damaged) {
  return str_cat("backed up to ", path, ": ", files, " files, ", bytes, " bytes\n",
                 damaged == 0 ? ""
                              : str_cat(damaged,
                                        " pictures of the store have changed on disk, and are in it as they "
                                        "are: `copytaster verify` names them\n"));
}

// service.backups, for who names no folder.
absl::StatusOr<std::string> folder_of_settings(const StoreChoice& choice) {
  CT_ASSIGN_OR_RETURN(const auto file, settings_file(choice));
  Settings settings;
  if (file) {
    CT_ASSIGN_OR_RETURN(const std::string text, read_input(*file));
    std::vector<ConfigProblem> problems;  // `check` tells them
    settings = read_settings(text, *file, choice.config_folder(), &problems);
  }
  if (!settings.backups.empty()) return settings.backups;
  return absl::FailedPreconditionError(
      "where to? Name a folder, copytaster backup DIR, or backups = \"FOLDER\" in [service] of "
      "settings.toml");
}

absl::Status back_up_here(const std::string& data, const BackupOptions& options) {
  std::string target = options.target;
  if (target.empty()) {
    CT_ASSIGN_OR_RETURN(const std::string folder, folder_of_settings(options.store));
    target = str_cat(folder, "/", backup_name(absl::Now()));
  }
  catch_signals();
  CT_ASSIGN_OR_RETURN(const BackupReport made, back_up_closed(data, target, stop_asked));
  return print(what_was_made(target, made.files, made.bytes, made.damaged_count));
}

// Empty where it is not there: the service may be of another version.
std::string text_of(const google::protobuf::Struct& told, const char* name) {
  const auto found = told.fields().find(name);
  return found == told.fields().end() ? "" : found->second.string_value();
}

// What the service says of this backup; nullopt: it knows none of that name.
absl::StatusOr<std::optional<google::protobuf::Struct>> told_by_service(const std::string& config,
                                                                        const std::string& name) {
  CT_ASSIGN_OR_RETURN(const std::string answer, get_from_desk(config, "/api/backups"));
  google::protobuf::Struct body;
  CT_RETURN_IF_ERROR(from_json(answer, &body));
  const auto backups = body.fields().find("backups");
  if (backups == body.fields().end()) return std::optional<google::protobuf::Struct>();
  for (const auto& one : backups->second.list_value().values()) {
    if (text_of(one.struct_value(), "name") == name) return std::optional(one.struct_value());
  }
  return std::optional<google::protobuf::Struct>();
}

std::uint64_t number_of(const google::protobuf::Struct& told, const char* name) {
  const auto found = told.fields().find(name);
  return found == told.fields().end() ? 0 : static_cast<std::uint64_t>(found->second.number_value());
}

absl::Status wait_for(const std::string& config, const std::string& name) {
  catch_signals();
  while (!stop_asked()) {
    CT_ASSIGN_OR_RETURN(const auto told, told_by_service(config, name));
    if (!told)
      return absl::UnavailableError(str_cat("the service was started anew: ", name, " was not made"));
    const std::string state = text_of(*told, "state");
    if (state == "done")
      return print(what_was_made(text_of(*told, "path"), number_of(*told, "files"), number_of(*told, "bytes"),
                                 number_of(*told, "damaged_pictures")));
    if (state == "failed")
      return absl::UnavailableError(str_cat("no backup was made: ", text_of(*told, "message")));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  return absl::CancelledError(str_cat("the service goes on making ", name));
}

absl::Status back_up_by_service(const BackupOptions& options) {
  std::string name, folder;
  if (!options.target.empty()) {
    std::error_code error;
    std::filesystem::path whole = std::filesystem::absolute(options.target, error).lexically_normal();
    if (!whole.has_filename()) whole = whole.parent_path();
    name = whole.filename().string();
    folder = whole.parent_path().string();
  }
  const std::string config = options.store.config_folder();
  const auto answer = post_to_desk(config, "/api/backups", {{"name", name}, {"folder", folder}});
  if (absl::IsUnavailable(answer.status()))
    return absl::UnavailableError(
        str_cat("the store is in use, and only the process that has it open can back it up: ",
                answer.status().message()));
  CT_RETURN_IF_ERROR(answer.status());
  google::protobuf::Struct begun;
  CT_RETURN_IF_ERROR(from_json(*answer, &begun));
  return wait_for(config, text_of(begun, "name"));
}

absl::Status back_up_store(const BackupOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  return is_in_use(data) ? back_up_by_service(options) : back_up_here(data, options);
}

}  // namespace

void add_backup(CLI::App& app, int* exit) {
  auto options = std::make_shared<BackupOptions>();
  auto* command = app.add_subcommand(
      "backup", "Copy the store consistently into a new folder; a running service does it itself meanwhile");
  command->add_option(
      "dir", options->target,
      "The new folder; of a running service one in service.backups (default: one there, named "
      "by the time)");
  add_store_options(*command, options->store);
  command->callback([options, exit] { *exit = report(back_up_store(*options)); });
}

}  // namespace copytaster
