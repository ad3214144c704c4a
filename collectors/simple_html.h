// The little HTML that microblog servers write (<p>, <br>, <a>, <span>, emphasis), read in one pass and
// without a tree: the hot path of the collectors. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/html.h"

namespace copytaster {

// What html_to_text gives, byte for byte; nullopt where the markup is anything more than the above, or not
// well nested: then the whole parser must be asked. Any bytes.
[[nodiscard]] std::optional<HtmlText> simple_html_to_text(std::string_view html, std::string_view base_url);

// The one where it can, else the other.
[[nodiscard]] HtmlText status_html_to_text(std::string_view html, std::string_view base_url);

}  // namespace copytaster
