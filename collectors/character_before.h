// What stands before a place in a text: whether a link, a mention or a tag may begin there. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "unicode/utf8.h"

namespace copytaster {

// ICU's macros narrow inside.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
// `at` is greater than 0 and not within a character; negative where the bytes before it are no UTF-8.
[[nodiscard]] inline UChar32 character_before(std::string_view text, std::size_t at) {
  auto i = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_PREV(text.data(), 0, i, c);
  return c;
}
#pragma GCC diagnostic pop

}  // namespace copytaster
