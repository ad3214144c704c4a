// One line of posts/*.jsonl. Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "rehearsal/day.h"

namespace copytaster::rehearsal {

// A post whose account and other posts are still names.
struct PostLine {
  Post post;
  std::string account;
  std::string reshare_of;
  std::string quote_of;
  std::string reply_to;
};

// kInvalidArgument says what is wrong; the caller knows file and line.
[[nodiscard]] absl::StatusOr<PostLine> read_post_line(std::string_view json);

}  // namespace copytaster::rehearsal
