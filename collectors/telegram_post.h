// One message of a channel's preview page (https://t.me/s/CHANNEL) as an item. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "collectors/html_outline.h"
#include "collectors/telegram_names.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// The messages of a page, in its order: what has the class and an address ("data-post"), service messages
// ("Channel photo updated") too.
[[nodiscard]] std::vector<const HtmlElement*> telegram_messages(const HtmlOutline& page);
[[nodiscard]] bool is_service_message(const HtmlElement& message);
// Its address, and those of the other pictures of its album, which are posts of their own with no message.
[[nodiscard]] std::vector<TelegramPostId> telegram_ids(const HtmlOutline& page, const HtmlElement& message);

// The item without account and hash. A forwarded message is a repost, and its words are the origin's.
// kInvalidArgument: without address or date, in bytes that are not UTF-8, or with nothing in it that is shown
// outside of Telegram's own apps.
[[nodiscard]] absl::StatusOr<Item> telegram_item(const HtmlOutline& page, const HtmlElement& message);

// "33.0K" is 33000; 0 for what is no number.
[[nodiscard]] std::uint64_t telegram_count(std::string_view text);

}  // namespace copytaster
