// copytaster officials import|export FILE: who is followed, from and to other programs (docs/officials.md).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/officials_accounts.h"
#include "app/officials_file.h"
#include "app/officials_formats.h"
#include "app/officials_merge.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostOfficialsBytes = std::size_t{64} << 20;
constexpr std::size_t kMostProblemsTold = 50;
constexpr std::string_view kNewFile =
    "# Who is followed. An account is a plain profile URL; the platform is recognised from it.\n";

struct OfficialsOptions {
  std::string file, config = "config", officials, format;
  bool dry_run = false;
  [[nodiscard]] std::string officials_file() const {
    return officials.empty() ? str_cat(config, "/officials.toml") : officials;
  }
};

// Errors first, each kind bounded.
void tell_problems(const std::vector<ConfigProblem>& problems) {
  for (const bool warnings : {false, true}) {
    std::size_t number = 0;
    for (const ConfigProblem& problem : problems) {
      if (problem.warning != warnings || ++number > kMostProblemsTold) continue;
      std::fprintf(stderr, "%s\n", to_text(problem).c_str());
    }
    if (number > kMostProblemsTold)
      std::fprintf(stderr, "… and %zu %s more\n", number - kMostProblemsTold,
                   warnings ? "warnings" : "errors");
  }
}

absl::StatusOr<OfficialsFormat> officials_format_for(const OfficialsOptions& options) {
  const auto format =
      options.format.empty() ? officials_format_of(options.file) : officials_format(options.format);
  if (format) return *format;
  return absl::InvalidArgumentError(
      str_cat("the format of ", options.file,
              " cannot be seen from its name; say --format toml, csv, jsonl or opml"));
}

// The officials that are there; none when there is no such file.
absl::StatusOr<OfficialsInput> read_existing(const std::string& path, const Collectors& collectors,
                                             std::string* text) {
  std::error_code error;
  if (std::filesystem::symlink_status(path, error).type() == std::filesystem::file_type::not_found)
    return OfficialsInput();
  CT_ASSIGN_OR_RETURN(*text, read_input(path, kMostOfficialsBytes));
  OfficialsInput there = read_officials_toml(*text, path, collectors);
  if (count_errors(there.problems) == 0) return there;
  tell_problems(there.problems);
  return absl::FailedPreconditionError(str_cat(path, " is left as it is; mend it first"));
}

// ---- import

// The comment at the head of a file: what is told there holds for whatever stands below.
std::string_view head_comment(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (text[end] == '#' || text[end] == '\n' || text[end] == '\r'))
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return text.substr(0, end);
}

// The new ones go to the end of the file; only what stood there and changed makes it be written anew.
std::string new_text(const OfficialsBook& book, std::string_view before) {
  const std::vector<OfficialEntry>& all = book.entries();
  if (before.empty()) return str_cat(kNewFile, "\n", officials_to_toml(all));
  if (book.existing_changed()) return str_cat(head_comment(before), officials_to_toml(all));
  const std::vector<OfficialEntry> added(all.begin() + static_cast<std::ptrdiff_t>(book.existing()),
                                         all.end());
  return str_cat(before, before.ends_with('\n') ? "" : "\n", "\n", officials_to_toml(added));
}

absl::Status write_officials(const OfficialsBook& book, const std::string& path, const std::string& before,
                             const Collectors& collectors) {
  const std::string text = new_text(book, before);
  // What was written must read as what was meant, or it is not written.
  const OfficialsInput again = read_officials_toml(text, path, collectors);
  if (count_errors(again.problems) > 0 || again.entries.size() != book.entries().size()) {
    tell_problems(again.problems);
    return absl::InternalError(
        str_cat("the new ", path, " would not read as it should; nothing was written"));
  }
  if (book.existing_changed()) CT_RETURN_IF_ERROR(replace_file(path + ".bak", before));
  return replace_file(path, text);
}

using Counted = std::map<std::string, std::size_t>;

// The accounts of a file that are kept and not followed, by platform.
Counted not_followed(const std::vector<OfficialEntry>& entries, const Collectors& collectors) {
  Counted platforms;
  for (const OfficialEntry& entry : entries) {
    for (const Account& account : entry.official.accounts()) {
      if (collectors.find(account.platform()) == nullptr) ++platforms[account.platform()];
    }
  }
  return platforms;
}

std::string import_summary(const MergeReport& report, const OfficialsBook& book, const std::string& file,
                           const Counted& left_out, const Counted& silent_accounts) {
  std::string out;
  for (const std::string& line : report.news) str_append(&out, line, "\n");
  const std::size_t all = report.added + report.changed + report.unchanged + report.repeated + report.refused;
  str_append(&out, all, " entries in ", file, ": ", report.added, " new, ", report.changed, " changed, ",
             report.unchanged, " unchanged, ", report.repeated, " named again and united, ", report.refused,
             " refused\n");
  if (!left_out.empty())
    str_append(&out, "left out, for officials have no place for it: ", left_out_text(left_out), "\n");
  const auto& entries = book.entries();
  const auto silent = std::count_if(entries.begin(), entries.end(), [](const OfficialEntry& entry) {
    return entry.official.accounts().empty();
  });
  if (silent > 0)
    str_append(&out, silent, " of all ", entries.size(), " have no account and are known by name only\n");
  if (!silent_accounts.empty())
    str_append(&out, "accounts in ", file, " that are kept and not followed, for no collector reads them: ",
               left_out_text(silent_accounts), "\n");
  return out;
}

