// Hostile text into mark-up: desk/escape.h, and read back by the reader we have.
#include <algorithm>

#include "core/code_points.h"
#include "core/html.h"
#include "core/json.h"
#include "core/strings.h"
#include "desk/escape.h"
#include "google/protobuf/struct.pb.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

bool is_forbidden_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

// What HTML cannot carry or readers do not show: controls (also those above U+0080), noncharacters,
// characters of no width. Both sides of a comparison are without.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0xFEFF || c == 0xFFFD ||
         (c >= 0xFDD0 && c < 0xFDF0) || (c & 0xFFFE) == 0xFFFE;
}

// As a reader sees it, white space collapsed. Controls of ASCII are written as spaces.
std::string as_seen(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace_if(
      spaced, [](char c) { return is_forbidden_control(c) || c == '\n' || c == '\t'; }, ' ');
  std::string out;
  for (std::size_t i = 0; i < spaced.size();) {
    const char32_t c = next_code_point(spaced, &i);
    if (!is_invisible(c)) append_utf8(out, c);
  }
  return collapse_space(out);
}

void check_html_escape(std::string_view text) {
  const std::string html = escape_html(text);
  require(html.find_first_of("<>\"'") == std::string::npos,
          "nothing in escaped text opens a tag or ends a value", html);
  require(std::ranges::none_of(html, is_forbidden_control), "escaped text has no control characters");
  require(html.size() <= 6 * text.size(), "escaped text is bounded");
  const std::string shown = as_seen(text);
  const std::string seen = html_to_line(escape_html(shown));
  require(seen == shown, "a reader of the HTML sees the text", str_cat(shown, "\n", seen));
}

void check_markdown_escape(std::string_view text) {
  const std::string markdown = escape_markdown(text);
  require(markdown.find('\n') == std::string::npos && markdown.size() <= 2 * text.size(),
          "escaped Markdown is one line");
  std::string shown;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '\\') {
      require(++i < markdown.size(), "no escape stands at the end", markdown);
    } else {
      require(std::string_view("`*_<[]|").find(markdown[i]) == std::string_view::npos,
              "what means something is escaped", markdown);
    }
    shown += markdown[i];
  }
  require(as_seen(shown) == as_seen(text), "a reader of the Markdown sees the text", markdown);
}

void check_uris(std::string_view text) {
  const std::string uri = as_uri(text);
  require(std::ranges::all_of(uri, [](char c) { return c > ' ' && c < 0x7f; }), "a URI is printable ASCII",
          uri);
  require(uri.find_first_of("<>\"\\^`{|}") == std::string::npos, "a URI holds only what RFC 3986 allows",
          uri);
  require(as_uri(uri) == uri, "a URI is its own URI", uri);
  const std::string destination = markdown_destination(text);
  require(destination.find_first_of("<> \t\n") == std::string::npos, "a destination is not ended by itself",
          destination);
  require(destination.empty() || starts_with_ignore_case(strip_space(destination), "http"),
          "a destination is http(s)", destination);
}

void check_json_in_html(std::string_view text) {
  JsonWriter json;
  json.begin_object().member("t", text).end_object();
  const std::string inside = escape_json_for_html(json.text());
  require(inside.find('<') == std::string::npos, "JSON in HTML closes no element", inside);
  google::protobuf::Struct read;
  require(from_json(inside, &read).ok() && read.fields().at("t").string_value() == to_valid_utf8(text),
          "JSON in HTML is the same JSON", inside);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(escape)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster::fuzz;
  const std::string text = copytaster::to_valid_utf8(as_text(data, size));
  check_html_escape(text);
  check_markdown_escape(text);
  check_uris(text);
  check_json_in_html(text);
  return 0;
}
