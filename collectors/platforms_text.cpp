// The part of platforms_support.h that is about text.
#include <algorithm>
#include <numeric>
#include <vector>

#include "collectors/character_before.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace copytaster {
namespace {

constexpr int kMostFacets = 1000;

bool is_ascii_alnum(char c) { return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'); }

bool one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

bool is_tag_character(UChar32 c) {
  return c == '_' || u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK ||
         u_charType(c) == U_COMBINING_SPACING_MARK;
}

// ICU's macros narrow inside.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
UChar32 next_character(std::string_view text, std::int32_t* at) {
  UChar32 c = 0;
  U8_NEXT(text.data(), *at, static_cast<std::int32_t>(text.size()), c);
  return c;
}
#pragma GCC diagnostic pop

// The end of the tag that begins behind '#'; `at` itself when there is none. A number alone is no tag.
std::size_t tag_end(std::string_view text, std::size_t at) {
  bool has_letter = false;
  auto i = static_cast<std::int32_t>(at);
  while (static_cast<std::size_t>(i) < text.size()) {
    std::int32_t next = i;
    const UChar32 c = next_character(text, &next);
    if (c < 0 || !is_tag_character(c)) break;
    has_letter = has_letter || u_isalpha(c);
    i = next;
  }
  return has_letter ? static_cast<std::size_t>(i) : at;
}

bool follows_word(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const UChar32 c = character_before(text, at);
  return c == '&' || c == '/' || (c > 0 && is_tag_character(c));
}

// The end of a URL in running text: at white space or a quotation mark, without the punctuation that
// closes the sentence.
std::size_t url_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  std::size_t length = 0;
  while (length < rest.size() && static_cast<unsigned char>(rest[length]) > ' ' &&
         !one_of(rest[length], "<>\""))
    ++length;
  for (const std::string_view mark : {"«", "»", "“", "”", "„", "\u00a0", "\u3000"})
    length = std::min(length, rest.find(mark));
  while (length > 0 && one_of(rest[length - 1], ".,;:!?'*)]}")) {
    if (rest[length - 1] == ')' && rest.substr(0, length).find('(') != std::string_view::npos) break;
    --length;
  }
  return at + length;
}

bool covered(const Item& item, std::size_t begin, std::size_t end) {
  return std::any_of(item.facets().begin(), item.facets().end(),
                     [&](const Facet& facet) { return facet.begin() < end && begin < facet.end(); });
}

void add_facet(Item* item, std::size_t begin, std::size_t end, Facet::Kind kind, std::string_view target) {
  if (covered(*item, begin, end)) return;
  Facet* facet = item->add_facets();
  facet->set_begin(static_cast<std::uint32_t>(begin));
  facet->set_end(static_cast<std::uint32_t>(end));
  facet->set_kind(kind);
  facet->set_target(std::string(target));
}

// Of the characters that plain_text leaves out or changes none.
bool is_plain(std::string_view wire) {
  return std::none_of(wire.begin(), wire.end(), [](char c) {
    return (static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t') || c == '\x7f';
  });
}

// One line in which there is surely nothing to collapse: single spaces, and no byte that begins one of
// Unicode's other spaces.
bool is_tidy_line(std::string_view wire) {
  if (wire.empty() || wire.front() == ' ' || wire.back() == ' ') return false;
  for (std::size_t i = 0; i < wire.size(); ++i) {
    const auto c = static_cast<unsigned char>(wire[i]);
    if (c < ' ' || c == 0x7F || c == 0xC2 || (c >= 0xE1 && c <= 0xE3) || c == 0xEF) return false;
    if (c == ' ' && wire[i + 1] == ' ') return false;
  }
  return true;
}

}  // namespace

std::string plain_text(std::string_view wire, std::vector<std::uint32_t>* offsets) {
  if (is_plain(wire)) {
    if (offsets != nullptr) {
      offsets->resize(wire.size() + 1);
      std::iota(offsets->begin(), offsets->end(), 0U);
    }
    return std::string(wire);
  }
  std::string out;
  out.reserve(wire.size());
  if (offsets != nullptr) offsets->assign(wire.size() + 1, 0);
  for (std::size_t i = 0; i < wire.size(); ++i) {
    if (offsets != nullptr) (*offsets)[i] = static_cast<std::uint32_t>(out.size());
    const char c = wire[i];
    if (c == '\r') {
      if (i + 1 >= wire.size() || wire[i + 1] != '\n') out.push_back('\n');
    } else if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') {
      if (c != '\x7f') out.push_back(c);
    }
  }
  if (offsets != nullptr) (*offsets)[wire.size()] = static_cast<std::uint32_t>(out.size());
  return out;
}

std::string plain_line(std::string_view wire) {
  return is_tidy_line(wire) ? std::string(wire) : collapse_space(plain_text(wire));
}

void mark_links_and_hashtags(Item* item) {
  const std::string text = item->text();
  // Each new one is compared with all before it.
  for (std::size_t i = 0; i < text.size() && item->facets_size() < kMostFacets; ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (text[i] == '#' && !follows_word(text, i)) {
      const std::size_t end = tag_end(text, i + 1);
      if (end > i + 1) add_facet(item, i, end, Facet::HASHTAG, rest.substr(1, end - i - 1));
    } else if (text[i] == 'h' && (rest.substr(0, 8) == "https://" || rest.substr(0, 7) == "http://")) {
      const std::size_t end = url_end(text, i);
      const std::string_view url = rest.substr(0, end - i);
      if (!is_web_url(url)) continue;
      add_facet(item, i, end, Facet::LINK, url);
      i = end - 1;
    }
  }
  for (const Facet& facet : item->facets()) {
    if (facet.kind() != Facet::HASHTAG) continue;
    const auto& tags = item->tags();
    if (std::find(tags.begin(), tags.end(), facet.target()) == tags.end()) item->add_tags(facet.target());
  }
}

bool is_language_tag(std::string_view text) {
  if (text.empty() || text.size() > 128) return false;
  const std::string_view first = text.substr(0, text.find('-'));
  for (std::string_view rest = text;;) {
    const std::string_view subtag = rest.substr(0, rest.find('-'));
    if (subtag.empty() || subtag.size() > 8) return false;
    if (std::any_of(subtag.begin(), subtag.end(), [](char c) { return !is_ascii_alnum(c); })) return false;
    if (subtag.size() == rest.size()) break;
    rest.remove_prefix(subtag.size() + 1);
  }
  if (std::any_of(first.begin(), first.end(), is_ascii_digit)) return false;
  // "x-…" and "i-…" are for private and old registered tags; no other first subtag has one letter.
  return first.size() > 1 || (first.size() < text.size() && one_of(ascii_lower(first[0]), "xi"));
}

}  // namespace copytaster
