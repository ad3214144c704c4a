// What feeds hold: ill-formed XML, texts, names, links. collectors/feed_tidy.h, collectors/feed_text.h.
#include "collectors/feed_text.h"
#include "collectors/feed_tidy.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

// All declared entities together may add 1 MiB (collectors/feed_tidy.cpp).
constexpr std::size_t kMostExpansion = std::size_t{1} << 20;

void check_tidy(std::string_view xml) {
  const TidyXml tidy = tidy_xml(xml);
  require_utf8(tidy.text, "tidy XML");
  // "&" becomes "&amp;", and every element may need its end tag.
  require(tidy.text.size() <= 8 * xml.size() + kMostExpansion + 64, "tidy XML is bounded by the input",
          str_cat(xml.size(), " bytes became ", tidy.text.size()));
  require(tidy_xml(xml).text == tidy.text, "the same XML is tidied the same way");
}

void check_render(const FeedText& text) {
  const HtmlText html = render(text);
  require_utf8(html.text, "a rendered text");
  for (const Facet& facet : html.facets)
    require_span(html.text, facet.begin(), facet.end(), "a facet of a feed");
  require(html.text.size() <= 3 * text.text.size() + 16, "a rendered text is bounded");
  const std::string line = render_line(text);
  require_utf8(line, "a rendered line");
  require(line.find('\n') == std::string::npos, "a line is one line", line);
}

void check_words(std::string_view text) {
  require(person_name(text).size() <= text.size(), "a name is a part of its text");
  const std::string tag = language_tag(text);
  require(tag.empty() || (language_tag(tag) == tag && tag.find('_') == std::string::npos),
          "a tag is its own tag", tag);
  const auto decoded = decode_base64_text(text);
  require(!decoded || is_valid_utf8(*decoded), "decoded base64 is text");
  const std::string link = web_link("https://city.example/a/", text);
  require(link.empty() || starts_with_ignore_case(link, "http"), "a link is http(s)", link);
  require(link.find_first_of(" \t\r\n<>\"") == std::string::npos, "a link holds no space, bracket or quote",
          link);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(feed_text)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  // decode_text() stands before all of this: what arrives is valid UTF-8.
  const std::string text = to_valid_utf8(as_text(data, size));
  check_tidy(text);
  check_render({text, true, "https://city.example/news", false});
  check_render({text, false, "", false});
  check_render({text, false, "", true});
  check_words(text);
  return 0;
}
