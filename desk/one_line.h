// What an editor types into a field of one line, fit to be kept and shown for good. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace copytaster {

// Valid UTF-8 of at most `most` bytes, whole characters: control characters and runs of white space are one
// space, invisible format characters are left out (those that turn the direction of writing would turn what
// stands beside the name, too). Empty when there is nothing in it that can be seen.
[[nodiscard]] std::string one_line(std::string_view text, std::size_t most);

}  // namespace copytaster
