// The bytes of simple HTML (simple_html.h): which stand for themselves, which are a space or nothing, and
// which are for the whole parser. In a header, for they are looked at one by one on the collectors' hot path.
// Pure.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

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

// Characters that stand for themselves nowhere, and those that an HTML parser reads as others.
[[nodiscard]] inline bool has_refused(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Byte kind = kind_of(text[i]);
    if (kind == Byte::kRefused) return true;
    if (kind == Byte::kLead && character_at(text, i) == Character::kRefused) return true;
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
