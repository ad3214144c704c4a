// The small words around a verb of saying: what may stand between it and its subject, what a subject
// begins with, and where it ends. Ten languages.
#pragma once

#include "processors/word_lists.h"

namespace copytaster {

enum class Glue : std::uint8_t {
  kAuxiliary = 1,   // between a subject and its verb: "has", "also", "m'"
  kDeterminer = 2,  // begins a noun phrase: "the", "une", "unser"
  kPhraseEnd = 3,   // what follows no longer says who: "in", "who", "lors"
  kJoiner = 4,      // "and said": the subject is that of the verb before
  kRelative = 5,    // "que me garantiu": the subject stands before it
  kOf = 6,          // "the head of the union": the phrase goes on to the left
  kFor = 7,         // "a spokesman for the union": likewise; the other prepositions that belong to a noun
};

[[nodiscard]] const PhraseTable& glue_table();
// Whether the word is one of them in any of `languages`.
[[nodiscard]] bool is_glue(const WordScan& scan, std::size_t index, LanguageSet languages, Glue kind);
[[nodiscard]] bool is_of_or_for(const WordScan& scan, std::size_t index, LanguageSet languages);
// "the union" in "a spokesman for the union": what begins at word `index` only tells whose somebody is.
// Nothing before `floor` is looked at.
[[nodiscard]] bool is_belonging(const WordScan& scan, std::size_t floor, std::size_t index,
                                LanguageSet languages);
// "Speaking", "hablando", "виступаючи", by its ending alone: it has no subject of its own.
[[nodiscard]] bool is_participle(std::string_view folded, LanguageSet languages);

}  // namespace copytaster
