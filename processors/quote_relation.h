// Whose words they are where a name only tells whose somebody is, or is one of two: "Die Sprecherin von Anna
// Klein sagte", "Rzecznik Anny Kos", "Mary Dunn and Tom Reed said". Ten languages; short lists of who may
// belong to somebody; in doubt the phrase as it stands, which is nobody else.
#pragma once

#include "processors/quote_subject.h"

namespace copytaster {

// The phrase that names the one who speaks, who belongs to the bearer of `name`; empty: `name` is who speaks.
// `cue`: the verb, which ends the phrase.
[[nodiscard]] WordRange related_phrase(const QuoteGround& ground, WordRange cue, WordRange name);
// Both names and what stands between them, where two say it together; empty: `name` speaks alone.
[[nodiscard]] WordRange pair_of_speakers(const QuoteGround& ground, WordRange cue, WordRange name);
// "Odile Marchal's deputy, Rich Beeston": the name behind the comma; empty: there is none.
[[nodiscard]] WordRange named_behind_owner(const QuoteGround& ground, WordRange owner);

}  // namespace copytaster