absl::Status write_import(const OfficialsOptions& options, const OfficialsBook& book,
                          const MergeReport& report, const std::string& before, const Collectors& collectors,
                          std::string* summary) {
  const std::string path = options.officials_file();
  const bool is_news = report.added + report.changed > 0;
  if (!is_news || options.dry_run) {
    str_append(summary, path, " stays as it is", options.dry_run && is_news ? " (dry run)" : "", "\n");
    return absl::OkStatus();
  }
  CT_RETURN_IF_ERROR(write_officials(book, path, before, collectors));
  str_append(summary, path,
             book.existing_changed()
                 ? str_cat(" was written anew, without the comments between its entries; as it was: ", path,
                           ".bak\n")
                 : str_cat(" has ", report.added, " more at its end\n"));
  return absl::OkStatus();
}

int import_officials(const OfficialsOptions& options) {
  const auto format = officials_format_for(options);
  if (!format.ok())
    return std::fprintf(stderr, "copytaster: %s\n", std::string(format.status().message()).c_str()),
           exit_code::kUsage;
  const Collectors collectors;
  const std::string name = options.file == "-" ? "standard input" : options.file;
  const auto bytes = read_input(options.file, kMostOfficialsBytes);
  if (!bytes.ok()) return report(bytes.status());
  std::string before;
  auto there = read_existing(options.officials_file(), collectors, &before);
  if (!there.ok()) return report(there.status());
  OfficialsBook book(std::move(there->entries), options.officials_file());
  OfficialsInput input = read_officials_as(*format, *bytes, name, collectors);
  const Counted left_out = input.left_out;
  const Counted silent = not_followed(input.entries, collectors);
  const MergeReport merged = book.take(std::move(input), name);
  tell_problems(merged.problems);
  std::string summary = import_summary(merged, book, name, left_out, silent);
  if (const absl::Status written = write_import(options, book, merged, before, collectors, &summary);
      !written.ok())
    return report(written);
  if (const absl::Status told = print(summary); !told.ok()) return report(told);
  return count_errors(merged.problems) == 0 ? exit_code::kOk : exit_code::kBadData;
}

// ---- export

int export_officials(const OfficialsOptions& options) {
  const auto format = officials_format_for(options);
  if (!format.ok())
    return std::fprintf(stderr, "copytaster: %s\n", std::string(format.status().message()).c_str()),
           exit_code::kUsage;
  const Collectors collectors;
  const std::string path = options.officials_file();
  const auto text = read_input(path, kMostOfficialsBytes);
  if (!text.ok()) return report(text.status());
  const OfficialsInput there = read_officials_toml(*text, path, collectors);
  if (count_errors(there.problems) > 0) {
    tell_problems(there.problems);
    return report(absl::FailedPreconditionError(str_cat(path, " has errors; nothing was exported")));
  }
  std::map<std::string, std::size_t> left_out;
  const std::string bytes = officials_as(*format, there.entries, &left_out);
  const bool to_output = options.file == "-";
  const absl::Status written = to_output ? print(bytes) : replace_file(options.file, bytes);
  if (!written.ok()) return report(written);
  std::string summary = str_cat(there.entries.size(), " officials exported to ", options.file, "\n");
  if (!left_out.empty())
    str_append(&summary, "left out, for the format cannot hold it: ", left_out_text(left_out), "\n");
  // Standard output may be the export itself.
  if (to_output) return std::fputs(summary.c_str(), stderr), exit_code::kOk;
  return report(print(summary));
}

}  // namespace

void add_officials(CLI::App& app, int* exit) {
  auto* command =
      app.add_subcommand("officials", "Bring in officials from other programs' files, or write such files");
  command->require_subcommand(1);
  auto options = std::make_shared<OfficialsOptions>();
  auto* import = command->add_subcommand(
      "import", "Take the officials of a file into officials.toml: new ones, and what is new of the others");
  auto* exporting = command->add_subcommand("export", "Write the officials of officials.toml to a file");
  for (CLI::App* one : {import, exporting}) {
    one->add_option("file", options->file, "The file; - is standard input or output")->required();
    one->add_option("--config", options->config, "Folder with officials.toml")->capture_default_str();
    one->add_option("--format", options->format, "Of the file; without it, by the end of its name")
        ->check(CLI::IsMember({"toml", "csv", "jsonl", "opml"}));
  }
  import->add_option("--into", options->officials, "Another officials.toml than the folder's");
  import->add_flag("--dry-run", options->dry_run, "Say what would happen and write nothing");
  exporting->add_option("--from", options->officials, "Another officials.toml than the folder's");
  import->callback([options, exit] { *exit = import_officials(*options);
});
exporting->callback([options, exit] { *exit = export_officials(*options); });
}  // namespace copytaster

}  // namespace copytaster
