// The standfirst and the lead: who, where, when, about what.
#include <algorithm>
#include <iterator>
#include <utility>

#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_choice.h"
#include "desk/draft_facts.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"
#include "desk/wording_roles.h"

namespace copytaster {
namespace {

constexpr std::size_t kSentencePlaces = 6;
constexpr std::size_t kSentencePeople = 8;

// ", 23 days after this newsroom reported “Paris makes Kyiv an honorary citizen”"
void say_what_was_reported(Block& block, const Material& material, const std::vector<const Item*>& items) {
  if (material.background.empty()) return;
  const Item& article = material.background.front();
  const Item& earliest = *std::ranges::min(items, {}, [](const Item* item) { return time_of(*item); });
  if (!is_dated(earliest) || !is_dated(article)) return;
  const auto day = [](absl::Time when) { return absl::ToCivilDay(when, absl::UTCTimeZone()); };
  const auto days = day(time_of(earliest)) - day(time_of(article));
  if (days < 1) return;
  str_append(block.mutable_text(), ", ", count_of(static_cast<std::size_t>(days), "day", "days"),
             " after this newsroom reported “");
  mark_verbatim(block, block.text().size(), article.title().size());
  str_append(block.mutable_text(), article.title(), "”");
  add_support(block, support_of(article, "title", 0, article.title().size()));
}

// "Photo: Colm Roche" names whom the picture is by, not whom the post is about.
bool is_in_credit_line(const Item& item, const Mention& mention) {
  const std::string_view text = item.text();
  if (mention.begin() >= text.size()) return false;
  const std::size_t before = text.find_last_of("\n.", mention.begin());
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return is_credit_line(strip_space(text.substr(begin, mention.end() - begin)));
}

// Everybody named whom the standfirst has not introduced; all of them where there is somebody else.
std::vector<Named> people_named_by(const Material& material, const Person& person) {
  std::vector<Named> people;
  for (const Item* item : person.items) {
    for (const Mention& mention : item->mentions()) {
      if (mention.kind() != "official" && mention.kind() != "person") continue;
      if (is_in_credit_line(*item, mention)) continue;
      const bool own_id = !mention.id().empty() && mention.id() == person.poster.official_id;
      if (own_id || mention.name() == person.poster.name) continue;
      count_mention(people, *item, mention);
    }
  }
  const auto known = [&](const Named& one) {
    return std::ranges::any_of(leading(material), [&](const Person* p) {
      return !one.key.empty() && (p->poster.official_id == one.key || p->poster.name == one.name);
    });
  };
  if (std::ranges::all_of(people, known)) people.clear();
  if (people.size() > kSentencePeople) people.resize(kSentencePeople);
  return people;
}

// Whose languages change the endings of names, so that one is not known to be the name itself.
bool inflects_names(std::string_view language) {
  static constexpr std::string_view kLanguages[] = {"be", "bg", "bs", "cs", "el", "et", "fi",
                                                    "hr", "hu", "la", "lt", "lv", "mk", "pl",
                                                    "ru", "sk", "sl", "sr", "tr", "uk"};
  return std::ranges::find(kLanguages, language) != std::end(kLanguages);
}

// Who is the subject of a verb of saying is in the nominative; behind "according to" he is not.
bool speaks(const Item& item, const std::string& name) {
  static constexpr std::string_view kNoVerb[] = {"zdaniem", "według", "wg",   "за",     "згідно",
                                                 "на",      "κατά",   "κατα", "σύμφωνα"};
  return std::ranges::any_of(item.quotes(), [&](const Quote& quote) {
    const std::string cue = quote.cue().substr(0, quote.cue().find(' '));
    return !cue.empty() && quote.speaker().name() == name &&
           std::ranges::find(kNoVerb, cue) == std::end(kNoVerb);
  });
}

// The name as the officials' list has it, or as it stands in a language that does not change it, or before a
// verb of saying. Else the
// words of the post in quotation marks, in whatever case they are: «Bronisława Kudłacika».
std::string name_in_english(const Material& material, const Named& one) {
  const Item& item = *one.item;
  if (!one.mention.id().empty() || !inflects_names(item.language())) return one.name;
  const bool known = std::ranges::any_of(material.items, [&](const Item& other) {
    const bool told = std::ranges::any_of(
        other.mentions(), [&](const Mention& mention) { return mention.name() == one.mention.name(); });
    return collapse_space(other.author().name()) == one.name || speaks(other, one.mention.name()) ||
           (told && !inflects_names(other.language()));
  });
  if (known) return one.name;
  const std::string words = collapse_space(
      std::string_view(item.text()).substr(one.mention.begin(), one.mention.end() - one.mention.begin()));
  const QuoteMarks marks = quote_marks(item.language(), words);
  return str_cat(marks.open, words, marks.close);
}

// "Lesia Vasylenko (Deputy)", with what shows it. A role that no English word is known for is left out.
std::string introduce(const Material& material, const Named& one, Block& block) {
  // The officials' list is in English; a post's own words need not be.
  std::string role = one.mention.kind() == "official" ? one.role : std::string();
  for (const StoryOfficial& official : material.story.officials()) {
    if (role.empty() && official.official_id() == one.key) role = official.role();
  }
  Support support = one.support.front();
  if (role.empty()) {
    const RoleFound found = english_role(*one.item, one.mention);
    role = found.english;
    if (!role.empty()) support = support_of(*one.item, "text", found.span.begin, found.span.end);
  }
  add_support(block, std::move(support));
  const std::string name = name_in_english(material, one);
  return role.empty() ? name : str_cat(name, " (", collapse_space(role), ")");
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

Block standfirst(const Material& material) {
  if (material.people.empty()) return passed_on_only(material, "standfirst", "who-where-when");
  const auto people = leading(material);
  const auto items = items_of(people);
  std::vector<std::string> names;
  for (const Person* person : people) names.push_back(person->poster.introduced());
  // A comma before "and" where each has its own: "Anne Hidalgo, Mayor of Paris, and Vitali Klitschko, …,"
  std::string text = names.size() == 2 && names[0].find(", ") != std::string::npos
                         ? str_cat(names[0], ", and ", names[1])
                         : list_of(names);
  if (names.back().find(", ") != std::string::npos) text += ",";
  str_append(&text, " wrote");
  const std::string languages = languages_of(items);
  if (!languages.empty()) str_append(&text, " in ", languages);
  str_append(&text, on_platforms(items), " ", days_of(items), by_hand_mark(items));
  Block block = make_block("standfirst", "who-where-when", std::move(text));
  say_what_was_reported(block, material, items);
  block.mutable_text()->push_back('.');
  support_by(block, people);
  return block;
}

std::optional<Block> posted_about(const Person& person) {
  const auto places = places_in(person.items, own_places({&person}), kSentencePlaces);
  if (places.empty()) return std::nullopt;
  std::string text = person.poster.introduced();
  if (text.find(", ") != std::string::npos) text += ",";
  str_append(&text, are_on_file(person.items) ? " wrote" : " posted", " about ", place_names(places),
             on_platforms(person.items), " ", days_of(person.items), by_hand_mark(person.items), ".");
  Block block = make_block("paragraph", "posted-about", std::move(text));
  support_by(block, places);
  support_by(block, person.items);
  return block;
}

std::optional<Block> named(const Material& material, const Person& person) {
  const std::vector<Named> people = people_named_by(material, person);
  if (people.empty()) return std::nullopt;
  Block block = make_block("paragraph", "named", "");
  std::vector<std::string> names;
  for (const Named& one : people) names.push_back(introduce(material, one, block));
  block.set_text(str_cat(person.poster.name, " named ", list_of(names), " in ",
                         person.items.size() == 1 ? "the post" : "the posts", by_hand_mark(person.items),
                         "."));
  return block;
}

}  // namespace copytaster
