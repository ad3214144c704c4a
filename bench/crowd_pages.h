// What the accounts of `copytaster bench --accounts` show: RSS feeds, and the JSON of Mastodon's API.
// `begun`: when the playing began. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster {

inline constexpr std::size_t kPostsAPage = 25;

// The newest kPostsAPage of `posts` posts, numbered from 1.
[[nodiscard]] std::string crowd_feed(std::size_t account, std::uint64_t posts, absl::Time begun);
// The answer to accounts/lookup.
[[nodiscard]] std::string crowd_profile(std::size_t account);
// Of the posts up to `posts`: the newest page, or with `after` the page right behind that post; newest first,
// as Mastodon answers min_id.
[[nodiscard]] std::string crowd_statuses(std::size_t account, std::uint64_t after, std::uint64_t posts,
                                         absl::Time begun);
// One post, read again.
[[nodiscard]] std::string crowd_status(std::size_t account, std::uint64_t post, absl::Time begun);

// Mastodon's ids, which tell account and post both.
[[nodiscard]] std::string crowd_status_id(std::size_t account, std::uint64_t post);
struct CrowdPost {
  std::size_t account = 0;
  std::uint64_t post = 0;  // 0: no such id
};
// Of a feed's "857-3" and of a status's id, also at the end of its address.
[[nodiscard]] CrowdPost read_crowd_id(std::string_view id);

}  // namespace copytaster
