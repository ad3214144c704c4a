// What no capture tells and the old store knows: which bytes a picture is, how a post was liked when nothing
// else of it was new, what a person said who brought a post in. Reads the old store. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "core/store.h"

namespace copytaster {

// A stored post as it was when it was handed on: without what the steps made of it, with bare pictures,
// standing.
[[nodiscard]] Item as_handed_on(Item stored);

class ReplayMemory {
 public:
  // Outlives it. Reads all posts once.
  static absl::StatusOr<ReplayMemory> of(const StoreReader& old);

  // The post as it was stored, all versions, oldest first; empty: it was not.
  absl::StatusOr<std::vector<Item>> versions(std::string_view item_id) const;
  // The facts about the pictures of `item`, which becomes version `number`.
  [[nodiscard]] static std::vector<PictureResult> pictures(const std::vector<Item>& old, const Item& item,
                                                           std::uint32_t number);
  // What was noted of it and `made`, which may be null, does not have, oldest first.
  [[nodiscard]] static std::vector<EngagementAt> engagements(const std::vector<Item>& old, const Item* made);
  // What was brought in by this capture at this moment; each is given once.
  std::vector<Item> brought_in(std::string_view sha256, absl::Time at);
  // What was brought in and not given yet.
  std::vector<Item> rest();

 private:
  explicit ReplayMemory(const StoreReader* old) : old_(old) {}

  const StoreReader* old_;
  std::multimap<std::pair<std::string, absl::Time>, Item, std::less<>> by_hand_;
};

}  // namespace copytaster
