#include "core/shortened.h"

#include <algorithm>

#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kSmallWord = 3;  // code points: "tra", "και", "de"

bool ends_quoted(std::string_view words) {
  static constexpr std::string_view kMarks[] = {"»", "”", "“", "\"", "’", "«"};
  return std::ranges::any_of(kMarks, [&](std::string_view mark) { return words.ends_with(mark); });
}

bool is_small(std::string_view word) { return byte_of_code_point(word, kSmallWord) == word.size(); }

}  // namespace

std::string_view shortened(std::string_view words, std::size_t most) {
  if (byte_of_code_point(words, most) == words.size()) return words;
  std::string_view out = words.substr(0, byte_of_code_point(words, most - 1));
  const std::size_t half = out.size() / 2, comma = out.rfind(", ");
  if (comma != std::string_view::npos && comma > out.size() * 2 / 3 && !ends_quoted(out.substr(0, comma)))
    return out.substr(0, comma);
  if (words[out.size()] != ' ') {  // within a word
    const std::size_t space = out.rfind(' ');
    if (space == std::string_view::npos || space <= half) return out;
    out = out.substr(0, space);
  }
  for (std::size_t space = out.rfind(' '); space != std::string_view::npos && space > half;
       space = out.rfind(' ')) {
    if (!is_small(out.substr(space + 1)) || ends_quoted(out.substr(0, space))) break;
    out = out.substr(0, space);
  }
  while (!out.empty() && (out.back() == ',' || out.back() == ' ' || out.back() == ';')) out.remove_suffix(1);
  return out;
}

}  // namespace copytaster
