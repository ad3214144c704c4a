// What the desk may ask of the house about copies, wired by app. Any of the server's threads.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace copytaster {

// What an editor says of two posts. The newest answer about the two holds, whatever the rules say.
struct CopyAnswer {
  std::string item_id;
  std::string other_id;
  bool same = false;
  std::string by;  // the editor
};

struct HouseCopies {
  // On the bus, and so kept, when it returns OK; posts and stories change within a moment. kNotFound: no such
  // post. kInvalidArgument: it is one post. kFailedPrecondition: they cannot be folded any more; its words
  // say why. Empty: cannot be done here.
  std::function<absl::Status(const CopyAnswer&)> answer;
  // Why two posts are folded or are not, as a JSON object (processors/copy_explain.h). kNotFound: no such
  // post. Empty: cannot be done here.
  std::function<absl::StatusOr<std::string>(std::string_view item_id, std::string_view other_id)> explain;
};

}  // namespace copytaster
