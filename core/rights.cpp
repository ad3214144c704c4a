#include "core/rights.h"

#include <algorithm>
#include <tuple>

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

namespace {

// Greater holds.
auto weight(const Rights& rights) {
  static constexpr std::array kRising = {kRightsGranted, kRightsUnknown, kRightsAsked, kRightsEmbedOnly,
                                         kRightsRefused};
  const auto strict = std::ranges::find(kRising, state_of(rights)) - kRising.begin();
  return std::make_tuple(!rights.state().empty(), rights.at().seconds(), rights.at().nanos(), strict);
}

}  // namespace

const Rights& newest_rights(const Rights& a, const Rights& b) { return weight(a) < weight(b) ? b : a; }

}  // namespace copytaster
