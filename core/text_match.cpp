// Forms of a text for comparing. Both run on every post, so letters below U+0800 (Latin, Greek,
// Cyrillic, Hebrew, Arabic), punctuation and emoji go through a table; the rest goes through ICU. Which way a
// text goes must not show: one Chinese character more changes nothing before it.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>

#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

using Normalizer = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalised(std::string_view text, Normalizer form) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = form(error);
  std::string out;
  if (U_FAILURE(error)) return std::string(text);
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                            nullptr, error);
  return U_FAILURE(error) ? std::string(text) : out;
}

// NFKC_Casefold: it takes away what has no looks too (soft hyphens, joiners, variation selectors).
std::string nfkc_casefold(std::string_view text) {
  return normalised(text, icu::Normalizer2::getNFKCCasefoldInstance);
}

bool is_mark(char32_t c) {
  const int category = u_charType(static_cast<UChar32>(c));
  return category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK ||
         category == U_ENCLOSING_MARK;
}
bool is_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c); }

// A mark that a name may be written without. The marks of other scripts are vowels or make another
// letter: without them Devanagari "मोदी" would be "मद" and "ガ" would be "カ".
bool is_diacritic(char32_t c) {
  if (!is_mark(c) || c == 0x3099 || c == 0x309A) return false;  // the sound marks of kana
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_INHERITED:
    case USCRIPT_COMMON:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
      return true;
    default:
      return false;
  }
}

// Letters that have no decomposition and yet are written without their stroke.
std::string_view bare_letter(char32_t c) {
  switch (c) {
    case 0xF8:
      return "o";
    case 0x142:
      return "l";
    case 0x111:
    case 0xF0:
      return "d";
    case 0xE6:
      return "ae";
    case 0x153:
      return "oe";
    case 0x131:
      return "i";
    case 0xFE:
      return "th";
    case 0x2BC:
    case 0x2018:
    case 0x2019:
    case 0x2BB:
    case 0x60:
      return "'";  // one apostrophe
    default:
      return {};
  }
}

// Words as they grow, single spaces between them.
class Words {
 public:
  void gap() { open_ = false; }
  void add(std::string_view bytes) {
    if (!open_ && !out_.empty()) out_ += ' ';
    open_ = true;
    out_ += bytes;
  }
  // One character of a folded text. A mark without a letter before it is no word.
  void add_folded(char32_t c) {
    if (!is_word(c) || (!open_ && is_mark(c))) return gap();
    add({});
    append_utf8(out_, c);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool open_ = false;
};

// What a character becomes, whatever stands around it.
struct Entry {
  std::string matched;  // for normalise_for_match; ' ' is a gap between words
  std::string named;    // for fold_name
  bool gaps = false;    // `matched` has some
  bool plain = true;    // false: it changes with its neighbours
};

std::string name_through_icu(std::string_view text) {
  // NFKC would make a space and a mark of the acute accent that stands for an apostrophe.
  const std::string folded = nfkc_casefold(replace_all(text, "\xC2\xB4", "'"));
  const std::string apart = normalised(folded, icu::Normalizer2::getNFDInstance);
  std::string out;
  for (std::size_t i = 0; i < apart.size();) {
    const char32_t c = next_code_point(apart, &i);
    if (is_diacritic(c)) continue;
    const std::string_view bare = bare_letter(c);
    if (bare.empty())
      append_utf8(out, c);
    else
      out += bare;
  }
  return normalised(out, icu::Normalizer2::getNFCInstance);
}

Entry make_entry(char32_t c) {
  Entry entry;
  std::string one;
  append_utf8(one, c);
  entry.plain = !is_mark(c);
  entry.named = name_through_icu(one);
  const std::string folded = nfkc_casefold(one);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t begin = i;
    const char32_t part = next_code_point(folded, &i);
    const bool begins = entry.matched.empty() || entry.matched.back() == ' ';
    if (is_word(part) && !(begins && is_mark(part)))
      entry.matched.append(folded, begin, i - begin);
    else
      entry.matched += ' ';
  }
  entry.gaps = entry.matched.find(' ') != std::string::npos;
  return entry;
}

