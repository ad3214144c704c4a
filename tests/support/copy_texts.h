// One mayor's words as she posts them at length and cut short, and words of another matter. Written for the
// tests.
#pragma once

#include <string_view>

namespace copytaster::testing {

inline constexpr std::string_view kLong =
    "This morning we reopened the footbridge for people on foot and on bicycles. The works took eighteen "
    "months and cost less than planned. Thank you to the crews.";
inline constexpr std::string_view kCut =
    "This morning we reopened the footbridge for people on foot and on bicycles. The works took…";
inline constexpr std::string_view kOther =
    "The library on Mill Lane will stay open until ten in the evening all summer long.";

}  // namespace copytaster::testing
