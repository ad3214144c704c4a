// copytaster stories | story ID… | draft ID | search QUERY | status: reading a store.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "absl/strings/str_format.h"
#include "app/command.h"
#include "app/dead_letters.h"
#include "app/files.h"
#include "core/item.h"
#include "core/json.h"
#include "core/source_health.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "desk/api.h"
#include "desk/draft.h"
#include "desk/sources.h"

namespace copytaster {
namespace {

struct ReadOptions {
  std::string data = "data";
  std::string id, query, format = "markdown", pictures;
  std::vector<std::string> ids;
  bool json = false;
  bool all = false;
  std::size_t limit = 50;
};

std::string names(const Story& story) {
  std::string out;
  for (const StoryOfficial& official : story.officials()) {
    str_append(&out, out.empty() ? "" : ", ", official.name(),
               official.role().empty() ? "" : str_cat(" (", official.role(), ")"));
  }
  return out;
}

std::string story_text(const Story& story) {
  std::string out = str_cat(story.id(), "  ", absl::StrCat(absl::SixDigits(story.score())), "  ",
                            story.title(), "\n  ", names(story), "\n  ", story.posts(), " posts, ",
                            story.copies(), " copies, ", story.reshares(), " reshares; ");
  for (const StoryPlace& place : story.places()) str_append(&out, place.name(), " ");
  str_append(&out, "\n");
  for (const Part& part : story.reasons())
    str_append(&out, "    ", absl::SixDigits(part.value()), "  ", part.name(), ": ", part.reason(), "\n");
  return out;
}

std::string item_line(const Item& item) {
  const std::string mark = item.state() == GONE      ? "deleted"
                           : item.has_duplicate_of() ? item.duplicate_of().rule()
                                                     : "";
  return str_cat("  ", (is_dated(item) ? format_rfc3339(item_time(item)) : "undated"), "  ",
                 item.author().name(), " on ", item.platform(), "  ", item.url(),
                 mark.empty() ? "" : str_cat("  [", mark, "]"), "\n");
}

absl::Status show_stories(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(options.data));
  CT_ASSIGN_OR_RETURN(const auto stories, opened.store->stories(options.limit));
  const std::string notice = opened.store->notice();
  if (!options.json) {
    CT_RETURN_IF_ERROR(print(notice.empty() ? "" : notice + "\n\n"));
    for (const Story& story : stories) CT_RETURN_IF_ERROR(print(story_text(story) + "\n"));
    return absl::OkStatus();
  }
  JsonWriter json;
  json.begin_object().member_if("notice", notice).key("stories").begin_array();
  for (const Story& story : stories) json.raw(to_json(story));
  return print(json.end_array().end_object().text() + "\n");
}

absl::Status show_one_story(const OpenedStore& opened, const std::string& story_id,
                            const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const Story story, opened.store->story(story_id));
  if (!options.json) CT_RETURN_IF_ERROR(print(story_text(story)));
  JsonWriter json;
  json.begin_object()
      .member_if("notice", opened.store->notice())
      .key("story")
      .raw(to_json(story))
      .key("items")
      .begin_array();
  for (const std::string& id : story.item_ids()) {
    auto stored = opened.store->item(id);
    if (absl::IsNotFound(stored.status())) continue;
    CT_RETURN_IF_ERROR(stored.status());
    const Item item = shown_item(*std::move(stored));  // of a deleted post none of its words
    if (options.json) {
      json.raw(to_json(item));
    } else {
      CT_RETURN_IF_ERROR(print(item_line(item)));
    }
  }
  return options.json ? print(json.end_array().end_object().text() + "\n") : absl::OkStatus();
}

absl::Status show_story(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(options.data));
  for (const std::string& id : options.ids) CT_RETURN_IF_ERROR(show_one_story(opened, id, options));
  return absl::OkStatus();
}

// The pictures of a draft as files that its export names.
absl::Status save_pictures(const Draft& draft, const OpenedStore& opened, const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return absl::UnavailableError(str_cat("cannot make the folder ", folder, ": ", error.message()));
  for (const Block& block : draft.blocks()) {
    const StoryPicture& picture = block.picture();
    if (picture.sha256().empty()) continue;
    CT_ASSIGN_OR_RETURN(const Item item, opened.store->item(picture.item_id()));
    CT_ASSIGN_OR_RETURN(const std::string bytes, opened.media->get(picture.sha256()));
    CT_RETURN_IF_ERROR(write_file(str_cat(folder, "/", picture_file(picture, item)), bytes));
  }
  return absl::OkStatus();
}

