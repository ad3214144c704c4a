#include "desk/draft_choice.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/strings.h"
#include "desk/points_back.h"
#include "desk/wording.h"

namespace copytaster {
namespace {

constexpr std::size_t kShortestWords = 4;  // "Thank you all!" is no report
constexpr std::size_t kLongestSentence = 600;
constexpr std::size_t kShortestSentence = 15;  // letters and digits, after normalising
constexpr std::size_t kMostContext =
    2;  // sentences of a post that are told because others point back to them
constexpr std::size_t kShortPost = 200;    // bytes, that are reported as a whole
constexpr std::size_t kLongestLabel = 40;  // bytes of "Crédit photographique"

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool overlaps(const Support& support, const Item& item, Span span) {
  return support.item_id() == item.id() && support.field() == "text" && support.begin() < span.end &&
         span.begin < support.end();
}

bool mostly_tags(std::string_view sentence) {
  std::size_t all = 0, tags = 0;
  for (const std::string_view word : split(sentence, ' ')) {
    if (word.empty()) continue;
    ++all;
    if (word.front() == '#' || word.front() == '@' || word.find("://") != std::string_view::npos) ++tags;
  }
  return tags * 2 >= all;
}

// "0:00 The station"
bool is_chapter_mark(std::string_view sentence) {
  std::size_t at = 0, colons = 0;
  while (at < sentence.size() && (is_ascii_digit(sentence[at]) || sentence[at] == ':'))
    colons += sentence[at++] == ':' ? 1 : 0;
  return colons > 0 && at < sentence.size() && sentence[at] == ' ' && sentence.starts_with('0');
}

bool is_long_enough(std::string_view sentence) {
  return normalise_for_match(sentence).size() >= kShortestSentence &&
         words(sentence).size() >= kShortestWords;
}

}  // namespace

bool is_credit_line(std::string_view sentence) {
  static constexpr std::array<std::string_view, 25> kLabels = {
      "photo",         "photos",       "photo credit", "photo by",  "picture",       "credit", "crédit photo",
      "crédits photo", "photographie", "foto",         "fotos",     "bild",          "bilder", "fotografie",
      "fotografía",    "crédito",      "fotografia",   "foto di",   "fotografía de", "beeld",  "zdjęcie",
      "zdjęcia",       "fot",          "фото",         "φωτογραφία"};
  if (sentence.starts_with("©") || sentence.starts_with("📷")) return true;
  const std::size_t colon = sentence.find(':');
  if (colon == std::string_view::npos || colon > kLongestLabel) return false;
  const std::string label = normalise_for_match(sentence.substr(0, colon));
  return std::ranges::find(kLabels, label) != kLabels.end();
}

bool is_sentence_of_its_own(std::string_view sentence) {
  return !mostly_tags(sentence) && !is_credit_line(sentence) && !is_chapter_mark(sentence);
}

bool is_worth_reading(std::string_view sentence) {
  return sentence.size() <= kLongestSentence && is_sentence_of_its_own(sentence) && is_long_enough(sentence);
}

struct SentenceChoice::Sentence {
  Span span;
  bool quoted = false;  // shown in a quote
  bool known = false;   // that, or told before
  bool worthy = false;  // may be chosen for itself
  bool back = false;    // points back
  double worth = 0;
  bool chosen = false;
};

SentenceChoice::SentenceChoice(const std::vector<Block>& quotes) : quotes_(quotes) {
  for (const Block& quote : quotes) {
    for (const Span span : whole_sentences(quote.text(), quote.language()))
      told_before_.add(quote.speaker().name(), cut(quote.text(), span));
  }
}

// People and places it names that were not named before count most; the opening of a post says what it is.
double SentenceChoice::worth_of(const Item& item, Span span, bool opening) const {
  absl::flat_hash_set<std::string> names;
  for (const auto* mentions : {&item.mentions(), &item.places()}) {
    for (const Mention& mention : *mentions) {
      if (mention.begin() >= span.begin && mention.end() <= span.end) names.insert(mention.name());
    }
  }
  double worth = opening ? 1.0 : 0.0;
  for (const std::string& name : names) worth += told_names_.contains(name) ? 0.3 : 1.0;
  for (const Quote& quote : item.quotes()) {  // the processors found it quotable
    if (quote.begin() < span.end && span.begin < quote.end()) worth += static_cast<double>(quote.score());
  }
  const std::size_t size = span.end - span.begin;
  return worth + (size >= 60 && size <= 320 ? 0.6 : 0.0);
}

std::vector<SentenceChoice::Sentence> SentenceChoice::read(const Item& item,
                                                           const std::string& poster) const {
  std::vector<Sentence> all;
  bool opening = true;
  for (const Span span : whole_sentences(item.text(), item.language())) {
    const std::string_view words = cut(item.text(), span);
    if (!is_sentence_of_its_own(words)) continue;
    Sentence one{.span = span};
    one.quoted = std::ranges::any_of(
        quotes_, [&](const Block& quote) { return overlaps(quote.support(0), item, span); });
    one.known = one.quoted || told_before_.repeats(poster, words);
    one.back = !all.empty() && points_back(words, item.language()) != PointsBack::kNo;
    one.worthy = !one.known && is_worth_reading(words);
    if (one.worthy) one.worth = worth_of(item, span, std::exchange(opening, false));
    all.push_back(one);
  }
  return all;
}

std::vector<ChosenSentence> SentenceChoice::whole_of(const Item& item, const std::string& poster,
                                                     const std::vector<Sentence>& all) const {
  const bool short_ones = std::ranges::none_of(
      all, [&](const Sentence& one) { return one.quoted || is_long_enough(cut(item.text(), one.span)); });
  if (all.empty() || !short_ones) return {};
  const Span span{all.front().span.begin, all.back().span.end};
  const std::string_view words = cut(item.text(), span);
  const bool fits = words.size() <= kShortPost && words.find('\n') == std::string_view::npos;
  if (!fits || !is_long_enough(words) || told_before_.repeats(poster, words)) return {};
  return {{span, false}};
}

std::vector<ChosenSentence> SentenceChoice::choose(const Item& item, const std::string& poster,
                                                   std::size_t most) {
  std::vector<Sentence> all = read(item, poster);
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].worthy) order.push_back(i);
  }
  std::vector<ChosenSentence> out;
  if (order.empty()) {
    out = whole_of(item, poster, all);
    remember(item, poster, out);
    return out;
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return all[a].worth > all[b].worth; });
  std::size_t context = kMostContext;
  for (const std::size_t i : order) {
    if (most == 0) break;
    if (all[i].chosen) continue;
    // The sentences from the one that stands by itself to this one, of which none may be missing.
    std::size_t first = i, needed = 0;
    while (all[first].back && !all[first - 1].known) needed += all[--first].chosen ? 0 : 1;
    const bool whole = !all[first].back && all[first].span.end - all[first].span.begin <= kLongestSentence;
    if (!whole || needed > context) continue;
    for (std::size_t k = first; k <= i; ++k) all[k].chosen = true;
    context -= needed;
    --most;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].chosen) out.push_back({all[i].span, !out.empty() && !all[i - 1].chosen});
  }
  remember(item, poster, out);
  return out;
}

void SentenceChoice::remember(const Item& item, const std::string& poster,
                              const std::vector<ChosenSentence>& chosen) {
  if (chosen.empty()) return;
  for (const ChosenSentence& sentence : chosen) {
    for (const auto* mentions : {&item.mentions(), &item.places()}) {
      for (const Mention& mention : *mentions) {
        if (mention.begin() >= sentence.span.begin && mention.end() <= sentence.span.end)
          told_names_.insert(mention.name());
      }
    }
  }
  // What was left out of this post is not what to take from its next version.
  for (const Span span : whole_sentences(item.text(), item.language()))
    told_before_.add(poster, cut(item.text(), span));
}

}  // namespace copytaster
