// The signs that open and close a quotation, and which belong together.
#pragma once

#include <cstdint>

namespace copytaster {

// By the opening sign.
enum class MarkKind : std::uint8_t {
  kCurly,        // “ ”
  kLow,          // „ “, „ ”, ,, ''
  kStraight,     // " "
  kSwedish,      // ” ”
  kGuillemet,    // « »
  kReversed,     // » «, » »
  kAngle,        // ‹ ›, › ‹
  kSingle,       // ‘ ’
  kLowSingle,    // ‚ ‘, ‚ ’
  kApostrophe,   // ' '
  kCorner,       // 「 」
  kWhiteCorner,  // 『 』
  kPrime,        // 〝 〟
  kOrnament,     // ❝ ❞
};

[[nodiscard]] bool is_quotation_mark(char32_t c);
// ' ‘ ’ ‚ ‛: an apostrophe as often as a mark.
[[nodiscard]] bool is_single_mark(char32_t c);
[[nodiscard]] bool is_single(MarkKind kind);
[[nodiscard]] bool is_corner(MarkKind kind);
// Whether `c` can close a quotation of `kind`.
[[nodiscard]] bool closes(MarkKind kind, char32_t c);
// Whether `c` at the head of a paragraph says that the quotation of `kind` goes on.
[[nodiscard]] bool goes_on_with(MarkKind kind, char32_t c);

}  // namespace copytaster
