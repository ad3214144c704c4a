#include "desk/source_list.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/item.h"
#include "core/json.h"
#include "core/status.h"
#include "core/stream_health.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kUsualSources = 200;
constexpr std::size_t kMostSources = 1000;
constexpr std::size_t kLongestWords = 500;
constexpr std::string_view kAlarm = "alarm";

// What an editor should see first.
int rank(SourceHealth health) {
  constexpr SourceHealth kOrder[] = {SourceHealth::kBlocked, SourceHealth::kFailing, SourceHealth::kEnded,
                                     SourceHealth::kQuiet,   SourceHealth::kWaiting, SourceHealth::kHeld,
                                     SourceHealth::kNew,     SourceHealth::kGood};
  return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), health) - std::begin(kOrder));
}

std::string_view name_of(const ListedSource& source) {
  if (source.official != nullptr && !source.official->name().empty()) return source.official->name();
  if (!source.state.profile().title().empty()) return source.state.profile().title();
  if (source.account != nullptr && !source.account->handle().empty()) return source.account->handle();
  return source.id();
}

// One line of all that is searched; a line feed keeps a word from reaching over two fields.
std::string words_of(const ListedSource& source) {
  std::string out = str_cat(name_of(source), "\n", source.state.profile().title(), "\n", source.id(), "\n",
                            health_name(source.health), "\n", health_reason(source.state), "\n",
                            source.needs_a_look() ? "look" : "", "\n");
  if (source.account != nullptr) {
    const std::string& platform = source.account->platform();
    str_append(&out, source.account->handle(), "\n", platform, "\n",
               platform == "feed" ? "website" : platform_label(platform));
  }
  return fold_name(out);
}

class Filter {
 public:
  explicit Filter(const SourceQuery& query) : query_(query) {
    const std::string folded = collapse_space(fold_name(query.words));
    for (const std::string_view word : split(folded, ' '))
      if (!word.empty()) words_.emplace_back(word);
  }
  [[nodiscard]] bool takes(const ListedSource& source) const {
    if (query_.followed && *query_.followed != (source.account != nullptr)) return false;
    if (query_.alarms && !source.needs_a_look()) return false;
    if (query_.health && (*query_.health != source.health || source.account == nullptr)) return false;
    if (words_.empty()) return true;
    const std::string text = words_of(source);
    return std::all_of(words_.begin(), words_.end(),
                       [&](const std::string& word) { return text.find(word) != std::string::npos; });
  }

 private:
  const SourceQuery& query_;
  std::vector<std::string> words_;
};

// Keeps of the list only the page that is wanted, in its order.
void cut_page(const Window& window, SourceList* list) {
  struct Place {
    std::tuple<int, std::string, std::string> key;
    std::size_t at;
    bool operator<(const Place& other) const { return std::tie(key, at) < std::tie(other.key, other.at); }
  };
  std::vector<Place> places;
  for (std::size_t i = 0; i < list->sources.size(); ++i) {
    const ListedSource& source = list->sources[i];
    const int group = source.account == nullptr ? 20 : source.needs_a_look() ? 0 : 10;
    places.push_back({{group + rank(source.health), fold_name(name_of(source)),
                       source.account == nullptr ? "" : source.account->platform()},
                      i});
  }
  const std::size_t begin = std::min(window.offset, places.size());
  const std::size_t end = begin + std::min(window.limit, places.size() - begin);
  std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(end), places.end());
  std::vector<ListedSource> page;
  for (std::size_t i = begin; i < end; ++i) page.push_back(std::move(list->sources[places[i].at]));
  list->more = end < places.size();
  list->sources = std::move(page);
}

}  // namespace

bool is_collected(const Account& account) { return !account.details().contains(std::string(kNotCollected)); }

void SourceCounts::add(SourceHealth health) {
  ++all;
  ++by_health[static_cast<std::size_t>(health)];
  alarms += is_alarm(health) ? 1 : 0;
}

