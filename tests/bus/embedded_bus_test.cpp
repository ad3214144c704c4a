#include "bus/embedded_bus.h"

#include <gtest/gtest.h>

#include <thread>

#include "storage/open.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

Parcel parcel(const std::string& account, std::size_t padding = 0) {
  Parcel out;
  out.set_account_id(account);
  out.set_trace_id(std::string(padding, 'x'));
  return out;
}

class EmbeddedBusTest : public ::testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen(EmbeddedBusOptions options = {}) {
    bus_.reset();
    key_value_.reset();
    key_value_ = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    bus_ = *make_embedded_bus(key_value_.get(), options);
  }
  absl::Status append(const std::string& account, std::size_t padding = 0, WriteBatch* together = nullptr) {
    const Parcel one = parcel(account, padding);
    return bus_->append({&one, 1}, together, absl::ZeroDuration());
  }
  std::vector<std::string> poll(std::size_t max = 100, std::string_view consumer = "process") {
    auto got = bus_->poll(consumer, max, absl::ZeroDuration());
    EXPECT_TRUE(got.ok()) << got.status();
    std::vector<std::string> accounts;
    for (const Delivery& delivery : *got) {
      accounts.push_back(delivery.parcel.account_id());
      last_ = delivery.position;
    }
    return accounts;
  }
  TemporaryFolder folder_;
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Bus> bus_;
  std::uint64_t last_ = 0;
};

using Accounts = std::vector<std::string>;

TEST_F(EmbeddedBusTest, DeliversInOrderAndOnce) {
  for (const char* account : {"a", "b", "c"}) ASSERT_TRUE(append(account).ok());
  EXPECT_EQ(poll(2), (Accounts{"a", "b"}));
  EXPECT_EQ(poll(2), (Accounts{"c"}));
  EXPECT_EQ(poll(2), Accounts{});
}

TEST_F(EmbeddedBusTest, WhatWasNotCommittedComesAgainAfterReopening) {
  for (const char* account : {"a", "b", "c"}) ASSERT_TRUE(append(account).ok());
  EXPECT_EQ(poll(1), Accounts{"a"});
  ASSERT_TRUE(bus_->commit("process", last_ + 1, nullptr).ok());
  EXPECT_EQ(poll(), (Accounts{"b", "c"}));  // taken, not committed
  reopen();
  EXPECT_EQ(bus_->lag("process"), 2U);
  EXPECT_EQ(poll(), (Accounts{"b", "c"}));
}

TEST_F(EmbeddedBusTest, WhatGoesTogetherIsWrittenWithTheAppendAndTheCommit) {
  auto batch = key_value_->batch();
  batch->put(Space::kAccounts, "a", "cursor 1");
  ASSERT_TRUE(append("a", 0, batch.get()).ok());
  EXPECT_EQ(*key_value_->get(Space::kAccounts, "a"), "cursor 1");
  poll();
  batch->put(Space::kItems, "item", "bytes");
  ASSERT_TRUE(bus_->commit("process", last_ + 1, batch.get()).ok());
  EXPECT_EQ(*key_value_->get(Space::kItems, "item"), "bytes");
}

TEST_F(EmbeddedBusTest, AFullLogHoldsBackTheCollectorsAndLosesNothing) {
  EmbeddedBusOptions options;
  options.max_unread_bytes = 1000;
  reopen(options);
  ASSERT_TRUE(append("a", 1200).ok());
  auto batch = key_value_->batch();
  batch->put(Space::kAccounts, "b", "cursor");
  EXPECT_TRUE(absl::IsResourceExhausted(append("b", 10, batch.get())));
  EXPECT_TRUE(absl::IsResourceExhausted(bus_->append({}, nullptr, absl::ZeroDuration())))
      << "who waits for room";
  EXPECT_GT(batch->bytes(), 12U);  // still staged
  EXPECT_TRUE(absl::IsNotFound(key_value_->get(Space::kAccounts, "b").status()));
  EXPECT_EQ(poll(), Accounts{"a"});
  ASSERT_TRUE(bus_->commit("process", last_ + 1, nullptr).ok());
  EXPECT_TRUE(bus_->append({}, nullptr, absl::ZeroDuration()).ok());
  EXPECT_TRUE(append("b", 10, batch.get()).ok());
  EXPECT_EQ(poll(), Accounts{"b"});
}

TEST_F(EmbeddedBusTest, TheLogIsTrimmedBehindTheSlowestConsumerOnly) {
  EmbeddedBusOptions options;
  options.consumers = {"process", "search"};
  reopen(options);
  for (int i = 0; i < 600; ++i) ASSERT_TRUE(append(std::to_string(i)).ok());
  while (!poll().empty()) {
  }
  ASSERT_TRUE(bus_->commit("process", 600, nullptr).ok());
  reopen(options);
  EXPECT_EQ(poll(1000, "search").size(), 600U) << "the slower consumer must still see all";
  ASSERT_TRUE(bus_->commit("search", 600, nullptr).ok());
  std::size_t left = 0;
  ASSERT_TRUE(key_value_->scan(Space::kLog, "", "", [&](auto, auto) { return ++left, true; }).ok());
  EXPECT_EQ(left, 0U);
  reopen(options);
  ASSERT_TRUE(append("next").ok());
  EXPECT_EQ(poll(), Accounts{"next"}) << "positions must go on after a trimmed log";
  EXPECT_EQ(last_, 600U);
}

