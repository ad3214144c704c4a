// Whether words spell a number: "trente-huit" is 38. By ICU's spell-out rules for each language, folded, so
// that gender and case endings do not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace copytaster {

// `words` folded, in order; up to two of them may be little words ("and"). `language`: BCP 47 primary subtag;
// one that ICU has no rules for spells nothing. Any thread; rules are kept a thread.
[[nodiscard]] bool spell_number(std::span<const std::string_view> words, std::uint64_t number,
                                const std::string& language);

// The number that the one folded word says: "sixty". Of numbers of several words the last one has their size:
// "million".
[[nodiscard]] std::optional<std::uint64_t> number_of_word(std::string_view folded,
                                                          const std::string& language);

}  // namespace copytaster
