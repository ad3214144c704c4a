// Which of the things in quotation marks are quotations: no titles, scare quotes, names of things.
#pragma once

#include <vector>

#include "processors/quote_speaker.h"

namespace copytaster {

struct FoundQuote {
  const QuotedSpan* span = nullptr;
  SpokenBy by;
  std::size_t first = 0, last = 0;  // words inside the marks
  int speaker_of = -1;              // index of the one whose speaker it has; -1: its own
  bool keep = false;
};

// Fills `out` in the order of `spans`, which it points into: with speakers, with those handed on from one
// quotation to the next, and with the verdict.
void judge_quotes(const QuoteGround& ground, const std::vector<QuotedSpan>& spans,
                  std::vector<FoundQuote>* out);

}  // namespace copytaster
