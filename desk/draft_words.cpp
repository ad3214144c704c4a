#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "core/strings.h"
#include "core/text.h"
#include "desk/corrections.h"
#include "desk/draft_choice.h"
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

std::string_view cut(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

class Reporter {
 public:
  Reporter(const Material& material, const std::vector<Block>& quotes)
      : material_(material), choice_(quotes) {}

  std::vector<Reported> report() {
    plan();
    std::vector<Reported> out;
    for (const Statement& statement : material_.statements) {
      const auto allowed = allowance_.find(&statement);
      if (allowed == allowance_.end()) continue;
      auto sentences_of_post =
          blocks(statement, choice_.choose(*statement.shown, statement.poster.name, allowed->second));
      if (!sentences_of_post.empty()) out.push_back({&statement, std::move(sentences_of_post)});
    }
    return out;
  }

 private:
  // Each person's sentences are spread over the day: a busy morning must not crowd out the evening.
  void plan() {
    updating_ = std::ranges::any_of(material_.people, &Person::has_updates) ||
                std::ranges::any_of(material_.statements,
                                    [](const Statement& one) { return is_correction(*one.shown); });
    std::size_t left = kSentencesInAll;
    for (std::size_t i = 0; i < material_.people.size(); ++i) {
      const Allowance& allowance = i == 0 ? kOfLead : i == 1 ? kOfSecond : kOfOthers;
      std::vector<const Statement*> statements = material_.people[i].statements;
      std::erase_if(statements, [](const Statement* one) { return one->newer != nullptr; });
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

  std::vector<Block> blocks(const Statement& statement, const std::vector<ChosenSentence>& chosen) {
    std::vector<Block> out;
    for (const ChosenSentence& sentence : chosen)
      out.push_back(out.empty() ? first(statement, sentence.span) : next(statement, sentence));
    return out;
  }

  // «…», wrote Anne Hidalgo, Mayor of Paris, in French on Facebook on 14 April 2022. The role once a person,
  // the day where it is another than before, the time where posts replace or correct each other.
  Block first(const Statement& statement, Span span) {
    const Item& item = *statement.shown;
    std::string_view words = cut(item.text(), span);
    drop_stop(&words);
    const QuoteMarks marks = quote_marks(item.language(), words);
    const bool known = !introduced_.insert(statement.poster.name).second;
    const std::string who = known ? statement.poster.name : statement.poster.introduced();
    std::string text = str_cat(marks.open, words, marks.close, ", wrote ", who);
    if (who != statement.poster.name) text += ",";
    str_append(&text, in_language(item), on_where(item));
    const std::string day = posted_on(item);
    if (std::exchange(day_, day) != day) str_append(&text, " ", day);
    if (updating_) str_append(&text, posted_at(item));
    const std::string about = about_whom(statement);
    str_append(&text, about, by_hand_mark(item), ".");
    Block block = verbatim(item, "verbatim-first", std::move(text), marks.open.size(),
                           {span.begin, span.begin + words.size()});
    const Item* other = material_.find(related_of(item).item_id());
    if (!about.empty() && other != nullptr) add_support(block, support_of(*other));
    return block;
  }

  static const Related& related_of(const Item& item) {
    return item.has_quote_of() ? item.quote_of() : item.reply_to();
  }

  // ", about a post by Marek Dobrzelewski", ", in answer to Claire Vauquelin": what words like "that is what
  // neighbours do" are about. Empty where it is about nobody else's post.
  [[nodiscard]] std::string about_whom(const Statement& statement) const {
    const Item& item = *statement.shown;
    const Related& related = related_of(item);
    const Item* other = material_.find(related.item_id());
    const std::string name = other != nullptr ? poster_of(*other, material_.story.officials()).name
                                              : collapse_space(related.author().name());
    if (name.empty() || name == statement.poster.name) return std::string();
    return str_cat(item.has_quote_of() ? ", about a post by " : ", in answer to ", name);
  }

  // Anne Hidalgo added, in French: «…»; «[…] …» where sentences between are left out.
  static Block next(const Statement& statement, const ChosenSentence& sentence) {
    const Item& item = *statement.shown;
    const std::string_view words = cut(item.text(), sentence.span);
    const QuoteMarks marks = quote_marks(item.language(), words);
    const std::string in = in_language(item);
    const std::string before = str_cat(statement.poster.name, " added", in.empty() ? "" : ",", in, ": ",
                                       marks.open, sentence.gap ? "[…] " : "");
    return verbatim(item, "verbatim-next", str_cat(before, words, marks.close), before.size(), sentence.span);
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
  SentenceChoice choice_;
  absl::flat_hash_map<const Statement*, std::size_t> allowance_;
  bool updating_ = false;                        // somebody replaces what he said
  absl::flat_hash_set<std::string> introduced_;  // people, by name
  std::string day_;                              // told last
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
    if (!is_worth_reading(words)) continue;
    drop_stop(&words);
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
