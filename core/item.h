// What holds for every item, whatever its platform. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// platform + ':' + native id: the same post always has the same id.
[[nodiscard]] std::string item_id(std::string_view platform, std::string_view native_id);
// SHA-256 over what an editor would call the content: title, text, content warning, each media's
// native id (or URL without query), alt text, caption and credit, repost/quote/reply targets. Not
// engagement, not signed URLs, not edit stamps that move by themselves.
[[nodiscard]] std::string content_hash(const Item& item);
// When it was posted; where the platform does not say, when we first had it. For order and roles: is_dated()
// before anybody is told a date.
[[nodiscard]] absl::Time item_time(const Item& item);
[[nodiscard]] inline bool is_dated(const Item& item) { return item.has_created_at(); }
// "<item id>#<index>".
[[nodiscard]] std::string media_key(std::string_view item_id, std::size_t index);
// "Facebook" for "facebook": as a reader knows it. Unknown platforms: the name itself.
[[nodiscard]] std::string_view platform_label(std::string_view platform);

}  // namespace copytaster
