// Names, ids and addresses of X. Pure; any thread.
//
// Ids are decimal strings beyond 2^53 and never numbers. Since November 2010 they are snowflakes: the
// milliseconds since 2010-11-04T01:42:54.657Z, shifted left by 22 bits
// (https://docs.x.com/fundamentals/x-ids).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// As Collector::recognise().
[[nodiscard]] absl::StatusOr<Account> x_account(std::string_view profile_url);

// Letters, digits and "_", at most 15.
[[nodiscard]] bool is_x_username(std::string_view name);
// 1 to 20 digits, as posts and users have.
[[nodiscard]] bool is_x_id(std::string_view id);
// The longer is the newer, of two equally long ones the greater.
[[nodiscard]] bool x_id_less(std::string_view a, std::string_view b);
// When the id was given, to the second, as created_at tells it; nullopt for ids older than snowflakes.
[[nodiscard]] std::optional<absl::Time> x_id_time(std::string_view id);

// "https://x.com/USER/status/ID"; without a user name one that leads there as well.
[[nodiscard]] std::string x_permalink(std::string_view username, std::string_view id);
struct XStatusLink {
  std::string id;
  bool is_media = false;  // one of its pictures or videos: …/photo/1
};
// Of an address of a post, on x.com or twitter.com.
[[nodiscard]] std::optional<XStatusLink> x_status_link(std::string_view url);

}  // namespace copytaster
