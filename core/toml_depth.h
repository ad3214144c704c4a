// A look at TOML text before it is parsed: toml++ follows dotted keys and nested values by recursion, so a
// file made for it ends the process.
#pragma once

#include <string_view>

namespace copytaster {

// The first line (from 1) with more than 32 dots outside of quotes, or inside more than 32 brackets; 0: there
// is none. Linear; any bytes.
[[nodiscard]] unsigned toml_line_too_deep(std::string_view text);

}  // namespace copytaster
