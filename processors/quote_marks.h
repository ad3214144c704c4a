// What stands between quotation marks: “ ”, „ “, „ ”, « », » «, » », ” ”, " ", ‘ ’, ‚ ‘, ' ', ‹ ›, 「」,
// 『』, 〝〟, ❝❞, ,, ''.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/text.h"

namespace copytaster {

enum class MarkStyle : std::uint8_t { kDouble, kSingle, kCorner };

struct QuotedSpan {
  Span inner;  // without the marks and the spaces inside them
  Span outer;  // with them
  MarkStyle style = MarkStyle::kDouble;
  bool closed = true;          // false: the paragraph or the text ended first
  bool own_paragraph = false;  // the opening mark begins a paragraph
};

// The outermost quotations in order of the text, at most 500. Nested ones stay inside; a quotation of
// several paragraphs or lines, each opening with the mark again, is one span. Apostrophes, inches and feet
// are no marks; neither is ''…'', which stands for seconds and ditto as often. Near linear; any bytes.
void find_quoted(std::string_view text, std::vector<QuotedSpan>* out);

}  // namespace copytaster
