// copytaster verify: whether all that is stored is as it was written.
#include "app/verify.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/media_choice.h"
#include "app/settings_sections.h"
#include "app/store_choice.h"
#include "app/verify_findings.h"
#include "core/json.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/high_water_mark.h"
#include "storage/tail_mark.h"

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

std::string to_text(const VerifyReport& report) {
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

std::string to_json(const VerifyReport& report) {
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
                 ",\"records\":", report.records, ",\"problemCount\":", report.problem_count,
                 ",\"problems\":[", problems, "]}\n");
}

absl::StatusOr<VerifyMarks> marks_in(const std::string& data) {
  VerifyMarks marks;
  CT_ASSIGN_OR_RETURN(marks.actions, read_mark(data));
  CT_ASSIGN_OR_RETURN(marks.log, TailMark::read(data));
  return marks;
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
  const auto marks = marks_in(*data);
  if (!marks.ok()) return report(marks.status());
  // A log whose tail is damaged is told when the store is opened, and is as wrong as the rest.
  const std::uint64_t before = log_lines(LogLevel::kError);
  const auto opened = open_for_reading(*data);
  if (!opened.ok()) return report(opened.status());
  const bool is_log_damaged = log_lines(LogLevel::kError) > before;
  const auto media = open_media(options.store, *data, OpenMode::kReadOnly);
  if (!media.ok()) return report(media.status());
  const auto authorities = stamp_authorities(options.store);
  if (!authorities.ok()) return report(authorities.status());
  auto found = verify_store(*opened->key_value, **media, *data, *marks, *authorities);
  if (!found.ok()) return report(found.status());
  if (is_log_damaged) {
    ++found->problem_count;
    found->problems.insert(found->problems.begin(),
                           "the write-ahead log is damaged: what it says ends earlier");
  }
  if (const int printed = report(print(options.json ? to_json(*found) : to_text(*found))); printed != 0)
    return printed;
  return found->problem_count == 0 ? exit_code::kOk : exit_code::kIo;
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
