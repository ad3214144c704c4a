// XMP packets as they are read: processors/xmp_texts.h.
#include "processors/xmp_texts.h"
#include "tests/fuzz/fuzz.h"

COPYTASTER_FUZZ_TARGET(xmp)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view packet = as_text(data, size);
  const XmpTexts read(packet);
  const XmpTexts again(packet);
  for (const auto& [space, name] :
       {std::pair(kXmpDc, "description"), std::pair(kXmpDc, "creator"), std::pair(kXmpPhotoshop, "Credit"),
        std::pair(kXmpIptc, "AltTextAccessibility")}) {
    const std::string text = read.text(space, name);
    require_utf8(text, "words of a packet");
    require(text.find('\0') == std::string::npos, "words of a packet have no NUL");
    require(text == again.text(space, name), "the same twice", text);
    const std::vector<std::string> languages = read.languages(space, name);
    require(languages.size() <= 16, "no more languages than allowed");
    require(languages.empty() == text.empty(), "a text is one of its languages", text);
    for (const std::string& one : languages) require_utf8(one, "words in a language");
  }
  return 0;
}
