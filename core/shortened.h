// The beginning of a sentence that is longer than a headline. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace copytaster {

// `words` where they have at most `most` code points, else what fits of them with the ellipsis that the
// caller puts behind: up to a comma where one stands in its last third, else up to a whole word that is more
// than "of" or "z". Never up to the end of words in quotation marks, for then who said them is missing.
[[nodiscard]] std::string_view shortened(std::string_view words, std::size_t most);

}  // namespace copytaster
