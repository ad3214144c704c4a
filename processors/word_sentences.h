// Sentences, fast and by the needs of quoting: an abbreviation ("M. Dupont", "14. April", "p.m.") does
// not end one; a line break always does; closing quotation marks belong to the sentence they close.
// core's sentences() asks ICU and is far slower; this one is for the hot path.
#pragma once

#include <string_view>
#include <vector>

#include "core/text.h"

namespace copytaster {

// Spans trimmed of white space, in order, never empty. `out` is cleared. Linear; any bytes.
void split_sentences(std::string_view text, std::vector<Span>* out);

}  // namespace copytaster
