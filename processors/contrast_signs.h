// Signs that say the opposite of each other, where the words may be the same: a red light and a green one, a
// tick and a cross, an arrow up and one down, dollars and euros. All other emoji are dress.
#pragma once

#include <cstdint>

namespace copytaster {

// One bit a sign; 0 for nearly every character. WordScan.signs has those of a text. Pure.
[[nodiscard]] std::uint32_t contrast_sign(char32_t c);
// Below it, but for the dollar, no character is one.
inline constexpr char32_t kFirstContrastSign = 0xA3;
// Whether two texts that both have signs of a kind have others: neither has all of the other's.
[[nodiscard]] bool signs_differ(std::uint32_t a, std::uint32_t b);

}  // namespace copytaster
