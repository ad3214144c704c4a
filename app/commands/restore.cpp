// copytaster restore BACKUP DIR: a data folder from a backup, looked over byte by byte on the way and
// afterwards.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/media_choice.h"
#include "app/signals.h"
#include "app/store_check.h"
#include "core/chain.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/time.h"
#include "storage/backup.h"

namespace copytaster {
namespace {

struct RestoreOptions {
  std::string backup, target;
};

// When what the chain's last link tells of was fetched; empty: nothing was, or it was erased.
std::string last_fetched(const KeyValue& key_value) {
  const auto last = key_value.last_key(Space::kChain);
  if (!last.ok()) return "";
  const auto bytes = key_value.get(Space::kChain, *last);
  if (!bytes.ok()) return "";
  const auto record = parse_chain_record(*bytes);
  Capture capture;
  if (!record.ok() || record->entry.empty() || !capture.ParseFromString(record->entry)) return "";
  return format_rfc3339(to_time(capture.fetched_at()));
}

absl::Status tell_restored(const std::string& target, const StoreCheck& found, const std::string& until) {
  const VerifyReport& report = found.report;
  std::string out =
      str_cat("it holds ", report.posts, " posts and ", report.versions, " older versions",
              until.empty() ? "" : ", fetched until " + until, "; ", report.pictures, " pictures\n");
  if (!report.last_link.empty())
    str_append(&out, "the chain of evidence has ", report.links, " links; the last is ", report.last_link,
               "\n");
  for (const std::string& problem : report.problems) str_append(&out, "WRONG     ", problem, "\n");
  str_append(&out,
             report.problem_count == 0
                 ? str_cat("Nothing is wrong. To go on with it: data = \"", target,
                           "\" in [service] of settings.toml; the search index is made anew\n")
                 : str_cat(report.problem_count,
                           " things are wrong, and were when the backup was made: an older one may have "
                           "them whole\n"));
  return print(out);
}

absl::StatusOr<bool> restore_store(const RestoreOptions& options) {
  catch_signals();
  CT_ASSIGN_OR_RETURN(const BackupReport restored,
                      restore_backup(options.backup, options.target, stop_asked));
  CT_RETURN_IF_ERROR(print(
      str_cat("restored ", restored.files, " files, ", restored.bytes, " bytes, to ", options.target, "\n")));
  CT_ASSIGN_OR_RETURN(const auto media, media_if_here(options.target, OpenMode::kReadOnly));
  const auto found = check_store(options.target, *media, "");
  if (absl::IsFailedPrecondition(found.status())) {  // of another schema: whole, and not for this program
    CT_RETURN_IF_ERROR(
        print(str_cat("all files are as they were backed up; what they hold was not looked at: ",
                      std::string(found.status().message()), "\n")));
    return true;
  }
  CT_RETURN_IF_ERROR(found.status());
  CT_RETURN_IF_ERROR(tell_restored(options.target, *found, last_fetched(*found->opened.key_value)));
  return found->report.problem_count == 0;
}

int restore(const RestoreOptions& options) {
  const auto is_whole = restore_store(options);
  if (!is_whole.ok()) return report(is_whole.status());
  return *is_whole ? exit_code::kOk : exit_code::kIo;
}

}  // namespace

void add_restore(CLI::App& app, int* exit) {
  auto options = std::make_shared<RestoreOptions>();
  auto* command =
      app.add_subcommand("restore", "Make a data folder of a backup, and look whether all of it is right");
  command->add_option("backup", options->backup, "The backup's folder; nothing is changed in it")->required();
  command->add_option("dir", options->target, "The data folder: one that is new or empty")->required();
  command->callback([options, exit] { *exit = restore(*options); });
}

}  // namespace copytaster
