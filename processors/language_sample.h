// What of a text speaks for its language, and in which script it is written.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace copytaster {

inline constexpr std::size_t kOwnScripts = 21;  // scripts that one language of today writes, or nearly

struct LanguageSample {
  std::string text;  // without URLs, handles, hashtags; the first few hundred bytes
  std::size_t letters = 0;
  std::array<std::size_t, kOwnScripts> in = {};
  std::size_t latin = 0, han = 0, cyrillic = 0;
};

// Overwrites `out`; any bytes.
void take_sample(std::string_view text, LanguageSample* out);
// The language that nearly all letters belong to; empty: the script does not tell.
[[nodiscard]] std::string_view only_script(const LanguageSample& sample);
// "uk" or "ru" by letters that one has and the other has not; empty: none, or both.
[[nodiscard]] std::string_view cyrillic_witness(std::string_view text);
// Whether the language can be written so: no Ukrainian in Latin letters. True where nothing is known of it.
[[nodiscard]] bool can_be_written_so(std::string_view language, const LanguageSample& sample);

}  // namespace copytaster
