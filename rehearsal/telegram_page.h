// A channel's preview page, as t.me shows it to browsers. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

inline constexpr std::size_t kTelegramPage = 20;

// A post's number in its channel: an album takes one for each of its pictures, and a deleted post keeps its
// own.
[[nodiscard]] std::int64_t telegram_number(const Post& post);
// "channel/123".
[[nodiscard]] std::string telegram_post_id(const Post& post);

struct TelegramPage {
  const PlayedAccount& channel;
  std::string notice;
  std::vector<Live> posts;  // oldest first
  absl::Time now;           // views grow with time
  bool older = false;       // there are
};
[[nodiscard]] std::string write_telegram_page(const TelegramPage& page);
// What t.me shows of everybody who has no preview: a person, a private channel, a name that nobody has.
[[nodiscard]] std::string write_telegram_contact(std::string_view name);

}  // namespace copytaster::rehearsal
