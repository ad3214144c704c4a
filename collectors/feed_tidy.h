// Makes ill-formed XML readable, losing no text: what a strict parser refuses is mended before libxml2
// sees it. Pure; any thread; work and output are bounded by the input's size.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

struct TidyXml {
  std::string text;
  // The bytes end inside an item: its last words are missing, so it must not be taken for the post.
  bool cut_off_in_item = false;
  // The bytes end before the first element does: there may have been more.
  bool cut_off = false;
};

// - what stands before the first tag goes, and so do comments, processing instructions and the DOCTYPE;
//   simple entities declared in it are kept in mind (values up to 1 KiB, no nesting)
// - named entities of HTML 4 and those declared become characters; any other "&" becomes "&amp;"
// - "&#146;" and its like (128 to 159) are read as windows-1252, as browsers do
// - characters that XML forbids go; a "<" that opens no tag becomes "&lt;"
// - end tags are matched by name: missing ones are added, stray ones dropped; <item>, <entry> and
//   <title>, <link> and their like never nest
// - attributes without quotes or value get them
// - deeper than 200 elements, tags go and their text stays
[[nodiscard]] TidyXml tidy_xml(std::string_view text);

}  // namespace copytaster
