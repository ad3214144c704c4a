#include "collectors/feed_tidy_text.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "collectors/feed_tidy_names.h"
#include "core/code_points.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxEntities = 256;
constexpr std::size_t kMaxExpansion = std::size_t{1} << 20;  // of all declared entities together

// 128 to 159 by windows-1252; 0: not defined there.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// A character as XML text.
void append_character(std::string& out, char32_t c) {
  if (c == '<') {
    out += "&lt;";
  } else if (c == '&') {
    out += "&amp;";
  } else if (c == '"') {
    out += "&quot;";
  } else {
    append_utf8(out, c);
  }
}

std::optional<char32_t> character_reference(std::string_view digits) {
  const bool hex = !digits.empty() && ascii_lower(digits.front()) == 'x';
  if (hex) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  if (const char32_t meant = meant_by_control(value); meant != value) return meant;
  const bool forbidden = (value < 0x20 && value != '\t' && value != '\n' && value != '\r') ||
                         (value >= 0xD800 && value < 0xE000) || value == 0xFFFE || value == 0xFFFF ||
                         value > 0x10FFFF;
  return forbidden ? U'\uFFFD' : static_cast<char32_t>(value);
}

void skip_space(std::string_view* text) {
  while (!text->empty() && is_ascii_space(text->front())) text->remove_prefix(1);
}

}  // namespace

char32_t meant_by_control(char32_t c) {
  const bool known = c >= 0x80 && c < 0xA0 && kWindows1252[c - 0x80] != 0;
  return known ? static_cast<char32_t>(kWindows1252[c - 0x80]) : c;
}

std::string without_stray_characters(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find_first_of("\xC2\xE2\xEF", at)) < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    const bool control = rest.size() > 1 && rest[0] == '\xC2' && static_cast<unsigned char>(rest[1]) < 0xA0;
    if (!control && !rest.starts_with("\u200B") && !rest.starts_with("\uFEFF")) continue;
    out += text.substr(done, at - done);
    if (control) append_utf8(out, meant_by_control(static_cast<unsigned char>(rest[1])));
    done = at + (control ? 2 : 3);
  }
  out += text.substr(done);
  return out;
}

void TidyText::append_attribute(std::string_view value, std::string* out) {
  for (std::size_t i = 0; i < value.size();) {
    const std::size_t end = std::min(value.find_first_of("<\"", i), value.size());
    clean(value.substr(i, end - i), true, out);
    if (end < value.size()) *out += value[end] == '<' ? "&lt;" : "&quot;";
    i = end + 1;
  }
}

void TidyText::declare(std::string_view text) {
  skip_space(&text);
  const std::string_view name = xml_name_at(text, 0);
  text.remove_prefix(name.size());
  skip_space(&text);
  const bool quoted = text.starts_with('"') || text.starts_with('\'');
  if (name.empty() || !quoted) return;
  const std::size_t end = text.find(text.front(), 1);
  if (end == std::string_view::npos || end > kMaxEntityBytes || entities_.size() >= kMaxEntities) return;
  // As text: markup in an entity would need a parser of its own, and nobody needs it in a feed.
  std::string value;
  clean(text.substr(1, end - 1), true, &value);
  entities_.emplace(name, replace_all(value, "<", "&lt;"));
}

// Copies text without what XML forbids; with `references`, mends "&".
void TidyText::clean(std::string_view text, bool references, std::string* out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&' && references) {
      i += reference(text.substr(i), out) - 1;
    } else if (c == '>' && references && out->ends_with("]]")) {
      *out += "&gt;";  // XML forbids "]]>" but at the end of character data
    } else if (byte == 0xEF && text.substr(i, 2) == "\xEF\xBF" && i + 2 < text.size() &&
               text[i + 2] >= '\xBE') {
      i += 2;  // U+FFFE, U+FFFF
    } else if (byte >= 0x20 || c == '\n' || c == '\t' || c == '\r') {
      *out += c;
    }
  }
}

// Writes what stands for the "&" at the start of `text`; returns how many bytes of it are done.
std::size_t TidyText::reference(std::string_view text, std::string* out) {
  const std::size_t semicolon = text.substr(0, 34).find(';');
  const std::string_view name =
      semicolon == std::string_view::npos ? std::string_view() : text.substr(1, semicolon - 1);
  if (name.starts_with('#')) {
    if (const auto c = character_reference(name.substr(1))) {
      append_character(*out, *c);
      return semicolon + 1;
    }
  } else if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
    *out += text.substr(0, semicolon + 1);
    return semicolon + 1;
  } else if (const auto declared = entities_.find(name); declared != entities_.end()) {
    if (expanded_ + declared->second.size() <= kMaxExpansion) {
      expanded_ += declared->second.size();
      *out += declared->second;
      return semicolon + 1;
    }
  } else if (!name.empty()) {
    const std::string key(name);
    if (const auto* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(key.c_str()))) {
      append_character(*out, static_cast<char32_t>(entity->value));
      return semicolon + 1;
    }
  }
  *out += "&amp;";
  return 1;
}

}  // namespace copytaster
