#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/draft_fields.h"
#include "desk/draft_parts.h"

namespace copytaster {
namespace {

// What an editor reads before she cuts: a few sentences a post, a dozen and a half in all.
constexpr std::size_t kSentencesOfLead = 3;
constexpr std::size_t kSentencesOfSecond = 2;
constexpr std::size_t kSentencesOfOthers = 1;
constexpr std::size_t kSentencesInAll = 18;
constexpr std::size_t kOtherQuotes = 2;
constexpr std::size_t kLongestSentence = 600;
constexpr std::size_t kLongestQuote = 1500;
constexpr std::size_t kShortestSentence = 15;  // letters and digits, after normalising

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool overlaps(const Support& support, const Item& item, Span span) {
  return support.item_id() == item.id() && support.field() == "text" && support.begin() < span.end &&
         span.begin < support.end();
}

// --- quotes

bool quote_is_sound(const Item& item, const Quote& quote) {
  return quote.begin() < quote.end() && quote.end() <= item.text().size() &&
         quote.text().size() <= kLongestQuote &&
         cut(item.text(), {quote.begin(), quote.end()}) == quote.text() && !quote.speaker().name().empty();
}

Block quote_block(const Item& item, const Quote& quote) {
  Block block = make_block("quote", "verbatim-quote", quote.text());
  mark_verbatim(block, 0, quote.text().size());
  block.set_language(quote.language().empty() ? item.language() : quote.language());
  *block.mutable_speaker() = quote.speaker();
  add_support(block, support_of(item, "text", quote.begin(), quote.end()));
  return block;
}

struct Candidate {
  const Item* item = nullptr;
  const Quote* quote = nullptr;
  double score = -1;
};

// The later in the day and in the post, the more it is a conclusion.
Candidate best_quote(const Person& person) {
  Candidate best;
  for (std::size_t i = 0; i < person.statements.size(); ++i) {
    const Item& item = *person.statements[i]->shown;
    for (const Quote& quote : item.quotes()) {
      if (!quote_is_sound(item, quote)) continue;
      const double in_day = static_cast<double>(i + 1) / static_cast<double>(person.statements.size());
      const double in_post = static_cast<double>(quote.end()) / static_cast<double>(item.text().size());
      const double score = static_cast<double>(quote.score()) + 0.3 * in_day + 0.2 * in_post;
      if (score > best.score) best = {&item, &quote, score};
    }
  }
  return best;
}

// --- sentences

bool mostly_tags(std::string_view sentence) {
  std::size_t all = 0, tags = 0;
  for (const std::string_view word : split(sentence, ' ')) {
    if (word.empty()) continue;
    ++all;
    if (word.front() == '#' || word.front() == '@' || word.find("://") != std::string_view::npos) ++tags;
  }
  return tags * 2 >= all;
}

struct Sentence {
  Span span;
  double worth = 0;
};

// People and places it names that were not named before count most; the opening of a post says what it is.
double worth_of(const Item& item, Span span, bool opening, const absl::flat_hash_set<std::string>& told) {
  absl::flat_hash_set<std::string> names;
  for (const auto* mentions : {&item.mentions(), &item.places()}) {
    for (const Mention& mention : *mentions) {
      if (mention.begin() >= span.begin && mention.end() <= span.end) names.insert(mention.name());
    }
  }
  double worth = opening ? 1.0 : 0.0;
  for (const std::string& name : names) worth += told.contains(name) ? 0.3 : 1.0;
  for (const Quote& quote : item.quotes()) {  // the processors found it quotable
    if (quote.begin() < span.end && span.begin < quote.end()) worth += static_cast<double>(quote.score());
  }
  const std::size_t size = span.end - span.begin;
  return worth + (size >= 60 && size <= 320 ? 0.6 : 0.0);
}

bool worth_reading(std::string_view sentence) {
  return sentence.size() <= kLongestSentence && !mostly_tags(sentence) &&
         normalise_for_match(sentence).size() >= kShortestSentence;
}

class Reporter {
 public:
  Reporter(const Material& material, const std::vector<Block>& quotes)
      : material_(material), quotes_(quotes) {}

  std::vector<Reported> report() {
    plan();
    std::vector<Reported> out;
    for (const Statement& statement : material_.statements) {
      const auto allowed = allowance_.find(&statement);
      if (allowed == allowance_.end()) continue;
      auto sentences_of_post = blocks(statement, choose(*statement.shown, allowed->second));
      if (!sentences_of_post.empty()) out.push_back({&statement, std::move(sentences_of_post)});
    }
    return out;
  }

 private:
  // The lead person's posts first: a busy morning of others must not crowd out her evening.
  void plan() {
    std::size_t left = kSentencesInAll;
    for (std::size_t i = 0; i < material_.people.size(); ++i) {
      const std::size_t each = i == 0 ? kSentencesOfLead : i == 1 ? kSentencesOfSecond : kSentencesOfOthers;
      for (const Statement* statement : material_.people[i].statements) {
        const std::size_t allowed = std::min(left, each);
        if (allowed == 0) return;
        allowance_.emplace(statement, allowed);
        left -= allowed;
      }
    }
  }

