#include "processors/quote_mark_context.h"

#include <algorithm>
#include <iterator>

#include "processors/word_fold.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestSingle = 600;  // bytes within ‘ ’ on one line
constexpr std::size_t kLookAhead = 1500;     // bytes: how far a missing closing mark is sought

bool is_word(char32_t c) { return (folded_char(c).flags & FoldedChar::kWord) != 0; }
// No space stands before a mark there.
bool is_east_asian(char32_t c) {
  return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF20) ||
         folded_char(c).script == Script::kCjk;
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool may_stand_before(char32_t c) {
  return is_mark_space(c) || is_quotation_mark(c) || c == U'(' || c == U'[' || c == 0x2014 || c == 0x2013 ||
         c == U'/' || c == U'-' || c == U'>' || c == U':' || c == U'*' || c == 0xA1 || c == 0xBF ||
         is_east_asian(c);
}

}  // namespace

bool is_mark_space(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == 0xA0 || c == 0x202F || c == 0x2009 ||
         c == 0x3000;
}

char32_t MarkContext::before(std::size_t at) const { return at == 0 ? U'\n' : code_point_before(text_, at); }

char32_t MarkContext::after(std::size_t at) const {
  return at >= text_.size() ? U'\n' : next_code_point(text_, &at);
}

bool MarkContext::looks_opening(std::size_t begin, std::size_t end) const {
  const char32_t next = after(end);
  if (!may_stand_before(before(begin))) {
    // "Kravets said,“We stay”": a space is missing.
    const char32_t mark = after(begin);
    return before(begin) == U',' && (mark == 0x201C || mark == 0xAB) && is_word(next);
  }
  if (next == U'.') return after(end + 1) == U'@';  // ".@lyon must …"
  return !is_mark_space(next) && next != U',' && next != U')';
}

bool MarkContext::looks_closing(std::size_t begin, std::size_t end) const {
  return !is_mark_space(before(begin)) && !is_word(after(end));
}

bool MarkContext::begins_line(std::size_t at) const {
  while (at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '\t')) --at;
  return at == 0 || text_[at - 1] == '\n';
}

bool MarkContext::single_opens(char32_t mark, std::size_t begin, std::size_t end) {
  if (mark == 0x2019) return false;
  const char32_t next = after(end);
  if (mark == U'\'' && (before(begin) == U'\'' || next == U'\'')) return false;  // ''so''
  return looks_opening(begin, end) && is_word(next) && !is_digit(next) && !is_elision(end) &&
         closes_on_this_line(mark, end);
}

bool MarkContext::is_plural_possessive(char32_t mark, std::size_t begin, std::size_t end) {
  if (before(begin) != U's' || after(end) != U' ' || !spend(kLongestSingle)) return false;
  const std::size_t stop = std::min(text_.size(), end + kLongestSingle);
  if (end + 1 >= stop || (folded_char(after(end + 1)).flags & FoldedChar::kLower) == 0) return false;
  for (std::size_t i = end; i < stop;) {
    const std::size_t at = i;
    const char32_t now = next_code_point(text_, &i);
    if (now == U'\n' || now == 0x2018) return false;
    if (now == mark && looks_closing(at, i)) return true;
  }
  return false;
}

bool MarkContext::odd_marks_ahead(char32_t mark, std::size_t from) {
  if (!spend(kLookAhead)) return false;
  std::size_t count = 0;
  const std::size_t stop = std::min(text_.size(), from + kLookAhead);
  for (std::size_t i = from; i < stop;) {
    const char32_t now = next_code_point(text_, &i);
    if (now == U'\n' && i < stop && text_[i] == '\n') break;
    if (now == mark || (mark == U'"' && now == 0x201D)) ++count;
  }
  return count % 2 == 1;
}

bool MarkContext::closes_later(MarkKind kind, std::size_t from) {
  if (kind == MarkKind::kStraight || kind == MarkKind::kSwedish || !spend(kLookAhead)) return false;
  const std::size_t stop = std::min(text_.size(), from + kLookAhead);
  for (std::size_t i = from; i < stop;) {
    const char32_t c = next_code_point(text_, &i);
    if (c != U'"' && closes(kind, c)) return true;
    if (goes_on_with(kind, c)) return false;
  }
  return false;
}

bool MarkContext::nests_ahead(MarkKind kind, std::size_t from) {
  if (!spend(kLookAhead)) return false;
  const char32_t opening = after(from);
  const std::size_t stop = std::min(text_.size(), from + kLookAhead);
  int open = 1;  // the outer one
  for (std::size_t i = from; i < stop;) {
    const char32_t c = next_code_point(text_, &i);
    if (c == U'\n') return false;
    if (c == opening) {
      ++open;
    } else if (c != U'"' && closes(kind, c) && --open == 0) {
      return true;
    }
  }
  return false;
}

bool MarkContext::is_inches(std::size_t at) const {
  std::size_t digits = at;
  while (digits > 0 && is_digit(static_cast<unsigned char>(text_[digits - 1]))) --digits;
  if (digits == at || digits < 2) return false;
  const char32_t feet = before(digits);
  const std::size_t sign = feet == U'\'' ? 1 : 3;
  return (feet == U'\'' || feet == 0x2019 || feet == 0x2032) && digits > sign &&
         is_digit(static_cast<unsigned char>(text_[digits - sign - 1]));
}

bool MarkContext::is_elision(std::size_t begin) const {
  std::size_t end = begin;
  while (end < text_.size() && is_word(after(end)) && end - begin < 6) next_code_point(text_, &end);
  static constexpr std::string_view kElided[] = {"s",     "t", "n", "em", "tis", "twas", "cause", "til",
                                                 "round", "k", "m", "ne", "Em",  "Tis",  "S",     "T"};
  const std::string_view word = text_.substr(begin, end - begin);
  return std::find(std::begin(kElided), std::end(kElided), word) != std::end(kElided);
}

bool MarkContext::closes_on_this_line(char32_t opening, std::size_t end) {
  if (!spend(kLongestSingle)) return false;
  const std::size_t stop = std::min(text_.size(), end + kLongestSingle);
  for (std::size_t i = end; i < stop;) {
    const std::size_t at = i;
    const char32_t now = next_code_point(text_, &i);
    if (now == U'\n') return false;
    const bool fits = opening == U'\'' ? now == U'\'' : now == 0x2019 || (opening == 0x201A && now == 0x2018);
    if (fits && looks_closing(at, i)) return true;
  }
  return false;
}

bool MarkContext::spend(std::size_t bytes) {
  if (budget_ < bytes) return false;
  budget_ -= bytes;
  return true;
}

}  // namespace copytaster
