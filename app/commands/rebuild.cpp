// copytaster rebuild NEW: all derived data made anew, by the rules of today, into a new data folder.
#include "app/rebuild.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "app/command.h"
#include "app/config_folder.h"
#include "app/files.h"
#include "app/media_choice.h"
#include "app/rehearsal_config.h"
#include "app/signals.h"
#include "app/store_check.h"
#include "app/store_choice.h"
#include "app/store_difference.h"
#include "core/clock.h"
#include "core/json.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"
#include "storage/part_folder.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kTellEvery = absl::Seconds(10);

struct RebuildOptions {
  StoreChoice store;
  std::string target;
  bool json = false;
};

// A copy of the store inside of the folder that grows, to be emptied of what is made anew.
absl::StatusOr<std::string> copy_store(const std::string& data, const std::string& part) {
  const std::string copy = str_cat(part, "/store");
  CT_RETURN_IF_ERROR(back_up_closed(data, copy, stop_asked).status());
  std::error_code error;
  fs::remove(str_cat(copy, "/copytaster.sha256"), error);  // it is no backup
  const std::string place = str_cat(data, "/media.place");
  if (fs::exists(place, error)) fs::copy_file(place, str_cat(copy, "/media.place"), error);
  if (error) return absl::UnavailableError(str_cat(copy, ": ", error.message()));
  return copy;
}

// What stands in `copy`, which is inside of `part`, stands in `part`.
absl::Status move_up(const std::string& copy, const std::string& part) {
  std::error_code error;
  for (fs::directory_iterator entry(copy, error), end; !error && entry != end; entry.increment(error)) {
    fs::rename(entry->path(), fs::path(part) / entry->path().filename(), error);
    if (error) break;
  }
  if (!error) fs::remove(copy, error);
  return error ? absl::UnavailableError(str_cat(copy, ": ", error.message())) : absl::OkStatus();
}

struct Rebuilt {
  VerifyReport source;  // what is wrong with the store that it is made of
  ReplayCounts counts;
  Counters counters;
  std::vector<SpaceDifference> differences;
};

void tell_progress(const ReplayCounts& counts, absl::Time* told) {
  if (absl::Now() - *told < kTellEvery) return;
  *told = absl::Now();
  tell(str_cat(counts.captures, " captures read again …"));
}

