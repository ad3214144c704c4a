// Who speaks, put in between commas inside the marks: "« Le pont, explique Odile Marchal, sera prêt en mai.
// »"
#pragma once

#include <cstdint>
#include <vector>

#include "core/text.h"
#include "processors/quote_dash.h"

namespace copytaster {

// What stands behind the full stop of the words put in. A line of dialogue has no mark where speech ends.
enum class BehindStop : std::uint8_t { kSpeech, kNarration };

// The parts of `speech` before and behind the words put in, with who says them, in order; empty where nothing
// is put in. Only in languages that leave the marks open (French, Italian, Spanish, Portuguese, Greek), and
// only a verb of saying right behind a comma with somebody as its subject right behind it. Who the speaker is
// ("dit Odile Marchal, maire de Lyon,") belongs to what is put in; "disait ma mère" belongs to the speech.
// Linear.
void split_by_commas(const QuoteGround& ground, Span speech, BehindStop behind, std::vector<DashQuote>* out);

}  // namespace copytaster
