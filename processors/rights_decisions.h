// What editors have decided about the rights to a picture. A decision is about the picture, wherever its
// copies stand and whenever they come; the newest one holds. Kept as Actions in the store; this is their
// memory.
//
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "core/copytaster.pb.h"
#include "core/strings.h"

namespace copytaster {

struct RightsDecision {
  std::string item_id;  // where the editor looked at it
  // Its names (picture_names()): what has one of them is that picture.
  std::vector<std::string> pictures;
  Rights rights;
};

// The names of a picture: "sha256:…" of its bytes; its key (picture_match.h); what it is folded into; and
// while its bytes are not here, "<item id>#@<native id or address>".
[[nodiscard]] std::vector<std::string> picture_names(std::string_view item_id, const Media& media);
// What to_action() needs of a picture of the item as it is stored. kInvalidArgument: it has no such picture.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> decided_pictures(const Item& item,
                                                                        std::uint32_t index);
[[nodiscard]] bool is_about(const RightsDecision& decision, std::string_view item_id, const Media& media);

// The Action it is kept as: verb "rights", subject item_id, details "state", "note", "picture.0",
// "picture.1", ….
[[nodiscard]] Action to_action(const RightsDecision& decision);
// nullopt: the action is about something else, or does not make sense.
[[nodiscard]] std::optional<RightsDecision> to_rights_decision(const Action& action);

class RightsDecisions {
 public:
  static constexpr std::size_t kMostPictures = 1'000'000;

  explicit RightsDecisions(std::size_t most_pictures = kMostPictures) : most_(most_pictures) {}

  // Of more pictures than it may hold it takes what is said of those it knows.
  void put(const RightsDecision& decision);
  // The newest about a picture of this item; null: nobody has said anything.
  [[nodiscard]] const Rights* find(std::string_view item_id, const Media& media) const;
  [[nodiscard]] bool empty() const { return of_.empty(); }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  std::size_t most_;
  StringMap<Rights> of_;  // by name
};

}  // namespace copytaster
