// Who took a picture, as Attribution tells it. Pure; any thread.
#pragma once

#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// Whether it names who took the picture, and not only who published it.
[[nodiscard]] bool names_photographer(const Attribution& attribution);
// "Jane Roe" and "Jane Roe / Agency": the words of the one stand in the other, whatever their case and
// accents.
[[nodiscard]] bool is_one_name(std::string_view a, std::string_view b);

}  // namespace copytaster
