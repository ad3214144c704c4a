#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

constexpr std::size_t kHeadlinePeople = 2;
constexpr std::size_t kHeadlinePlaces = 5;
constexpr std::size_t kSentencePlaces = 6;
constexpr std::size_t kSentencePeople = 8;
constexpr std::size_t kHeadlineWords = 110;  // bytes of a verbatim headline

struct Named {  // a place or a person, and where it stands
  std::string key;
  std::string name;
  std::string role;
  std::size_t count = 0;
  std::vector<Support> support = {};
};

// The place in a role: "Paris" of "Mayor of Paris".
std::string_view place_of_role(std::string_view role) {
  const std::size_t of = role.rfind(" of ");
  return of == std::string_view::npos ? std::string_view() : role.substr(of + 4);
}
std::string_view title_of_role(std::string_view role) { return role.substr(0, role.rfind(" of ")); }

bool span_is_sound(const Item& item, const Mention& mention) {
  return mention.begin() < mention.end() && mention.end() <= item.text().size();
}

void count_mention(std::vector<Named>& all, const Item& item, const Mention& mention) {
  if (!span_is_sound(item, mention) || mention.name().empty()) return;
  const std::string key = mention.id().empty() ? mention.name() : mention.id();
  auto found =
      std::ranges::find_if(all, [&](const Named& n) { return n.key == key || n.name == mention.name(); });
  if (found == all.end()) {
    found = all.insert(found, {.key = key, .name = collapse_space(mention.name()), .role = mention.role()});
  }
  ++found->count;
  if (found->role.empty()) found->role = mention.role();
  // One span a post is enough to check it.
  const bool has =
      std::ranges::any_of(found->support, [&](const Support& s) { return s.item_id() == item.id(); });
  if (!has) found->support.push_back(support_of(item, "text", mention.begin(), mention.end()));
}

// The most named first; equals in order of appearance. At most `most`.
std::vector<Named> places_in(const std::vector<const Item*>& items, std::string_view but_not,
                             std::size_t most) {
  std::vector<Named> all;
  for (const Item* item : items) {
    for (const Mention& mention : item->places()) {
      if (mention.name() != but_not) count_mention(all, *item, mention);
    }
  }
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

// As few posts as show every platform and language, and the first and the last day: what the sentence says.
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
    // The second must be in it, not merely beside it: spoken of, or speaking more than once.
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

// "Mayor of Paris"; "Mayors of Paris and Kyiv"; names where there is no role.
std::string titles(const std::vector<const Person*>& people) {
  if (people.size() == 2) {
    const std::string_view a = people[0]->poster.role, b = people[1]->poster.role;
    if (!place_of_role(a).empty() && !place_of_role(b).empty() && title_of_role(a) == title_of_role(b)) {
      return str_cat(title_of_role(a), "s of ", place_of_role(a), " and ", place_of_role(b));
    }
  }
  std::vector<std::string> out;
  for (const Person* person : people) {
    const Poster& poster = person->poster;
    out.push_back(poster.role.empty() || poster.kind != PERSON ? poster.name : poster.role);
  }
  return list_of(out);
}

std::vector<std::string> distinct(const std::vector<const Item*>& items, std::string (*of)(const Item&)) {
  std::vector<std::string> out;
  for (const Item* item : items) {
    std::string value = of(*item);
    if (!value.empty() && std::ranges::find(out, value) == out.end()) out.push_back(std::move(value));
  }
  return out;
}

std::string language_of(const Item& item) { return language_name(item.language()); }

std::string days_of(const std::vector<const Item*>& items) {
  const auto [first, last] = std::ranges::minmax(items, {}, [](const Item* item) { return time_of(*item); });
  return on_days(time_of(*first), time_of(*last));
}

// ", 23 days after this newsroom reported “Paris makes Kyiv an honorary citizen”"
void say_what_was_reported(Block& block, const Material& material, const std::vector<const Item*>& items) {
  if (material.background.empty()) return;
  const Item& article = material.background.front();
  const absl::Time first =
      time_of(*std::ranges::min(items, {}, [](const Item* item) { return time_of(*item); }));
  const auto day = [](absl::Time when) { return absl::ToCivilDay(when, absl::UTCTimeZone()); };
  const auto days = day(first) - day(time_of(article));
  if (days < 1) return;
  str_append(block.mutable_text(), ", ", count_of(static_cast<std::size_t>(days), "day", "days"),
             " after this newsroom reported “");
  mark_verbatim(block, block.text().size(), article.title().size());
  str_append(block.mutable_text(), article.title(), "”");
  add_support(block, support_of(article, "title", 0, article.title().size()));
}

// One second-hand post and nothing else: all there is to say is that it was passed on.
Block passed_on_only(const Material& material, std::string_view kind, std::string_view rule) {
  const Statement& statement = material.statements.front();
  Block block =
      make_block(kind, rule,
                 str_cat(statement.poster.introduced(), ", passed on a post on ", where_of(*statement.shown),
                         " ", on_days(time_of(*statement.shown), time_of(*statement.shown))));
  add_support(block, support_of(*statement.shown));
  return block;
}

// The post's own title, where it has one that fits.
std::optional<Block> headline_from_title(const Person& person) {
  const Item& item = *person.statements.front()->shown;
  const std::string_view title = item.title();
  if (title.empty() || title.size() > kHeadlineWords || title.find('\n') != std::string_view::npos)
    return std::nullopt;
  const QuoteMarks marks = quote_marks(item.language());
  const std::string before = str_cat(titles({&person}), ": ", marks.open);
  Block block = make_block("headline", "words", str_cat(before, title, marks.close));
  block.set_language(item.language());
  mark_verbatim(block, before.size(), title.size());
  add_support(block, support_of(item, "title", 0, title.size()));
  return block;
}

}  // namespace

