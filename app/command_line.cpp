#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/command.h"
#include "app/media_choice.h"
#include "core/crash_point.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/picture_facts.h"
#include "storage/open.h"

namespace copytaster {
namespace {

bool g_report_to_log = false;

bool has_command(CLI::App& app, const std::string& name) {
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_name() == name) return true;
  }
  return false;
}

}  // namespace

int exit_code_of(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return exit_code::kOk;
    case absl::StatusCode::kInvalidArgument:
      return exit_code::kBadData;
    case absl::StatusCode::kNotFound:
      return exit_code::kNoInput;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return exit_code::kNoPermission;
    case absl::StatusCode::kFailedPrecondition:
      return exit_code::kBadConfig;
    case absl::StatusCode::kDataLoss:
      return exit_code::kIo;
    case absl::StatusCode::kInternal:
      return exit_code::kBug;
    default:
      return exit_code::kUnavailable;
  }
}

std::string_view hint_of(const absl::Status& status) {
  if (status.message().find("cannot listen on ") != std::string_view::npos)
    return "something listens there already, perhaps a running service: end it, or take another port "
           "(desk.port, "
           "metrics.port in settings.toml; demo --port, --metrics-port)";
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
      return "mend the cause (disk, network, port) and start it again; nothing acknowledged is lost";
    case absl::StatusCode::kDataLoss:
      return "stop relying on it; restore the backup";
    case absl::StatusCode::kFailedPrecondition:
      return "mend what the message names";
    case absl::StatusCode::kNotFound:
      return "look at the path";
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return "give it the key or the right it needs";
    case absl::StatusCode::kInternal:
      return "this is a bug: please report it with this line";
    default:
      return "";
  }
}

void report_to_log() { g_report_to_log = true; }

int report(const absl::Status& status) {
  if (status.ok()) return exit_code::kOk;
  const std::string message(status.message());
  if (g_report_to_log) {
    log_error("command.failed", message,
              {{"error.type", absl::StatusCodeToString(status.code())}, {"hint", hint_of(status)}});
  } else {
    std::fprintf(stderr, "copytaster: %s\n", message.c_str());
  }
  return exit_code_of(status);
}

absl::StatusOr<OpenedStore> open_for_reading(const std::string& data) {
  OpenedStore opened;
  CT_ASSIGN_OR_RETURN(opened.key_value, open_key_value(data, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(opened.store, open_store(opened.key_value.get(), data, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(opened.media, media_if_here(data, OpenMode::kReadOnly));
  return opened;
}

int run_command_line(int argc, char** argv, std::initializer_list<AddCommand> more) {
  const absl::Status pictures = start_pictures(argv[0]);
  if (!pictures.ok()) return report(pictures);
  if (const absl::Status armed = arm_crash_points(); !armed.ok()) return report(armed);
  CLI::App app("Copytaster reads what officials post, folds the copies and hands an editor the story.",
               "copytaster");
  app.failure_message([](const CLI::App* command, const CLI::Error& error) {
    return str_cat("copytaster: ", CLI::FailureMessage::simple(command, error));
  });
  int exit = exit_code::kOk;
  // In the order in which a newcomer meets them.
  for (const AddCommand add :
       {add_demo,    add_run,     add_check,   add_officials, add_places,  add_list,
        add_stories, add_story,   add_draft,   add_search,    add_explain, add_versions,
        add_status,  add_pause,   add_resume,  add_intake,    add_dlq,     add_export,
        add_backup,  add_restore, add_rebuild, add_verify,    add_erase,   add_legal_hold,
        add_dump,    add_parse,   add_process, add_picture,   add_version}) {
    add(app, &exit);
  }
  for (const AddCommand add : more) add(app, &exit);
  app.footer("Try: copytaster demo");  // last, or every command would say it
  if (argc > 1 && argv[1][0] != '-' && !has_command(app, argv[1])) {
    std::fprintf(stderr, "copytaster: there is no command %s; copytaster --help shows all\n", argv[1]);
    return exit_code::kUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? exit_code::kOk : exit_code::kUsage;
  } catch (const std::exception& error) {
    return report(absl::InternalError(str_cat("a bug: ", error.what())));
  }
  if (app.get_subcommands().empty()) {
    std::fprintf(stderr, "copytaster: a command is missing; copytaster --help shows all\n");
    return exit_code::kUsage;
  }
  return exit;
}

}  // namespace copytaster
