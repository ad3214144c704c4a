// copytaster export --warc FILE: the evidence behind what is stored, for other archives' programs.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/evidence.h"
#include "app/files.h"
#include "app/part_file.h"
#include "app/store_choice.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

struct EvidenceOptions {
  StoreChoice store;
  std::string warc;
};

absl::StatusOr<EvidenceReport> write_warc(const EvidenceOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  if (options.warc == "-") return write_evidence(*opened.key_value, *opened.store, print);
  CT_ASSIGN_OR_RETURN(const std::unique_ptr<PartFile> file, PartFile::open(options.warc));
  CT_ASSIGN_OR_RETURN(EvidenceReport written,
                      write_evidence(*opened.key_value, *opened.store,
                                     [&](std::string_view bytes) { return file->write(bytes); }));
  CT_RETURN_IF_ERROR(file->finish());
  return written;
}

// On standard error, for standard output may be the file itself.
int export_warc(const EvidenceOptions& options) {
  const auto written = write_warc(options);
  if (!written.ok()) return report(written.status());
  for (const std::string& problem : written->problems)
    std::fprintf(stderr, "copytaster: left out: %s\n", problem.c_str());
  const std::uint64_t untold = written->problem_count - written->problems.size();
  if (untold > 0) std::fprintf(stderr, "copytaster: … and %s more\n", str_cat(untold).c_str());
  std::string summary = str_cat(written->records, " records of ", written->captures, " captures written to ",
                                options.warc == "-" ? "standard output" : options.warc);
  if (written->without_capture > 0)
    str_append(&summary, "; ", written->without_capture, " posts or dead letters have no capture");
  if (written->erased > 0)
    str_append(&summary, "; ", written->erased, " were erased (copytaster erase --receipts)");
  if (written->problem_count > 0) str_append(&summary, "; ", written->problem_count, " left out");
  std::fprintf(stderr, "%s\n", summary.c_str());
  return written->problem_count == 0 ? exit_code::kOk : exit_code::kIo;
}

}  // namespace

void add_export(CLI::App& app, int* exit) {
  auto options = std::make_shared<EvidenceOptions>();
  auto* command = app.add_subcommand(
      "export", "Write the evidence, the bytes that posts came in with their headers, as a WARC file");
  command->add_option("--warc", options->warc, "The file; - is standard output")->required();
  add_store_options(*command, options->store);
  command->callback([options, exit] { *exit = export_warc(*options); });
}

}  // namespace copytaster
