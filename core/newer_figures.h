// One matter told twice, the second time with other figures: "Storm up to force 8 from 18:00", an hour later
// "Storm up to force 9 from 18:00". Which of two posts holds is a question of time: the caller asks. Pure;
// any thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/text.h"

namespace copytaster {

struct FigureChange {
  std::string_view field;  // "title" or "text", of both
  Span older, newer;       // the sentence, in that field of each
};

// The sentences of `older` that stand in `newer` in the same words with other figures. Empty: there are none,
// or less than half of what `older` says stands in `newer` at all, so that it is another matter. Numbers with
// their points, commas and colons are figures; a sentence has three words besides, or it is a list. Looks at
// the first 4,000 bytes of each text.
[[nodiscard]] std::vector<FigureChange> newer_figures(const Item& older, const Item& newer);

}  // namespace copytaster
