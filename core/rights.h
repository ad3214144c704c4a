// The states of a picture's Rights and what each allows. A state is a person's decision; without one it is
// unknown. Pure; any thread.
#pragma once

#include <array>
#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

inline constexpr std::string_view kRightsUnknown = "unknown";
inline constexpr std::string_view kRightsAsked = "asked";
inline constexpr std::string_view kRightsGranted = "granted";
inline constexpr std::string_view kRightsRefused = "refused";       // never exported
inline constexpr std::string_view kRightsEmbedOnly = "embed-only";  // exported as a link to the post
inline constexpr std::array kRightsStates = {kRightsUnknown, kRightsAsked, kRightsGranted, kRightsRefused,
                                             kRightsEmbedOnly};

[[nodiscard]] bool is_rights_state(std::string_view state);
// "unknown" where nobody has said anything, and for a state this version does not know.
[[nodiscard]] std::string_view state_of(const Rights& rights);
// Whether the file itself may leave the house, if only with a mark that its rights are not cleared.
[[nodiscard]] bool may_export_file(const Rights& rights);
// Of two that are known of one picture the newer one holds, whichever record it stands in; of two of one
// moment the one that allows less. An absent one never does. The reference is to one of the two.
[[nodiscard]] const Rights& newest_rights(const Rights& a, const Rights& b);

}  // namespace copytaster
