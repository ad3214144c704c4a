// A StoreReader that sees items staged but not written yet: stories are built in the same batch as the
// items that changed them.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/forwarding_reader.h"

namespace copytaster {

using PendingItems = std::map<std::string, Item, std::less<>>;

class OverlayReader final : public ForwardingReader {
 public:
  // Both outlive it. Only one item at a time is seen as pending: what visits all of them sees the stored
  // ones.
  OverlayReader(const StoreReader& below, const PendingItems& pending)
      : ForwardingReader(below), pending_(pending) {}

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    const auto found = pending_.find(id);
    return found != pending_.end() ? found->second : below().item(id);
  }
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override {
    const auto found = pending_.find(id);
    return found != pending_.end() ? &found->second : below().item_in(id, room);
  }

 private:
  const PendingItems& pending_;
};

}  // namespace copytaster
