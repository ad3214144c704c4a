#include "core/rights.h"

#include <algorithm>

namespace copytaster {

bool is_rights_state(std::string_view state) {
  return std::ranges::find(kRightsStates, state) != kRightsStates.end();
}

std::string_view state_of(const Rights& rights) {
  return is_rights_state(rights.state()) ? std::string_view(rights.state()) : kRightsUnknown;
}

bool may_export_file(const Rights& rights) {
  const std::string_view state = state_of(rights);
  return state != kRightsRefused && state != kRightsEmbedOnly;
}

}  // namespace copytaster
