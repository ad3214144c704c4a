#include "desk/wording_roles.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kFarthest = 300;    // bytes between a role and its name
constexpr std::size_t kLongestTitle = 6;  // words
constexpr std::size_t kLongestLink = 12;  // bytes of "de la", "міста", "del"

// What leads from an office to its place. Nothing else does: "président du club de Kyiv" is not of Kyiv.
bool is_link(std::string_view words) {
  static constexpr std::string_view kLinks[] = {
      "",   "of",  "of the", "de",  "d",   "du",    "de la", "des", "del",    "di",  "dell", "da",
      "do", "dos", "von",    "der", "van", "міста", "м",     "w",   "miasta", "της", "του",  "τησ"};
  const std::string folded = normalise_for_match(words);
  return std::ranges::find(kLinks, folded) != std::end(kLinks);
}

// The English name of the place that the text from `begin` to `end` is, with nothing but a link before it.
std::string place_at(const Item& item, std::size_t begin, std::size_t end) {
  for (const Mention& place : item.places()) {
    if (place.begin() < begin || place.end() > end || place.begin() >= place.end()) continue;
    const std::string_view text = item.text();
    const std::string_view after = text.substr(place.end(), end - place.end());
    if (place.begin() - begin > kLongestLink || !normalise_for_match(after).empty()) return "";
    return is_link(text.substr(begin, place.begin() - begin)) ? place.name() : "";
  }
  return "";
}

// The office that [begin, end) of the text begins with, and its place.
std::string translate(const Item& item, Span span) {
  const std::string_view role = std::string_view(item.text()).substr(span.begin, span.end - span.begin);
  const std::vector<Span> parts = words(role);
  for (std::size_t count = std::min(parts.size(), kLongestTitle); count > 0; --count) {
    const std::size_t title_end = parts[count - 1].end;
    const std::string_view title = english_title(role.substr(0, title_end));
    if (title.empty()) continue;
    if (count == parts.size()) return std::string(title);
    const std::string place = place_at(item, span.begin + title_end, span.end);
    return place.empty() ? "" : str_cat(title, " of ", place);
  }
  return "";
}

}  // namespace

RoleFound english_role(const Item& item, std::string_view role, Span name) {
  const std::string_view text = item.text();
  if (role.empty() || name.begin >= name.end || name.end > text.size()) return {};
  const std::size_t from = name.begin > kFarthest ? name.begin - kFarthest : 0;
  const std::size_t before = text.substr(from, name.begin - from).rfind(role);
  const std::size_t after = text.substr(name.end, kFarthest).find(role);
  Span at;
  if (before != std::string_view::npos) {
    at = {from + before, from + before + role.size()};
  } else if (after != std::string_view::npos) {
    at = {name.end + after, name.end + after + role.size()};
  } else {
    return {};
  }
  std::string english = translate(item, at);
  if (english.empty()) return {};
  return {std::move(english), {std::min(at.begin, name.begin), std::max(at.end, name.end)}};
}

RoleFound english_role(const Item& item, const Mention& mention) {
  return english_role(item, mention.role(), {mention.begin(), mention.end()});
}

}  // namespace copytaster
