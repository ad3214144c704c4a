// The sum collected = stored + dead-lettered, watched while the service runs and read from a store.
#include "app/balance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "core/metrics.h"
#include "desk/health_json.h"
#include "processing_support.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;

class BalanceTest : public testing::ProcessingFixture {
 protected:
  void count(std::uint64_t collected, std::uint64_t stored, std::uint64_t dead) const {
    Counters delta;
    delta.set_collected(collected);
    delta.set_stored(stored);
    delta.set_dead_lettered(dead);
    const auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_counters(*batch, delta).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  static double unaccounted() { return gauge("copytaster_items_unaccounted", "").value(); }
};

TEST_F(BalanceTest, WhatWaitsInTheLogIsNotLost) {
  Item item;
  item.set_id("mastodon:1");
  append({item});
  const Balance waits = balance_now(*store_, *bus_);
  EXPECT_FALSE(waits.settled);
  EXPECT_EQ(waits.waiting(), 1U);
  EXPECT_EQ(waits.unaccounted(), 0);
  EXPECT_FALSE(balance_stored(database_, store_->counters())->settled);
  ASSERT_TRUE(turn().ok());
  const Balance done = balance_now(*store_, *bus_);
  EXPECT_TRUE(done.settled);
  EXPECT_EQ(done.open(), 0);
  EXPECT_TRUE(balance_stored(database_, store_->counters())->settled);
}

TEST_F(BalanceTest, AMiscountIsToldOnceUntilItIsMended) {
  BalanceWatch watch(store_.get(), bus_.get());
  absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  const auto look = [&](double later) { return watch.look(now += absl::Seconds(later)); };
  count(10, 7, 2);
  ::testing::internal::CaptureStderr();
  EXPECT_FALSE(look(0)) << "it may be a write that the bus does not know of yet";
  EXPECT_FALSE(look(0.5));
  EXPECT_TRUE(look(1));
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("store.unbalanced"));
  EXPECT_FALSE(look(5)) << "once";
  EXPECT_EQ(unaccounted(), 1);
  count(0, 2, 0);  // counted twice, too, is a fault
  (void)look(1);
  (void)look(1);
  EXPECT_EQ(unaccounted(), -1);
  count(1, 0, 0);
  EXPECT_FALSE(look(1));
  EXPECT_EQ(unaccounted(), 0);
  count(1, 0, 0);
  EXPECT_FALSE(look(1));
  EXPECT_TRUE(look(1)) << "it is a new one";
}

TEST(Balance, IsToldAsItIs) {
  JsonWriter settled, waits;
  write_balance(settled, {10, 7, 2, true});
  EXPECT_EQ(settled.text(),
            R"({"collected":10,"stored":7,"dead_lettered":2,"settled":true,"unaccounted":1})");
  write_balance(waits, {10, 7, 2, false});
  EXPECT_EQ(waits.text(), R"({"collected":10,"stored":7,"dead_lettered":2,"settled":false,"waiting":1})");
}

TEST(Balance, TheStatusSaysSoWhenItDoesNotHold) {
  const TemporaryFolder folder;
  {
    const auto key_value = *open_key_value(folder.path(), OpenMode::kReadWrite);
    const auto store = *open_store(key_value.get(), folder.path(), OpenMode::kReadWrite);
    Counters counters;
    counters.set_collected(3);
    counters.set_stored(2);
    const auto batch = store->batch();
    ASSERT_TRUE(store->stage_counters(*batch, counters).ok());
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  Program status({"status", "--data", folder.path()});
  ASSERT_EQ(status.exit_code(), 0) << status.err();
  EXPECT_THAT(status.out(), HasSubstr("DOES NOT HOLD: 1 posts are unaccounted for"));
  Program json({"status", "--json", "--data", folder.path()});
  ASSERT_EQ(json.exit_code(), 0) << json.err();
  EXPECT_THAT(json.out(), HasSubstr(R"("settled":true,"unaccounted":1)"));
}

}  // namespace
}  // namespace copytaster