absl::Status show_draft(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(options.data));
  CT_ASSIGN_OR_RETURN(const Story story, opened.store->story(options.id));
  CT_ASSIGN_OR_RETURN(const Draft draft, make_draft(story, *opened.store));
  if (options.json || options.format == "json") return print(to_json(draft) + "\n");
  ExportOptions how;
  if (!options.pictures.empty()) {
    CT_RETURN_IF_ERROR(save_pictures(draft, opened, options.pictures));
    how.media_base = str_cat(options.pictures, options.pictures.ends_with('/') ? "" : "/");
  }
  auto exported = options.format == "markdown" ? export_markdown(draft, *opened.store, how)
                  : options.format == "html"   ? export_html(draft, *opened.store, how)
                                               : export_ninjs(draft, *opened.store, how);
  CT_RETURN_IF_ERROR(exported.status());
  return print(exported->ends_with('\n') ? *exported : *exported + "\n");
}

absl::Status show_search(const ReadOptions& options) {
  if (strip_space(options.query).empty())
    return absl::InvalidArgumentError("the query is empty: give words, or person: or place: with a name");
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(options.data));
  CT_ASSIGN_OR_RETURN(const auto ids, opened.store->search(options.query, options.limit));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const std::string& id : ids) {
    auto item = opened.store->item(id);
    if (absl::IsNotFound(item.status())) continue;  // the index may be ahead of a restored store
    CT_RETURN_IF_ERROR(item.status());
    if (item->state() == GONE) continue;  // the index lags behind its deletion
    json.raw(to_json(shown_item(*item)));
    if (!options.json)
      CT_RETURN_IF_ERROR(print(str_cat(id, "\n  ", item->author().name(), ": ",
                                       item->text().substr(0, item->text().find('\n')), "\n")));
  }
  return options.json ? print(json.end_array().end_object().text() + "\n") : absl::OkStatus();
}

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

std::string account_line(const AccountState& account) {
  const std::string reason = collapse_space(health_reason(account));
  return str_cat(
      "  ", health_name(health_of(account)), "  ", account.account_id(), "  last success ",
      account.has_last_success() ? format_rfc3339(to_time(account.last_success())) : std::string("never"),
      ", posts ", account.items_seen(), reason.empty() ? "" : ": ", reason, "\n");
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

absl::Status show_status(const ReadOptions& options) {
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(options.data));
  const Counters counters = opened.store->counters();
  CT_ASSIGN_OR_RETURN(const auto accounts, opened.store->account_states());
  CT_ASSIGN_OR_RETURN(const DeadLetterDigest letters, digest_dead_letters(*opened.key_value));
  if (options.json) {
    JsonWriter json;
    json.begin_object().key("counters").raw(to_json(counters)).key("accounts").begin_array();
    for (const AccountState& account : accounts) json.raw(to_json(account));
    json.end_array().key("dead_letters").begin_object();
    letters.write(json);
    return print(json.end_object().end_object().text() + "\n");
  }
  const std::uint64_t known = counters.stored() + counters.dead_lettered();
  CT_RETURN_IF_ERROR(print(str_cat(
      "collected ", counters.collected(), " = stored ", counters.stored(), " + dead letters ",
      counters.dead_lettered(),
      counters.collected() == known ? "" : str_cat("  (", counters.collected() - known, " on the bus)"),
      "; captures ", counters.captures(), "\n")));
  CT_RETURN_IF_ERROR(print(sources_text(accounts, options.all)));
  return print(dead_letters_text(letters));
}

using Show = absl::Status (*)(const ReadOptions&);
CLI::App* add_reader(CLI::App& app, const std::string& name, const std::string& help,
                     const std::shared_ptr<ReadOptions>& options, Show show, int* exit) {
  auto* command = app.add_subcommand(name, help);
  command->add_option("--data", options->data, "Folder of the store")->capture_default_str();
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, show, exit] { *exit = report(show(*options)); });
  return command;
}

}  // namespace

void add_stories(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  add_reader(app, "stories", "Suggested stories, best first", options, show_stories, exit)
      ->add_option("--limit", options->limit, "How many at most")
      ->capture_default_str();
}
void add_story(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  add_reader(app, "story", "One story and its posts, or several", options, show_story, exit)
      ->add_option("id", options->ids, "The story's id; of several, JSON is one object a line")
      ->required();
}
void add_draft(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  auto* command = add_reader(app, "draft", "The draft of a story", options, show_draft, exit);
  command->add_option("id", options->id, "The story's id")->required();
  command->add_option("--format", options->format, "markdown, html, ninjs or json")
      ->capture_default_str()
      ->check(CLI::IsMember({"markdown", "html", "ninjs", "json"}));
  command->add_option("--pictures", options->pictures,
                      "A folder to write the draft's pictures to; the export names them there");
}
void add_search(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  auto* command = add_reader(app, "search",
                             "Search posts: words, \"phrases\", person:, place:, platform:, lang:", options,
                             show_search, exit);
  command->add_option("query", options->query, "The query")->required();
  command->add_option("--limit", options->limit, "How many at most")->capture_default_str();
}
void add_status(CLI::App& app, int* exit) {
  auto options = std::make_shared<ReadOptions>();
  add_reader(app, "status", "Counters, sources with their health, costs and dead letters", options,
             show_status, exit)
      ->add_flag("--all", options->all, "Every source, also those without an alarm");
}

}  // namespace copytaster
