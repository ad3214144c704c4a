// One tag of HTML as the HTML5 tokeniser reads it (HTML Living Standard §13.2.5), reduced to what
// core/html.cpp looks at. Internal to core/html_prepass.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace copytaster {

struct HtmlTag {
  std::string name;          // lower case; "" when no tag begins there
  std::string attributes;    // ` href="…"`, written anew: the ones that are read, each once, well quoted
  bool closes = false;       // "</…"
  bool self_closed = false;  // ends with "/>"
  bool whole = false;        // false: the input ends inside it
  std::size_t end = 0;       // behind '>'; the input's end when it is not whole
};

// The tag that begins at html[at] == '<'. Quotes hide '>' where they quote a value, and only there. Reads
// each byte up to `end` once.
[[nodiscard]] HtmlTag read_html_tag(std::string_view html, std::size_t at);

// Whether `rest` begins with the tag's name and the name ends there.
[[nodiscard]] bool begins_tag_name(std::string_view rest, std::string_view name);

}  // namespace copytaster
