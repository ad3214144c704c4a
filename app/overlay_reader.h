// A StoreReader that sees items staged but not written yet: stories are built in the same batch as the
// items that changed them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "app/forwarding_reader.h"

namespace copytaster {

using ItemIds = std::set<std::string, std::less<>>;
using PendingItems = std::map<std::string, Item, std::less<>>;

class OverlayReader final : public ForwardingReader {
 public:
  // All outlive it. Only one item at a time is seen as pending: what visits all of them sees the stored
  // ones. Those in `erased` are not there, though they are still stored.
  OverlayReader(const StoreReader& below, const PendingItems& pending, const ItemIds& erased)
      : ForwardingReader(below), pending_(pending), erased_(erased) {}

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    const auto found = pending_.find(id);
    if (found != pending_.end()) return found->second;
    return erased_.contains(id) ? absl::NotFoundError("it is erased") : below().item(id);
  }
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override {
    const auto found = pending_.find(id);
    if (found != pending_.end()) return &found->second;
    if (erased_.contains(id)) return absl::NotFoundError("it is erased");
    return below().item_in(id, room);
  }

 private:
  const PendingItems& pending_;
  const ItemIds& erased_;
};

}  // namespace copytaster
