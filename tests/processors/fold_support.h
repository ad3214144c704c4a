// Items and readers made by hand, for the tests of copies and stories.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/copytaster.pb.h"
#include "core/officials.h"
#include "core/processor.h"
#include "core/store.h"
#include "processors/fingerprint.h"
#include "processors/pipeline.h"

namespace copytaster::testing {

// A post of `person` ("" for a stranger) on `platform`, `minutes` after 2022-04-14T06:00Z, fingerprinted.
Item make_post(std::string_view platform, std::string_view native_id, std::string_view person, int minutes,
               std::string_view text);
void add_mention(Item& item, std::string_view kind, std::string_view name, std::string_view id,
                 std::string_view country = "");

Official make_official(std::string_view id, std::string_view name, std::string_view title,
                       std::string_view place, std::string_view country, OfficialKind kind = PERSON);

// Items in memory, as a store would give them.
class ItemsReader : public StoreReader {
 public:
  std::map<std::string, Item, std::less<>> items;

  absl::StatusOr<Item> item(std::string_view id) const override;
  absl::StatusOr<std::vector<Item>> versions(std::string_view) const override { return no(); }
  absl::StatusOr<Story> story(std::string_view) const override { return no(); }
  absl::StatusOr<std::vector<Story>> stories(std::size_t) const override { return no(); }
  absl::StatusOr<Capture> capture(std::string_view) const override { return no(); }
  absl::StatusOr<AccountState> account_state(std::string_view) const override { return no(); }
  absl::StatusOr<std::vector<AccountState>> account_states() const override { return no(); }
  absl::StatusOr<std::vector<DeadLetter>> dead_letters(std::size_t) const override { return no(); }
  absl::Status each_item(const std::function<bool(const Item&)>& visit) const override;
  absl::StatusOr<std::vector<std::string>> search(std::string_view, std::size_t) const override {
    return no();
  }
  Counters counters() const override { return {}; }
  std::string notice() const override { return ""; }

 private:
  static absl::Status no() { return absl::UnimplementedError("not in this test"); }
};

// The texts of those in memory.
class StoredPosts final : public EarlierPosts {
 public:
  explicit StoredPosts(const ItemsReader& store) : store_(store) {}
  [[nodiscard]] const Item* find(std::string_view item_id, Item*) const override {
    const auto found = store_.items.find(item_id);
    return found == store_.items.end() ? nullptr : &found->second;
  }

 private:
  const ItemsReader& store_;
};

// Prepares and places an item and stores it with all revisions, as the service does.
void run_through(Pipeline& pipeline, Item item, ItemsReader& store);
void store_revisions(Pipeline& pipeline, ItemsReader& store);

}  // namespace copytaster::testing
