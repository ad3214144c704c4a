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
#include "app/store_choice.h"
#include "app/store_difference.h"
#include "core/clock.h"
#include "core/json.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"
#include "storage/backup.h"
#include "storage/durable_file.h"

namespace copytaster {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kTellEvery = absl::Seconds(10);

struct RebuildOptions {
  StoreChoice store;
  std::string target;
  bool json = false;
};

// The new folder while it grows; removed unless it is finished.
class Growing {
 public:
  static absl::StatusOr<std::unique_ptr<Growing>> begin(const std::string& data, const std::string& target) {
    std::error_code error;
    if (fs::exists(target, error) && !fs::is_empty(target, error))
      return absl::FailedPreconditionError(str_cat(target, " is there already: name a folder that is new"));
    std::unique_ptr<Growing> made(new Growing(target));
    fs::remove_all(made->part_, error);
    CT_RETURN_IF_ERROR(back_up_closed(data, made->part_, stop_asked).status());
    fs::remove(str_cat(made->part_, "/copytaster.sha256"), error);  // it is no backup
    const std::string place = str_cat(data, "/media.place");
    if (fs::exists(place, error)) fs::copy_file(place, str_cat(made->part_, "/media.place"), error);
    if (error) return absl::UnavailableError(str_cat(made->part_, ": ", error.message()));
    return made;
  }
  ~Growing() {
    std::error_code error;
    if (!part_.empty()) fs::remove_all(part_, error);
  }
  Growing(const Growing&) = delete;
  Growing& operator=(const Growing&) = delete;

  [[nodiscard]] const std::string& part() const { return part_; }
  absl::Status finish() {
    CT_RETURN_IF_ERROR(sync_folder(part_));
    std::error_code error;
    fs::rename(part_, target_, error);
    if (error) return absl::UnavailableError(str_cat(target_, ": ", error.message()));
    part_.clear();
    const fs::path above = fs::absolute(target_, error).parent_path();
    return sync_folder(above.string());
  }

 private:
  explicit Growing(const std::string& target) : target_(target) {
    while (target_.size() > 1 && target_.ends_with('/')) target_.pop_back();
    part_ = target_ + ".rebuilding";
  }
  std::string target_, part_;
};

struct Rebuilt {
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
                                     const std::string& part) {
  CT_ASSIGN_OR_RETURN(const OpenedStore old, open_for_reading(data));
  const bool is_rehearsal = !old.store->notice().empty();
  CT_ASSIGN_OR_RETURN(const Config config,
                      is_rehearsal ? rehearsal_config() : load_config(options.store.config_folder()));
  CT_ASSIGN_OR_RETURN(const auto key_value, open_key_value(part, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(const auto store, open_store(key_value.get(), part, OpenMode::kReadWrite));
  CT_ASSIGN_OR_RETURN(const auto media, open_media(options.store, data, OpenMode::kReadOnly));
  const Collectors collectors(config.settings.collectors);
  std::vector<Account> accounts;
  for (const Official& official : config.officials)
    accounts.insert(accounts.end(), official.accounts().begin(), official.accounts().end());
  const Officials officials(config.officials);
  Pipeline pipeline(officials, config.rules, config.settings.copies);
  const SystemClock clock;
  absl::Time told = absl::Now();
  Rebuilt made;
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

std::string rebuilt_text(const Rebuilt& made, const std::string& target) {
  const ReplayCounts& counts = made.counts;
  std::string out = str_cat("rebuilt    ", target, ": ", counts.captures, " captures were read again, ",
                            made.counters.stored(), " posts and edits processed, ", counts.actions,
                            " answers and decisions of editors taken up\n");
  if (counts.by_hand > 0) str_append(&out, "by hand   ", counts.by_hand, " brought in by people\n");
  if (counts.erased > 0)
    str_append(&out, "erased    ", counts.erased, " captures: nothing is made of them\n");
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
      .member("captures", counts.captures)
      .member("erased", counts.erased)
      .member("missing", counts.missing)
      .member("unreadable", counts.unreadable)
      .member("byHand", counts.by_hand)
      .member("actions", counts.actions)
      .member("kept", counts.kept)
      .member("collected", made.counters.collected())
      .member("stored", made.counters.stored())
      .member("deadLettered", made.counters.dead_lettered());
  write_differences(made, &json);
  return json.end_object().text() + "\n";
}

absl::Status rebuild_store(const RebuildOptions& options) {
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  if (is_in_use(data))
    return absl::FailedPreconditionError(str_cat(
        "a service is at work in ", data,
        ": make a backup of it (copytaster backup) and rebuild that, --data BACKUP, or stop the service"));
  catch_signals();
  configure_log({LogLevel::kWarn, LogFormat::kAuto, 2});  // what is replayed was told when it happened
  CT_ASSIGN_OR_RETURN(const auto growing, Growing::begin(data, options.target));
  CT_ASSIGN_OR_RETURN(const Rebuilt made, rebuild_into(options, data, growing->part()));
  CT_RETURN_IF_ERROR(growing->finish());
  return print(options.json ? rebuilt_json(made) : rebuilt_text(made, options.target));
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
  command->callback([options, exit] { *exit = report(rebuild_store(*options)); });
}

}  // namespace copytaster
