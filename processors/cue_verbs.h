// Words that say that somebody speaks: "said", "a déclaré", "заявив", "laut". Ten languages.
#pragma once

#include "processors/word_lists.h"

namespace copytaster {

enum class Cue : std::uint8_t {
  kVerb = 1,    // the speaker is its subject
  kPhrase = 2,  // "according to": the speaker follows
  kWeak = 3,    // "calls", "wants": counts only where it touches the quotation
};

[[nodiscard]] const PhraseTable& cue_table();
// "smiles", "se réjouit", "celebrou": a verb of saying only right behind the words, with its subject behind
// it.
[[nodiscard]] const PhraseTable& aside_table();
// "asked", "fragte": who is asked speaks next. In any language.
[[nodiscard]] bool is_question_verb(const WordScan& scan, std::size_t index);

// "he", "elle", "вона", …: who is speaking stands earlier. kFirst: "I", "je": the author.
enum class Pronoun : std::uint8_t { kThird = 1, kFirst = 2 };
[[nodiscard]] const PhraseTable& pronoun_table();

}  // namespace copytaster
