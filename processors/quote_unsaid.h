// Speech that was not made: "never said", "if she said", "imagine him saying", "denied that she said",
// "should have said", "nobody said". Ten languages, short lists; in doubt it was said.
#pragma once

#include "processors/quote_subject.h"

namespace copytaster {

enum class Unsaid : std::uint8_t {
  kNot = 1,       // "never"
  kOnly = 2,      // "not only said", "nicht ohne Stolz": behind a negation, said after all
  kModal = 3,     // "should have", before the verb
  kIf = 4,        // begins the clause
  kImagine = 5,   // begins the sentence
  kDeny = 6,      // "denied", with kThat or the verb itself behind
  kThat = 7,      // "that", "having", "to"
  kNobody = 8,    // is the subject
  kContrary = 9,  // "contrary to", begins the sentence
  kWhat = 10,     // "what", behind it
  kWhen = 11,     // "Imagine my joy when she said": said after all
  kWho = 12,      // "Who said …?", begins the sentence
};

[[nodiscard]] const PhraseTable& unsaid_table();

// Of one post. `ground` outlives it. Looks at the sentence of the verb only, a bounded number of words.
class UnsaidSpeech {
 public:
  explicit UnsaidSpeech(const QuoteGround& ground) : ground_(ground), scan_(ground.scan), subjects_(ground) {}

  // Whether what the verb at `cue` tells was not said. `floor`: the first word that can belong to the verb's
  // sentence (behind the quotation before it). `first`: the first word inside the marks.
  [[nodiscard]] bool is_unsaid(WordRange cue, std::size_t floor, std::size_t first) const;
  // "Contrary to what Odile Marchal said, “…”": the verb at `cue` is not that of the quotation behind it. The
  // sentence begins at word `begin`.
  [[nodiscard]] bool is_contrary(std::size_t begin, std::size_t cue) const;

 private:
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  // Words of the phrase with `flag` at word `i`; 0: none.
  [[nodiscard]] std::size_t match(std::size_t i, Unsaid flag) const;
  [[nodiscard]] bool is_not(std::size_t i) const;
  [[nodiscard]] bool is_denied(WordRange cue, std::size_t floor) const;
  [[nodiscard]] bool is_never(std::size_t clause, std::size_t verb) const;
  [[nodiscard]] bool is_modal(std::size_t clause, std::size_t verb) const;
  [[nodiscard]] bool is_if(std::size_t clause, WordRange cue, std::size_t first) const;
  [[nodiscard]] bool is_imagined(std::size_t floor, std::size_t verb) const;
  [[nodiscard]] bool is_refused(std::size_t floor, std::size_t verb) const;
  [[nodiscard]] bool is_nobodys(std::size_t clause, WordRange cue) const;
  [[nodiscard]] std::size_t clause_begin(std::size_t floor, std::size_t verb) const;
  [[nodiscard]] std::size_t sentence_begin(std::size_t floor, std::size_t verb) const;

  const QuoteGround& ground_;
  const WordScan& scan_;
  const Subjects subjects_;
};

}  // namespace copytaster
