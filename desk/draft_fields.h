// What a Support points at: a field of a stored item, by name, and a span of its bytes. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/copytaster.pb.h"

namespace copytaster {

// The bytes of "text", "title", "summary", "url", "content_warning", "author.name",
// "media[2].caption", ".alt_text", ".credit", ".url", ".embedded.caption", ".embedded.headline",
// ".embedded.alt_text", ".embedded.credit", ".embedded.other_captions[1].text", and of "repost_of.text",
// "repost_of.media[0].…", "quote_of.…". nullopt: no such field. The view lives as long as the item.
[[nodiscard]] std::optional<std::string_view> field_of(const Item& item, std::string_view field);

// [begin, end) of a field.
[[nodiscard]] Support support_of(const Item& item, std::string_view field, std::size_t begin,
                                 std::size_t end);
// The whole of the post: its text; without text its title, its first caption or alt text; else its permalink.
[[nodiscard]] Support support_of(const Item& item);
// Where `words` stand among the captions and alt texts of the item, media `first` before the others, or in
// its text; nullopt when nowhere.
[[nodiscard]] std::optional<Support> find_words(const Item& item, std::size_t first, std::string_view words);

// Adds `support` unless it is there already or there are enough of them to check by hand.
void add_support(Block& block, Support support);

}  // namespace copytaster
