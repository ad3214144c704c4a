#include "desk/escape.h"

#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr char kHex[] = "0123456789ABCDEF";

void percent(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

bool is_hex(char c) { return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f'); }

// RFC 3986: unreserved, gen-delims but [ and ] (hosts only), sub-delims.
bool may_stand_in_uri(char c) {
  if (is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z')) return true;
  return std::string_view("-._~:/?#@!$&'()*+,;=").find(c) != std::string_view::npos;
}

std::size_t after_scheme(std::string_view url) {
  std::size_t i = 0;
  while (i < url.size() &&
         ((ascii_lower(url[i]) >= 'a' && ascii_lower(url[i]) <= 'z') ||
          (i > 0 && (is_ascii_digit(url[i]) || url[i] == '+' || url[i] == '-' || url[i] == '.')))) {
    ++i;
  }
  return i > 0 && i < url.size() && url[i] == ':' ? i + 1 : 0;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        is_control(c) ? out += ' ' : out += c;
    }
  }
  return out;
}

std::string escape_markdown(std::string_view text) {
  static constexpr std::string_view kSpecial = "\\`*_{}[]<>#|~$&^=+-";
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  bool digits_only = true;  // "1." and "1)" at the start of a line make a list
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\t' || is_control(c)) {
      if (out.empty() || out.back() != ' ') out += ' ';
      continue;
    }
    const bool between_words = i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
    const bool plain_here = (c == '-' || c == '+' || c == '=') && between_words;
    const bool makes_list = (c == '.' || c == ')') && i > 0 && digits_only;
    if (makes_list || (kSpecial.find(c) != std::string_view::npos && !plain_here)) out += '\\';
    digits_only = digits_only && is_ascii_digit(c);
    out += c;
  }
  return out;
}

std::string markdown_destination(std::string_view url) {
  return is_web_url(url) ? as_uri(url) : std::string();
}

std::string escape_json_for_html(std::string_view json) {
  std::string out = replace_all(json, "<", "\\u003c");
  return replace_all(out, ">", "\\u003e");
}

std::string as_uri(std::string_view url) {
  const std::size_t scheme = after_scheme(url);
  if (scheme == 0) return std::string();
  std::size_t host_end = scheme;
  if (url.substr(scheme).starts_with("//")) {
    host_end = url.find_first_of("/?#", scheme + 2);
    if (host_end == std::string_view::npos) host_end = url.size();
  }
  std::string out;
  bool fragment = false;
  for (std::size_t i = 0; i < url.size(); ++i) {
    const char c = url[i];
    const bool escape_here = c == '%' && i + 2 < url.size() && is_hex(url[i + 1]) && is_hex(url[i + 2]);
    const bool bracket_in_host = (c == '[' || c == ']') && i < host_end;
    const bool second_hash = c == '#' && std::exchange(fragment, fragment || c == '#');
    if (escape_here || bracket_in_host || (may_stand_in_uri(c) && !second_hash)) {
      out += c;
    } else {
      percent(out, c);
    }
  }
  return out;
}

}  // namespace copytaster
