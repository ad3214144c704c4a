#include "desk/corrections.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kLongestLabel = 48;  // bytes

bool begins_with_label(std::string_view text) {
  static constexpr std::array<std::string_view, 27> kLabels = {
      "correction",      "corrected",      "erratum",       "rectificatif",  "rectification", "berichtigung",
      "korrektur",       "corrección",     "rectificación", "fe de errores", "fe de erratas", "correzione",
      "rettifica",       "errata corrige", "correção",      "retificação",   "errata",        "correctie",
      "rectificatie",    "sprostowanie",   "korekta",       "poprawka",      "виправлення",   "уточнення",
      "richtigstellung", "διόρθωση",       "επανόρθωση"};
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon > kLongestLabel) return false;
  return std::ranges::find(kLabels, normalise_for_match(text.substr(0, colon))) != kLabels.end();
}

}  // namespace

bool is_correction(const Item& item) {
  return begins_with_label(item.title()) || begins_with_label(item.text());
}

}  // namespace copytaster
