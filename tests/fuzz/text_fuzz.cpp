// Text helpers: core/text.h.
#include "core/strings.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

void check_repair(std::string_view raw, const std::string& valid) {
  require_utf8(valid, "repaired text");
  require(to_valid_utf8(valid) == valid, "a repaired text is not repaired again");
  require(!is_valid_utf8(raw) || valid == raw, "a valid text is not repaired");
  require(valid.size() <= 3 * raw.size(), "a repaired text is at most three times as long");
}

void check_cuts(std::string_view valid) {
  for (const std::size_t n :
       {std::size_t{0}, std::size_t{1}, valid.size() / 3, valid.size() / 2, valid.size(), valid.size() + 7}) {
    const std::size_t cut = utf8_floor(valid, n);
    require(cut <= n && cut <= valid.size() && std::min(n, valid.size()) - cut < 4,
            "a cut is near where asked");
    require_utf8(valid.substr(0, cut), "what is before a cut");
    require_utf8(valid.substr(cut), "what is behind a cut");
    const std::size_t at = byte_of_code_point(valid, n);
    require(at <= valid.size() && utf8_floor(valid, at) == at, "a code point begins where a character does");
  }
}

void check_space(std::string_view valid) {
  const std::string line = collapse_space(valid);
  require_utf8(line, "collapsed text");
  require(line.size() <= valid.size() && collapse_space(line) == line, "collapsing twice is collapsing once");
  require(line.find("  ") == std::string::npos && line.find('\n') == std::string::npos,
          "collapsed text is one line");
  const std::string lines = tidy_lines(valid);
  require_utf8(lines, "tidy lines");
  require(tidy_lines(lines) == lines, "tidying twice is tidying once");
  require(lines.find("\n\n\n") == std::string::npos && lines.find("  ") == std::string::npos,
          "tidy lines have at most one empty line and one space in a row");
}

void check_match(const std::string& valid) {
  const std::string match = normalise_for_match(valid);
  require_utf8(match, "text for matching");
  require(match == collapse_space(match), "words for matching are divided by single spaces", match);
  require(normalise_for_match(match) == match, "normalising twice is normalising once", match);
  require(match.size() <= 16 * valid.size() + 16, "text for matching is bounded by the text");
  const std::string name = fold_name(valid);
  require_utf8(name, "a folded name");
  require(name.size() <= 16 * valid.size() + 16, "a folded name is bounded by the name");
}

void check_breaks(std::string_view text, bool is_valid) {
  for (const std::string_view language : {"", "fr", "el", "not a language"}) {
    std::size_t behind = 0;
    for (const Span& span : sentences(text, language)) {
      require(span.begin >= behind && span.begin < span.end && span.end <= text.size(),
              "sentences stand in order");
      if (is_valid) require_span(text, span.begin, span.end, "a sentence");
      const std::string_view words = text.substr(span.begin, span.end - span.begin);
      require(words == strip_space(words) && words.find('\n') == std::string_view::npos,
              "a sentence is trimmed and ends with its line");
      behind = span.end;
    }
  }
  std::size_t behind = 0;
  for (const Span& span : words(text)) {
    require(span.begin >= behind && span.begin < span.end && span.end <= text.size(), "words stand in order");
    if (is_valid) require_span(text, span.begin, span.end, "a word");
    behind = span.end;
  }
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(text)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view raw = as_text(data, size);
  const std::string valid = to_valid_utf8(raw);
  check_repair(raw, valid);
  check_cuts(valid);
  check_space(valid);
  check_match(valid);
  check_breaks(valid, true);
  check_breaks(raw, false);
  require_utf8(normalise_for_match(raw), "text for matching, of any bytes");
  require_utf8(fold_name(raw), "a folded name, of any bytes");
  return 0;
}
