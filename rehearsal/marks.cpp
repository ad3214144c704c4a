#include "rehearsal/marks.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/strings.h"
#include "unicode/locid.h"
#include "unicode/uchar.h"
#include "unicode/unistr.h"
#include "unicode/utf8.h"

namespace copytaster::rehearsal {
namespace {

// ICU's macro narrows inside.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
UChar32 next_character(std::string_view text, std::size_t* at) {
  auto i = static_cast<std::int32_t>(*at);
  UChar32 c = 0;
  U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), c);
  *at = static_cast<std::size_t>(i);
  return c;
}
#pragma GCC diagnostic pop

bool is_word(UChar32 c) {
  return c == '_' || u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK ||
         u_charType(c) == U_COMBINING_SPACING_MARK;
}

std::size_t hashtag_end(std::string_view text, std::size_t at) {
  bool has_letter = false;
  while (at < text.size()) {
    std::size_t next = at;
    const UChar32 c = next_character(text, &next);
    if (c < 0 || !is_word(c)) break;
    has_letter = has_letter || u_isalpha(c);
    at = next;
  }
  return has_letter ? at : 0;
}

std::size_t mention_end(std::string_view text, std::size_t at) {
  const auto allowed = [](char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
           std::string_view("_.-@").find(c) != std::string_view::npos;
  };
  std::size_t end = at;
  while (end < text.size() && allowed(text[end])) ++end;
  while (end > at && std::string_view("_.-@").find(text[end - 1]) != std::string_view::npos &&
         text[end - 1] != '_')
    --end;
  return end == at ? 0 : end;
}

std::size_t link_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > ' ' && text[end] != '<' &&
         text[end] != '>' && text[end] != '"')
    ++end;
  while (end > at && std::string_view(".,;:!?)").find(text[end - 1]) != std::string_view::npos) --end;
  return end;
}

}  // namespace

std::vector<Mark> find_marks(std::string_view text) {
  std::vector<Mark> out;
  bool in_word = false;  // "a#b" and "a@b" are no marks
  for (std::size_t at = 0; at < text.size();) {
    Mark mark{Mark::kLink, at, 0};
    const std::string_view rest = text.substr(at);
    if (!in_word && (rest.starts_with("https://") || rest.starts_with("http://"))) {
      mark.end = link_end(text, at);
    } else if (!in_word && rest.front() == '#') {
      mark = {Mark::kHashtag, at, hashtag_end(text, at + 1)};
    } else if (!in_word && rest.front() == '@') {
      mark = {Mark::kMention, at, mention_end(text, at + 1)};
    }
    if (mark.end > 0) {
      out.push_back(mark);
      at = mark.end;
      continue;
    }
    const UChar32 c = next_character(text, &at);
    in_word = c > 0 && is_word(c);
  }
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out;
  icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())})
      .toLower(icu::Locale::getRoot())
      .toUTF8String(out);
  return out;
}

}  // namespace copytaster::rehearsal
