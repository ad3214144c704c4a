// Forms of a text for comparing. Both run on every post, so letters below U+0800 (Latin, Greek,
// Cyrillic, Hebrew, Arabic) go through a table; the rest goes through ICU.
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <array>

#include "core/code_points.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr char32_t kTableEnd = 0x800;

std::string nfkc_casefold(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string out;
  if (U_FAILURE(error)) return std::string(text);
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink,
                            nullptr, error);
  return U_FAILURE(error) ? std::string(text) : out;
}

bool is_mark(char32_t c) {
  const int category = u_charType(static_cast<UChar32>(c));
  return category == U_NON_SPACING_MARK || category == U_COMBINING_SPACING_MARK ||
         category == U_ENCLOSING_MARK;
}
bool is_word(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c); }

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

// Without diacritics: what is left of the decomposed form when marks are taken away.
std::string without_marks(std::string_view folded) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) return std::string(folded);
  std::string decomposed;
  icu::StringByteSink<std::string> sink(&decomposed);
  nfd->normalizeUTF8(0, icu::StringPiece(folded.data(), static_cast<std::int32_t>(folded.size())), sink,
                     nullptr, error);
  if (U_FAILURE(error)) return std::string(folded);
  std::string out;
  for (std::size_t i = 0; i < decomposed.size();) {
    const char32_t c = next_code_point(decomposed, &i);
    if (!is_mark(c)) append_utf8(out, c);
  }
  return out;
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
    case 0x2019:
    case 0x2BB:
    case 0x60:
    case 0xB4:
      return "'";  // one apostrophe
    default:
      return {};
  }
}

struct Entry {
  std::string matched;  // for normalise_for_match; empty: separates words
  std::string named;    // for fold_name
  bool plain = true;    // stands for itself, whatever follows
};

const std::array<Entry, kTableEnd>& table() {
  static const auto* all = [] {
    auto* entries = new std::array<Entry, kTableEnd>;
    for (char32_t c = 0; c < kTableEnd; ++c) {
      Entry& entry = (*entries)[static_cast<std::size_t>(c)];
      const std::string folded = nfkc_casefold(utf8(c));
      if (is_word(c)) entry.matched = folded;
      entry.plain = !is_mark(c);
      for (std::size_t i = 0; i < folded.size();) {
        const char32_t one = next_code_point(folded, &i);
        const std::string_view bare = bare_letter(one);
        entry.named += bare.empty() ? without_marks(utf8(one)) : std::string(bare);
      }
    }
    return entries;
  }();
  return *all;
}

// Whether every character is in the table and stands for itself.
bool tabular(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const char32_t c = next_code_point(text, &i);
    // Typographic quotes, dashes, spaces and emoji only separate words: no need for ICU.
    if (c >= 0x2000 && c < 0x2070) continue;
    if (c >= 0x1F000 && c < 0x1FB00) continue;
    if (c >= kTableEnd || !table()[static_cast<std::size_t>(c)].plain) return false;
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
  std::string out;
  out.reserve(text.size());
  bool open = false;  // a word has begun
  const auto gap = [&] { open = false; };
  walk_words(
      text,
      [&](char32_t c) {
        const std::string* matched = c < kTableEnd ? &table()[static_cast<std::size_t>(c)].matched : nullptr;
        if (matched == nullptr || matched->empty()) return gap();
        if (!open && !out.empty()) out += ' ';
        open = true;
        out += *matched;
      },
      gap);
  return out;
}

std::string match_with_icu(std::string_view text) {
  std::string words;
  bool open = false;
  const auto gap = [&] { open = false; };
  std::string kept;
  walk_words(
      text, [&](char32_t c) { append_utf8(kept, c); }, [&] { kept += ' '; });
  const std::string folded = nfkc_casefold(kept);
  for (std::size_t i = 0; i < folded.size();) {
    const char32_t c = next_code_point(folded, &i);
    // Variation selectors and joiners hold emoji together; they are marks, but no letters.
    if (!is_word(c) || (c >= 0xFE00 && c <= 0xFE0F)) {
      gap();
      continue;
    }
    if (!open && !words.empty()) words += ' ';
    open = true;
    append_utf8(words, c);
  }
  return words;
}

}  // namespace

std::string normalise_for_match(std::string_view text) {
  return tabular(text) ? match_with_table(text) : match_with_icu(text);
}

std::string fold_name(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (tabular(text)) {
    for (std::size_t i = 0; i < text.size();) {
      const char32_t c = next_code_point(text, &i);
      const std::string_view bare = bare_letter(c);
      if (c < kTableEnd)
        out += table()[static_cast<std::size_t>(c)].named;
      else if (!bare.empty())
        out += bare;
      else
        append_utf8(out, c);
    }
    return out;
  }
  const std::string folded = without_marks(nfkc_casefold(text));
  for (std::size_t i = 0; i < folded.size();) {
    const char32_t c = next_code_point(folded, &i);
    const std::string_view bare = bare_letter(c);
    if (bare.empty())
      append_utf8(out, c);
    else
      out += bare;
  }
  return out;
}

}  // namespace copytaster
