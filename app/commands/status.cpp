// copytaster status: how the house is, read from its store and, for tokens that expire, from its settings.
#include "core/status.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>

#include "absl/strings/str_format.h"
#include "app/backup_work.h"
#include "app/balance.h"
#include "app/command.h"
#include "app/dead_letters.h"
#include "app/files.h"
#include "app/settings.h"
#include "app/store_choice.h"
#include "core/json.h"
#include "core/source_health.h"
#include "core/stream_health.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/health_json.h"

namespace copytaster {
namespace {

struct StatusOptions {
  StoreChoice store;
  bool json = false;
  bool all = false;
};

std::string dead_letters_text(const DeadLetterDigest& digest) {
  std::string out;
  if (digest.count() > 0) str_append(&out, "\ndead letters by reason\n");
  for (const DeadLetterDigest::Reason& reason : digest.reasons())
    str_append(&out, "  ", reason.count, "  ", reason.stage, reason.stage.empty() ? "" : ": ",
               collapse_space(reason.reason), "\n");
  if (digest.count() > 0) str_append(&out, "the newest (`copytaster dlq show ID` shows one)\n");
  for (const DeadLetter& letter : digest.newest()) {
    str_append(&out, "  ", format_rfc3339(to_time(letter.at())), "  ", letter.account_id(), "  ",
               letter.stage(), ": ", collapse_space(letter.reason()), "  ", letter.id(), "\n");
  }
  return out;
}

// The sum, and whether it holds.
std::string balance_text(const Balance& balance) {
  std::string out = str_cat("collected ", balance.collected, " = stored ", balance.stored, " + dead letters ",
                            balance.dead_lettered);
  if (balance.unaccounted() != 0) {
    str_append(&out, "  DOES NOT HOLD: ", balance.unaccounted(), " posts are unaccounted for");
  } else if (balance.waiting() > 0) {
    str_append(&out, "  (", balance.waiting(), " on the bus)");
  }
  return out;
}

std::string account_line(const AccountState& account) {
  const std::string reason = collapse_space(health_reason(account));
  return str_cat(
      "  ", health_name(health_of(account)), "  ", account.account_id(), "  last success ",
      account.has_last_success() ? format_rfc3339(to_time(account.last_success())) : std::string("never"),
      ", posts ", account.items_seen(), reason.empty() ? "" : ": ", reason, "\n");
}

// Nobody reads nanoseconds, and nineteen cents are no 0.18999999999999997 dollars.
AccountState rounded(AccountState state) {
  constexpr std::int32_t kMillisecond = 1'000'000;
  constexpr double kMillionth = 1e6;
  const google::protobuf::Reflection* reflection = state.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(state, &fields);
  for (const auto* field : fields) {
    if (field->is_repeated() || field->message_type() != google::protobuf::Timestamp::descriptor()) continue;
    auto* time = static_cast<google::protobuf::Timestamp*>(reflection->MutableMessage(&state, field));
    time->set_nanos(time->nanos() / kMillisecond * kMillisecond);
  }
  if (state.has_spending())
    state.mutable_spending()->set_usd(std::round(state.spending().usd() * kMillionth) / kMillionth);
  return state;
}

// How many are how, then those that need a look; all only where they are few or all were asked for.
std::string sources_text(std::vector<AccountState> accounts, bool all) {
  std::map<std::string_view, std::size_t> by_health;
  std::map<std::string, double> spent;
  const std::string month = absl::FormatTime("%Y-%m", absl::Now(), absl::UTCTimeZone());
  for (const AccountState& account : accounts) {
    ++by_health[health_name(health_of(account))];
    const std::string platform = account.account_id().substr(0, account.account_id().find(':'));
    if (account.spending().month() == month) spent[platform] += account.spending().usd();
  }
  std::string out = str_cat("sources ", accounts.size());
  for (const auto& [health, count] : by_health)
    str_append(&out, health == by_health.begin()->first ? ": " : ", ", count, " ", health);
  out += "\n";
  for (const auto& [platform, usd] : spent)
    str_append(&out, "spent on ", platform, " in ", month, ": ", absl::StrFormat("%.2f", usd),
               " US dollars\n");
  std::stable_sort(accounts.begin(), accounts.end(), [](const AccountState& a, const AccountState& b) {
    return is_alarm(health_of(a)) > is_alarm(health_of(b));
  });
  constexpr std::size_t kFew = 40;
  std::size_t left_out = 0;
  for (const AccountState& account : accounts) {
    if (all || accounts.size() <= kFew || is_alarm(health_of(account))) {
      out += account_line(account);
    } else {
      ++left_out;
    }
  }
  if (left_out > 0) str_append(&out, "  (", left_out, " without an alarm: --all shows them)\n");
  return out;
}

// The settings where they are: for tokens that expire and streams that cannot be opened.
absl::StatusOr<Settings> settings_of(const StatusOptions& options) {
  CT_ASSIGN_OR_RETURN(const auto file, settings_file(options.store));
  // The store may be looked at where the configuration is not.
  if (!file) return Settings();
  CT_ASSIGN_OR_RETURN(const std::string text, read_input(*file));
  std::vector<ConfigProblem> problems;  // `check` tells them
  return read_settings(text, *file, options.store.config_folder(), &problems);
}

std::string tokens_text(const std::vector<CredentialHealth>& credentials, absl::Time now) {
  std::string out;
  for (const CredentialHealth& credential : credentials)
    str_append(&out, "token of ", credential.platform, ": ", credential_words(credential, now), "\n");
  return out;
}

// As the service stored it last: a few seconds behind while it runs, and for good when it has ended.
std::string streams_text(const std::vector<StreamHealth>& streams, const std::vector<StreamFault>& faults,
                         absl::Time now) {
  std::string out;
  for (const StreamFault& fault : faults)
    str_append(&out, "stream of ", fault.platform, ": not opened, its accounts are polled: ", fault.why,
               "\n");
  for (const StreamHealth& stream : streams)
    str_append(&out, "stream ", stream.name, ": ", collapse_space(stream_words(stream, now)), "\n");
  return out;
}

std::string age_words(absl::Duration age) {
  constexpr absl::Duration kDay = absl::Hours(24);
  if (age < absl::Minutes(1)) return "just now";
  if (age < 2 * kDay) return str_cat(absl::FormatDuration(absl::Floor(age, absl::Minutes(1))), " ago");
  return str_cat(age / kDay, " days ago");
}

// Nothing where the service is to write none.
std::string backups_text(const std::string& folder, absl::Time now) {
  if (folder.empty()) return "";
  const std::optional<absl::Time> newest = newest_backup(folder);
  if (!newest) return str_cat("no backup in ", folder, " yet: copytaster backup makes one\n");
  return str_cat("newest backup ", format_rfc3339(*newest), ", ", age_words(now - *newest), ", in ", folder,
                 "\n");
}

void write_backups(JsonWriter& json, const std::string& folder) {
  json.key("backups").begin_object().member("folder", folder);
  const std::optional<absl::Time> newest = folder.empty() ? std::nullopt : newest_backup(folder);
  if (newest) json.member("newest", format_rfc3339(*newest));
  json.end_object();
}

absl::Status show_status(const StatusOptions& options) {
  CT_ASSIGN_OR_RETURN(const Settings settings, settings_of(options));
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  const Counters counters = opened.store->counters();
  CT_ASSIGN_OR_RETURN(const Balance balance, balance_stored(*opened.key_value, counters));
  CT_ASSIGN_OR_RETURN(auto accounts, opened.store->account_states());
  std::vector<StreamHealth> streams;
  for (const AccountState& state : accounts)
    if (is_stream(state.account_id())) streams.push_back(stream_health(state));
  std::erase_if(accounts, [](const AccountState& state) { return is_stream(state.account_id()); });
  const absl::Time now = absl::Now();
  CT_ASSIGN_OR_RETURN(const DeadLetterDigest letters, digest_dead_letters(*opened.key_value));
  if (options.json) {
    JsonWriter json;
    json.begin_object().member("store", data).key("counters").raw(to_json(counters)).key("balance");
    write_balance(json, balance);
    json.key("accounts").begin_array();
    for (const AccountState& account : accounts) json.raw(to_json(rounded(account)));
    json.end_array().key("streams");
    write_streams(json, streams, now);
    json.key("stream_faults").begin_array();
    for (const StreamFault& fault : settings.stream_faults)
      json.begin_object().member("platform", fault.platform).member("why", fault.why).end_object();
    json.end_array().key("credentials");
    write_credentials(json, settings.credentials, now);
    write_backups(json, settings.backups);
    json.key("dead_letters").begin_object();
    letters.write(json);
    return print(json.end_object().end_object().text() + "\n");
  }
  CT_RETURN_IF_ERROR(
      print(str_cat("store ", data, "\n", balance_text(balance), "; captures ", counters.captures(), "\n")));
  CT_RETURN_IF_ERROR(print(tokens_text(settings.credentials, now)));
  CT_RETURN_IF_ERROR(print(streams_text(streams, settings.stream_faults, now)));
  CT_RETURN_IF_ERROR(print(backups_text(settings.backups, now)));
  CT_RETURN_IF_ERROR(print(sources_text(accounts, options.all)));
  return print(dead_letters_text(letters));
}

}  // namespace

void add_status(CLI::App& app, int* exit) {
  auto options = std::make_shared<StatusOptions>();
  auto* command = app.add_subcommand(
      "status",
      "Counters, tokens, streams, the newest backup, sources with their health, costs and dead letters");
  add_store_options(*command, options->store);
  command->add_flag("--json", options->json, "JSON");
  command->add_flag("--all", options->all, "Every source, also those without an alarm");
  command->callback([options, exit] { *exit = report(show_status(*options)); });
}

}  // namespace copytaster
