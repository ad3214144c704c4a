// A name set beside a quotation without a verb: "Odile Marchal, mayor: “…”", "“…” — Odile Marchal".
#pragma once

#include "processors/quote_speaker.h"

namespace copytaster {

// Of one quotation. Everything outlives it.
class QuoteLabel {
 public:
  QuoteLabel(const QuoteGround& ground, const QuotedSpan& span)
      : ground_(ground), scan_(ground.scan), subjects_(ground), span_(span) {
    first_ = scan_.first_word_from(span.outer.begin);
    last_ = scan_.first_word_from(span.outer.end);
  }

  // "Bohdan Kravets: “…”", "Мер Києва: «…»": a person, a colon, the words. `begin`: the first word of the
  // sentence that leads to them.
  [[nodiscard]] SpokenBy before(std::size_t begin) const;
  // "“…” — Odile Marchal", "“…” (Odile Marchal)", also on the line below.
  [[nodiscard]] SpokenBy behind() const;

 private:
  [[nodiscard]] Gap gap(std::size_t i) const { return scan_.words[i].gap; }
  [[nodiscard]] WordRange owner_of_words(std::size_t begin) const;
  [[nodiscard]] WordRange name_with_role(std::size_t begin) const;

  const QuoteGround& ground_;
  const WordScan& scan_;
  const Subjects subjects_;
  const QuotedSpan& span_;
  std::size_t first_ = 0, last_ = 0;  // words: the first inside the marks, the first behind them
};

}  // namespace copytaster
