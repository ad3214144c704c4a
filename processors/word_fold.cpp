#include "processors/word_fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <array>
#include <cstring>
#include <memory>

#include "processors/word_scan.h"
#include "processors/word_trie.h"

namespace copytaster {
namespace {

// Letters that Unicode does not decompose but people do.
std::string_view plain_letter(char32_t c) {
  switch (c) {
    case U'ł':
      return "l";
    case U'ø':
      return "o";
    case U'đ':
    case U'ð':
      return "d";
    case U'þ':
      return "th";
    case U'æ':
      return "ae";
    case U'œ':
      return "oe";
    case U'ı':
      return "i";
    case U'ħ':
      return "h";
    case U'ŧ':
      return "t";
    case U'ŋ':
      return "n";
    case U'ґ':
      return "г";
    default:
      return {};
  }
}

Script script_of(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_GREEK:
      return Script::kGreek;
    case USCRIPT_CYRILLIC:
      return Script::kCyrillic;
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:  // written without spaces as well
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return Script::kCjk;
    default:
      return Script::kOther;
  }
}

// Marks that nobody reads: soft hyphen, joiners, bidi controls, and the tatweel that makes Arabic words
// longer.
bool is_transparent(char32_t c) {
  return c == 0xAD || c == 0x640 || (c >= 0x200C && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void fold_letters(char32_t c, FoldedChar* out) {
  if (c >= 0xAC00 && c <= 0xD7A3) {  // a Korean syllable is one letter, though Unicode takes it apart
    out->bytes[0] = static_cast<char>(0xE0U | (c >> 12));
    out->bytes[1] = static_cast<char>(0x80U | (c >> 6 & 0x3FU));
    out->bytes[2] = static_cast<char>(0x80U | (c & 0x3FU));
    out->size = 3;
    return;
  }
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString text(static_cast<UChar32>(c));
  // Compatibility forms first: officials' posts write names in mathematical bold and in full width.
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) return;
  text = nfkd->normalize(text, error).foldCase();
  std::string bytes;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 part = text.char32At(i);
    if ((U_GET_GC_MASK(part) & U_GC_M_MASK) != 0 || u_isalnum(part) == 0) continue;
    const std::string_view plain = plain_letter(static_cast<char32_t>(part));
    if (const int32_t digit = u_charDigitValue(part); digit >= 0) {
      bytes += static_cast<char>('0' + digit);  // ٢٥ and 25 are one number
    } else if (plain.empty()) {
      icu::UnicodeString(part).toUTF8String(bytes);
    } else {
      bytes += plain;
    }
  }
  if (bytes.size() > sizeof out->bytes) return;  // ligatures of four letters: no word of ours has them
  std::memcpy(out->bytes, bytes.data(), bytes.size());
  out->size = static_cast<std::uint8_t>(bytes.size());
}

FoldedChar make(char32_t c) {
  FoldedChar out;
  const auto point = static_cast<UChar32>(c);
  const std::uint32_t category = U_GET_GC_MASK(point);
  if (is_transparent(c) || (category & U_GC_M_MASK) != 0) {
    out.flags = FoldedChar::kTransparent;
    if ((category & U_GC_M_MASK) != 0) out.flags |= FoldedChar::kMark;
    return out;
  }
  if (u_isalnum(point) == 0 && (category & U_GC_L_MASK) == 0) return out;
  if (c == 0x2BC || c == 0x2B9 || c == 0x2BB)
    return out;  // apostrophes that Unicode counts among the letters
  out.flags = FoldedChar::kWord;
  if ((category & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0) out.flags |= FoldedChar::kUpper;
  if ((category & U_GC_LL_MASK) != 0) out.flags |= FoldedChar::kLower;
  if ((category & U_GC_ND_MASK) != 0) out.flags |= FoldedChar::kDigit;
  out.script = script_of(c);
  if (out.script == Script::kCjk) out.flags |= FoldedChar::kAlone;
  fold_letters(c, &out);
  for (std::size_t i = 0; i < out.size; ++i) {
    if (out.bytes[i] >= '0' && out.bytes[i] <= '9') out.flags |= FoldedChar::kNumber;
  }
  return out;
}

}  // namespace

const FoldedChar* folded_table() {
  static const std::unique_ptr<const std::array<FoldedChar, kFoldedTableSize>> built = [] {
    auto made = std::make_unique<std::array<FoldedChar, kFoldedTableSize>>();
    for (char32_t c = 0; c < kFoldedTableSize; ++c) (*made)[c] = make(c);
    return made;
  }();
  return built->data();
}

const FoldedChar& folded_char(char32_t code_point) {
  static const FoldedChar* const kTable = folded_table();
  if (code_point < kFoldedTableSize) return kTable[code_point];
  // Emoji and East Asian letters: a text has few different ones.
  struct Rare {
    char32_t code_point = 0;
    FoldedChar folded;
  };
  static thread_local std::array<Rare, 512> rare;
  Rare& slot = rare[code_point % rare.size()];
  if (slot.code_point != code_point) slot = {code_point, make(code_point)};
  return slot.folded;
}

char32_t next_code_point(std::string_view text, std::size_t* at) {
  constexpr char32_t kBad = 0xFFFD;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t i = *at;
  const unsigned lead = byte(i);
  *at = i + 1;
  if (lead < 0x80) return lead;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || i + size > text.size()) return kBad;
  char32_t point = lead & (0x7FU >> size);
  for (std::size_t k = 1; k < size; ++k) {
    if ((byte(i + k) & 0xC0U) != 0x80) return kBad;
    point = (point << 6) | (byte(i + k) & 0x3FU);
  }
  *at = i + size;
  return point;
}

char32_t code_point_before(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
  return next_code_point(text, &begin);
}

std::string fold_phrase(std::string_view phrase, char star) {
  std::string out;
  WordScan scan;
  scan_words_into(phrase, &scan);
  for (const Word& word : scan.words) {
    if (!out.empty()) out += ' ';
    out += scan.folded_word(word);
    if (word.end < phrase.size() && phrase[word.end] == '*') out += star;
    if (word.end < phrase.size() && phrase[word.end] == '~') out += kEnding;
  }
  return out;
}

}  // namespace copytaster
