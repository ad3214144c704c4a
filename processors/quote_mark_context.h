// What stands around a quotation mark: whether it looks like one that opens, one that closes, or an
// apostrophe, inches and the like.
#pragma once

#include <cstddef>
#include <string_view>

#include "processors/quote_mark_signs.h"

namespace copytaster {

// White space around marks: French sets narrow and no-break spaces inside them.
[[nodiscard]] bool is_mark_space(char32_t c);

// Of one text, which must outlive it. All positions are bytes; `begin` and `end` are those of a mark.
// Looking ahead is paid from a budget a text, so that hostile texts stay linear; beyond it the answer is no.
class MarkContext {
 public:
  explicit MarkContext(std::string_view text) : text_(text) {}

  // The code point before or at `at`; a line break at the ends of the text.
  [[nodiscard]] char32_t before(std::size_t at) const;
  [[nodiscard]] char32_t after(std::size_t at) const;
  [[nodiscard]] bool looks_opening(std::size_t begin, std::size_t end) const;
  [[nodiscard]] bool looks_closing(std::size_t begin, std::size_t end) const;
  // Whether only blanks stand between `at` and the beginning of its line.
  [[nodiscard]] bool begins_line(std::size_t at) const;

  // A single mark that opens a quotation which ends on its line; no elision, no year ('90s).
  [[nodiscard]] bool single_opens(char32_t mark, std::size_t begin, std::size_t end);
  // "the boys’ house" within ‘ ’: another closing mark comes before the line is over.
  [[nodiscard]] bool is_plural_possessive(char32_t mark, std::size_t begin, std::size_t end);
  // Whether the number of marks `mark` from `from` to the end of the paragraph is odd.
  [[nodiscard]] bool odd_marks_ahead(char32_t mark, std::size_t from);
  // Whether a quotation of `kind` whose new paragraph, at `from`, does not begin with the mark is closed
  // before another one opens. Only for signs that come in pairs.
  [[nodiscard]] bool closes_later(MarkKind kind, std::size_t from);
  // Whether the opening mark at `from`, inside a quotation of its own kind, begins one that is closed on this
  // line before the outer one is.
  [[nodiscard]] bool nests_ahead(MarkKind kind, std::size_t from);
  // The sign at `at` ends 6'2".
  [[nodiscard]] bool is_inches(std::size_t at) const;

 private:
  // 's avonds, 't, 'n, 'em, 'tis, 'cause
  [[nodiscard]] bool is_elision(std::size_t end) const;
  [[nodiscard]] bool closes_on_this_line(char32_t opening, std::size_t end);
  [[nodiscard]] bool spend(std::size_t bytes);

  std::string_view text_;
  std::size_t budget_ = 200000;
};

}  // namespace copytaster