void SourceCounts::write(JsonWriter& json) const {
  json.member("all", all).member("alarms", alarms);
  for (std::size_t i = 0; i < kSourceHealths; ++i)
    json.member(health_name(static_cast<SourceHealth>(i)), by_health[i]);
}

const std::string& ListedSource::id() const {
  return account == nullptr ? state.account_id() : account->id();
}

absl::StatusOr<SourceQuery> source_query(const ServerRequest& request) {
  SourceQuery query;
  if (parameter(request.query, "limit") || parameter(request.query, "offset")) {
    CT_ASSIGN_OR_RETURN(query.window, window_of(request, kUsualSources, kMostSources));
  }
  query.words = parameter(request.query, "q").value_or("");
  if (query.words.size() > kLongestWords) return absl::InvalidArgumentError("q must have at most 500 bytes");
  const std::string health = parameter(request.query, "health").value_or("");
  query.alarms = health == kAlarm;
  std::string names(kAlarm);
  for (std::size_t i = 0; i < kSourceHealths; ++i) {
    const auto one = static_cast<SourceHealth>(i);
    if (health == health_name(one)) query.health = one;
    str_append(&names, ", ", health_name(one));
  }
  if (!health.empty() && !query.alarms && !query.health)
    return absl::InvalidArgumentError(str_cat("health must be one of ", names));
  const std::string followed = parameter(request.query, "followed").value_or("");
  if (!followed.empty() && followed != "true" && followed != "false")
    return absl::InvalidArgumentError("followed must be true or false");
  if (!followed.empty()) query.followed = followed == "true";
  return query;
}

absl::StatusOr<SourceCounts> count_sources(const StoreReader& store, const std::vector<Official>& officials) {
  CT_ASSIGN_OR_RETURN(const std::vector<AccountState> states, store.account_states());
  StringMap<SourceHealth> health;
  for (const AccountState& state : states) health[state.account_id()] = health_of(state);
  SourceCounts counts;
  for (const Official& official : officials) {
    for (const Account& account : official.accounts()) {
      if (!is_collected(account)) continue;
      const auto known = health.find(account.id());
      counts.add(known == health.end() ? SourceHealth::kNew : known->second);
    }
  }
  return counts;
}

absl::StatusOr<SourceList> list_sources(const StoreReader& store, const std::vector<Official>& officials,
                                        const SourceQuery& query, std::string_view month) {
  CT_ASSIGN_OR_RETURN(std::vector<AccountState> states, store.account_states());
  StringMap<AccountState> by_id;
  for (AccountState& state : states)
    if (!is_stream(state.account_id())) by_id.emplace(state.account_id(), std::move(state));
  const Filter filter(query);
  SourceList list;
  const auto add = [&](ListedSource source) {
    source.health = health_of(source.state);
    if (source.account != nullptr) {
      list.counts.add(source.health);
      if (source.state.spending().month() == month) list.spent_usd += source.state.spending().usd();
    } else {
      ++list.former;
    }
    if (filter.takes(source)) list.sources.push_back(std::move(source));
  };
  for (const Official& official : officials) {
    for (const Account& account : official.accounts()) {
      const auto known = by_id.find(account.id());
      if (!is_collected(account)) {
        ++list.not_collected[account.platform()];
        if (known != by_id.end()) by_id.erase(known);  // of posts that were brought in by hand
        continue;
      }
      add({&official, &account, known == by_id.end() ? AccountState() : std::move(known->second)});
      if (known != by_id.end()) by_id.erase(known);
    }
  }
  std::vector<std::string> rest;
  for (const auto& [id, state] : by_id) rest.push_back(id);
  std::sort(rest.begin(), rest.end());
  for (const std::string& id : rest) add({nullptr, nullptr, std::move(by_id.find(id)->second)});
  list.matched = list.sources.size();
  if (query.window) cut_page(*query.window, &list);
  return list;
}

}  // namespace copytaster
