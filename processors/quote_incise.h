// Who speaks, put in between commas inside the marks: "« Le pont, explique Odile Marchal, sera prêt en mai.
// »"
#pragma once

#include <vector>

#include "core/text.h"
#include "processors/quote_dash.h"

namespace copytaster {

// The parts of `speech` before and behind the words put in, with who says them, in order; empty where nothing
// is put in. Only in languages that leave the marks open (French, Italian, Spanish, Portuguese, Greek), and
// only a verb of saying right behind a comma with somebody as its subject right behind it. Linear.
void split_by_commas(const QuoteGround& ground, Span speech, std::vector<DashQuote>* out);

}  // namespace copytaster
