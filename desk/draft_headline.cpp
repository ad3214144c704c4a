// The headline: who and where, or their own words; and another in their own words to choose instead.
#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_facts.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

constexpr std::size_t kHeadlinePlaces = 3;
constexpr std::size_t kHeadlineCharacters = 110;  // of verbatim words
constexpr std::size_t kHeadlineWords = 4;         // fewer say nothing by themselves

bool fits(std::string_view words) {
  return !words.empty() && byte_of_code_point(words, kHeadlineCharacters) == words.size() &&
         words.find('\n') == std::string_view::npos;
}

// Mayor of Rennes: «Le trambus est en service»
Block in_words(const Person& person, const Item& item, std::string_view field, Span span,
               std::string_view words) {
  const QuoteMarks marks = quote_marks(item.language(), words);
  const std::string before = str_cat(titles({&person}), ": ", marks.open);
  Block block = make_block("headline", "words", str_cat(before, words, marks.close, by_hand_mark(item)));
  block.set_language(item.language());
  mark_verbatim(block, before.size(), words.size());
  add_support(block, support_of(item, field, span.begin, span.end));
  return block;
}

// A title was written to be one, whoever of them wrote it.
std::optional<Block> from_title(const Material& material, bool by_hand) {
  for (const Person& person : material.people) {
    for (const Statement* statement : person.statements) {
      if (statement->shown->has_intake() != by_hand) continue;
      const std::string_view title = statement->shown->title();
      if (fits(title)) return in_words(person, *statement->shown, "title", {0, title.size()}, title);
    }
  }
  return std::nullopt;
}

std::optional<Block> from_sentence(const Person& person, bool by_hand) {
  for (const Statement* statement : person.statements) {
    const Item& item = *statement->shown;
    if (item.has_intake() != by_hand) continue;
    for (Span span : whole_sentences(item.text(), item.language())) {
      std::string_view sentence = std::string_view(item.text()).substr(span.begin, span.end - span.begin);
      if (!sentence.ends_with("..") && consume_suffix(&sentence, ".")) --span.end;
      const bool tag =
          sentence.find('#') != std::string_view::npos || sentence.find("://") != std::string_view::npos;
      if (fits(sentence) && !tag && words(sentence).size() >= kHeadlineWords)
        return in_words(person, item, "text", span, sentence);
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

}  // namespace

Block headline(const Material& material) {
  if (material.people.empty()) return passed_on_only(material, "headline", "platforms");
  const auto people = leading(material);
  const auto items = collected_first(items_of(people));
  const auto places = places_in(items, place_of_role(people.front()->poster.role), kHeadlinePlaces);
  const std::string verb = str_cat(are_on_file(items) ? " write" : " post", people.size() == 1 ? "s" : "");
  if (places.empty()) {
    for (const bool by_hand : {false, true}) {  // what a collector has read first
      if (auto block = from_title(material, by_hand)) return *std::move(block);
      if (auto block = from_sentence(*people.front(), by_hand)) return *std::move(block);
    }
    Block block = make_block("headline", "platforms",
                             str_cat(titles(people), verb, on_platforms(items), by_hand_mark(people)));
    support_by(block, people);
    return block;
  }
  Block block =
      make_block("headline", "places",
                 str_cat(titles(people), verb, " about ", place_names(places), by_hand_mark(people)));
  for (const Person* person : people) add_support(block, support_of(*person->items.front()));
  support_by(block, places);
  return block;
}

std::optional<Block> headline_in_words(const Material& material, const std::vector<Block>& quotes) {
  const Block* closing = material.people.empty() ? nullptr : closing_quote(material, quotes);
  if (closing == nullptr) return std::nullopt;
  const Block& quote = *closing;
  const auto spans = whole_sentences(quote.text(), quote.language());
  if (spans.empty()) return std::nullopt;
  // The last sentence of the closing statement: what it comes to.
  const Span span = spans.back();
  std::string_view words = std::string_view(quote.text()).substr(span.begin, span.end - span.begin);
  if (!fits(words)) return std::nullopt;
  consume_suffix(&words, ".");
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
