#include "desk/one_line.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/text.h"

namespace copytaster {
namespace {

// Unicode's format characters but the two that join and part letters within words (Persian, Hindi).
bool is_format(UChar32 c) { return u_charType(c) == U_FORMAT_CHAR && c != 0x200C && c != 0x200D; }

bool is_visible(UChar32 c) {
  return u_isgraph(c) != 0 && u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0;
}

}  // namespace

std::string one_line(std::string_view text, std::size_t most) {
  const std::string valid = to_valid_utf8(text.substr(0, most * 4));  // what is cut off needs no look
  std::string line;
  bool visible = false;
  const auto size = static_cast<std::int32_t>(valid.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT(valid.data(), at, size, c);
#pragma GCC diagnostic pop
    if (is_format(c)) continue;
    visible |= is_visible(c);
    if (u_charType(c) == U_CONTROL_CHAR)
      line += ' ';
    else
      line.append(valid, static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
  }
  if (!visible) return {};
  line = collapse_space(line);
  line.resize(utf8_floor(line, most));
  return line;
}

}  // namespace copytaster
