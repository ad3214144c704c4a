#include "processors/metadata_text.h"

#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <memory>

#include "core/code_points.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

// So far behind the cut the rules may have to look.
constexpr std::size_t kContext = 64;

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// The last boundary of characters at or before `most`; 0: there is none.
std::size_t last_boundary(std::string_view text, std::size_t most) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> characters(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error)) return 0;
  const std::unique_ptr<UText, CloseText> opened(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error));
  if (U_FAILURE(error)) return 0;
  characters->setText(opened.get(), error);
  if (U_FAILURE(error)) return 0;
  const std::int32_t found = characters->preceding(static_cast<std::int32_t>(most) + 1);
  return found == icu::BreakIterator::DONE ? 0 : static_cast<std::size_t>(found);
}

// Whether a reader could see words in another order than they stand: U+202A to U+202E and U+2066 to U+2069,
// "Explicit Directional Formatting Characters" (UAX #9). The marks U+200E, U+200F and U+061C stay: they turn
// no word round.
bool turns_text(char32_t c) { return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

bool is_printable(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c >= 0x7F && c < 0xA0) return false;
  return c != 0xFEFF && c != 0xFFFE && c != 0xFFFF && !turns_text(c);
}

}  // namespace

std::string metadata_text(std::string_view bytes) {
  std::string text(bytes.substr(0, bytes.find('\0')));
  if (!is_valid_utf8(text)) {
    const icu::UnicodeString decoded(text.data(), static_cast<std::int32_t>(text.size()), "windows-1252");
    std::string utf8;
    decoded.toUTF8String(utf8);
    text = to_valid_utf8(utf8);
  }
  return printable_text(text);
}

std::string printable_text(std::string_view text) {
  const std::string valid = to_valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size();) {
    const std::size_t at = i;
    if (is_printable(static_cast<char32_t>(next_code_point(valid, &i)))) out.append(valid, at, i - at);
  }
  return std::string(strip_space(out));
}

std::string cut_to_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const std::string_view seen = text.substr(0, utf8_floor(text, most + kContext));
  std::size_t end = last_boundary(seen, most);
  if (end == 0 || end > most) end = utf8_floor(text, most);
  return std::string(strip_space(text.substr(0, end)));
}

std::string before_others(std::string_view ours, std::string_view others) {
  constexpr std::size_t kMostOthers = 2000;
  if (others.empty()) return std::string(ours);
  if (others.find(ours) != std::string_view::npos) return std::string(others);
  return str_cat(ours, "\n", cut_to_bytes(others, kMostOthers));
}

}  // namespace copytaster
