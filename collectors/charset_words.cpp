#include "collectors/charset_words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "core/code_points.h"

namespace copytaster {
namespace {

constexpr long kGood = 1;
constexpr long kBad = -2;
constexpr long kNoCharacter = -4;

// ª and º are letters to Unicode; inside words they are a wrong encoding.
bool is_letter(UChar32 c) { return u_isalpha(c) && c != 0xAA && c != 0xBA; }
bool is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }
// Quotes, dashes and full stops stand at words; signs of money, mathematics and the like do not.
bool is_sign(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_S_MASK | U_GC_NO_MASK | U_GC_LO_MASK)) != 0; }

UScriptCode script_of(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(c, &error);
}

class Words {
 public:
  void take(UChar32 c) {
    if (is_letter(c) || (is_mark(c) && c >= 0x80)) {
      letter(c);
      return;
    }
    const bool after_letter = letters_ > 0;
    end_word();
    if (c < 0x80) return;
    if (c == 0xFFFD || u_iscntrl(c)) {
      points_ += kNoCharacter;
    } else if (after_letter && is_sign(c)) {
      points_ += kBad;
    }
  }

  long points() {
    end_word();
    return points_;
  }

 private:
  void letter(UChar32 c) {
    ++letters_;
    if (c >= 0x80) ++beyond_ascii_;
    if (is_mark(c)) {
      wrong_ |= letters_ == 1;
      return;
    }
    const UScriptCode script = script_of(c);
    if (script_ == USCRIPT_INVALID_CODE) script_ = script;
    wrong_ |= script != script_;
    const bool upper = u_isupper(c);
    wrong_ |= upper && lower_before_;
    lower_before_ |= u_islower(c) != 0;
  }

  void end_word() {
    // No language writes most of a longer word in accented letters.
    const bool accents = script_ == USCRIPT_LATIN && letters_ >= 4 && 2 * beyond_ascii_ > letters_;
    points_ += beyond_ascii_ * (wrong_ || accents ? kBad : kGood);
    letters_ = beyond_ascii_ = 0;
    script_ = USCRIPT_INVALID_CODE;
    wrong_ = lower_before_ = false;
  }

  long points_ = 0;
  long letters_ = 0;  // of the word so far
  long beyond_ascii_ = 0;
  UScriptCode script_ = USCRIPT_INVALID_CODE;
  bool wrong_ = false;
  bool lower_before_ = false;
};

}  // namespace

long plausibility_of_words(std::string_view text) {
  Words words;
  for (std::size_t at = 0; at < text.size();) words.take(static_cast<UChar32>(next_code_point(text, &at)));
  return words.points();
}

}  // namespace copytaster
