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

// What an editor reads before she cuts: a few sentences a post and a person, a score in all.
struct Allowance {
  std::size_t a_post, in_all;
};
constexpr Allowance kOfLead = {3, 12};
constexpr Allowance kOfSecond = {2, 6};
constexpr Allowance kOfOthers = {1, 2};
constexpr std::size_t kSentencesInAll = 20;
constexpr std::size_t kShortestWords = 4;  // "Thank you all!" is no report
constexpr std::size_t kLongestSentence = 600;
constexpr std::size_t kShortestSentence = 15;  // letters and digits, after normalising

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
         normalise_for_match(sentence).size() >= kShortestSentence &&
         words(sentence).size() >= kShortestWords;
}

// What a person was reported with, so that she is not reported with it twice: people post the same thing
// in other words on another platform.
class ToldSentences {
 public:
  void add(const std::string& person, std::string_view sentence) {
    auto& bags = told_[person];
    if (bags.size() < kMostOfAPerson) bags.push_back(bag_of(sentence));
  }

  // Most of the words were told, and every number. Others may say the same: that is news.
  [[nodiscard]] bool repeats(const std::string& person, std::string_view sentence) const {
    const auto told = told_.find(person);
    if (told == told_.end()) return false;
    const Bag bag = bag_of(sentence);
    return std::ranges::any_of(told->second, [&](const Bag& before) {
      const auto known = std::ranges::count_if(bag, [&](const auto& word) { return before.contains(word); });
      const bool new_number = std::ranges::any_of(bag, [&](const std::string& word) {
        return word.find_first_of("0123456789") != std::string::npos && !before.contains(word);
      });
      const auto all = static_cast<std::ptrdiff_t>(bag.size()),
                 told_then = static_cast<std::ptrdiff_t>(before.size());
      // "The bridge is closed", "The bridge is open": one form, and each has a word of its own.
      const std::ptrdiff_t most = std::max<std::ptrdiff_t>(all - known, told_then - known);
      const bool form = all > known && told_then > known && most <= kWordsOfForm;
      return !new_number && !form && static_cast<double>(known) >= kRepeats * static_cast<double>(bag.size());
    });
  }

 private:
  static constexpr double kRepeats = 0.65;
  static constexpr std::ptrdiff_t kWordsOfForm = 3;   // that differ, on each side
  static constexpr std::size_t kMostOfAPerson = 200;  // sentences compared with
  using Bag = absl::flat_hash_set<std::string>;
  static Bag bag_of(std::string_view sentence) {
    const std::string folded = normalise_for_match(sentence);
    Bag out;
    for (const std::string_view word : split(folded, ' ')) out.emplace(word);
    return out;
  }

  absl::flat_hash_map<std::string, std::vector<Bag>> told_;
};

class Reporter {
 public:
  Reporter(const Material& material, const std::vector<Block>& quotes)
      : material_(material), quotes_(quotes) {
    for (const Block& quote : quotes) {
      for (const Span span : whole_sentences(quote.text(), quote.language()))
        told_before_.add(quote.speaker().name(), cut(quote.text(), span));
    }
  }

  std::vector<Reported> report() {
    plan();
    std::vector<Reported> out;
    for (const Statement& statement : material_.statements) {
      const auto allowed = allowance_.find(&statement);
      if (allowed == allowance_.end()) continue;
      auto sentences_of_post =
          blocks(statement, choose(*statement.shown, statement.poster.name, allowed->second));
      if (!sentences_of_post.empty()) out.push_back({&statement, std::move(sentences_of_post)});
    }
    return out;
  }

 private:
  // Each person's sentences are spread over the day: a busy morning must not crowd out the evening.
  void plan() {
    std::size_t left = kSentencesInAll;
    for (std::size_t i = 0; i < material_.people.size(); ++i) {
      const Allowance& allowance = i == 0 ? kOfLead : i == 1 ? kOfSecond : kOfOthers;
      const auto& statements = material_.people[i].statements;
      if (statements.empty()) continue;
      const std::size_t each =
          std::clamp<std::size_t>(allowance.in_all / statements.size(), 1, allowance.a_post);
      std::size_t of_person = allowance.in_all;
      for (const Statement* statement : statements) {
        const std::size_t allowed = std::min({left, of_person, each});
        if (allowed == 0) break;
        allowance_.emplace(statement, allowed);
        left -= allowed;
        of_person -= allowed;
      }
    }
  }

  // The best sentences of a post, in its order.
  std::vector<Span> choose(const Item& item, const std::string& poster, std::size_t most) {
    std::vector<Sentence> all;
    bool opening = true;
    for (const Span span : whole_sentences(item.text(), item.language())) {
      const std::string_view words = cut(item.text(), span);
      const bool quoted = std::ranges::any_of(
          quotes_, [&](const Block& quote) { return overlaps(quote.support(0), item, span); });
      if (quoted || !worth_reading(words) || told_before_.repeats(poster, words)) continue;
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
      remember(statement, span);
      out.push_back(out.empty() ? first(statement, span) : next(statement, span));
    }
    // What was left out of this post is not what to take from its next version.
    const Item& item = *statement.shown;
    if (out.empty()) return out;
    for (const Span span : whole_sentences(item.text(), item.language()))
      told_before_.add(statement.poster.name, cut(item.text(), span));
    return out;
  }

  void remember(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    for (const auto* mentions : {&item.mentions(), &item.places()}) {
      for (const Mention& mention : *mentions) {
        if (mention.begin() >= span.begin && mention.end() <= span.end) told_.insert(mention.name());
      }
    }
  }

  // «…», wrote Anne Hidalgo, Mayor of Paris, in French on Facebook on 14 April 2022. The role once a person,
  // the day where it is another than before.
  Block first(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    std::string_view words = cut(item.text(), span);
    if (!words.ends_with("..")) consume_suffix(&words, ".");
    const QuoteMarks marks = quote_marks(item.language(), words);
    const bool known = !introduced_.insert(statement.poster.name).second;
    const std::string who = known ? statement.poster.name : statement.poster.introduced();
    std::string text = str_cat(marks.open, words, marks.close, ", wrote ", who);
    if (who != statement.poster.name) text += ",";
    str_append(&text, in_language(item), on_where(item));
    const std::string day = posted_on(item);
    if (std::exchange(day_, day) != day) str_append(&text, " ", day);
    str_append(&text, by_hand_mark(item), ".");
    return verbatim(item, "verbatim-first", std::move(text), marks.open.size(),
                    {span.begin, span.begin + words.size()});
  }

  // Anne Hidalgo added, in French: «…»
  static Block next(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    const QuoteMarks marks = quote_marks(item.language(), cut(item.text(), span));
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
  std::string day_;                              // told last
  ToldSentences told_before_;
  absl::flat_hash_set<std::string> told_;  // names
};

// This newsroom reported on 22 March 2022: “Paris makes Kyiv an honorary citizen”.
Block reported_title(const Item& article) {
  const std::string before = str_cat("This newsroom reported ", posted_on(article), ": “");
  Block block = make_block("background", "reported", str_cat(before, article.title(), "”."));
  mark_verbatim(block, before.size(), article.title().size());
  block.set_language(article.language());
  add_support(block, support_of(article, "title", 0, article.title().size()));
  return block;
}

// Our own first sentence, for the editor to reuse.
std::optional<Block> reported_opening(const Item& article) {
  for (const Span span : whole_sentences(article.text(), article.language())) {
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
