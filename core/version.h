// The program's version, said in one place: project() in CMakeLists.txt.
#pragma once

#include <string_view>

namespace copytaster {

// "0.1.0"
[[nodiscard]] std::string_view version();

}  // namespace copytaster
