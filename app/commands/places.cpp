// copytaster places import FILE…: a gazetteer from GeoNames' tables (docs/formats.md, places.tsv).
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/places_import.h"
#include "core/status.h"
#include "core/strings.h"
#include "processors/gazetteer.h"

namespace copytaster {
namespace {

struct PlacesOptions {
  std::vector<std::string> files, names, regions;
  std::string config = "config", into;
  std::uint32_t least = 15000;
  bool dry_run = false;
  [[nodiscard]] std::string places_file() const {
    return into.empty() ? str_cat(config, "/places.tsv") : into;
  }
};

template <typename Read>
absl::Status read_table(const std::string& path, Read read) {
  if (path == "-") {
    LineReader in(stdin, "standard input", kLongestGeoNamesLine);
    return read(&in);
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) return absl::NotFoundError(str_cat(path, " cannot be read"));
  LineReader in(file.get(), path, kLongestGeoNamesLine);
  return read(&in);
}

absl::Status read_tables(const PlacesOptions& options, PlacesImport* places, std::string* summary) {
  for (const std::string& file : options.regions) {
    PlacesCount count;
    CT_RETURN_IF_ERROR(read_table(file, [&](LineReader* in) { return places->add_regions(in, &count); }));
    str_append(summary, count.lines, " regions in ", file, "\n");
  }
  for (const std::string& file : options.files) {
    PlacesCount count;
    CT_RETURN_IF_ERROR(read_table(
        file, [&](LineReader* in) { return places->add_places(in, options.names.empty(), &count); }));
    str_append(summary, count.lines, " places in ", file, ": ", count.taken, " taken, ", count.small,
               " with fewer than ", options.least, " people, ", count.other, " no towns, ", count.repeated,
               " there already\n");
  }
  for (const std::string& file : options.names) {
    PlacesCount count;
    CT_RETURN_IF_ERROR(read_table(file, [&](LineReader* in) { return places->add_names(in, &count); }));
    str_append(summary, count.lines, " names in ", file, ": ", count.names, " taken\n");
  }
  return absl::OkStatus();
}

absl::Status write_places(const PlacesOptions& options, const PlacesImport& places, std::string* summary) {
  const std::string path = options.places_file(), text = places.to_tsv();
  // What was written must read as what was meant, or it is not written.
  const auto again = Gazetteer::from_tsv(text);
  if (!again.ok() || again->size() != places.size())
    return absl::InternalError(
        str_cat("the new ", path, " would not read as it should; nothing was written"));
  std::error_code error;
  const bool is_there = std::filesystem::exists(path, error);
  if (is_there) {
    CT_ASSIGN_OR_RETURN(const std::string before, read_input(path));
    if (before == text) return str_append(summary, path, " stays as it is\n"), absl::OkStatus();
  }
  if (options.dry_run) return str_append(summary, path, " stays as it is (dry run)\n"), absl::OkStatus();
  CT_RETURN_IF_ERROR(replace_file(path, text));
  str_append(summary, path, " has ", places.size(),
             " places, from GeoNames (CC BY 4.0): name it where you show them\n");
  return absl::OkStatus();
}

absl::Status import_places(const PlacesOptions& options) {
  PlacesImport places(options.least);
  std::string summary;
  CT_RETURN_IF_ERROR(read_tables(options, &places, &summary));
  if (places.size() == 0) return absl::InvalidArgumentError("no place is left; nothing was written");
  CT_RETURN_IF_ERROR(write_places(options, places, &summary));
  return print(summary);
}

}  // namespace

void add_places(CLI::App& app, int* exit) {
  auto* command = app.add_subcommand("places", "Bring in a gazetteer, so that more places are known");
  command->require_subcommand(1);
  auto options = std::make_shared<PlacesOptions>();
  auto* import = command->add_subcommand(
      "import", "Make places.tsv from GeoNames' tables; what stood there before is replaced");
  import
      ->add_option("files", options->files, "cities15000.txt or another table of places; - is standard input")
      ->required();
  import->add_option(
      "--names", options->names,
      "alternateNamesV2.txt: names in the ten languages; without it those in Cyrillic and Greek letters");
  import->add_option("--regions", options->regions,
                     "admin1CodesASCII.txt: a region's name is no town's that lies elsewhere");
  import->add_option("--min-population", options->least, "Leave smaller places out")->capture_default_str();
  import->add_option("--config", options->config, "Folder that places.tsv is for")->capture_default_str();
  import->add_option("--into", options->into, "Another places.tsv than the folder's");
  import->add_flag("--dry-run", options->dry_run, "Say what would happen and write nothing");
  import->callback([options, exit] { *exit = report(import_places(*options));
});
}  // namespace copytaster

}  // namespace copytaster
