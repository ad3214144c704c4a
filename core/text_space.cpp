// White space as readers see it.
#include <unicode/uchar.h>

#include "core/code_points.h"
#include "core/text.h"

namespace copytaster {
namespace {

// Length of the white-space character at text[i]; 0 when it is none. *line: it ends a line.
std::size_t space_at(std::string_view text, std::size_t i, bool* line) {
  const char c = text[i];
  *line = c == '\n' || c == '\r';
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  std::size_t next = i;
  const char32_t code_point = next_code_point(text, &next);
  // U+200B and U+FEFF are format characters, but on the wire they are stray spaces.
  if (u_isUWhiteSpace(code_point) == 0 && code_point != 0x200B && code_point != 0xFEFF) return 0;
  *line = code_point == 0x2028 || code_point == 0x2029 || code_point == 0x85;
  return next - i;
}

}  // namespace

std::string collapse_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    bool line = false;
    const std::size_t space = space_at(text, i, &line);
    if (space > 0) {
      gap = true;
      i += space;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += text[i++];
  }
  return out;
}

std::string tidy_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t lines = 0;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    bool line = false;
    const std::size_t space = space_at(text, i, &line);
    if (space > 0) {
      const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
      if (line && !pair) ++lines;
      gap = true;
      i += space;
      continue;
    }
    if (!out.empty()) {
      if (lines > 0)
        out.append(lines > 1 ? 2 : 1, '\n');
      else if (gap)
        out += ' ';
    }
    lines = 0;
    gap = false;
    out += text[i++];
  }
  return out;
}

}  // namespace copytaster
