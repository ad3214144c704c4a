// copytaster versions ID: every version of a post; --diff A B: what the one says otherwise than the other.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <vector>

#include "app/command.h"
#include "app/files.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/one_line.h"
#include "desk/version_diff.h"

namespace copytaster {
namespace {

struct VersionsOptions {
  StoreChoice store;
  std::string id;
  std::vector<std::uint32_t> diff;
  bool json = false;
};

std::string line_of(const Item& item) {
  constexpr std::size_t kMostWords = 100;
  std::string words = item.state() == GONE ? "(deleted)" : one_line(item.text(), kMostWords);
  if (words.empty()) words = one_line(item.title(), kMostWords);
  return str_cat(
      "version ", item.version(), "  fetched ",
      item.has_collected_at() ? format_rfc3339(to_time(item.collected_at())) : "at an unknown time", "  ",
      words, "\n");
}

std::string marked(const FieldChange& change) {
  std::string out;
  for (const DiffPart& part : change.parts) {
    if (part.kind == DiffPart::Kind::kSame) out += part.text;
    if (part.kind == DiffPart::Kind::kGone) str_append(&out, "[-", part.text, "-]");
    if (part.kind == DiffPart::Kind::kNew) str_append(&out, "{+", part.text, "+}");
  }
  // Control characters of a post must not draw on a terminal.
  std::erase_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; });
  return out;
}

absl::StatusOr<const Item*> version_of(const std::vector<Item>& all, std::uint32_t number) {
  const auto found = std::ranges::find(all, number, &Item::version);
  if (found == all.end())
    return absl::NotFoundError(
        str_cat("it has no version ", number, "; the newest is ", all.back().version()));
  return &*found;
}

absl::Status show_diff(const VersionsOptions& options, const std::vector<Item>& all) {
  CT_ASSIGN_OR_RETURN(const Item* const from, version_of(all, options.diff[0]));
  CT_ASSIGN_OR_RETURN(const Item* const to, version_of(all, options.diff[1]));
  if (options.json) {
    JsonWriter json;
    json.begin_object().member("id", options.id);
    write_diff(json, *from, *to);
    return print(json.end_object().text() + "\n");
  }
  CT_RETURN_IF_ERROR(print(str_cat("- ", line_of(*from), "+ ", line_of(*to))));
  const std::vector<FieldChange> changes = diff_versions(*from, *to);
  for (const FieldChange& change : changes)
    CT_RETURN_IF_ERROR(print(str_cat("\n", change.field, "\n", marked(change), "\n")));
  return changes.empty() ? print("no word differs\n") : absl::OkStatus();
}

absl::Status show_versions(const VersionsOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_ASSIGN_OR_RETURN(std::vector<Item> all, opened.store->versions(options.id));
  const bool gone = all.back().state() == GONE;
  for (Item& item : all) {
    if (gone) item.set_state(GONE);  // then its earlier words are gone too
    item = shown_item(std::move(item));
  }
  if (!options.diff.empty()) return show_diff(options, all);
  for (const Item& item : all) CT_RETURN_IF_ERROR(print(options.json ? to_json(item) + "\n" : line_of(item)));
  return absl::OkStatus();
}

}  // namespace

void add_versions(CLI::App& app, int* exit) {
  auto options = std::make_shared<VersionsOptions>();
  auto* command = app.add_subcommand("versions", "Every version of a post, and what differs between two");
  command->add_option("id", options->id, "Id of a post, e.g. facebook:123")->required();
  command->add_option("--diff", options->diff, "Numbers of two versions")->expected(2);
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON, one object a line");
  command->callback([options, exit] { *exit = report(show_versions(*options)); });
}

}  // namespace copytaster
