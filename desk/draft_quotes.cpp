// The statements shown as quotes.
#include <algorithm>
#include <utility>

#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"
#include "desk/points_back.h"
#include "desk/wording_roles.h"

namespace copytaster {
namespace {

constexpr std::size_t kOtherQuotes = 2;
constexpr std::size_t kLongestQuote = 1500;

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool quote_is_sound(const Item& item, const Quote& quote) {
  return quote.begin() < quote.end() && quote.end() <= item.text().size() &&
         quote.text().size() <= kLongestQuote &&
         cut(item.text(), {quote.begin(), quote.end()}) == quote.text() && !quote.speaker().name().empty();
}

// Where the post names the speaker, nearest to the words: before them, else after.
Span name_beside(const Item& item, const Quote& quote) {
  const std::string_view text = item.text(), name = quote.speaker().name();
  const std::size_t before = text.substr(0, quote.begin()).rfind(name);
  if (before != std::string_view::npos) return {before, before + name.size()};
  const std::size_t after = text.find(name, quote.end());
  return after == std::string_view::npos ? Span{} : Span{after, after + name.size()};
}

// The role is kept in English or not at all.
Block quote_block(const Item& item, const Quote& quote) {
  // “…, ” he said: the comma is the sentence's around it.
  std::string_view words = quote.text();
  while (words.size() > 1 && (words.ends_with(',') || words.ends_with(' '))) words.remove_suffix(1);
  Block block = make_block("quote", "verbatim-quote", std::string(words));
  mark_verbatim(block, 0, words.size());
  block.set_language(quote.language().empty() ? item.language() : quote.language());
  *block.mutable_speaker() = quote.speaker();
  add_support(block, support_of(item, "text", quote.begin(), quote.begin() + words.size()));
  if (!quote.speaker().official_id().empty()) return block;  // in English, from the officials' list
  const RoleFound role = english_role(item, quote.speaker().role(), name_beside(item, quote));
  block.mutable_speaker()->set_role(role.english);
  if (!role.english.empty()) add_support(block, support_of(item, "text", role.span.begin, role.span.end));
  return block;
}

struct Candidate {
  const Item* item = nullptr;
  const Quote* quote = nullptr;
  double score = -1;
};

// "It is going the right way": what is, the sentence before says, which a quote does not show. Of words in
// quotation marks whoever quotes them has seen to that.
bool hangs(const Item& item, const Quote& quote) {
  if (quote.basis() != "first-person") return false;
  const std::string& language = quote.language().empty() ? item.language() : quote.language();
  return points_back(quote.text(), language) == PointsBack::kHangs;
}

bool says_it_herself(const Person& person, const Quote& quote) {
  const Speaker& speaker = quote.speaker();
  return speaker.official_id().empty() ? speaker.name() == person.poster.name
                                       : speaker.official_id() == person.poster.official_id;
}

// Her own words before those she quotes; the later in the day and in the post, the more it is a conclusion.
Candidate best_quote(const Person& person) {
  Candidate best;
  for (std::size_t i = 0; i < person.statements.size(); ++i) {
    if (person.statements[i]->newer != nullptr) continue;  // what holds no more is no statement to end with
    const Item& item = *person.statements[i]->shown;
    for (const Quote& quote : item.quotes()) {
      if (!quote_is_sound(item, quote) || hangs(item, quote)) continue;
      const double in_day = static_cast<double>(i + 1) / static_cast<double>(person.statements.size());
      const double in_post = static_cast<double>(quote.end()) / static_cast<double>(item.text().size());
      const double own = says_it_herself(person, quote) ? 2 : 0;
      const double score = own + static_cast<double>(quote.score()) + 0.3 * in_day + 0.2 * in_post;
      if (score > best.score) best = {&item, &quote, score};
    }
  }
  return best;
}

}  // namespace

std::vector<Block> quotes(const Material& material) {
  std::vector<Block> out;
  for (std::size_t i = 1; i < material.people.size() && out.size() < kOtherQuotes; ++i) {
    const Candidate best = best_quote(material.people[i]);
    if (best.quote != nullptr) out.push_back(quote_block(*best.item, *best.quote));
  }
  for (const Person& person : material.people) {  // the lead's; where there is none, nobody's twice
    const Candidate best = best_quote(person);
    if (best.quote == nullptr) continue;
    if (&person == &material.people.front()) out.push_back(quote_block(*best.item, *best.quote));
    break;
  }
  return out;
}

}  // namespace copytaster
