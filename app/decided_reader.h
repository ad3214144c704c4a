// The store as the desk and the exports read it: every picture with the newest that an editor has decided
// about it. A decision is in force from the moment it is kept, also for posts and stories whose records the
// processing has not made anew, or never will: what stands in a record is never asked alone.
//
// Any thread may read, and put(). What it reads through outlives it.
#pragma once

#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"
#include "processors/rights_decisions.h"

namespace copytaster {

class DecidedReader final : public StoreReader {
 public:
  explicit DecidedReader(const StoreReader& below) : below_(below) {}

  // Takes up what is kept as Actions. Errors as each_action's.
  absl::Status load(const Store& store);
  void put(const RightsDecision& decision);
  [[nodiscard]] Rights of_bytes(std::string_view sha256) const;
  [[nodiscard]] bool full() const;  // RightsDecisions::full()
  // As it is now; without a state: nobody has said anything.
  [[nodiscard]] Rights rights(const Item& item, const Media& media) const;

  [[nodiscard]] absl::StatusOr<Item> item(std::string_view id) const override;
  [[nodiscard]] absl::StatusOr<const Item*> item_in(std::string_view id, Item* room) const override;
  [[nodiscard]] absl::StatusOr<Story> story(std::string_view id) const override;
  [[nodiscard]] absl::StatusOr<std::vector<Story>> stories(std::size_t limit) const override;
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override;
  // Of older versions and of serialised items the rights are as they were written down.
  [[nodiscard]] absl::StatusOr<std::vector<Item>> versions(std::string_view id) const override {
    return below_.versions(id);
  }
  absl::Status each_item_record(
      const std::function<bool(std::string_view item_id, std::string_view record)>& visit) const override {
    return below_.each_item_record(visit);
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
  [[nodiscard]] absl::StatusOr<std::vector<std::string>> search(std::string_view query,
                                                                std::size_t limit) const override {
    return below_.search(query, limit);
  }
  [[nodiscard]] Counters counters() const override { return below_.counters(); }
  [[nodiscard]] std::string notice() const override { return below_.notice(); }

 private:
  void decide(Item& item) const;
  void decide(Story& story) const;

  const StoreReader& below_;
  mutable std::shared_mutex mutex_;  // of decisions_
  RightsDecisions decisions_;
};

}  // namespace copytaster
