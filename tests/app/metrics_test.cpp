// What /metrics says of the stream.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/metered_bus.h"
#include "app/service_metrics.h"
#include "bus/embedded_bus.h"
#include "core/time.h"
#include "storage/open.h"
#include "tests/app/program.h"

namespace copytaster {
namespace {

using testing::HasSubstr;

class Metrics : public testing::Test {
 protected:
  void SetUp() override {
    key_value_ = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    store_ = *open_store(key_value_.get(), folder_.path(), OpenMode::kReadWrite);
    bus_ = std::make_unique<MeteredBus>(*make_embedded_bus(key_value_.get(), {}), &clock_,
                                        [this] { ++commits_; });
    Account account;
    account.set_id("mastodon:a@social.example");
    account.set_platform("mastodon");
    Account other = account;
    other.set_id("mastodon:b@social.example");
    numbers_ = std::make_unique<ServiceMetrics>(store_.get(), bus_.get(), &clock_,
                                                std::vector<Account>{account, other});
  }
  [[nodiscard]] double value(const std::string& series) const {
    const std::string text = "\n" + numbers_->text();
    const std::size_t at = text.find("\n" + series + " ");
    if (at == std::string::npos) return -1;
    return std::strtod(text.c_str() + at + series.size() + 2, nullptr);
  }
  Parcel parcel(int items) const {
    Parcel out;
    for (int i = 0; i < items; ++i) {
      Item* item = out.add_items();
      item->set_id(str_cat("x:", i));
      set_timestamp(item->mutable_collected_at(), clock_.now());
    }
    return out;
  }

  TemporaryFolder folder_;
  ManualClock clock_{absl::FromUnixSeconds(1'650'000'000)};
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<MeteredBus> bus_;
  std::unique_ptr<ServiceMetrics> numbers_;
  int commits_ = 0;
};

TEST_F(Metrics, APostIsFollowedFromTheBusToTheStore) {
  const std::string received = "copytaster_stage_received_total{stage=\"process\"}";
  const std::string sent = "copytaster_stage_sent_total{stage=\"process\"}";
  const std::string under_way = "copytaster_stage_in_progress{stage=\"process\"}";
  const std::string lag = "copytaster_consumer_lag_messages{consumer=\"process\"}";
  const std::string age = "copytaster_consumer_lag_seconds{consumer=\"process\"}";
  const double received_before = value(received);
  const double sent_before = value(sent);
  const double latencies_before = value("copytaster_end_to_end_seconds_count");
  EXPECT_EQ(value(lag), 0);
  EXPECT_EQ(value(age), 0);
  const std::vector<Parcel> parcels = {parcel(2), parcel(1)};
  ASSERT_TRUE(bus_->append(parcels, nullptr, absl::ZeroDuration()).ok());
  EXPECT_EQ(value(lag), 2);
  EXPECT_GT(value(age), 0);
  ASSERT_EQ(bus_->poll("process", 10, absl::ZeroDuration())->size(), 2U);
  EXPECT_EQ(value(received), received_before + 3);
  EXPECT_EQ(value(under_way), 3);
  clock_.advance(absl::Seconds(2));
  ASSERT_TRUE(bus_->commit("process", 1, nullptr).ok());
  EXPECT_EQ(value(sent), sent_before + 2);
  EXPECT_EQ(value(under_way), 1);
  ASSERT_TRUE(bus_->commit("process", 2, nullptr).ok());
  EXPECT_EQ(value(under_way), 0);
  EXPECT_EQ(value(lag), 0);
  EXPECT_EQ(value(age), 0);
  EXPECT_EQ(value("copytaster_end_to_end_seconds_count"), latencies_before + 3);
  EXPECT_EQ(commits_, 2);
}

TEST_F(Metrics, ErrorsAreCountedByTheirCode) {
  const std::string errors = "copytaster_stage_errors_total{stage=\"test\",type=\"DATA_LOSS\"}";
  StageMetrics("test").failed(absl::DataLossError("x"));
  EXPECT_EQ(value(errors), 1);
  StageMetrics("test").failed(absl::CancelledError("x"));
  StageMetrics("test").failed(absl::OkStatus());
  EXPECT_EQ(value(errors), 1);
}

TEST_F(Metrics, SourcesAreToldByPlatformNeverByAccount) {
  AccountState state;
  state.set_account_id("mastodon:a@social.example");
  set_timestamp(state.mutable_last_success(), clock_.now() - absl::Seconds(90));
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_account(*batch, state).ok());
  state.set_account_id("mastodon:followed-once@social.example");
  set_timestamp(state.mutable_last_success(), clock_.now() - absl::Hours(9));
  ASSERT_TRUE(store_->stage_account(*batch, state).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  EXPECT_EQ(value("copytaster_source_success_age_max_seconds{platform=\"mastodon\"}"), 90);
  EXPECT_EQ(value("copytaster_source_success_age_min_seconds{platform=\"mastodon\"}"), 90);
  EXPECT_EQ(value("copytaster_sources{platform=\"mastodon\",state=\"good\"}"), 1);
  EXPECT_EQ(value("copytaster_sources{platform=\"mastodon\",state=\"new\"}"), 1);
  EXPECT_EQ(numbers_->text().find("social.example"), std::string::npos);
}

TEST_F(Metrics, WhatTheSearchIndexHasNotDoneIsItsLag) {
  auto batch = store_->batch();
  const std::vector<std::string> ids = {"x:1", "x:2"};
  ASSERT_TRUE(store_->stage_changed(*batch, 1, ids).ok());
  ASSERT_TRUE(bus_->append(std::vector<Parcel>{parcel(2)}, nullptr, absl::ZeroDuration()).ok());
  ASSERT_TRUE(bus_->poll("process", 10, absl::ZeroDuration()).ok());
  ASSERT_TRUE(bus_->commit("process", 1, batch.get()).ok());
  EXPECT_EQ(value("copytaster_consumer_lag_messages{consumer=\"search\"}"), 2);
  EXPECT_GT(value("copytaster_consumer_lag_seconds{consumer=\"search\"}"), 0);
}

TEST_F(Metrics, TheVersionAndTheLogsLinesAreThere) {
  const std::string text = numbers_->text();
  EXPECT_THAT(text, HasSubstr("copytaster_build_info{version=\""));
  for (const char* level : {"debug", "info", "warn", "error"})
    EXPECT_THAT(text, HasSubstr(str_cat("copytaster_log_lines_total{level=\"", level, "\"}")));
}

}  // namespace
}  // namespace copytaster
