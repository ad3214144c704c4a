// HTML of posts and feeds: core/html.h.
#include "core/code_points.h"
#include "core/html.h"
#include "core/html_prepass.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::string_view kHtmlBase = "https://city.example/news/2022/";

void check_html_text(std::string_view text) {
  require_utf8(text, "text of HTML");
  require(text.find('\r') == std::string_view::npos, "the text has no CR");
  require(text == strip_space(text), "the text has no white space around it");
  require(text.find("\n\n\n") == std::string_view::npos, "the text has at most one empty line in a row");
}

void check_html_facets(const HtmlText& html) {
  std::size_t behind = 0;
  for (const Facet& facet : html.facets) {
    require_span(html.text, facet.begin(), facet.end(), "a facet of HTML");
    require(facet.begin() >= behind, "facets stand in order and do not overlap");
    behind = facet.end();
    require(!facet.target().empty(), "a facet has a target");
    require_utf8(facet.target(), "a facet's target");
    const auto url = parse_url(facet.target());
    if (facet.kind() == Facet::LINK)
      require(url && (url->scheme == "http" || url->scheme == "https"), "a link is http or https",
              facet.target());
  }
}

void check_html_images(const HtmlText& html) {
  for (const HtmlImage& image : html.images) {
    const auto url = parse_url(image.url);
    require(url && (url->scheme == "http" || url->scheme == "https"), "a picture is http or https",
            image.url);
    for (const std::string* words : {&image.alt, &image.caption, &image.credit}) {
      require_utf8(*words, "words of a picture");
      require(words->find('\n') == std::string::npos, "words of a picture are one line");
    }
  }
}

// Controls cannot be written in HTML, so a text that has some (by "&#1;") does not survive the round trip.
bool is_writable(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, &i);
    const bool noncharacter = (c >= 0xFDD0 && c < 0xFDF0) || (c & 0xFFFE) == 0xFFFE;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || noncharacter) return false;
  }
  return true;
}

// What was text stays that text when it is written as HTML and read again.
void check_html_round_trip(std::string_view html) {
  const std::string line = html_to_line(html);
  require_utf8(line, "a line of HTML");
  require(line == collapse_space(line), "a line has its white space collapsed", line);
  if (!is_writable(line)) return;
  const std::string escaped = replace_all(replace_all(line, "&", "&amp;"), "<", "&lt;");
  const std::string again = html_to_line(escaped);
  require(again == line, "escaped text reads as that text", str_cat(line, "\n", again));
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(html)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view bytes = as_text(data, size);
  const std::string tame = tame_html(bytes);
  require(tame.size() <= 6 * bytes.size() + 16, "tame HTML is at most six times as long");
  const HtmlText html = html_to_text(bytes, kHtmlBase);
  check_html_text(html.text);
  check_html_facets(html);
  check_html_images(html);
  require(html.text.size() <= 3 * bytes.size() + 16, "the text is bounded by the HTML");
  require(html_to_text(bytes, kHtmlBase).text == html.text, "the same HTML gives the same text");
  check_html_text(html_to_text(bytes, "").text);
  check_html_round_trip(bytes);
  return 0;
}
