#include "collectors/feed_tidy_names.h"

#include <algorithm>
#include <array>

#include "core/strings.h"

namespace copytaster {
namespace {

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(), [&](auto known) { return equals_ignore_case(name, known); });
}

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_name_character(char c) {
  return is_name_start(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == ':';
}

}  // namespace

std::string_view xml_name_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  if (end < text.size() && is_name_start(text[end])) {
    while (end < text.size() && is_name_character(text[end])) ++end;
  }
  return text.substr(std::min(at, text.size()), end - at);
}

bool is_void_tag(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kVoid = {"br",   "hr",  "img",   "wbr",  "input",
                                                            "area", "col", "embed", "param"};
  return one_of(name, kVoid);
}

bool is_html_tag(std::string_view name) {
  static constexpr std::array<std::string_view, 33> kHtml = {
      "a",   "abbr", "b",  "big",   "blockquote", "body",   "center", "code", "div",   "em", "font",
      "h1",  "h2",   "h3", "h4",    "h5",         "h6",     "html",   "i",    "li",    "ol", "p",
      "pre", "q",    "s",  "small", "span",       "strong", "sub",    "sup",  "table", "u",  "ul"};
  return is_void_tag(name) || one_of(name, kHtml);
}

bool is_item_tag(std::string_view name) {
  return equals_ignore_case(name, "item") || equals_ignore_case(name, "entry");
}

bool is_leaf_tag(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kLeaves = {
      "title", "link", "guid", "pubdate", "description", "category", "comments", "enclosure", "dc:creator"};
  return one_of(name, kLeaves);
}

}  // namespace copytaster
