// Records as they lie in the database: storage/open.h and bus/embedded_bus.h over damaged values.
#include "bus/embedded_bus.h"
#include "core/strings.h"
#include "storage/open.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/memory_key_value.h"

namespace copytaster::fuzz {
namespace {

constexpr std::string_view kRecordKey = "x:1";

void check_read(const absl::Status& status, std::string_view what) {
  require(status.ok() || absl::IsDataLoss(status), "a value reads, or is a data loss",
          str_cat(what, status.ToString()));
}

// What could be read can be written, and is then the same.
void check_item_again(Store& store, const Item& item) {
  Item copy = item;
  copy.set_id("x:2");
  auto batch = store.batch();
  if (!store.stage_item(*batch, copy).ok()) return;
  require(store.write(*batch, Durability::kLater).ok(), "a batch is written");
  const auto again = store.item("x:2");
  require(again.ok() && again->SerializeAsString() == copy.SerializeAsString(),
          "a record reads as it was written");
}

void check_store(Store& store) {
  const auto item = store.item(kRecordKey);
  check_read(item.status(), "item: ");
  check_read(store.story(kRecordKey).status(), "story: ");
  check_read(store.capture(kRecordKey).status(), "capture: ");
  check_read(store.account_state(kRecordKey).status(), "account: ");
  check_read(store.stories(10).status(), "stories: ");
  check_read(store.account_states().status(), "accounts: ");
  check_read(store.dead_letters(10).status(), "dead letters: ");
  check_read(store.versions(kRecordKey).status(), "versions: ");
  check_read(store.each_item([](const Item&) { return true; }), "items: ");
  (void)store.counters();
  if (item.ok()) check_item_again(store, *item);
}

void check_bus(KeyValue& key_value) {
  const auto bus = make_embedded_bus(&key_value, {});
  require(bus.ok(), "the bus opens", bus.status().ToString());
  check_read((*bus)->poll("process", 10, absl::ZeroDuration()).status(), "parcel: ");
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(record)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view value = as_text(data, size);
  copytaster::testing::MemoryKeyValue key_value;
  auto batch = key_value.batch();
  for (const Space space :
       {Space::kItems, Space::kStories, Space::kCaptures, Space::kAccounts, Space::kDeadLetters})
    batch->put(space, kRecordKey, value);
  batch->put(Space::kVersions, str_cat(kRecordKey, std::string_view("\0\0\0\0\1", 5)), value);
  batch->put(Space::kMeta, "count/collected", value);
  batch->put(Space::kLog, big_endian(std::uint64_t{0}), value);
  require(key_value.write(*batch, Durability::kLater).ok(), "the memory takes it");
  const auto store = open_store(&key_value, "/nowhere", OpenMode::kReadOnly);
  require(store.ok(), "the store opens", store.status().ToString());
  check_store(**store);
  check_bus(key_value);
  return 0;
}
