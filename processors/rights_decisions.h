// What editors have decided about the rights to a picture. A decision is about the picture, wherever its
// copies stand and whenever they come; the newest one holds. What may be printed is granted of these very
// bytes, or of what stands in that place of the post, and of nothing that only looks like it; what is
// withheld is withheld of all that is folded together. Kept as Actions in the store; this is their memory.
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

// The names of a picture itself: "sha256:…" of its bytes; its key (picture_match.h); and "<item id>#@<where
// it stands>" (picture_address.h) where no other picture of the post has the same.
[[nodiscard]] std::vector<std::string> picture_names(const Item& item, const Media& media);
// What to_action() needs of a picture of the item as it is stored: its names, without where it stands once
// its bytes are here, and unless it is granted with what it is folded into. kInvalidArgument: it has no such
// picture.
[[nodiscard]] absl::StatusOr<std::vector<std::string>> decided_pictures(const Item& item, std::uint32_t index,
                                                                        std::string_view state);
// Whether this is the picture that was shown as `shown`: its SHA-256, native id, or URL.
[[nodiscard]] bool is_shown(const Media& media, std::string_view shown);
[[nodiscard]] bool is_about(const RightsDecision& decision, const Item& item, const Media& media);

// The Action it is kept as: verb "rights", subject item_id, details "state", "note", "picture.0",
// "picture.1", ….
[[nodiscard]] Action to_action(const RightsDecision& decision);
// nullopt: the action is about something else, or does not make sense.
[[nodiscard]] std::optional<RightsDecision> to_rights_decision(const Action& action);

class RightsDecisions {
 public:
  static constexpr std::size_t kMostPictures = 1'000'000;  // names of pictures, three or so of each
  static constexpr std::size_t kMostNames = 4;             // of one picture

  explicit RightsDecisions(std::size_t most_pictures = kMostPictures) : most_(most_pictures) {}

  // Of more pictures than it may hold it takes what is said of those it knows.
  void put(const RightsDecision& decision);
  // The newest about a picture of this item; null: nobody has said anything.
  [[nodiscard]] const Rights* find(const Item& item, const Media& media) const;
  [[nodiscard]] bool empty() const { return of_.empty(); }
  // New pictures would be forgotten.
  [[nodiscard]] bool full() const { return of_.size() + kMostNames > most_; }
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  struct Known {
    Rights newest;
    std::optional<Rights> withheld;  // the newest that grants nothing
  };

  std::size_t most_;
  StringMap<Known> of_;  // by name
};

}  // namespace copytaster
