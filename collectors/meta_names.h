// Names and ids as Instagram and Threads share them: a person has the same user name in both. Pure.
#pragma once

#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// Letters, digits, '.' and '_', at most 30, no dot at either end nor two in a row.
[[nodiscard]] bool is_meta_user_name(std::string_view name);
// Digits, at most 32: ids go into URLs.
[[nodiscard]] bool is_meta_id(std::string_view id);
// The part of a permalink that names a post, as the APIs tell it: "DX1_a-b".
[[nodiscard]] bool is_meta_shortcode(std::string_view code);

// Adds "@name" in `item`'s text as a mention of `profiles` + name ("https://www.instagram.com/"), unless
// another facet covers it, and puts all facets in order. The APIs tell no mentions.
void mark_meta_mentions(Item* item, std::string_view profiles);

}  // namespace copytaster
