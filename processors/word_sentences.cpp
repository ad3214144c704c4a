#include "processors/word_sentences.h"

#include <algorithm>
#include <cstdint>

#include "core/strings.h"
#include "processors/word_fold.h"

namespace copytaster {
namespace {

// After these a full stop ends nothing. Folded, without the stop; one-letter words never end one.
constexpr std::string_view kAbbreviations[] = {
    "abs",  "al",    "art", "av",  "bd",  "blvd", "bzw", "ca",   "cf",   "cllr", "co",   "corp", "dhr",
    "dipl", "dott",  "dr",  "dra", "e.g", "ed",   "etc", "fig",  "fr",   "ft",   "gen",  "gov",  "hon",
    "i.e",  "inc",   "ing", "inz", "jr",  "km",   "lt",  "ltd",  "mgr",  "mme",  "mlle", "mr",   "mrs",
    "ms",   "mt",    "mw",  "nr",  "no",  "ok",   "op",  "p.ej", "prof", "pol",  "ref",  "rep",  "rev",
    "rte",  "sen",   "sig", "sgt", "sr",  "sra",  "st",  "ste",  "str",  "tel",  "ul",   "usw",  "vgl",
    "vs",   "z.b",   "u.a", "d.h", "u.s", "p.m",  "a.m", "вул",  "грн",  "др",   "ім",   "кв",   "обл",
    "пл",   "просп", "ред", "св",  "см",  "тис",  "млн", "млрд", "π.χ",  "κ.λπ", "αρ",   "οδ"};
constexpr std::string_view kMonths[] = {"januar",  "jänner",   "februar", "märz",   "april",
                                        "mai",     "juni",     "juli",    "august", "september",
                                        "oktober", "november", "dezember"};

bool is_stop(char32_t c) {
  return c == U'.' || c == U'!' || c == U'?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
         c == 0x37E;
}
bool is_closer(char32_t c) {
  return c == U'"' || c == U'\'' || c == U')' || c == U']' || c == 0xBB || c == 0xAB || c == 0x201D ||
         c == 0x201C || c == 0x2019 || c == 0x2018 || c == 0x203A || c == 0x300D || c == 0x300F;
}
bool is_space(char32_t c) {
  return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == 0x3000;
}
bool is_line(char32_t c) { return c == U'\n' || c == U'\r' || c == 0x2028 || c == 0x2029; }

// The letters, digits and inner full stops right before `at`.
std::string_view token_before(std::string_view text, std::size_t at, std::size_t floor) {
  std::size_t begin = at;
  while (begin > floor && at - begin < 24) {
    const char32_t c = code_point_before(text, begin);
    if (c != U'.' && (folded_char(c).flags & FoldedChar::kWord) == 0) break;
    --begin;
    while (begin > floor && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80) --begin;
  }
  return text.substr(begin, at - begin);
}

bool starts_with_month(std::string_view text) {
  return std::any_of(std::begin(kMonths), std::end(kMonths),
                     [&](std::string_view month) { return starts_with_ignore_case(text, month); });
}

// « Non ! » has a space before the mark that closes; »Ja!« opens with that mark, before a letter.
bool spaced_closer(std::string_view text, std::size_t at) {
  if (at >= text.size() || next_code_point(text, &at) != 0xBB) return false;
  return at >= text.size() || (folded_char(next_code_point(text, &at)).flags & FoldedChar::kWord) == 0;
}

// "zum 100. Geburtstag": behind these a number and a full stop are an ordinal.
bool is_german_article(std::string_view word) {
  static constexpr std::string_view kArticles[] = {"zum", "zur", "beim", "vom",    "im",    "am",     "der",
                                                   "das", "dem", "des",  "seinen", "ihren", "unseren"};
  return std::find(std::begin(kArticles), std::end(kArticles), word) != std::end(kArticles);
}

// Whether the full stop at `at` only shortens the word before it. `next` is where the text goes on.
bool shortens(std::string_view text, std::size_t at, std::size_t floor, std::size_t next) {
  const std::string_view token = token_before(text, at, floor);
  if (token.empty()) return false;
  std::size_t letters = 0;
  bool digits = true;
  std::string folded;
  for (std::size_t i = 0; i < token.size(); ++letters) {
    const char32_t c = next_code_point(token, &i);
    const FoldedChar& f = folded_char(c);
    digits = digits && (f.flags & FoldedChar::kDigit) != 0;
    if (c == U'.') folded += '.';
    folded.append(f.bytes, f.size);
  }
  if (digits) {
    const bool day = letters <= 2 && starts_with_month(text.substr(next));
    const std::size_t begin = at - token.size();
    return day || (letters <= 3 && begin > floor && text[begin - 1] == ' ' &&
                   is_german_article(token_before(text, begin - 1, floor)));
  }
  if (letters == 1) return (folded_char(code_point_before(text, at)).flags & FoldedChar::kUpper) != 0;
  return std::find(std::begin(kAbbreviations), std::end(kAbbreviations), folded) != std::end(kAbbreviations);
}

void push_trimmed(std::string_view text, std::size_t begin, std::size_t end, std::vector<Span>* out) {
  while (begin < end) {
    std::size_t at = begin;
    const char32_t c = next_code_point(text, &at);
    if (!is_space(c) && !is_line(c)) break;
    begin = at;
  }
  while (end > begin) {
    const char32_t c = code_point_before(text, end);
    if (!is_space(c) && !is_line(c)) break;
    do {
      --end;
    } while (end > begin && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80);
  }
  if (begin < end) out->push_back({begin, end});
}

}  // namespace

void split_sentences(std::string_view text, std::vector<Span>* out) {
  out->clear();
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(text, &at);
    if (is_line(c)) {
      push_trimmed(text, begin, here, out);
      begin = at;
      continue;
    }
    if (!is_stop(c)) continue;
    const bool wide = c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
    bool only_stops = c == U'.';
    std::size_t end = at, next = at;
    char32_t follow = 0;
    while (next < text.size()) {  // "?!", "...", and what closes with the sentence
      follow = next_code_point(text, &next);
      if (is_space(follow) && spaced_closer(text, next)) continue;
      if (!is_stop(follow) && !is_closer(follow)) break;
      only_stops = false;
      end = next;
      follow = 0;
    }
    if (end == text.size()) follow = U'\n';
    at = end;
    if (!wide && !is_space(follow) && !is_line(follow)) continue;
    std::size_t word = end;
    char32_t first = follow;
    while (word < text.size()) {
      std::size_t after = word;
      first = next_code_point(text, &after);
      if (!is_space(first)) break;
      word = after;
    }
    // "Sie kam am 14. und …", "« Non ! » dit-elle": a small letter goes on with the sentence.
    if ((folded_char(first).flags & FoldedChar::kLower) != 0) continue;
    if (only_stops && shortens(text, here, begin, word)) continue;
    push_trimmed(text, begin, end, out);
    begin = end;
  }
  push_trimmed(text, begin, text.size(), out);
}

}  // namespace copytaster
