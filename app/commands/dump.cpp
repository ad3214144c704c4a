// copytaster dump SPACE: what a store's files hold, record by record.
#include "app/dump.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/store_choice.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/high_water_mark.h"
#include "storage/open.h"
#include "storage/tail_mark.h"

namespace copytaster {
namespace {

struct DumpOptions {
  StoreChoice store;
  std::string what;
  std::string key, from;
  std::uint64_t limit = 0;  // 0: all
};

// Spaces, and the files beside the database.
constexpr std::string_view kMarks = "marks";

std::string known() {
  std::string names;
  for (const SpaceName& one : space_names()) str_append(&names, one.name, ", ");
  return str_cat(names, kMarks);
}

absl::StatusOr<Space> space_of(std::string_view name) {
  for (const SpaceName& one : space_names()) {
    if (one.name == name) return one.space;
  }
  return absl::InvalidArgumentError(str_cat("nothing is called ", name, "; there are ", known()));
}

absl::Status dump_marks(const std::string& data) {
  CT_ASSIGN_OR_RETURN(const std::uint64_t actions, read_mark(data));
  CT_ASSIGN_OR_RETURN(const std::uint64_t log, TailMark::read(data));
  return print(
      str_cat("{\"key\":\"actions\",\"record\":", actions, "}\n{\"key\":\"log\",\"record\":", log, "}\n"));
}

absl::StatusOr<std::string> key_in(Space space, const std::string& text) {
  if (text.empty()) return std::string();
  if (auto key = key_of_text(space, text)) return *std::move(key);
  return absl::InvalidArgumentError(
      str_cat(text, " is no key there; keys look like the ones that are printed"));
}

absl::Status dump_space(const DumpOptions& options, const std::string& data, Space space) {
  // Not the store: what it makes of its records is not asked.
  CT_ASSIGN_OR_RETURN(const auto key_value, open_key_value(data, OpenMode::kReadOnly));
  if (!options.key.empty()) {
    CT_ASSIGN_OR_RETURN(const std::string key, key_in(space, options.key));
    CT_ASSIGN_OR_RETURN(const std::string value, key_value->get(space, key));
    return print(dump_line(space, key, value) + "\n");
  }
  CT_ASSIGN_OR_RETURN(const std::string from, key_in(space, options.from));
  absl::Status printed;
  std::uint64_t shown = 0;
  CT_RETURN_IF_ERROR(key_value->scan(space, from, "", [&](std::string_view key, std::string_view value) {
    if (options.limit > 0 && shown++ == options.limit) return false;
    printed = print(dump_line(space, key, value) + "\n");
    return printed.ok();
  }));
  return printed;
}

absl::Status dump(const DumpOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  if (options.what == kMarks) return dump_marks(data);
  CT_ASSIGN_OR_RETURN(const Space space, space_of(options.what));
  return dump_space(options, data, space);
}

}  // namespace

void add_dump(CLI::App& app, int* exit) {
  auto options = std::make_shared<DumpOptions>();
  auto* command =
      app.add_subcommand("dump", "The records of a store as they are on disk, one JSON object a line");
  command->add_option("what", options->what, str_cat("Which: ", known()))->required();
  command->add_option("--key", options->key, "Only the record with this key, written as it is printed");
  command->add_option("--from", options->from, "From this key on");
  command->add_option("--limit", options->limit, "At most so many (default: all)");
  add_store_options(*command, options->store);
  command->callback([options, exit] { *exit = report(dump(*options)); });
}

}  // namespace copytaster
