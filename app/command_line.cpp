#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/command.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/picture_facts.h"
#include "storage/open.h"

namespace copytaster {

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

int report(const absl::Status& status) {
  std::fprintf(stderr, "copytaster: %s\n", std::string(status.message()).c_str());
  return exit_code_of(status);
}

absl::StatusOr<OpenedStore> open_for_reading(const std::string& data) {
  OpenedStore opened;
  CT_ASSIGN_OR_RETURN(opened.key_value, open_key_value(data, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(opened.store, open_store(opened.key_value.get(), data, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(opened.media, open_folder_media(data, OpenMode::kReadOnly));
  return opened;
}

int run_command_line(int argc, char** argv, std::initializer_list<AddCommand> more) {
  const absl::Status pictures = start_pictures(argv[0]);
  if (!pictures.ok()) return report(pictures);
  CLI::App app("Copytaster reads what officials post, folds the copies and hands an editor the story.",
               "copytaster");
  app.require_subcommand(1);
  app.footer("Try: copytaster demo");
  int exit = exit_code::kOk;
  // In the order in which a newcomer meets them.
  for (const AddCommand add : {add_demo, add_run, add_check, add_list, add_stories, add_story, add_draft,
                               add_search, add_status, add_parse, add_process, add_picture, add_version}) {
    add(app, &exit);
  }
  for (const AddCommand add : more) add(app, &exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? exit_code::kOk : exit_code::kUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "copytaster: a bug: %s\n", error.what());
    return exit_code::kBug;
  }
  return exit;
}

}  // namespace copytaster
