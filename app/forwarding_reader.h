// A StoreReader that answers as the one below it does: the base of readers that change some answers and leave
// the others alone. As many threads as may read below.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"

namespace copytaster {

class ForwardingReader : public StoreReader {
 public:
  explicit ForwardingReader(const StoreReader& below) : below_(below) {}  // outlives it

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override { return below_.item(id); }
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override {
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
  absl::Status each_item_record(
      const std::function<bool(std::string_view item_id, std::string_view record)>& visit) const override {
    return below_.each_item_record(visit);
  }
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    return below_.search(query, limit);
  }
  [[nodiscard]] Counters counters() const override { return below_.counters(); }
  [[nodiscard]] absl::StatusOr<Tombstone> tombstone(std::string_view subject) const override {
    return below_.tombstone(subject);
  }
  [[nodiscard]] absl::StatusOr<std::vector<Erasure>> erasures(std::size_t limit) const override {
    return below_.erasures(limit);
  }
  [[nodiscard]] std::string notice() const override { return below_.notice(); }

 protected:
  [[nodiscard]] const StoreReader& below() const { return below_; }

 private:
  const StoreReader& below_;
};

}  // namespace copytaster
