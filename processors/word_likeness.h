// Whether two folded words are one word in two spellings: a typo, an ending, an abbreviation. Months and days
// differ by a letter or two in many languages, so short words are looked at strictly. Pure; any thread.
#pragma once

#include <string_view>

namespace copytaster {

[[nodiscard]] bool is_like_word(std::string_view a, std::string_view b);

}  // namespace copytaster
