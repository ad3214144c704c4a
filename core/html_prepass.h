// A linear pass over HTML before the tree is built. gumbo follows the HTML5 algorithm, which can be made to
// take quadratic time (formatting elements that are opened and never closed are opened again in each
// paragraph) and frees its tree by recursion. So what reaches it is tame: no formatting tags, no end tags
// that close nothing, bounded depth. Internal to core/html.cpp.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

// Time and size linear in the input. Content of script, style and the like is gone.
[[nodiscard]] std::string tame_html(std::string_view html);

}  // namespace copytaster
