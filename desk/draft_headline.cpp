// The headline: who and where, or their own words; and others to choose instead.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/shortened.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/corrections.h"
#include "desk/draft_choice.h"
#include "desk/draft_facts.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"
#include "desk/points_back.h"

namespace copytaster {
namespace {

constexpr std::size_t kHeadlinePlaces = 3;
constexpr std::size_t kHeadlineCharacters = 110;  // of verbatim words
constexpr std::size_t kHeadlineWords = 4;         // fewer say nothing by themselves

using People = std::vector<const Person*>;

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool fits(std::string_view words) {
  return !words.empty() && byte_of_code_point(words, kHeadlineCharacters) == words.size() &&
         words.find('\n') == std::string_view::npos;
}

// Whether a sentence says something without the one before it.
bool stands_alone(std::string_view sentence, std::string_view language) {
  const PointsBack back = points_back(sentence, language);
  const bool begins = !sentence.starts_with("…") && !sentence.starts_with("..") && !sentence.starts_with("[");
  return begins && (back == PointsBack::kNo || back == PointsBack::kWe) &&
         words(sentence).size() >= kHeadlineWords;
}

bool may_be_headline(std::string_view sentence, std::string_view language) {
  const bool tag =
      sentence.find('#') != std::string_view::npos || sentence.find("://") != std::string_view::npos;
  return !tag && is_sentence_of_its_own(sentence) && stands_alone(sentence, language);
}

// Mayor of Rennes: «Le trambus est en service»; «Le trambus …» where it is longer than a headline.
Block in_words(const Person& person, const Item& item, std::string_view field, Span span) {
  std::string_view words = cut(field == "title" ? item.title() : item.text(), span);
  drop_stop(&words);
  const std::string_view shown = shortened(words, kHeadlineCharacters);
  const QuoteMarks marks = quote_marks(item.language(), shown);
  const std::string before = str_cat(titles({&person}), ": ", marks.open);
  Block block = make_block(
      "headline", "words",
      str_cat(before, shown, shown.size() < words.size() ? "…" : "", marks.close, by_hand_mark(item)));
  block.set_language(item.language());
  mark_verbatim(block, before.size(), shown.size());
  add_support(block, support_of(item, field, span.begin, span.begin + shown.size()));
  return block;
}

bool is_usable(const Statement& statement, bool by_hand) {
  return statement.newer == nullptr && statement.shown->has_intake() == by_hand &&
         !is_correction(*statement.shown);  // of what, it does not say
}

// A title was written to be one, whoever of them wrote it.
std::optional<Block> from_title(const Material& material, bool by_hand) {
  for (const Person& person : material.people) {
    for (const Statement* statement : person.statements) {
      if (!is_usable(*statement, by_hand)) continue;
      const std::string_view title = statement->shown->title();
      if (fits(title)) return in_words(person, *statement->shown, "title", {0, title.size()});
    }
  }
  return std::nullopt;
}

std::optional<Block> from_sentence(const Person& person, bool by_hand) {
  for (const Statement* statement : person.statements) {
    if (!is_usable(*statement, by_hand)) continue;
    const Item& item = *statement->shown;
    for (const Span span : whole_sentences(item.text(), item.language())) {
      if (may_be_headline(cut(item.text(), span), item.language()))
        return in_words(person, item, "text", span);
    }
  }
  return std::nullopt;
}

// The last one: what it comes to. Where a collector has read anything, no headline is offered from what was
// brought in by hand; null: there is no other.
const Block* closing_quote(const Material& material, const std::vector<Block>& quotes) {
  const auto collected = [&](const Block& quote) {
    const Item* item = material.find(quote.support(0).item_id());
    return item != nullptr && !item->has_intake();
  };
  const auto found = std::find_if(quotes.rbegin(), quotes.rend(), collected);
  if (found != quotes.rend()) return &*found;
  const bool all_by_hand =
      std::ranges::all_of(material.items, [](const Item& item) { return item.has_intake(); });
  return all_by_hand && !quotes.empty() ? &quotes.back() : nullptr;
}

// How many of the people and their places a sentence names, its author's own name not counted.
std::size_t names_in(const Item& item, Span span, const Person& author, const People& people,
                     const std::vector<std::string>& places) {
  const auto inside = [&](const Mention& mention) {
    return mention.begin() >= span.begin && mention.end() <= span.end && mention.begin() < mention.end();
  };
  std::size_t count = 0;
  for (const Person* one : people) {
    if (one == &author) continue;
    count += std::ranges::any_of(item.mentions(), [&](const Mention& mention) {
      const bool same = one->poster.official_id.empty() ? mention.name() == one->poster.name
                                                        : mention.id() == one->poster.official_id;
      return same && inside(mention);
    });
  }
  for (const std::string& place : places) {
    count += std::ranges::any_of(item.places(), [&](const Mention& mention) {
      return is_one_place(mention.name(), place) && inside(mention);
    });
  }
  return count;
}

// Two who post about each other's towns have met or signed something: what that is they say themselves.
bool is_meeting(const People& people) {
  return std::ranges::any_of(people, [&](const Person* person) {
    const auto own = own_places({person});
    const auto all = own_places(people);
    return std::ranges::any_of(places_in(person->items, own, 100), [&](const Named& place) {
      return std::ranges::any_of(all, [&](const std::string& one) { return is_one_place(place.name, one); });
    });
  });
}

// The sentence that names most of them and their towns; the first of equals.
std::optional<Block> from_meeting(const People& people) {
  constexpr std::size_t kLeastNames = 2;
  const auto places = own_places(people);
  std::optional<Block> best;
  std::size_t most = kLeastNames - 1;
  for (const Person* person : people) {
    for (const Statement* statement : person->statements) {
      if (!is_usable(*statement, false)) continue;
      const Item& item = *statement->shown;
      for (const Span span : whole_sentences(item.text(), item.language())) {
        const std::string_view sentence = cut(item.text(), span);
        if (!fits(sentence) || !may_be_headline(sentence, item.language())) continue;
        const std::size_t named = names_in(item, span, *person, people, places);
        if (named <= most) continue;
        most = named;
        best = in_words(*person, item, "text", span);
      }
    }
  }
  return best;
}

std::string posts_about(const People& people, const std::vector<const Item*>& items,
                        const std::vector<Named>& places) {
  return str_cat(titles(people), are_on_file(items) ? " write" : " post", people.size() == 1 ? "s" : "",
                 " about ", place_names(places));
}

}  // namespace

Block headline(const Material& material) {
  if (material.people.empty()) return passed_on_only(material, "headline", "platforms");
  const People people = leading(material);
  const auto items = collected_first(items_of(people));
  if (is_meeting(people)) {
    if (auto block = from_meeting(people)) return *std::move(block);
  }
  const auto places = places_in(items, own_places(people), kHeadlinePlaces);
  if (places.empty()) {
    for (const bool by_hand : {false, true}) {  // what a collector has read first
      if (auto block = from_title(material, by_hand)) return *std::move(block);
      if (auto block = from_sentence(*people.front(), by_hand)) return *std::move(block);
    }
    const std::string verb = str_cat(are_on_file(items) ? " write" : " post", people.size() == 1 ? "s" : "");
    Block block = make_block("headline", "platforms",
                             str_cat(titles(people), verb, on_platforms(items), by_hand_mark(people)));
    support_by(block, people);
    return block;
  }
  Block block =
      make_block("headline", "places", str_cat(posts_about(people, items, places), by_hand_mark(people)));
  for (const Person* person : people) add_support(block, support_of(*person->items.front()));
  support_by(block, places);
  return block;
}

std::optional<Block> headline_of_places(const Material& material) {
  const People people = leading(material);
  if (people.size() < 2 || !is_meeting(people)) return std::nullopt;
  Block block = make_block("note", "headline-places", "");
  std::vector<std::string> parts;
  for (const Person* person : people) {
    const auto items = collected_first(person->items);
    const auto places = places_in(items, own_places({person}), kHeadlinePlaces);
    if (places.empty()) continue;
    parts.push_back(str_cat(posts_about({person}, items, places), by_hand_mark({person})));
    support_by(block, places);
  }
  block.set_text(join(parts, "; "));
  return parts.empty() ? std::nullopt : std::optional<Block>(std::move(block));
}

std::optional<Block> headline_in_words(const Material& material, const std::vector<Block>& quotes) {
  const Block* closing = material.people.empty() ? nullptr : closing_quote(material, quotes);
  if (closing == nullptr) return std::nullopt;
  const Block& quote = *closing;
  const auto spans = whole_sentences(quote.text(), quote.language());
  if (spans.empty()) return std::nullopt;
  // The last sentence of the closing statement: what it comes to.
  const Span span = spans.back();
  std::string_view words = cut(quote.text(), span);
  if (!fits(words) || !stands_alone(words, quote.language())) return std::nullopt;
  drop_stop(&words);
  const Speaker& speaker = quote.speaker();
  const QuoteMarks marks = quote_marks(quote.language(), words);
  const std::string before =
      str_cat(speaker.role().empty() ? speaker.name() : speaker.role(), ": ", marks.open);
  const Item* item = material.find(quote.support(0).item_id());
  Block block = make_block("note", "headline-words",
                           str_cat(before, words, marks.close, item == nullptr ? "" : by_hand_mark(*item)));
  block.set_language(quote.language());
  mark_verbatim(block, before.size(), words.size());
  Support support = quote.support(0);
  support.set_begin(support.begin() + static_cast<std::uint32_t>(span.begin));
  support.set_end(support.begin() + static_cast<std::uint32_t>(words.size()));
  add_support(block, std::move(support));
  return block;
}

}  // namespace copytaster
