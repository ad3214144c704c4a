// Whether two folded words are one word in two spellings: a typo, an ending. Months and days differ by a
// letter or two in many languages, so short words are looked at strictly; and words that begin otherwise are
// others. Names can be as alike ("Daniela", "Danielle"): who asks must know which words are names. Pure; any
// thread.
#pragma once

#include <string_view>

namespace copytaster {

[[nodiscard]] bool is_like_word(std::string_view a, std::string_view b);

}  // namespace copytaster
