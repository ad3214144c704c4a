#include "processors/quote_mark_signs.h"

namespace copytaster {

bool is_quotation_mark(char32_t c) {
  switch (c) {
    case U'"':
    case 0xAB:
    case 0xBB:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2039:
    case 0x203A:
    case 0x275D:
    case 0x275E:
    case 0x300C:
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0x301D:
    case 0x301E:
    case 0x301F:
    case 0xFE41:  // the corners of vertical text
    case 0xFE42:
    case 0xFE43:
    case 0xFE44:
    case 0xFF02:
    case 0xFF62:
    case 0xFF63:
      return true;
    default:
      return is_single_mark(c);
  }
}

bool is_single_mark(char32_t c) {
  return c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x201A || c == 0x201B;
}

bool is_single(MarkKind kind) {
  return kind == MarkKind::kSingle || kind == MarkKind::kLowSingle || kind == MarkKind::kApostrophe;
}

bool is_corner(MarkKind kind) {
  return kind == MarkKind::kCorner || kind == MarkKind::kWhiteCorner || kind == MarkKind::kPrime;
}

bool closes(MarkKind kind, char32_t c) {
  switch (kind) {
    case MarkKind::kCurly:
      return c == 0x201D || c == U'"';
    case MarkKind::kLow:
      return c == 0x201C || c == 0x201D || c == U'"' || c == 0x201F;
    case MarkKind::kStraight:
      return c == U'"' || c == 0x201D || c == 0xFF02;
    case MarkKind::kSwedish:
      return c == 0x201D;
    case MarkKind::kGuillemet:
      return c == 0xBB;
    case MarkKind::kReversed:
      return c == 0xAB || c == 0xBB;
    case MarkKind::kAngle:
      return c == 0x203A || c == 0x2039;
    case MarkKind::kSingle:
      return c == 0x2019;
    case MarkKind::kLowSingle:
      return c == 0x2018 || c == 0x2019;
    case MarkKind::kApostrophe:
      return c == U'\'';
    case MarkKind::kCorner:
      return c == 0x300D || c == 0xFF63 || c == 0xFE42;
    case MarkKind::kWhiteCorner:
      return c == 0x300F || c == 0xFE44;
    case MarkKind::kPrime:
      return c == 0x301E || c == 0x301F;
    case MarkKind::kOrnament:
      return c == 0x275E;
  }
  return false;
}

bool goes_on_with(MarkKind kind, char32_t c) {
  switch (kind) {
    case MarkKind::kCurly:
      return c == 0x201C || c == U'"';
    case MarkKind::kLow:
      return c == 0x201E;
    case MarkKind::kStraight:
      return c == U'"' || c == 0x201C;
    case MarkKind::kSwedish:
      return c == 0x201D;
    case MarkKind::kGuillemet:
      return c == 0xAB || c == 0xBB;
    case MarkKind::kReversed:
      return c == 0xBB;
    case MarkKind::kCorner:
      return c == 0x300C;
    default:
      return false;
  }
}

}  // namespace copytaster