absl::StatusOr<Rebuilt> rebuild_into(const RebuildOptions& options, const std::string& data,
                                     const std::string& copy) {
  CT_ASSIGN_OR_RETURN(const auto media, open_media(options.store, data, OpenMode::kReadOnly));
  CT_ASSIGN_OR_RETURN(const StoreCheck source, check_store(data, *media, ""));
  const OpenedStore& old = source.opened;
  const bool is_rehearsal = !old.store->notice().empty();
  CT_ASSIGN_OR_RETURN(const Config config,
                      is_rehearsal ? rehearsal_config() : load_config(options.store.config_folder()));
  CT_ASSIGN_OR_RETURN(const auto key_value, open_key_value(copy, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(const auto store, open_store(key_value.get(), copy, OpenMode::kReadWrite));
  const Collectors collectors(config.settings.collectors);
  std::vector<Account> accounts;
  for (const Official& official : config.officials)
    accounts.insert(accounts.end(), official.accounts().begin(), official.accounts().end());
  const Officials officials(config.officials);
  Pipeline pipeline(officials, config.rules, config.settings.copies, config.settings.stories);
  const ManualClock clock(absl::Now());  // stands: nothing must rest on how long it takes
  absl::Time told = absl::Now();
  Rebuilt made;
  made.source = source.report;
  CT_ASSIGN_OR_RETURN(
      made.counts, rebuild({old.key_value.get(), old.store.get(), key_value.get(), store.get(), media.get(),
                            &pipeline, [&](std::string_view platform) { return collectors.find(platform); },
                            std::move(accounts), &clock, config.settings.process_threads, stop_asked,
                            [&](const ReplayCounts& counts) { tell_progress(counts, &told); }}));
  made.counters = store->counters();
  CT_ASSIGN_OR_RETURN(made.differences, compare_stores(*old.key_value, *key_value));
  return made;
}

std::string line_of(const SpaceDifference& found) {
  std::string out(found.what);
  out.resize(10, ' ');
  str_append(&out, found.same, " are the same bytes");
  if (found.changed > 0) str_append(&out, ", ", found.changed, " differ");
  if (found.only_before > 0) str_append(&out, ", ", found.only_before, " are not there any more");
  if (found.only_after > 0) str_append(&out, ", ", found.only_after, " are new");
  out += "\n";
  for (const std::string& one : found.examples) str_append(&out, "          ", one, "\n");
  const std::uint64_t all = found.changed + found.only_before + found.only_after;
  if (all > found.examples.size())
    str_append(&out, "          … and ", all - found.examples.size(), " more\n");
  return out;
}

bool is_damaged(const Rebuilt& made) { return made.source.problem_count > 0 || made.counts.missing > 0; }

std::string rebuilt_text(const Rebuilt& made, const std::string& target) {
  const ReplayCounts& counts = made.counts;
  std::string out = str_cat("rebuilt    ", target, ": ", counts.captures, " captures were read again, ",
                            made.counters.stored(), " posts and edits processed, ", counts.actions,
                            " answers and decisions of editors taken up\n");
  if (counts.by_hand > 0) str_append(&out, "by hand   ", counts.by_hand, " brought in by people\n");
  if (counts.erased > 0)
    str_append(&out, "erased    ", counts.erased, " captures: nothing is made of them\n");
  if (counts.erasures > 0)
    str_append(&out, "to erase  ", counts.erasures,
               " erasures were accepted and had not begun: the service does them when it starts\n");
  if (counts.missing > 0)
    str_append(&out, "WRONG     ", counts.missing,
               " captures cannot be read: copytaster verify names them\n");
  if (counts.unreadable > 0)
    str_append(&out, "unread    ", counts.unreadable, " captures today's collectors can make nothing of\n");
  if (counts.kept > 0) {
    str_append(&out, "kept      ", counts.kept,
               " posts that no capture gives any more, as they were collected\n");
    for (const std::string& id : counts.kept_ids) str_append(&out, "          ", id, "\n");
  }
  for (const std::string& problem : made.source.problems) str_append(&out, "WRONG     ", problem, "\n");
  if (is_damaged(made))
    str_append(
        &out,
        "WRONG     the store that this was made of is damaged: what could not be read is not in it, or as "
        "it was collected; compare with a backup\n");
  bool differs = false;
  for (const SpaceDifference& found : made.differences) {
    out += line_of(found);
    differs = differs || !found.is_none();
  }
  str_append(&out, differs ? "" : "Nothing differs from the store it was made of.\n",
             "To go on with it: stop the service, and data = \"", target,
             "\" in [service] of settings.toml; the search index is made anew\n");
  return out;
}

void write_differences(const Rebuilt& made, JsonWriter* json) {
  json->key("differences").begin_object();
  for (const SpaceDifference& found : made.differences) {
    json->key(found.what).begin_object();
    json->member("same", found.same).member("changed", found.changed);
    json->member("onlyBefore", found.only_before).member("onlyAfter", found.only_after);
    json->key("examples").begin_array();
    for (const std::string& one : found.examples) json->value(one);
    json->end_array().end_object();
  }
  json->end_object();
}

std::string rebuilt_json(const Rebuilt& made) {
  const ReplayCounts& counts = made.counts;
  JsonWriter json;
  json.begin_object()
      .member("damaged", is_damaged(made))
      .member("captures", counts.captures)
      .member("erased", counts.erased)
      .member("missing", counts.missing)
      .member("unreadable", counts.unreadable)
      .member("byHand", counts.by_hand)
      .member("actions", counts.actions)
      .member("erasures", counts.erasures)
      .member("kept", counts.kept)
      .member("collected", made.counters.collected())
      .member("stored", made.counters.stored())
      .member("deadLettered", made.counters.dead_lettered());
  json.key("problems").begin_array();
  for (const std::string& problem : made.source.problems) json.value(problem);
  json.end_array();
  write_differences(made, &json);
  return json.end_object().text() + "\n";
}

// False: it was made of a damaged store.
absl::StatusOr<bool> rebuild_store(const RebuildOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  if (is_in_use(data))
    return absl::FailedPreconditionError(str_cat(
        "a service is at work in ", data,
        ": make a backup of it (copytaster backup) and rebuild that, --data BACKUP, or stop the service"));
  catch_signals();
  configure_log({LogLevel::kWarn, LogFormat::kAuto, 2});  // what is replayed was told when it happened
  CT_ASSIGN_OR_RETURN(const auto folder, PartFolder::begin(options.target, data));
  CT_ASSIGN_OR_RETURN(const std::string copy, copy_store(data, folder->part()));
  CT_ASSIGN_OR_RETURN(const Rebuilt made, rebuild_into(options, data, copy));
  CT_RETURN_IF_ERROR(move_up(copy, folder->part()));
  CT_RETURN_IF_ERROR(folder->finish());
  CT_RETURN_IF_ERROR(print(options.json ? rebuilt_json(made) : rebuilt_text(made, options.target)));
  return !is_damaged(made);
}

int rebuild_command(const RebuildOptions& options) {
  const auto is_whole = rebuild_store(options);
  if (!is_whole.ok()) return report(is_whole.status());
  return *is_whole ? exit_code::kOk : exit_code::kIo;
}

}  // namespace

void add_rebuild(CLI::App& app, int* exit) {
  auto options = std::make_shared<RebuildOptions>();
  auto* command = app.add_subcommand(
      "rebuild",
      "Make posts, stories and dead letters anew from the kept captures, by the rules of today, into "
      "a new data folder; says what differs");
  command->add_option("dir", options->target, "The new data folder; the store itself stays as it is")
      ->required();
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, exit] { *exit = rebuild_command(*options); });
}

}  // namespace copytaster
