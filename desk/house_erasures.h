// What the desk may ask of the house about erasing, and about what must not be erased, wired by app. Any of
// the server's threads.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "core/copytaster.pb.h"

namespace copytaster {

// `subject`: "item:", "account:" or "official:" and an id; of a legal hold also a story's id.
struct SubjectAsked {
  std::string subject, reason, by;
};

struct LegalHoldTold {
  std::string subject, by, reason;
  absl::Time at;
};

struct HouseErasures {
  // The receipt that was begun; it is kept, and the rest follows. kNotFound: nothing of it is here.
  // kFailedPrecondition: it is on legal hold; the message says whose. Empty: cannot be done here.
  std::function<absl::StatusOr<Erasure>(const SubjectAsked&)> erase = nullptr;
  // How much that would be: a receipt with counts of posts, versions and captures. Nothing is done. Errors as
  // above.
  std::function<absl::StatusOr<Erasure>(std::string_view subject)> preview = nullptr;
  // Legal holds: put on (`keep`), or taken off. kNotFound: it is not here; it is on no hold.
  std::function<absl::Status(const SubjectAsked&, bool keep)> hold = nullptr;
  std::function<std::vector<LegalHoldTold>()> holds = nullptr;
  // A draft of the story was saved as a file, with these posts in it: they are kept from now on. Empty:
  // nothing is noted.
  std::function<absl::Status(const std::string& story_id, std::string_view format,
                             const std::vector<std::string>& item_ids)>
      exported = nullptr;
  // Whether the file of these bytes was erased since the start: small pictures of it are kept in memory.
  std::function<bool(std::string_view sha256)> erased_picture = nullptr;
};

}  // namespace copytaster
