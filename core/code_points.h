// UTF-8 to code points and back, without ICU's macros (which do not pass -Wconversion).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace copytaster {

// The code point at text[*i] (which must be inside); *i moves on. Ill-formed: U+FFFD, one byte on.
[[nodiscard]] inline char32_t next_code_point(std::string_view text, std::size_t* i) {
  const auto at = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const unsigned lead = at(*i);
  if (lead < 0x80) return ++*i, static_cast<char32_t>(lead);
  const std::size_t length = lead >= 0xF0 ? 4 : (lead >= 0xE0 ? 3 : 2);
  char32_t out = lead & (0xFFU >> (length + 1));
  bool good = lead >= 0xC2 && lead <= 0xF4;
  for (std::size_t k = 1; good && k < length; ++k) {
    good = (at(*i + k) & 0xC0U) == 0x80U;
    out = (out << 6) | (at(*i + k) & 0x3FU);
  }
  static constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (!good || out < kLeast[length] || out > 0x10FFFF || (out >= 0xD800 && out < 0xE000))
    return ++*i, U'\uFFFD';
  *i += length;
  return out;
}

inline void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

}  // namespace copytaster
