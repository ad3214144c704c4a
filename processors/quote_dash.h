// Dialogue by dashes: "— Ми відбудуємо місто, — сказав Кличко. — Це обіцянка."
#pragma once

#include <string_view>
#include <vector>

#include "processors/cue_verbs.h"
#include "processors/quote_speaker.h"

namespace copytaster {

struct DashQuote {
  Span span;
  SpokenBy by;
};

// Only lines that begin with an em or en dash and name a verb of saying after the second one: other lines
// that begin so are lists.
void find_dash_quotes(std::string_view text, const WordScan& scan, LanguageSet languages,
                      std::vector<DashQuote>* out);

}  // namespace copytaster
