// What can be told of a stored Item without reading it whole: when it was posted, by whom, and where it
// belongs. Its strings, pictures and fingerprints are passed over, not copied.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace copytaster {

// When a post is from, Unix seconds, in 32 bits; 0: nothing tells. A post cannot be from the future: where
// its own time is missing or later than ours when we read it, ours is the nearest truth.
[[nodiscard]] std::int64_t post_seconds(std::optional<std::int64_t> created,
                                        std::optional<std::int64_t> collected);

// Views point into the record.
struct ItemOutline {
  std::string_view id, account_id, official_id, story_id;
  std::optional<std::int64_t> created, collected;  // Unix seconds; absent as in the Item
  std::uint32_t media = 0;                         // how many
  [[nodiscard]] std::int64_t seconds() const { return post_seconds(created, collected); }
};

// Of a serialised Item. Nothing when the bytes are none as far as this looks: its top fields and its two
// times.
[[nodiscard]] std::optional<ItemOutline> outline_of(std::string_view record);

}  // namespace copytaster
