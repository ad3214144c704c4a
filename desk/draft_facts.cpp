#include "desk/draft_facts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

std::string_view title_of_role(std::string_view role) { return role.substr(0, role.rfind(" of ")); }

bool span_is_sound(const Item& item, const Mention& mention) {
  return mention.begin() < mention.end() && mention.end() <= item.text().size();
}

// "Mayors", "Deputies"; empty for "Prosecutor General", whose plural nobody agrees on.
std::string plural_of(std::string_view title) {
  if (title.empty() || title.ends_with("General") || title.ends_with("s")) return "";
  const bool vowel =
      title.size() > 1 && std::string_view("aeiou").find(title[title.size() - 2]) != std::string_view::npos;
  if (title.back() == 'y' && !vowel) return str_cat(title.substr(0, title.size() - 1), "ies");
  return str_cat(title, "s");
}

bool is_country(const Named& place) {
  return !place.country.empty() && place.name == country_name(place.country);
}

void leave_countries_out(std::vector<Named>& places) {
  absl::flat_hash_set<std::string> with_town;
  for (const Named& place : places) {
    if (!is_country(place)) with_town.insert(place.country);
  }
  std::erase_if(places, [&](const Named& p) { return is_country(p) && with_town.contains(p.country); });
}

std::vector<std::string> distinct(const std::vector<const Item*>& items, std::string (*of)(const Item&)) {
  std::vector<std::string> out;
  for (const Item* item : items) {
    std::string value = of(*item);
    if (!value.empty() && std::ranges::find(out, value) == out.end()) out.push_back(std::move(value));
  }
  return out;
}

}  // namespace

std::string_view place_of_role(std::string_view role) {
  const std::size_t of = role.rfind(" of ");
  return of == std::string_view::npos ? std::string_view() : role.substr(of + 4);
}

void count_mention(std::vector<Named>& all, const Item& item, const Mention& mention) {
  if (!span_is_sound(item, mention) || mention.name().empty()) return;
  const std::string key = mention.id().empty() ? mention.name() : mention.id();
  auto found =
      std::ranges::find_if(all, [&](const Named& n) { return n.key == key || n.name == mention.name(); });
  if (found == all.end()) {
    found = all.insert(found, {.key = key,
                               .name = collapse_space(mention.name()),
                               .country = mention.country(),
                               .item = &item,
                               .mention = mention});
  }
  ++found->count;
  if (found->role.empty() && !mention.role().empty()) {
    found->role = mention.role();
    found->item = &item;
    found->mention = mention;
  }
  // One span a post is enough to check it.
  const bool has =
      std::ranges::any_of(found->support, [&](const Support& s) { return s.item_id() == item.id(); });
  if (!has) found->support.push_back(support_of(item, "text", mention.begin(), mention.end()));
}

bool is_one_place(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (a.size() == b.size() || b[a.size()] == ' ');
}

std::vector<std::string> own_places(const std::vector<const Person*>& people) {
  std::vector<std::string> out;
  for (const Person* person : people) {
    for (const std::string_view place :
         {place_of_role(person->poster.role), std::string_view(person->poster.city)}) {
      if (!place.empty() && std::ranges::find(out, place) == out.end()) out.emplace_back(place);
    }
  }
  return out;
}

std::vector<Named> places_in(const std::vector<const Item*>& items, const std::vector<std::string>& but_not,
                             std::size_t most) {
  std::vector<Named> all;
  for (const Item* item : items) {
    for (const Mention& mention : item->places()) {
      const bool own = std::ranges::any_of(
          but_not, [&](const std::string& place) { return is_one_place(mention.name(), place); });
      if (!own) count_mention(all, *item, mention);
    }
  }
  leave_countries_out(all);
  std::ranges::stable_sort(all, [](const Named& a, const Named& b) { return a.count > b.count; });
  if (all.size() > most) all.resize(most);
  return all;
}

std::string place_names(const std::vector<Named>& places) {
  std::vector<std::string> out;
  for (const Named& place : places) out.push_back(place.name);
  return list_of(out);
}

void support_by(Block& block, const std::vector<Named>& things) {
  for (const Named& thing : things) {
    if (!thing.support.empty()) add_support(block, thing.support.front());
  }
}

void support_by(Block& block, const std::vector<const Item*>& items) {
  absl::flat_hash_set<std::string> shown;
  const auto [first, last] = std::ranges::minmax(items, {}, [](const Item* item) { return time_of(*item); });
  for (const Item* item : items) {
    const bool new_place = shown.insert(str_cat("on ", where_of(*item))).second;
    const bool new_language = shown.insert(str_cat("in ", item->language())).second;
    if (new_place || new_language || item == first || item == last) add_support(block, support_of(*item));
  }
}

