// Whom "she", "ο ίδιος" or a surname alone means: somebody the post named before. Only where it is safe; a
// wrong speaker is worse than none.
#pragma once

#include <vector>

#include "core/copytaster.pb.h"
#include "processors/quote_speaker.h"

namespace copytaster {

struct FullName {
  WordRange name;        // empty: none, or several
  bool several = false;  // "Amina Sorrell and Tessa Sorrell": one of them
};

// Of one post. Arguments as in SpeakerNames; all of it outlives this. Looks back a bounded number of bytes.
class Antecedents {
 public:
  Antecedents(const QuoteGround& ground, const Item& item, const std::vector<QuotedSpan>& spans)
      : ground_(ground), item_(item), spans_(spans) {}

  // The one person mentioned whom the pronoun `by.subject` can mean; null: not safe.
  [[nodiscard]] const Mention* person(const SpokenBy& by) const;
  // The one name of its paragraph that has the shape of a person's, though nobody known; empty: not safe.
  [[nodiscard]] WordRange named(const SpokenBy& by) const;
  // "«…», dice.", "«…», añadió.": in languages whose verbs need no pronoun, the one name of the paragraph;
  // empty where the verb is plural, has an object pronoun, where the paragraph is told in the first person,
  // or it is not safe.
  [[nodiscard]] WordRange left_out(const SpokenBy& by) const;
  // "Roccaforte" after "Dalia Roccaforte": the full name given earlier; empty where `subject` is not one
  // word (but for an article, "η Βερναρδάκη"), or where there is none.
  [[nodiscard]] FullName full_name(WordRange subject) const;

 private:
  [[nodiscard]] const Mention* subject_before(const SpokenBy& by) const;
  [[nodiscard]] std::size_t main_clause_before(std::size_t pronoun) const;
  [[nodiscard]] std::size_t paragraph_before(std::size_t at) const;
  [[nodiscard]] bool has_object_pronoun(std::size_t verb) const;
  [[nodiscard]] bool is_first_person(std::size_t before) const;
  [[nodiscard]] WordRange only_name(std::size_t before) const;
  [[nodiscard]] bool agrees(const SpokenBy& by, const WordScan& name, std::size_t given) const;
  [[nodiscard]] bool agrees(const SpokenBy& by, const Mention& person) const;
  [[nodiscard]] bool is_quoted(std::size_t byte) const;
  [[nodiscard]] bool others_named(std::size_t floor, std::size_t pronoun, const Mention* only) const;
  [[nodiscard]] WordRange full_name_at(std::size_t last, std::size_t begin, std::size_t size) const;
  [[nodiscard]] bool opens_sentence(WordRange name) const;
  [[nodiscard]] bool is_where(std::size_t at) const;
  [[nodiscard]] bool is_met(WordRange name) const;
  [[nodiscard]] bool is_nobody(WordRange name) const;

  const QuoteGround& ground_;
  const Item& item_;
  const std::vector<QuotedSpan>& spans_;
};

[[nodiscard]] inline bool is_person_mention(const Mention& mention) {
  return mention.begin() < mention.end() && (mention.kind() == "official" || mention.kind() == "person");
}

}  // namespace copytaster
