// copytaster verify: whether all that is stored is as it was written.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/media_choice.h"
#include "app/settings_sections.h"
#include "app/store_check.h"
#include "app/store_choice.h"
#include "app/verify_findings.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"

namespace copytaster {
namespace {

struct VerifyOptions {
  StoreChoice store;
  bool json = false;
};

std::string stamps_text(const VerifyReport& report) {
  if (report.stamps == 0) return "stamps    none: how old the chain is rests on this machine's clock\n";
  return str_cat("stamps    ", report.stamps, " fit; the chain up to link ", report.stamped_link,
                 " was there on ", report.stamped_at, ", says ", in_one_line(report.stamped_by),
                 report.stamps_trusted == report.stamps
                     ? ""
                     : " (whose certificate was not checked: evidence.timestamp_ca_file)",
                 "\n");
}

std::string to_text(const VerifyReport& report, std::uint64_t files) {
  std::string out =
      str_cat("chain     ", report.links, " links",
              report.erased > 0 ? str_cat(", ", report.erased, " of them erased") : std::string(),
              report.last_link.empty() ? std::string() : str_cat("; the last is ", report.last_link), "\n",
              stamps_text(report), "captures  ", report.captures, " are what was fetched\n", "posts     ",
              report.posts, " and ", report.versions, " older versions are what was stored",
              report.unproven > 0
                  ? str_cat("; the captures of ", report.unproven, " of them were erased, with a receipt")
                  : std::string(),
              "\n", "pictures  ", report.pictures, " files are whole\n", "others    ", report.records,
              " stories, accounts, dead letters and editors' actions can be read\n");
  if (files > 0) str_append(&out, "files     ", files, " are as the backup's list says\n");
  for (const std::string& problem : report.problems) str_append(&out, "WRONG     ", problem, "\n");
  const std::uint64_t untold = report.problem_count - report.problems.size();
  if (untold > 0) str_append(&out, "WRONG     … and ", untold, " more\n");
  str_append(&out,
             report.problem_count == 0
                 ? "Nothing is wrong. Note the last link elsewhere: it proves all before it.\n"
                 : str_cat(report.problem_count, report.problem_count == 1 ? " thing is" : " things are",
                           " wrong: compare with a backup\n"));
  return out;
}

std::string to_json(const VerifyReport& report, std::uint64_t files) {
  std::string problems;
  for (const std::string& problem : report.problems)
    str_append(&problems, problems.empty() ? "" : ",", json_quote(problem));
  return str_cat("{\"links\":", report.links, ",\"erased\":", report.erased,
                 ",\"lastLink\":", json_quote(report.last_link), ",\"stamps\":", report.stamps,
                 ",\"stampsTrusted\":", report.stamps_trusted,
                 ",\"stampedLink\":", report.stamps == 0 ? std::string("null") : str_cat(report.stamped_link),
                 ",\"stampedAt\":", json_quote(report.stamped_at),
                 ",\"stampedBy\":", json_quote(report.stamped_by), ",\"captures\":", report.captures,
                 ",\"posts\":", report.posts, ",\"versions\":", report.versions,
                 ",\"unproven\":", report.unproven, ",\"pictures\":", report.pictures,
                 ",\"records\":", report.records, ",\"backupFiles\":", files,
                 ",\"problemCount\":", report.problem_count, ",\"problems\":[", problems, "]}\n");
}

// A backup's files against its list; where there is none, nothing.
absl::StatusOr<BackupCheck> files_as_listed(const std::string& data) {
  return is_backup(data) ? check_backup(data) : BackupCheck();
}

// Files that a service removes while they are looked at are no damage.
absl::Status with_cause(const std::string& data, const absl::Status& failed) {
  if (!is_in_use(data)) return failed;
  return absl::Status(failed.code(),
                      str_cat("a service is at work in ", data,
                              " and may have removed what was being looked at; verify again, or verify a "
                              "backup (copytaster backup): ",
                              failed.message()));
}

// Whom time stamps must come from. A store that is named by itself has no settings to be wrong.
absl::StatusOr<std::string> stamp_authorities(const StoreChoice& choice) {
  if (choice.data && !choice.config) return std::string();
  CT_ASSIGN_OR_RETURN(const Settings settings, read_sections(choice, {"evidence"}));
  return settings.stamps.ca_file;
}

int verify(const VerifyOptions& options) {
  const auto data = chosen_store(options.store);
  if (!data.ok()) return report(data.status());
  const auto media = open_media(options.store, *data, OpenMode::kReadOnly);
  if (!media.ok()) return report(media.status());
  const auto authorities = stamp_authorities(options.store);
  if (!authorities.ok()) return report(authorities.status());
  const auto listed = files_as_listed(*data);
  if (!listed.ok()) return report(listed.status());
  if (listed->problem_count > 0 && !listed->may_be_opened) {
    for (const std::string& problem : listed->problems) tell(problem);
    return exit_code::kIo;
  }
  auto found = check_store(*data, **media, *authorities);
  if (!found.ok()) {
    for (const std::string& problem : listed->problems) tell(problem);
    return report(with_cause(*data, found.status()));
  }
  found->report.problem_count += listed->problem_count;
  found->report.problems.insert(found->report.problems.begin(), listed->problems.begin(),
                                listed->problems.end());
  const VerifyReport& told = found->report;
  if (const int printed =
          report(print(options.json ? to_json(told, listed->files) : to_text(told, listed->files)));
      printed != 0)
    return printed;
  return told.problem_count == 0 ? exit_code::kOk : exit_code::kIo;
}

}  // namespace

void add_verify(CLI::App& app, int* exit) {
  auto options = std::make_shared<VerifyOptions>();
  auto* command = app.add_subcommand(
      "verify",
      "Whether all that is stored is as it was written: the chain of evidence, posts, pictures, files");
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, exit] { *exit = verify(*options); });
}

}  // namespace copytaster
