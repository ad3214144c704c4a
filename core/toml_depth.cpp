#include "core/toml_depth.h"

namespace copytaster {
namespace {

constexpr int kMost = 32;

// The quotation marks text[at…] begins with, one or three of them.
std::string_view quotes_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool three = rest.size() >= 3 && rest[1] == rest[0] && rest[2] == rest[0];
  return rest.substr(0, three ? 3 : 1);
}

// Behind the string that begins at `at`; a string of one line ends with the line.
std::size_t skip_string(std::string_view text, std::size_t at, unsigned* line) {
  const std::string_view quotes = quotes_at(text, at);
  const bool escapes = quotes[0] == '"';
  for (at += quotes.size(); at < text.size(); ++at) {
    if (text[at] == '\n') {
      if (quotes.size() == 1) return at;
      ++*line;
    } else if (escapes && text[at] == '\\') {
      ++at;
    } else if (text.substr(at).starts_with(quotes)) {
      return at + quotes.size();
    }
  }
  return text.size();
}

}  // namespace

unsigned toml_line_too_deep(std::string_view text) {
  unsigned line = 1;
  int dots = 0;
  int brackets = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = skip_string(text, at, &line);
      continue;
    }
    if (c == '#') {
      at = text.find('\n', at);
      if (at == std::string_view::npos) return 0;
      continue;
    }
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '.') {
      ++dots;
    } else if (c == '[' || c == '{') {
      ++brackets;
    } else if ((c == ']' || c == '}') && brackets > 0) {
      --brackets;
    }
    if (dots > kMost || brackets > kMost) return line;
    ++at;
  }
  return 0;
}

}  // namespace copytaster