// A follower that trusted position() before the write would read a store that does not hold the items yet.
TEST_F(EmbeddedBusTest, ACommitIsSeenOnlyWhenItIsWritten) {
  testing::MemoryKeyValue memory;
  auto bus = *make_embedded_bus(&memory, {});
  const Parcel one = parcel("a");
  ASSERT_TRUE(bus->append({&one, 1}, nullptr, absl::ZeroDuration()).ok());
  std::vector<std::uint64_t> seen;
  memory.before_write([&] { seen.push_back(bus->position("process") * 10 + bus->lag("process")); });
  memory.fail_writes(absl::UnavailableError("disk full"));
  EXPECT_FALSE(bus->commit("process", 1, nullptr).ok());
  EXPECT_EQ(bus->position("process"), 0U) << "a failed commit is none";
  EXPECT_EQ(bus->lag("process"), 1U);
  memory.fail_writes(absl::OkStatus());
  ASSERT_TRUE(bus->commit("process", 1, nullptr).ok());
  EXPECT_EQ(bus->position("process"), 1U);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1, 1})) << "position 0 and lag 1 while it is being written";
}

TEST_F(EmbeddedBusTest, AFailedCommitTrimsNothingForAnother) {
  testing::MemoryKeyValue memory;
  EmbeddedBusOptions options;
  options.consumers = {"process", "copy"};
  auto bus = *make_embedded_bus(&memory, options);
  const Parcel one = parcel("a");
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(bus->append({&one, 1}, nullptr, absl::ZeroDuration()).ok());
  memory.fail_writes(absl::UnavailableError("disk full"));
  EXPECT_FALSE(bus->commit("process", 300, nullptr).ok());
  memory.fail_writes(absl::OkStatus());
  ASSERT_TRUE(bus->commit("copy", 300, nullptr).ok());
  bus = *make_embedded_bus(&memory, options);
  EXPECT_EQ(bus->poll("process", 1000, absl::ZeroDuration())->size(), 300U)
      << "not processed, so not trimmed";
}

TEST_F(EmbeddedBusTest, APollIsBoundedInBytesAndALargeParcelComesAlone) {
  for (const bool in_memory : {true, false}) {
    EmbeddedBusOptions options;
    options.max_poll_bytes = 1000;
    if (!in_memory) options.max_memory_bytes = 0;
    testing::MemoryKeyValue memory;
    auto bus = *make_embedded_bus(&memory, options);
    for (const std::size_t size : {5000U, 400U, 400U, 400U}) {
      const Parcel one = parcel("a", size);
      ASSERT_TRUE(bus->append({&one, 1}, nullptr, absl::ZeroDuration()).ok());
    }
    std::vector<std::size_t> sizes;
    for (auto got = *bus->poll("process", 10, absl::ZeroDuration()); !got.empty();
         got = *bus->poll("process", 10, absl::ZeroDuration())) {
      sizes.push_back(got.size());
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{1, 2, 1})) << (in_memory ? "from memory" : "read back");
  }
}

TEST_F(EmbeddedBusTest, ReadsBackWhatDoesNotFitInMemory) {
  EmbeddedBusOptions options;
  options.max_memory_bytes = 100;
  reopen(options);
  Accounts expected;
  for (int i = 0; i < 50; ++i) {
    expected.push_back(std::to_string(i));
    ASSERT_TRUE(append(expected.back(), 60).ok());
  }
  Accounts got;
  for (Accounts some = poll(7); !some.empty(); some = poll(7))
    got.insert(got.end(), some.begin(), some.end());
  EXPECT_EQ(got, expected);
}

TEST_F(EmbeddedBusTest, WhatWasDoneBeforeAStopIsTrimmedAfterIt) {
  const auto work = [&](int records) {
    for (int i = 0; i < records; ++i) {
      ASSERT_TRUE(append("a").ok());
      const auto got = bus_->poll("process", 1, absl::ZeroDuration());
      ASSERT_TRUE(got.ok());
      ASSERT_TRUE(bus_->commit("process", got->back().position + 1, nullptr).ok());
    }
  };
  for (int starts = 0; starts < 3; ++starts) {
    work(200);  // less than is trimmed at once
    reopen();
  }
  work(100);
  std::size_t left = 0;
  ASSERT_TRUE(
      key_value_->scan(Space::kLog, "", "", [&](std::string_view, std::string_view) { return ++left, true; })
          .ok());
  EXPECT_LE(left, 256U) << "of 700";
}

TEST_F(EmbeddedBusTest, ClosingWakesWaiters) {
  std::thread closer([&] { bus_->close(); });
  const auto got = bus_->poll("process", 1, absl::InfiniteDuration());
  closer.join();
  EXPECT_TRUE(absl::IsCancelled(got.status()));
}

TEST_F(EmbeddedBusTest, ProducersAndAConsumerAtOnceLoseAndDoubleNothing) {
  constexpr int kEach = 100;
  std::vector<std::thread> producers;
  for (int p = 0; p < 3; ++p) {
    producers.emplace_back([&, p] {
      for (int i = 0; i < kEach; ++i) ASSERT_TRUE(append(std::to_string(p * kEach + i)).ok());
    });
  }
  std::vector<int> seen(3 * kEach, 0);
  for (int total = 0; total < 3 * kEach;) {
    auto got = bus_->poll("process", 16, absl::Seconds(30));
    ASSERT_TRUE(got.ok());
    ASSERT_FALSE(got->empty());
    for (const Delivery& delivery : *got)
      ++seen[static_cast<std::size_t>(std::stoi(delivery.parcel.account_id()))];
    total += static_cast<int>(got->size());
    ASSERT_TRUE(bus_->commit("process", got->back().position + 1, nullptr).ok());
  }
  for (std::thread& producer : producers) producer.join();
  EXPECT_EQ(seen, std::vector<int>(3 * kEach, 1));
}

}  // namespace
}  // namespace copytaster
