// Names and numbers in Telegram's public addresses: https://t.me/CHANNEL and https://t.me/CHANNEL/ID.
// Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// A post of a public channel. Channel names ignore case (core.telegram.org/method/account.checkUsername);
// here they are lower case.
struct TelegramPostId {
  std::string channel;
  std::int64_t number = 0;
  [[nodiscard]] std::string native_id() const;  // "channel/123"
  [[nodiscard]] std::string url() const;        // "https://t.me/channel/123"
};

// 4 to 32 letters, digits and underscores, a letter first.
[[nodiscard]] bool is_telegram_name(std::string_view name);
// "Channel/123", as data-post has it; nullopt for anything else.
[[nodiscard]] std::optional<TelegramPostId> telegram_post_id(std::string_view text);
// "https://t.me/Channel/123?single" and "https://t.me/s/Channel/123"; nullopt for a private chat's
// (t.me/c/…), a user's, or another site's address.
[[nodiscard]] std::optional<TelegramPostId> telegram_post_of(std::string_view url);
// The name in "https://t.me/Name" or "https://t.me/Name/123", lower case; empty when there is none.
[[nodiscard]] std::string telegram_name_of(std::string_view url);

// As Collector::recognise.
[[nodiscard]] absl::StatusOr<Account> telegram_account(std::string_view profile_url);

}  // namespace copytaster
