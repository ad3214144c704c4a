// A linear pass over HTML before the tree is built. gumbo follows the HTML5 algorithm, which can be made to
// take quadratic time (formatting elements that are opened and never closed are opened again in each
// paragraph; attributes are searched for duplicates) and frees its tree by recursion. So what reaches it is
// tame: no formatting tags but links, no end tags that close nothing, few attributes, bounded depth.
// Internal to core/html.cpp.
#pragma once

#include <string>
#include <string_view>

namespace copytaster {

// Time and size linear in the input: at most six bytes for one, and no element deeper than 250. Content of
// script, style, svg and the like is gone; a "<![CDATA[" is taken off what it wraps.
[[nodiscard]] std::string tame_html(std::string_view html);

}  // namespace copytaster
