// A StoreReader that sees items staged but not written yet: stories are built in the same batch as the
// items that changed them.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/store.h"

namespace copytaster {

using PendingItems = std::map<std::string, Item, std::less<>>;

class OverlayReader final : public StoreReader {
 public:
  // Both outlive it.
  OverlayReader(const StoreReader& below, const PendingItems& pending) : below_(below), pending_(pending) {}

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override {
    const auto found = pending_.find(id);
    if (found != pending_.end()) return found->second;
    return below_.item(id);
  }
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override {
    const auto found = pending_.find(id);
    if (found != pending_.end()) return &found->second;
    return below_.item_in(id, room);
  }
  [[nodiscard]] absl::StatusOr<std::vector<Item>> versions(std::string_view id) const override {
    return below_.versions(id);
  }
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override { return below_.story(id); }
  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override {
    return below_.stories(limit);
  }
  [[nodiscard]] absl::StatusOr<Capture> capture(std::string_view sha256) const override {
    return below_.capture(sha256);
  }
  [[nodiscard]] absl::StatusOr<AccountState> account_state(std::string_view id) const override {
    return below_.account_state(id);
  }
  [[nodiscard]] absl::StatusOr<std::vector<AccountState>> account_states() const override {
    return below_.account_states();
  }
  [[nodiscard]] absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t limit) const override {
    return below_.dead_letters(limit);
  }
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override {
    return below_.each_item(visit);
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    return below_.search(query, limit);
  }
  [[nodiscard]] Counters counters() const override { return below_.counters(); }
  [[nodiscard]] std::string notice() const override { return below_.notice(); }

 private:
  const StoreReader& below_;
  const PendingItems& pending_;
};

}  // namespace copytaster
