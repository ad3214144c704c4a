// Signs that say the opposite of each other, where the words may be the same: a red light and a green one, a
// tick and a cross, an arrow up and one down, dollars and euros. All other emoji are dress.
#pragma once

#include <cstdint>
#include <string_view>

namespace copytaster {

// One bit a sign; 0 for nearly every text. Linear, any bytes, pure.
[[nodiscard]] std::uint32_t contrast_signs(std::string_view text);
// Whether two texts that both have signs of a kind have others: neither has all of the other's.
[[nodiscard]] bool signs_differ(std::uint32_t a, std::uint32_t b);

}  // namespace copytaster
