// copytaster search QUERY: posts of a store by their words; and what such a search cannot find.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/command.h"
#include "app/files.h"
#include "app/store_choice.h"
#include "core/item.h"
#include "core/json.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/api.h"
#include "storage/search_index.h"

namespace copytaster {
namespace {

struct SearchOptions {
  StoreChoice store;
  std::string query;
  bool json = false;
  std::size_t limit = 50;
};

// What a search of this store cannot find is told, or it would be taken for what is not there.
absl::Status look_at_index(const std::string& data, const Store& store) {
  if (store.counters().stored() == 0) return absl::OkStatus();
  const SearchIndexState state = search_index_state(data);
  if (state == SearchIndexState::kMissing)
    return absl::NotFoundError(str_cat(
        "the search index ", data, "/search is missing; the service, or the demo of a rehearsal's store, ",
        "makes it anew from the store when it runs"));
  CT_ASSIGN_OR_RETURN(const auto behind, store.changed(1));
  if (state == SearchIndexState::kPartial || search_index_is_marked(data))
    tell("the search index is not whole yet: posts may be missing below; the running service makes it");
  else if (!behind.empty())
    tell(
        "the search index is behind: the newest posts may be missing below; the running service brings it "
        "up");
  return absl::OkStatus();
}

// "foo" of "foo:bar", where it is no prefix that a search knows: its words were looked for instead.
std::string unknown_prefix(std::string_view query) {
  static constexpr std::string_view kKnown[] = {"person", "place", "platform", "lang"};
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < query.size(); ++i) {
    const char c = query[i];
    if (c == '"') quoted = !quoted;
    if (c == ':' && !quoted && i > begin &&
        std::string_view(" /:").find(query[i + 1 < query.size() ? i + 1 : i]) == std::string_view::npos) {
      const std::string_view word = query.substr(begin, i - begin);
      const bool is_word = std::ranges::all_of(
          word, [](char one) { return ascii_lower(one) >= 'a' && ascii_lower(one) <= 'z'; });
      if (is_word && std::ranges::find(kKnown, word) == std::end(kKnown)) return std::string(word);
    }
    if (std::string_view(" \t\n\"()+-:").find(c) != std::string_view::npos) begin = i + 1;
  }
  return "";
}

absl::Status show_search(const SearchOptions& options) {
  if (strip_space(options.query).empty())
    return absl::InvalidArgumentError("the query is empty: give words, or person: or place: with a name");
  CT_ASSIGN_OR_RETURN(const std::string data, chosen_store(options.store));
  CT_ASSIGN_OR_RETURN(const OpenedStore opened, open_for_reading(data));
  CT_RETURN_IF_ERROR(look_at_index(data, *opened.store));
  CT_ASSIGN_OR_RETURN(const auto ids, opened.store->search(options.query, options.limit));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  std::size_t shown = 0;
  for (const std::string& id : ids) {
    auto item = opened.store->item(id);
    if (absl::IsNotFound(item.status())) continue;  // the index may be ahead of a restored store
    CT_RETURN_IF_ERROR(item.status());
    if (item->state() == GONE) continue;  // the index lags behind its deletion
    ++shown;
    json.raw(to_json(shown_item(*item)));
    if (!options.json)
      CT_RETURN_IF_ERROR(print(str_cat(id, "\n  ", item->author().name(), ": ",
                                       item->text().substr(0, item->text().find('\n')), "\n")));
  }
  if (const std::string prefix = unknown_prefix(options.query); !prefix.empty())
    tell(str_cat("a search knows no \"", prefix, ":\"; person:, place:, platform: and lang: it does"));
  if (shown == 0) tell("nothing found");
  return options.json ? print(json.end_array().end_object().text() + "\n") : absl::OkStatus();
}

}  // namespace

void add_search(CLI::App& app, int* exit) {
  auto options = std::make_shared<SearchOptions>();
  auto* command =
      app.add_subcommand("search", "Search posts: words, \"phrases\", person:, place:, platform:, lang:");
  command->add_option("query", options->query, "The query")->required();
  add_store_options(*command, options->store);
  command->add_option("--limit", options->limit, "How many at most")->capture_default_str();
  command->add_flag("--json", options->json, "JSON");
  command->callback([options, exit] { *exit = report(show_search(*options)); });
}

}  // namespace copytaster
