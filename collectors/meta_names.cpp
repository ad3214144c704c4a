#include "collectors/meta_names.h"

#include <algorithm>

#include "collectors/character_before.h"
#include "core/strings.h"
#include "unicode/uchar.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestName = 30;
constexpr int kMostFacets = 1000;

bool is_name_character(char c) {
  const char lower = ascii_lower(c);
  return (lower >= 'a' && lower <= 'z') || is_ascii_digit(c) || c == '.' || c == '_';
}

// "post@town.example" and "https://x.example/@name" mention nobody.
bool follows_word(std::string_view text, std::size_t at) {
  if (at == 0) return false;
  const UChar32 c = character_before(text, at);
  return c == '_' || c == '@' || c == '/' || c == '.' || c == '-' || (c > 0 && u_isalnum(c));
}

bool is_covered(const Item& item, std::size_t begin, std::size_t end) {
  return std::any_of(item.facets().begin(), item.facets().end(),
                     [&](const Facet& facet) { return facet.begin() < end && begin < facet.end(); });
}

}  // namespace

bool is_meta_user_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && name.front() != '.' && name.back() != '.' &&
         name.find("..") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_meta_id(std::string_view id) {
  return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), is_ascii_digit);
}

bool is_meta_shortcode(std::string_view code) {
  return !code.empty() && code.size() <= 64 && std::all_of(code.begin(), code.end(), [](char c) {
    return (is_name_character(c) && c != '.') || c == '-';
  });
}

void mark_meta_mentions(Item* item, std::string_view profiles) {
  const std::string& text = item->text();
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    if (item->facets_size() >= kMostFacets) break;
    std::size_t end = at + 1;
    while (end < text.size() && is_name_character(text[end])) ++end;
    // The full stop of the sentence is not the name's.
    while (text[end - 1] == '.') --end;
    const std::string_view name = std::string_view(text).substr(at + 1, end - at - 1);
    if (!is_meta_user_name(name) || follows_word(text, at) || is_covered(*item, at, end)) continue;
    Facet* facet = item->add_facets();
    facet->set_begin(static_cast<std::uint32_t>(at));
    facet->set_end(static_cast<std::uint32_t>(end));
    facet->set_kind(Facet::MENTION);
    facet->set_target(str_cat(profiles, name));
  }
  std::stable_sort(item->mutable_facets()->begin(), item->mutable_facets()->end(),
                   [](const Facet& a, const Facet& b) { return a.begin() < b.begin(); });
}

}  // namespace copytaster