  // The best sentences of a post, in its order.
  std::vector<Span> choose(const Item& item, std::size_t most) {
    std::vector<Sentence> all;
    bool opening = true;
    for (const Span span : sentences(item.text(), item.language())) {
      const std::string_view words = cut(item.text(), span);
      const bool quoted = std::ranges::any_of(
          quotes_, [&](const Block& quote) { return overlaps(quote.support(0), item, span); });
      if (quoted || !worth_reading(words) || used_.contains(normalise_for_match(words))) continue;
      all.push_back({span, worth_of(item, span, std::exchange(opening, false), told_)});
    }
    std::ranges::stable_sort(all, [](const Sentence& a, const Sentence& b) { return a.worth > b.worth; });
    if (all.size() > most) all.resize(most);
    std::vector<Span> out;
    for (const Sentence& sentence : all) out.push_back(sentence.span);
    std::ranges::sort(out, {}, &Span::begin);
    return out;
  }

  std::vector<Block> blocks(const Statement& statement, const std::vector<Span>& spans) {
    std::vector<Block> out;
    for (const Span span : spans) {
      remember(*statement.shown, span);
      out.push_back(out.empty() ? first(statement, span) : next(statement, span));
    }
    return out;
  }

  void remember(const Item& item, Span span) {
    used_.insert(normalise_for_match(cut(item.text(), span)));
    for (const auto* mentions : {&item.mentions(), &item.places()}) {
      for (const Mention& mention : *mentions) {
        if (mention.begin() >= span.begin && mention.end() <= span.end) told_.insert(mention.name());
      }
    }
  }

  // «…», wrote Anne Hidalgo, Mayor of Paris, in French on Facebook on 14 April 2022. The role once a person.
  Block first(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    std::string_view words = cut(item.text(), span);
    if (!words.ends_with("..")) consume_suffix(&words, ".");
    const QuoteMarks marks = quote_marks(item.language());
    const bool known = !introduced_.insert(statement.poster.name).second;
    const std::string who = known ? statement.poster.name : statement.poster.introduced();
    std::string text = str_cat(marks.open, words, marks.close, ", wrote ", who);
    if (who != statement.poster.name) text += ",";
    str_append(&text, in_language(item), " on ", where_of(item), " ", on_days(time_of(item), time_of(item)),
               ".");
    return verbatim(item, "verbatim-first", std::move(text), marks.open.size(),
                    {span.begin, span.begin + words.size()});
  }

  // Anne Hidalgo added, in French: «…»
  static Block next(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    const QuoteMarks marks = quote_marks(item.language());
    const std::string in = in_language(item);
    const std::string before =
        str_cat(statement.poster.name, " added", in.empty() ? "" : ",", in, ": ", marks.open);
    return verbatim(item, "verbatim-next", str_cat(before, cut(item.text(), span), marks.close),
                    before.size(), span);
  }

  static std::string in_language(const Item& item) {
    const std::string language = language_name(item.language());
    return language.empty() || item.language() == "en" ? std::string() : str_cat(" in ", language);
  }

  static Block verbatim(const Item& item, std::string_view rule, std::string text, std::size_t at,
                        Span span) {
    Block block = make_block("paragraph", rule, std::move(text));
    block.set_language(item.language());
    mark_verbatim(block, at, span.end - span.begin);
    add_support(block, support_of(item, "text", span.begin, span.end));
    return block;
  }

  const Material& material_;
  const std::vector<Block>& quotes_;
  absl::flat_hash_map<const Statement*, std::size_t> allowance_;
  absl::flat_hash_set<std::string> introduced_;  // people, by name
  absl::flat_hash_set<std::string> used_;        // sentences, normalised
  absl::flat_hash_set<std::string> told_;        // names
};

// This newsroom reported on 22 March 2022: “Paris makes Kyiv an honorary citizen”.
Block reported_title(const Item& article) {
  const std::string before =
      str_cat("This newsroom reported ", on_days(time_of(article), time_of(article)), ": “");
  Block block = make_block("background", "reported", str_cat(before, article.title(), "”."));
  mark_verbatim(block, before.size(), article.title().size());
  block.set_language(article.language());
  add_support(block, support_of(article, "title", 0, article.title().size()));
  return block;
}

// Our own first sentence, for the editor to reuse.
std::optional<Block> reported_opening(const Item& article) {
  for (const Span span : sentences(article.text(), article.language())) {
    std::string_view words = cut(article.text(), span);
    if (!worth_reading(words)) continue;
    consume_suffix(&words, ".");
    Block block =
        make_block("background", "verbatim-background", str_cat("“", words, "”, this newsroom wrote."));
    mark_verbatim(block, std::string_view("“").size(), words.size());
    block.set_language(article.language());
    add_support(block, support_of(article, "text", span.begin, span.begin + words.size()));
    return block;
  }
  return std::nullopt;
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

std::vector<Reported> reported_words(const Material& material, const std::vector<Block>& quotes) {
  return Reporter(material, quotes).report();
}

std::vector<Block> background(const Material& material) {
  std::vector<Block> out;
  for (const Item& article : material.background) {
    out.push_back(reported_title(article));
    if (&article != &material.background.front()) continue;
    if (auto opening = reported_opening(article)) out.push_back(*std::move(opening));
  }
  return out;
}

}  // namespace copytaster
