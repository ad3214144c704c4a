// Whether text reads like words: what tells encodings apart where there are too few bytes to count letters.
// Read in a wrong encoding, Cyrillic becomes "Ìýð" or "лЩП", Polish "now¹": letters of one kind alone, cases
// upside down, signs inside words. Pure; any thread; linear.
#pragma once

#include <string_view>

namespace copytaster {

// Points for each letter beyond ASCII in a word that a language could have, and off for each other character
// beyond ASCII that stands in or at a word, or is none at all. `text` is UTF-8. ASCII counts for nothing.
[[nodiscard]] long plausibility_of_words(std::string_view text);

}  // namespace copytaster