// The letters, and typographic quotes, dashes and spaces.
constexpr char32_t kLettersEnd = 0x800;
constexpr char32_t kPunctuation = 0x2000;
constexpr char32_t kPunctuationEnd = 0x2070;

// Null for characters that are not in the table.
const Entry* entry_of(char32_t c) {
  static const auto* all = [] {
    auto* entries = new std::array<Entry, kLettersEnd + kPunctuationEnd - kPunctuation>;
    for (char32_t i = 0; i < entries->size(); ++i)
      (*entries)[i] = make_entry(i < kLettersEnd ? i : i - kLettersEnd + kPunctuation);
    return entries;
  }();
  if (c < kLettersEnd) return &(*all)[c];
  if (c >= kPunctuation && c < kPunctuationEnd) return &(*all)[c - kPunctuation + kLettersEnd];
  return nullptr;
}

// Pictures: no words, and folded they are themselves. Squared letters (U+1F100 to U+1F2FF) are not among
// them, flags are.
bool is_emoji(char32_t c) {
  return (c >= 0x1F000 && c < 0x1F100) || (c >= 0x1F1E6 && c < 0x1F200) || (c >= 0x1F300 && c < 0x1FB00);
}
bool is_variation_selector(char32_t c) { return c >= 0xFE00 && c <= 0xFE0F; }

// Whether every character stands for itself.
bool tabular(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const char32_t c = next_code_point(text, &i);
    if (is_emoji(c) || is_variation_selector(c)) continue;
    const Entry* entry = entry_of(c);
    if (entry == nullptr || !entry->plain) return false;
  }
  return true;
}

// End of the URL that begins at `i`; `i` when none does.
std::size_t url_end(std::string_view text, std::size_t i) {
  const std::string_view rest = text.substr(i);
  if (!rest.starts_with("http://") && !rest.starts_with("https://") && !rest.starts_with("www.")) return i;
  while (i < text.size() && static_cast<unsigned char>(text[i]) > ' ') ++i;
  return i;
}

// Calls word(code_point) for characters of words and gap() between words.
template <typename Word, typename Gap>
void walk_words(std::string_view text, Word word, Gap gap) {
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if ((c == 'h' || c == 'w') &&
        (i == 0 || static_cast<unsigned char>(text[i - 1]) <= ' ' || text[i - 1] == '(')) {
      const std::size_t end = url_end(text, i);
      if (end > i) {
        gap();
        i = end;
        continue;
      }
    }
    word(next_code_point(text, &i));
  }
}

std::string match_with_table(std::string_view text) {
  Words words;
  walk_words(
      text,
      [&](char32_t c) {
        if (is_variation_selector(c)) return;
        const Entry* entry = entry_of(c);
        if (entry == nullptr) return words.gap();
        if (!entry->gaps) {
          if (!entry->matched.empty()) words.add(entry->matched);
          return;
        }
        for (const char& byte : entry->matched) {
          if (byte == ' ')
            words.gap();
          else
            words.add({&byte, 1});
        }
      },
      [&] { words.gap(); });
  return words.take();
}

std::string match_with_icu(std::string_view text) {
  std::string kept;
  walk_words(
      text, [&](char32_t c) { append_utf8(kept, c); }, [&] { kept += ' '; });
  const std::string folded = nfkc_casefold(kept);
  Words words;
  for (std::size_t i = 0; i < folded.size();) words.add_folded(next_code_point(folded, &i));
  return words.take();
}

std::string name_with_table(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, &i);
    if (is_variation_selector(c)) continue;
    const Entry* entry = entry_of(c);
    if (entry != nullptr)
      out += entry->named;
    else
      append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string normalise_for_match(std::string_view text) {
  return tabular(text) ? match_with_table(text) : match_with_icu(text);
}

std::string fold_name(std::string_view text) {
  return tabular(text) ? name_with_table(text) : name_through_icu(text);
}

}  // namespace copytaster
