// Whether a sentence can stand without the one before it. "They count the missing" says something else
// behind another sentence than behind its own. Pure; any thread.
#pragma once

#include <string_view>

namespace copytaster {

enum class PointsBack {
  kNo,
  kWe,     // begins with "we", "nous": who that is the sentence before may have told
  kThis,   // begins with a demonstrative and its noun: "these streets"
  kHangs,  // begins with or leans on a pronoun or a connective: "they", "there", "that is why", "one of them"
};

// By the words of points_back_words.cpp, in ten languages; kNo for a language it has no words for. Looks at
// the beginning of the sentence only. When in doubt it points back: then the sentence before is shown too.
[[nodiscard]] PointsBack points_back(std::string_view sentence, std::string_view language);

// "|" between them; matched as whole words, without case and punctuation: "j y" is "J'y".
struct PointingWords {
  std::string_view language;  // BCP 47, primary subtag
  std::string_view hangs;     // first words of a sentence
  std::string_view near;      // within its first words
  std::string_view these;     // first word, before a noun
  std::string_view we;        // first word
  std::string_view stands;    // first words that look like one of the above and are none: "this morning"
};
// Null: there are none for it.
[[nodiscard]] const PointingWords* pointing_words(std::string_view language);

}  // namespace copytaster
