// UTF-8: checking, repairing, cutting.
#include <cstring>

#include "core/text.h"

namespace copytaster {
namespace {

using Byte = unsigned char;

bool continues(Byte b) { return (b & 0xC0) == 0x80; }

// Length of the well-formed sequence at text[i], or 0; *bad is then how many bytes are ill-formed together
// (the "maximal subpart" of the Unicode Standard, §3.9, which WHATWG replaces by one U+FFFD).
std::size_t sequence_at(std::string_view text, std::size_t i, std::size_t* bad) {
  const auto at = [&](std::size_t k) { return k < text.size() ? static_cast<Byte>(text[k]) : Byte{0}; };
  const Byte lead = at(i);
  *bad = 1;
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  Byte low = 0x80;
  Byte high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;  // no surrogates
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;  // nothing above U+10FFFF
  if (at(i + 1) < low || at(i + 1) > high) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
  for (std::size_t k = 2; k < length; ++k) {
    *bad = k;
    if (!continues(at(i + k))) return 0;
  }
  return length;
}

// How many bytes from `i` are ASCII for sure: eight at a time.
std::size_t ascii_run(std::string_view text, std::size_t i) {
  const std::size_t begin = i;
  while (i + 8 <= text.size()) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
    i += 8;
  }
  while (i < text.size() && static_cast<Byte>(text[i]) < 0x80) ++i;
  return i - begin;
}

// Offset of the first ill-formed byte; text.size() when there is none.
std::size_t first_bad(std::string_view text) {
  std::size_t bad = 0;
  for (std::size_t i = ascii_run(text, 0); i < text.size();) {
    const std::size_t length = sequence_at(text, i, &bad);
    if (length == 0) return i;
    i += length;
    i += ascii_run(text, i);
  }
  return text.size();
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) { return first_bad(bytes) == bytes.size(); }

std::string to_valid_utf8(std::string_view bytes) {
  std::size_t i = first_bad(bytes);
  if (i == bytes.size()) return std::string(bytes);
  std::string out(bytes.substr(0, i));
  std::size_t bad = 0;
  while (i < bytes.size()) {
    const std::size_t length = sequence_at(bytes, i, &bad);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      i += bad;
    } else {
      out.append(bytes, i, length);
      i += length;
    }
  }
  return out;
}

std::size_t utf8_floor(std::string_view text, std::size_t n) {
  if (n >= text.size()) return text.size();
  // A character has at most three bytes behind its first; a longer run is none, and may be cut anywhere.
  std::size_t cut = n;
  while (cut > 0 && n - cut < 3 && continues(static_cast<Byte>(text[cut]))) --cut;
  return static_cast<Byte>(text[cut]) < 0xC0 ? n : cut;
}

std::size_t byte_of_code_point(std::string_view text, std::size_t index) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (continues(static_cast<Byte>(text[i]))) continue;
    if (seen++ == index) return i;
  }
  return text.size();
}

}  // namespace copytaster