void support_by(Block& block, const std::vector<const Person*>& people) {
  for (const Person* person : people) support_by(block, person->items);
}

std::vector<const Person*> leading(const Material& material, std::size_t most) {
  std::vector<const Person*> out;
  for (const Person& person : material.people) {
    if (out.size() == most) break;
    // Spoken of by others, or speaking more than once.
    if (!out.empty() && person.named_by_others == 0 && person.statements.size() < 2) continue;
    out.push_back(&person);
  }
  return out;
}

std::vector<const Item*> items_of(const std::vector<const Person*>& people) {
  std::vector<const Item*> out;
  for (const Person* person : people) out.insert(out.end(), person->items.begin(), person->items.end());
  return out;
}

std::string titles(const std::vector<const Person*>& people) {
  if (people.size() == 2) {
    const std::string_view a = people[0]->poster.role, b = people[1]->poster.role;
    if (!place_of_role(a).empty() && !place_of_role(b).empty() && title_of_role(a) == title_of_role(b)) {
      const std::string both = plural_of(title_of_role(a));
      if (!both.empty()) return str_cat(both, " of ", place_of_role(a), " and ", place_of_role(b));
    }
  }
  std::vector<std::string> out;
  for (const Person* person : people) {
    const Poster& poster = person->poster;
    out.push_back(poster.role.empty() || poster.kind != PERSON ? poster.name : poster.role);
  }
  return list_of(out);
}

std::string on_platforms(const std::vector<const Item*>& items) {
  if (are_on_file(items)) return on_where(*items.front());
  std::vector<const Item*> posted;
  std::ranges::copy_if(items, std::back_inserter(posted),
                       [](const Item* item) { return !is_on_file(*item); });
  return str_cat(" on ", list_of(distinct(posted, where_of)));
}

std::string by_hand_mark(const std::vector<const Item*>& items) {
  constexpr std::size_t kMostTold = 2;
  std::vector<const Item*> by_hand;
  std::ranges::copy_if(items, std::back_inserter(by_hand),
                       [](const Item* item) { return item->has_intake(); });
  if (by_hand.empty()) return std::string();
  const std::vector<std::string> told = distinct(by_hand, brought_in);
  const std::string how = told.size() > kMostTold ? "brought in by hand" : join(told, "; ");
  if (by_hand.size() == items.size()) return str_cat(" (", how, ")");
  return str_cat(" (", by_hand.size(), " of ", items.size(), " posts ", how, ")");
}

std::string by_hand_mark(const std::vector<const Person*>& people) {
  std::vector<const Item*> all;
  std::vector<std::string> told;
  for (const Person* person : people) {
    if (collected_first(person->items).front()->has_intake()) {
      const std::string mark = by_hand_mark(person->items);
      told.push_back(str_cat(person->poster.name, ": ", mark.substr(2, mark.size() - 3)));
    }
    all.insert(all.end(), person->items.begin(), person->items.end());
  }
  if (told.empty()) return std::string();
  return told.size() == people.size() ? by_hand_mark(all) : str_cat(" (", join(told, "; "), ")");
}

std::vector<const Item*> collected_first(const std::vector<const Item*>& items) {
  std::vector<const Item*> collected;
  std::ranges::copy_if(items, std::back_inserter(collected),
                       [](const Item* item) { return !item->has_intake(); });
  return collected.empty() ? items : collected;
}

bool are_on_file(const std::vector<const Item*>& items) {
  return std::ranges::all_of(items, [](const Item* item) { return is_on_file(*item); });
}

std::string languages_of(const std::vector<const Item*>& items) {
  return list_of(distinct(items, [](const Item& item) { return language_name(item.language()); }));
}

std::string days_of(const std::vector<const Item*>& items) {
  std::vector<const Item*> dated;
  std::ranges::copy_if(items, std::back_inserter(dated), [](const Item* item) { return is_dated(*item); });
  if (dated.empty()) return posted_on(*items.front());
  const auto [first, last] = std::ranges::minmax(dated, {}, [](const Item* item) { return time_of(*item); });
  return on_days(time_of(*first), time_of(*last));
}

Block passed_on_only(const Material& material, std::string_view kind, std::string_view rule) {
  const Statement& statement = material.statements.front();
  Block block =
      make_block(kind, rule,
                 str_cat(statement.poster.introduced(), ", passed on a post", on_where(*statement.shown), " ",
                         posted_on(*statement.shown), by_hand_mark(*statement.shown)));
  add_support(block, support_of(*statement.shown));
  return block;
}

}  // namespace copytaster
