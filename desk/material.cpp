#include "desk/material.h"

#include <algorithm>
#include <utility>

#include "core/item.h"
#include "core/status.h"

namespace copytaster {
namespace {

// More than an editor reads; the rest stays in the store.
constexpr int kMaxItems = 500;
constexpr int kMaxHops = 8;
constexpr int kMaxBackground = 3;

absl::Status read_items(const StoreReader& reader, Material& material) {
  int budget = kMaxItems;
  for (const std::string& id : material.story.item_ids()) {
    if (budget-- == 0) break;
    auto item = reader.item(id);
    if (absl::IsNotFound(item.status())) continue;
    if (!item.ok()) return item.status();
    (item->state() == GONE ? material.gone : material.items).push_back(*std::move(item));
  }
  const auto earlier = [](const Item& a, const Item& b) {
    const absl::Time at_a = time_of(a), at_b = time_of(b);
    return at_a != at_b ? at_a < at_b : a.id() < b.id();
  };
  std::ranges::sort(material.items, earlier);
  std::ranges::sort(material.gone, earlier);
  for (const Item& item : material.items) material.by_id.emplace(item.id(), &item);
  if (material.items.empty()) return absl::NotFoundError("no post of this story can be used: all are gone");
  return absl::OkStatus();
}

absl::Status read_background(const StoreReader& reader, Material& material) {
  for (const Background& background : material.story.background()) {
    if (material.background.size() == kMaxBackground) break;
    auto item = reader.item(background.item_id());
    if (absl::IsNotFound(item.status())) continue;
    if (!item.ok()) return item.status();
    if (item->state() != GONE && !item->title().empty()) material.background.push_back(*std::move(item));
  }
  return absl::OkStatus();
}

// Of whom an item is a copy or a repost: one step. Empty: of none.
std::string_view original_of(const Item& item) {
  if (!item.duplicate_of().item_id().empty()) return item.duplicate_of().item_id();
  return is_pure_repost(item) ? std::string_view(item.repost_of().item_id()) : std::string_view();
}

// The id all copies of a statement share. A deleted original still holds its copies together.
std::string root_of(const Material& material, const Item& item) {
  std::string_view id = item.id();
  const Item* at = &item;
  for (int hop = 0; hop < kMaxHops && at != nullptr; ++hop) {
    const std::string_view next = original_of(*at);
    if (next.empty() || next == id) break;
    const Item* target = material.find(next);
    if (target == nullptr && is_pure_repost(*at)) break;  // not ours: the repost stands for itself
    id = next;
    at = target;
  }
  return std::string(id);
}

// The root where it lives; else the longest of those who say it themselves.
const Item* choose_shown(const std::vector<const Item*>& members, std::string_view root) {
  const Item* best = nullptr;
  for (const Item* member : members) {
    if (member->id() == root) return member;
    if (is_pure_repost(*member)) continue;
    if (best == nullptr || member->text().size() > best->text().size()) best = member;
  }
  return best != nullptr ? best : members.front();
}

Statement make_statement(const Material& material, const std::vector<const Item*>& members,
                         std::string_view root) {
  Statement statement;
  statement.shown = choose_shown(members, root);
  statement.poster = poster_of(*statement.shown, material.story.officials());
  statement.second_hand = is_pure_repost(*statement.shown);
  for (const Item* member : members) {
    if (member == statement.shown) continue;
    const bool same = poster_of(*member, material.story.officials()).is(statement.poster);
    (same ? statement.also : statement.passed_on).push_back(member);
  }
  return statement;
}

void fold(Material& material) {
  std::vector<std::string> roots;  // in order of first appearance
  StringMap<std::vector<const Item*>> groups;
  for (const Item& item : material.items) {
    std::string root = root_of(material, item);
    auto& group = groups[root];
    if (group.empty()) roots.push_back(std::move(root));
    group.push_back(&item);
  }
  for (const std::string& root : roots) {
    material.statements.push_back(make_statement(material, groups[root], root));
  }
  std::ranges::stable_sort(material.statements, [](const Statement& a, const Statement& b) {
    return time_of(*a.shown) < time_of(*b.shown);
  });
}

// Of each the next one of the same person: in a chain of three the second replaces the first.
void find_updates(Material& material) {
  constexpr std::size_t kMostCompared = 8;  // of one person, after a statement
  auto& all = material.statements;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].second_hand || !is_dated(*all[i].shown)) continue;
    std::size_t compared = 0;
    for (std::size_t j = i + 1; j < all.size() && compared < kMostCompared; ++j) {
      if (all[j].second_hand || !all[j].poster.is(all[i].poster)) continue;
      ++compared;
      if (!is_dated(*all[j].shown) || time_of(*all[j].shown) <= time_of(*all[i].shown)) continue;
      all[i].changes = newer_figures(*all[i].shown, *all[j].shown);
      if (all[i].changes.empty()) continue;
      all[i].newer = &all[j];
      break;
    }
  }
}

bool names(const Item& item, const Poster& poster) {
  return std::ranges::any_of(item.mentions(), [&](const Mention& mention) {
    if (mention.kind() != "official" && mention.kind() != "person") return false;
    return !poster.official_id.empty() && mention.id() == poster.official_id ? true
                                                                             : mention.name() == poster.name;
  });
}

void rank_people(Material& material) {
  for (const Statement& statement : material.statements) {
    if (statement.second_hand) continue;
    auto person =
        std::ranges::find_if(material.people, [&](const Person& p) { return p.poster.is(statement.poster); });
    if (person == material.people.end()) {
      person = material.people.insert(person, {.poster = statement.poster});
    }
    person->statements.push_back(&statement);
  }
  for (Person& person : material.people) {
    for (const Item& item : material.items) {
      if (poster_of(item, material.story.officials()).is(person.poster)) person.items.push_back(&item);
    }
    for (const Statement& statement : material.statements) {
      if (!statement.poster.is(person.poster) && names(*statement.shown, person.poster))
        ++person.named_by_others;
    }
  }
  // Who speaks and is spoken of; a body only after the people, whose words it mostly repeats.
  std::ranges::stable_sort(material.people, [](const Person& a, const Person& b) {
    if ((a.poster.kind == PERSON) != (b.poster.kind == PERSON)) return a.poster.kind == PERSON;
    return a.statements.size() + a.named_by_others > b.statements.size() + b.named_by_others;
  });
}

}  // namespace

bool Person::has_updates() const {
  return std::ranges::any_of(statements, [](const Statement* one) { return one->newer != nullptr; });
}

const Item* Material::find(std::string_view item_id) const {
  const auto found = by_id.find(item_id);
  return found == by_id.end() ? nullptr : found->second;
}

absl::Status gather(const Story& story, const StoreReader& reader, Material& material) {
  material.story = story;
  CT_RETURN_IF_ERROR(read_items(reader, material));
  CT_RETURN_IF_ERROR(read_background(reader, material));
  fold(material);
  find_updates(material);
  rank_people(material);
  return absl::OkStatus();
}

}  // namespace copytaster
