// The subject of a verb of saying: the words that name the one who speaks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/text.h"
#include "processors/name_shape.h"
#include "processors/word_lists.h"

namespace copytaster {

// What a post tells about itself before its quotations are looked at. All of it outlives the search.
struct QuoteGround {
  std::string_view text;
  const WordScan& scan;  // of `text`
  LanguageSet languages;
  const PhraseTable& places;
  const std::vector<Span>& people;  // where people were found named, in bytes
};

// The word or phrase of saying at word `index`. Not where a verb's letters are a name or a noun: "the United
// States", "his remarks". words == 0: none.
[[nodiscard]] ListMatch cue_at(const QuoteGround& ground, std::size_t index);

// Likewise one that counts only right behind the words that are said (aside_table()).
[[nodiscard]] ListMatch aside_at(const QuoteGround& ground, std::size_t index);

// The pronoun at word `index`: "she", "ο ίδιος"; words == 0: none. Not the Spanish article "el".
[[nodiscard]] ListMatch pronoun_at(const QuoteGround& ground, std::size_t index);

// Ranges are words; an empty one: nobody is named.
class Subjects {
 public:
  explicit Subjects(const QuoteGround& ground) : ground_(ground), scan_(ground.scan) {}

  // Of the verb at [verb, verb_end), within [begin, verb); where the order is inverted, up to `limit`.
  // "…, saying", "… and said": of the sentence; empty where that cannot be told.
  [[nodiscard]] WordRange before(std::size_t begin, WordRange verb, std::size_t limit) const;
  // Of a verb or "according to" that ends before `begin`: within [begin, end).
  [[nodiscard]] WordRange after(std::size_t begin, std::size_t end) const;
  // A person and nothing else: known, titled, or a given name with a surname. `name` as name_from() has it.
  [[nodiscard]] bool is_person(WordRange name) const;
  [[nodiscard]] bool is_auxiliary(std::size_t index) const;
  // "and", "but": what follows is another clause.
  [[nodiscard]] bool is_joiner(std::size_t index) const;
  // "about the decision, said Odile Marchal": whether what begins at `index` cannot be a subject.
  [[nodiscard]] bool is_governed_from(std::size_t index) const;
  // "adding", "saying": hangs on the clause before it.
  [[nodiscard]] bool is_participle_cue(std::size_t index) const;
  // "refused to say": not what somebody did say.
  [[nodiscard]] bool is_infinitive(std::size_t index) const;
  [[nodiscard]] bool is_pronoun(std::size_t index) const;
  // Without the title and the place before a name.
  [[nodiscard]] WordRange bare(WordRange name) const;

 private:
  [[nodiscard]] std::string_view word(std::size_t i) const { return scan_.folded_word(i); }
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] bool is_told_by_another(std::size_t begin, std::size_t verb) const;
  [[nodiscard]] bool is_possessive(std::size_t i) const;
  [[nodiscard]] WordRange of_sentence(std::size_t begin, WordRange verb, std::size_t end) const;
  [[nodiscard]] bool is_passive(std::size_t index) const;
  [[nodiscard]] std::size_t past_opening(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange first_subject(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool is_governed(std::size_t begin, std::size_t index) const;
  [[nodiscard]] bool sets_the_scene(std::size_t begin, WordRange name) const;
  [[nodiscard]] bool is_connective(std::size_t index) const;
  [[nodiscard]] bool is_object(std::size_t begin, std::size_t name) const;
  [[nodiscard]] WordRange opening_phrase(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange inverted(WordRange verb, std::size_t limit) const;
  [[nodiscard]] WordRange name_or_phrase(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange antecedent(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange name_before_comma(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange last_name(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange phrase_before(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange phrase_after(std::size_t begin, std::size_t end) const;
  [[nodiscard]] WordRange past_role(WordRange name, std::size_t end) const;
  [[nodiscard]] bool only_roles(std::size_t begin, std::size_t end) const;

  const QuoteGround& ground_;
  const WordScan& scan_;
};

}  // namespace copytaster
