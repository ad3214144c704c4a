#include "app/collect_role.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/catalog.h"
#include "core/erased_account.h"
#include "core/strings.h"
#include "tests/support/fake_fetcher.h"
#include "tests/support/kafka_fixture.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using testing::KafkaMock;

class CollectRoleTest : public testing::KafkaFixture {
 protected:
  CollectRoleTest() : KafkaFixture(1, 2) {}
  void SetUp() override {
    KafkaFixture::SetUp();
    if (IsSkipped()) return;
    auto account = collectors_.find("feed")->recognise("https://city.example/feed.xml");
    ASSERT_TRUE(account.ok()) << account.status();
    account_ = *std::move(account);
  }
  void start() {
    CollectRoleOptions options;
    options.kafka = kafka_.settings();
    options.accounts = {account_};
    options.collectors = &collectors_;
    options.clock = &clock_;
    options.fetcher = &fetcher_;
    options.media = &media_;
    auto role = CollectRole::start(std::move(options));
    ASSERT_TRUE(role.ok()) << role.status();
    role_ = *std::move(role);
  }
  void write(KafkaRecord record) { ASSERT_TRUE(writer_->write({&record, 1U}, absl::Seconds(30)).ok()); }
  // As compaction would leave it.
  AccountState on_topic() const {
    AccountState state;
    const std::vector<KafkaRecord> records =
        kafka_.read(KafkaTopic::kAccounts, partition_of(kafka_.settings(), account_.id()));
    for (const KafkaRecord& record : records) {
      if (record.key != account_.id()) continue;
      EXPECT_TRUE(state.ParseFromString(record.value));
    }
    return state;
  }

  ManualClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  Collectors collectors_{StringMap<CollectorSettings>()};
  testing::FakeFetcher fetcher_{[](const HttpRequest&) {
    HttpResponse response;
    response.status = 404;
    return response;
  }};
  testing::MemoryMedia media_;
  Account account_;
  std::unique_ptr<CollectRole> role_;
};

TEST_F(CollectRoleTest, WhatAnErasedAccountSaidOfItselfGoesFromTheTopicToo) {
  AccountState state;
  state.set_account_id(account_.id());
  state.mutable_profile()->set_title("About Anna");
  state.mutable_cursor()->set_position("7");
  write(make_kafka_record(KafkaTopic::kAccounts, partition_of(kafka_.settings(), account_.id()),
                          account_.id(), "AccountState", state.SerializeAsString()));
  Hold hold;
  hold.set_by("Mira");
  hold.set_erased(true);
  write(make_hold_record(kafka_.settings(), account_.id(), hold));  // while nobody collects
  start();
  const absl::Time until = absl::Now() + absl::Seconds(60);
  do {
    const absl::Status turned = role_->turn(absl::Milliseconds(100));
    ASSERT_TRUE(turned.ok()) << turned;
  } while ((!role_->settled() || on_topic().has_profile()) && absl::Now() < until);
  AccountState bare;
  bare.set_account_id(account_.id());
  *bare.mutable_hold() = hold;
  EXPECT_EQ(on_topic().SerializeAsString(), bare.SerializeAsString());
  EXPECT_EQ(fetcher_.hits("https://city.example/feed.xml"), 0) << "nor is it asked";
}

}  // namespace
}  // namespace copytaster
