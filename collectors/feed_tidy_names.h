// What the mending of XML (feed_tidy.h) knows of names. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace copytaster {

// The name that begins at text[at]; empty: none does.
[[nodiscard]] std::string_view xml_name_at(std::string_view text, std::size_t at);

// Of HTML, without an end tag. Names that feeds use themselves (link, source, meta) are not among them.
[[nodiscard]] bool is_void_tag(std::string_view name);
[[nodiscard]] bool is_html_tag(std::string_view name);
[[nodiscard]] bool is_item_tag(std::string_view name);
// Elements of RSS that hold text or nothing: where another of them begins, the first was left open.
[[nodiscard]] bool is_leaf_tag(std::string_view name);

}  // namespace copytaster
