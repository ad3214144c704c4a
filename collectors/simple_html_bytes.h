// The bytes of simple HTML (simple_html.h): which stand for themselves, which are a space or nothing, and
// which are for the whole parser. In a header, for they are looked at one by one on the collectors' hot path.
// Pure.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#ifdef __SSE4_2__
#include <nmmintrin.h>
#endif

namespace copytaster::simple_html {

enum class Byte : std::uint8_t { kPlain, kSpace, kMarkup, kLead, kRefused };

inline constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> out{};
  for (std::size_t c = 0; c < 0x20; ++c) out[c] = Byte::kRefused;
  for (const char c : {' ', '\t', '\n', '\r', '\f'}) out[static_cast<unsigned char>(c)] = Byte::kSpace;
  out['<'] = out['&'] = Byte::kMarkup;
  out[0x7F] = Byte::kRefused;
  // What begins a space, a character without width, or one that an HTML parser replaces.
  out[0xC2] = out[0xE1] = out[0xE2] = out[0xE3] = out[0xEF] = Byte::kLead;
  for (std::size_t c = 0xF0; c < 0xF5; ++c) out[c] = Byte::kLead;
  return out;
}();

[[nodiscard]] inline Byte kind_of(char c) { return kBytes[static_cast<unsigned char>(c)]; }

enum class Character : std::uint8_t { kShown, kSpace, kNothing, kRefused };

// Of the character that begins with a kLead byte. `text` is valid UTF-8.
[[nodiscard]] inline Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  switch (byte(0)) {
    case 0xC2:  // C1 controls are replaced; U+00A0
      return byte(1) < 0xA0 ? Character::kRefused : byte(1) == 0xA0 ? Character::kSpace : Character::kShown;
    case 0xE1:  // U+1680; the rarer spaces are left to the whole parser
      return byte(1) == 0x9A && byte(2) == 0x80 ? Character::kRefused : Character::kShown;
    case 0xE2:
      if (byte(1) == 0x80 && byte(2) == 0x8B) return Character::kNothing;  // U+200B
      if (byte(1) == 0x80) {
        const bool space = byte(2) < 0x8B || byte(2) == 0xA8 || byte(2) == 0xA9 || byte(2) == 0xAF;
        return space ? Character::kRefused : Character::kShown;
      }
      return byte(1) == 0x81 && byte(2) == 0x9F ? Character::kRefused : Character::kShown;
    case 0xE3:  // U+3000
      return byte(1) == 0x80 && byte(2) == 0x80 ? Character::kRefused : Character::kShown;
    case 0xEF:
      if (byte(1) == 0xBB && byte(2) == 0xBF) return Character::kNothing;  // U+FEFF
      if (byte(1) == 0xB7 && byte(2) >= 0x90 && byte(2) < 0xB0) return Character::kRefused;
      return byte(1) == 0xBF && byte(2) >= 0xBE ? Character::kRefused : Character::kShown;
    default:  // U+1FFFE and its like
      return (byte(1) & 0x0F) == 0x0F && byte(2) == 0xBF && byte(3) >= 0xBE ? Character::kRefused
                                                                            : Character::kShown;
  }
}

[[nodiscard]] inline std::size_t length_of(char lead) {
  const auto c = static_cast<unsigned char>(lead);
  return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

#ifdef __SSE4_2__
// Where in the 16 bytes at `at` the first of `ranges` (pairs of lowest and highest) is; 16: nowhere.
[[nodiscard]] inline std::size_t first_in_ranges(__m128i ranges, int size, const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  return static_cast<std::size_t>(
      _mm_cmpestri(ranges, size, bytes, 16, _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES | _SIDD_LEAST_SIGNIFICANT));
}
#endif

// The first byte from `at` that is neither kPlain nor a space by itself between two others: markup, white
// space of another kind or width, or a lead that has to be looked at. text.size() when there is none.
[[nodiscard]] inline std::size_t end_of_plain(std::string_view text, std::size_t at) {
#ifdef __SSE4_2__
  // Sixteen bytes and the one behind them.
  static constexpr char kStops[17] = "\x00\x1f&&<<\x7f\x7f\xC2\xC2\xE1\xE3\xEF\xFF";
  const __m128i stops = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kStops));
  const __m128i spaces = _mm_set1_epi8(' ');
  for (; at + 17 <= text.size(); at += 16) {
    const char* p = text.data() + at;
    const __m128i here = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)), spaces);
    const __m128i next = _mm_cmpeq_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 1)), spaces);
    const auto doubled = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(here, next))) | 0x10000U;
    const std::size_t stop =
        std::min(first_in_ranges(stops, 14, p), static_cast<std::size_t>(std::countr_zero(doubled)));
    if (stop < 16) return at + stop;
  }
#endif
  while (at < text.size() && (kind_of(text[at]) == Byte::kPlain ||
                              (text[at] == ' ' && (at + 1 == text.size() || text[at + 1] != ' '))))
    ++at;
  return at;
}

// Characters that stand for themselves nowhere, and those that an HTML parser reads as others.
[[nodiscard]] inline bool has_refused(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE4_2__
  static constexpr char kLooked[17] = "\x00\x08\x0b\x0b\x0e\x1f\x7f\x7f\xC2\xC2\xE1\xE3\xEF\xFF";
  const __m128i looked = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kLooked));
#endif
  for (; at < text.size(); ++at) {
#ifdef __SSE4_2__
    if (at + 16 <= text.size()) {
      const std::size_t found = first_in_ranges(looked, 14, text.data() + at);
      if (found == 16) {
        at += 15;
        continue;
      }
      at += found;
    }
#endif
    const Byte kind = kind_of(text[at]);
    if (kind == Byte::kRefused) return true;
    if (kind == Byte::kLead && character_at(text, at) == Character::kRefused) return true;
  }
  return false;
}

struct Entity {
  std::string_view written;
  std::string_view meant;
};
inline constexpr std::array<Entity, 8> kEntities = {{{"&amp;", "&"},
                                                     {"&lt;", "<"},
                                                     {"&gt;", ">"},
                                                     {"&quot;", "\""},
                                                     {"&#39;", "'"},
                                                     {"&apos;", "'"},
                                                     {"&#x27;", "'"},
                                                     {"&nbsp;", "\u00A0"}}};

// Null: no reference begins there, or one that only the whole parser knows.
[[nodiscard]] inline const Entity* entity_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at, 6);
  for (const Entity& entity : kEntities) {
    if (rest.starts_with(entity.written)) return &entity;
  }
  return nullptr;
}

// Adds `value` with its references resolved to `out`; false: one of them is none of the above.
[[nodiscard]] inline bool decode(std::string_view value, std::string* out) {
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t end = std::min(value.find('&', i), value.size());
    out->append(value, i, end - i);
    i = end;
    if (i == value.size()) break;
    const Entity* entity = entity_at(value, i);
    if (entity == nullptr) return false;
    out->append(entity->meant);
    i += entity->written.size();
  }
  return true;
}

}  // namespace copytaster::simple_html
