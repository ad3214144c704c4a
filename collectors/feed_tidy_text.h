// Text and references of XML that is being mended (feed_tidy.h): what XML forbids goes, "&" is made right.
// One for a document: it keeps the entities that the document declares. Work and output are bounded.
#pragma once

#include <string>
#include <string_view>

#include "core/strings.h"

namespace copytaster {

// U+0080 to U+009F are controls that nobody means: what windows-1252 has there, as browsers read "&#146;".
// Any other character, and the five that windows-1252 leaves free, stay.
[[nodiscard]] char32_t meant_by_control(char32_t c);
// The same for UTF-8 text. U+200B and U+FEFF go: they have no width, and are no spaces between words.
[[nodiscard]] std::string without_stray_characters(std::string_view text);

class TidyText {
 public:
  // Text between tags: references become characters, any other "&" becomes "&amp;".
  void append_text(std::string_view text, std::string* out) { clean(text, true, out); }
  // Character data: there "&" is itself.
  void append_data(std::string_view text, std::string* out) { clean(text, false, out); }
  // The value of an attribute, to stand between double quotes.
  void append_attribute(std::string_view value, std::string* out);

  // What follows "<!ENTITY". Parameter and external entities are not taken; of two with one name the first
  // counts.
  void declare(std::string_view text);

  static constexpr std::size_t kMaxEntityBytes = 1024;

 private:
  void clean(std::string_view text, bool references, std::string* out);
  std::size_t reference(std::string_view text, std::string* out);

  StringMap<std::string> entities_;
  std::size_t expanded_ = 0;
};

}  // namespace copytaster
