// Dialogue by dashes: "— Ми відбудуємо місто, — сказав Кличко. — Це обіцянка.", "—No hay más —dijo ella—."
#pragma once

#include <vector>

#include "processors/quote_speaker.h"

namespace copytaster {

struct DashQuote {
  Span span;
  SpokenBy by;
};

// Only lines that begin with a dash and name a verb of saying after the second one, or, in French, after a
// comma: other lines that begin so are lists. At most 50 lines; linear. `out` is cleared.
void find_dash_quotes(const QuoteGround& ground, std::vector<DashQuote>* out);

// The same for what stands between marks: "«Ми лишаємось, — сказав він. — І відбудуємо все»". Empty where
// nobody's verb stands in it. `out` is cleared.
void split_by_dashes(const QuoteGround& ground, Span speech, std::vector<DashQuote>* out);

}  // namespace copytaster
