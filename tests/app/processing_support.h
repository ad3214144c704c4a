// From the bus to the store in memory, for the tests of what the processing does.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "app/processing.h"
#include "bus/embedded_bus.h"
#include "core/clock.h"
#include "storage/open.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/memory_store.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::testing {

class ProcessingFixture : public ::testing::Test {
 protected:
  void SetUp() override { start(); }
  // What a restart does: everything in memory is new.
  void start() {
    store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite);
    bus_ = *make_embedded_bus(&database_, bus_options_);
    pipeline_ = std::make_unique<Pipeline>(officials_, Rules::defaults());
    processing_ = std::make_unique<Processing>(
        ProcessingDependencies{bus_.get(), store_.get(), &media_, pipeline_.get(), &clock_, pictures()}, 2);
    ASSERT_TRUE(processing_->restore().ok());
  }
  // Who looks at pictures, of the bus that was just made; null: the processing itself.
  virtual PictureWork* pictures() { return nullptr; }
  // As the poller does: with the count of what was collected.
  void append(const Parcel& parcel) {
    auto batch = store_->batch();
    Counters counters;
    counters.set_collected(static_cast<std::uint64_t>(parcel.items_size()));
    ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
    ASSERT_TRUE(bus_->append({&parcel, 1}, batch.get(), absl::ZeroDuration()).ok());
  }
  void append(const std::vector<Item>& items) {
    Parcel parcel;
    for (const Item& item : items) *parcel.add_items() = item;
    append(parcel);
  }
  absl::Status turn() { return processing_->turn(absl::ZeroDuration()).status(); }

  TemporaryFolder folder_;
  MemoryKeyValue database_;
  MemoryMedia media_;
  Officials officials_;
  ManualClock clock_{absl::FromUnixSeconds(1650003600)};
  EmbeddedBusOptions bus_options_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Pipeline> pipeline_;
  std::unique_ptr<Processing> processing_;
};

}  // namespace copytaster::testing
