// Who says what stands in quotation marks as a sentence of its own, where the sentence before tells: "Sami
// recalled his first trip. “I thought: where is the city?”"
#pragma once

#include "processors/quote_speaker.h"

namespace copytaster {

// Of one quotation. `floor`: the first word behind the quotation before it; nothing before is looked at.
// Everything outlives it.
class LeadIn {
 public:
  LeadIn(const QuoteGround& ground, const QuotedSpan& span, std::size_t floor)
      : ground_(ground), scan_(ground.scan), subjects_(ground), span_(span), floor_(floor) {}

  // kNone where the quotation is no sentence of its own, where the sentence before has no verb of saying with
  // a subject, has two, or asks: then it is the other one who answers; and where the sentence behind the
  // marks tells another source ("Residents had written it on a banner.").
  [[nodiscard]] SpokenBy run() const;

 private:
  [[nodiscard]] bool is_own_sentence(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool is_of_another_source(std::size_t last, WordRange speaker) const;
  [[nodiscard]] std::size_t sentence_before(std::size_t first) const;

  const QuoteGround& ground_;
  const WordScan& scan_;
  const Subjects subjects_;
  const QuotedSpan& span_;
  std::size_t floor_;
};

}  // namespace copytaster