Block make_block(std::string_view kind, std::string_view rule, std::string text) {
  Block block;
  block.set_kind(std::string(kind));
  block.set_rule(std::string(rule));
  block.set_text(std::move(text));
  return block;
}

void mark_verbatim(Block& block, std::size_t begin, std::size_t size) {
  block.set_verbatim_begin(static_cast<std::uint32_t>(begin));
  block.set_verbatim_end(static_cast<std::uint32_t>(begin + size));
}

Block headline(const Material& material) {
  if (material.people.empty()) return passed_on_only(material, "headline", "platforms");
  const auto people = leading(material, kHeadlinePeople);
  const auto items = items_of(people);
  const auto places = places_in(items, place_of_role(people.front()->poster.role), kHeadlinePlaces);
  const std::string verb = people.size() == 1 ? " posts" : " post";
  if (places.empty()) {
    if (auto block = headline_from_title(*people.front())) return *std::move(block);
    Block block = make_block("headline", "platforms",
                             str_cat(titles(people), verb, " on ", list_of(distinct(items, where_of))));
    support_by(block, people);
    return block;
  }
  Block block =
      make_block("headline", "places", str_cat(titles(people), verb, " about ", place_names(places)));
  for (const Person* person : people) add_support(block, support_of(*person->items.front()));
  support_by(block, places);
  return block;
}

Block standfirst(const Material& material) {
  if (material.people.empty()) return passed_on_only(material, "standfirst", "who-where-when");
  const auto people = leading(material, kHeadlinePeople);
  const auto items = items_of(people);
  std::vector<std::string> names;
  for (const Person* person : people) names.push_back(person->poster.introduced());
  // A comma before "and" where each has its own: "Anne Hidalgo, Mayor of Paris, and Vitali Klitschko, …,"
  std::string text = names.size() == 2 && names[0].find(", ") != std::string::npos
                         ? str_cat(names[0], ", and ", names[1])
                         : list_of(names);
  if (names.back().find(", ") != std::string::npos) text += ",";
  str_append(&text, " wrote");
  const auto languages = distinct(items, language_of);
  if (!languages.empty()) str_append(&text, " in ", list_of(languages));
  str_append(&text, " on ", list_of(distinct(items, where_of)), " ", days_of(items));
  Block block = make_block("standfirst", "who-where-when", std::move(text));
  say_what_was_reported(block, material, items);
  block.mutable_text()->push_back('.');
  support_by(block, people);
  return block;
}

Block posted_about(const Material&, const Person& person) {
  const auto places = places_in(person.items, place_of_role(person.poster.role), kSentencePlaces);
  std::string text = person.poster.introduced();
  if (text.find(", ") != std::string::npos) text += ",";
  str_append(&text, " posted ");
  if (!places.empty()) str_append(&text, "about ", place_names(places), " ");
  str_append(&text, "on ", list_of(distinct(person.items, where_of)), " ", days_of(person.items), ".");
  Block block = make_block("paragraph", "posted-about", std::move(text));
  support_by(block, places);
  support_by(block, person.items);
  return block;
}

std::optional<Block> named(const Material& material, const Person& person) {
  std::vector<Named> people;
  for (const Item* item : person.items) {
    for (const Mention& mention : item->mentions()) {
      if (mention.kind() != "official" && mention.kind() != "person") continue;
      const bool own_id = !mention.id().empty() && mention.id() == person.poster.official_id;
      if (own_id || mention.name() == person.poster.name) continue;
      count_mention(people, *item, mention);
    }
  }
  if (people.empty()) return std::nullopt;
  if (people.size() > kSentencePeople) people.resize(kSentencePeople);
  std::vector<std::string> names;
  for (const Named& one : people) {
    std::string role = one.role;
    for (const StoryOfficial& official : material.story.officials()) {
      if (role.empty() && official.official_id() == one.key) role = official.role();
    }
    names.push_back(role.empty() ? one.name : str_cat(one.name, " (", collapse_space(role), ")"));
  }
  Block block = make_block("paragraph", "named",
                           str_cat(person.poster.name, " named ", list_of(names), " in ",
                                   person.items.size() == 1 ? "the post" : "the posts", "."));
  support_by(block, people);
  return block;
}

std::optional<Block> headline_in_words(const Material& material, const std::vector<Block>& quotes) {
  if (quotes.empty() || material.people.empty()) return std::nullopt;
  const Block& quote = quotes.back();
  const auto spans = sentences(quote.text(), quote.language());
  if (spans.empty()) return std::nullopt;
  // The last sentence of the closing statement: what it comes to.
  const Span span = spans.back();
  std::string_view words = std::string_view(quote.text()).substr(span.begin, span.end - span.begin);
  if (words.size() > kHeadlineWords) return std::nullopt;
  consume_suffix(&words, ".");
  const Speaker& speaker = quote.speaker();
  const QuoteMarks marks = quote_marks(quote.language());
  const std::string before =
      str_cat(speaker.role().empty() ? speaker.name() : speaker.role(), ": ", marks.open);
  Block block = make_block("note", "headline-words", str_cat(before, words, marks.close));
  block.set_language(quote.language());
  mark_verbatim(block, before.size(), words.size());
  Support support = quote.support(0);
  support.set_begin(support.begin() + static_cast<std::uint32_t>(span.begin));
  support.set_end(support.begin() + static_cast<std::uint32_t>(words.size()));
  add_support(block, std::move(support));
  return block;
}

}  // namespace copytaster
