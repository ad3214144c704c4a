#include "bus/kafka_bus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/text.h"
#include "storage/open.h"
#include "tests/support/kafka_fixture.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using testing::KafkaMock;

constexpr std::string_view kAccount = "mastodon:mayor@example.org";

class KafkaBusTest : public testing::KafkaFixture {
 protected:
  KafkaBusTest() : KafkaFixture(1, 4) {}
  void SetUp() override {
    KafkaFixture::SetUp();
    if (IsSkipped()) return;
    KafkaBusOptions options;
    options.settings = kafka_.settings();
    options.owner = [this](std::int32_t partition) {
      return owned_ < 0 || owned_ == partition ? owner_ : -1;
    };
    options.any_partition = [this] { return owned_ < 0 ? 0 : owned_; };
    options.is_account = [](std::string_view id) { return !id.starts_with("stream:"); };
    options.on_sent = [this](const Parcel& parcel) { sent_.push_back(parcel); };
    options.least_wait = absl::Seconds(20);
    bus_ = make_kafka_bus(writer_.get(), &memory_, options);
    auto store = open_store(&memory_, "", OpenMode::kReadOnly);
    ASSERT_TRUE(store.ok());
    store_ = *std::move(store);
  }

  static Parcel parcel(int items, std::size_t text_bytes = 3) {
    Parcel made;
    made.set_account_id(std::string(kAccount));
    made.set_trace_id("0123456789abcdef0123456789abcdef");
    for (int i = 0; i < items; ++i) {
      Item* const item = made.add_items();
      item->set_id(str_cat("mastodon:", i));
      item->set_account_id(std::string(kAccount));
      item->set_text(std::string(text_bytes, static_cast<char>('a' + i % 26)));
    }
    return made;
  }

  [[nodiscard]] std::int32_t partition() const { return partition_of(kafka_.settings(), kAccount); }

  std::vector<Parcel> parcels_on_kafka() {
    std::vector<Parcel> all;
    for (const KafkaRecord& record : kafka_.read(KafkaTopic::kItems, partition()))
      EXPECT_TRUE(all.emplace_back().ParseFromString(record.value));
    return all;
  }

  std::int64_t owner_ = 17;
  std::int32_t owned_ = -1;  // the one partition that is ours; negative: all are
  RemoteKeyValue memory_;
  std::vector<Parcel> sent_;
  std::unique_ptr<Bus> bus_;
  std::unique_ptr<Store> store_;
};

TEST_F(KafkaBusTest, WhatAPageBroughtGoesToItsTopics) {
  Capture capture;
  capture.set_body("{}");
  capture.set_sha256(sha256_hex("{}"));
  capture.set_account_id(std::string(kAccount));
  AccountState state;
  state.set_account_id(std::string(kAccount));
  state.mutable_cursor()->set_position("9");
  DeadLetter letter;
  letter.set_id("letter:1");
  letter.set_account_id(std::string(kAccount));
  letter.set_reason("no date");
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_capture(*batch, capture).ok());
  ASSERT_TRUE(store_->stage_account(*batch, state).ok());
  ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
  Counters counters;
  counters.set_collected(3);
  ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
  const Parcel made = parcel(2);
  ASSERT_TRUE(bus_->append({&made, 1U}, batch.get(), absl::ZeroDuration()).ok());

  const auto captures = kafka_.read(KafkaTopic::kCaptures, partition());
  ASSERT_EQ(captures.size(), 1U);
  EXPECT_EQ(captures[0].value, capture.SerializeAsString());
  const auto items = kafka_.read(KafkaTopic::kItems, partition());
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].key, kAccount);
  EXPECT_EQ(items[0].number(kafka_header::kOwner), 17);
  EXPECT_EQ(items[0].header(kafka_header::kTrace), "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
  Parcel expected = made;
  *expected.add_dead_letters() = letter;
  EXPECT_EQ(items[0].value, expected.SerializeAsString());
  ASSERT_EQ(sent_.size(), 1U);
  ASSERT_TRUE(writer_->flush(absl::Seconds(20)).ok());
  const auto accounts = kafka_.read(KafkaTopic::kAccounts, partition());
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].header(kafka_header::kType), "AccountState");
  EXPECT_EQ(accounts[0].value, state.SerializeAsString());
  EXPECT_EQ(store_->account_state(kAccount)->cursor().position(), "9");
}

TEST_F(KafkaBusTest, LettersAloneTravelInAParcel) {
  DeadLetter letter;
  letter.set_id("letter:1");
  letter.set_account_id(std::string(kAccount));
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  const auto parcels = parcels_on_kafka();
  ASSERT_EQ(parcels.size(), 1U);
  EXPECT_EQ(parcels[0].account_id(), kAccount);
  EXPECT_EQ(parcels[0].dead_letters_size(), 1);
}

TEST_F(KafkaBusTest, WhatBelongsToNoAccountGoesWhereWeMaySend) {
  owned_ = 3;
  Capture capture;
  capture.set_body("noise");
  capture.set_sha256(sha256_hex("noise"));
  DeadLetter letter;
  letter.set_id("noise/stream");
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_capture(*batch, capture).ok());
  ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
  const absl::Status written = store_->write(*batch, Durability::kSynced);
  ASSERT_TRUE(written.ok()) << written;
  EXPECT_EQ(kafka_.read(KafkaTopic::kItems, 3).size(), 1U);
  EXPECT_EQ(kafka_.read(KafkaTopic::kCaptures, 3).size(), 1U);
}

TEST_F(KafkaBusTest, WhereAStreamStandsIsOurs) {
  AccountState stream;
  stream.set_account_id("stream:jetstream");
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_account(*batch, stream).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  ASSERT_TRUE(writer_->flush(absl::Seconds(20)).ok());
  EXPECT_TRUE(kafka_.read(KafkaTopic::kAccounts).empty());
  EXPECT_TRUE(store_->account_state("stream:jetstream").ok());
}

TEST_F(KafkaBusTest, ALargeParcelGoesInParts) {
  const Parcel made = parcel(5, kMaxKafkaRecordBytes / 6);
  ASSERT_TRUE(bus_->append({&made, 1U}, nullptr, absl::Seconds(60)).ok());
  const auto parcels = parcels_on_kafka();
  ASSERT_GT(parcels.size(), 1U);
  int next = 0;
  for (const Parcel& part : parcels) {
    EXPECT_EQ(part.trace_id(), made.trace_id());
    for (const Item& item : part.items()) EXPECT_EQ(item.id(), str_cat("mastodon:", next++));
  }
  EXPECT_EQ(next, 5);
}

TEST_F(KafkaBusTest, APostThatNoRecordHoldsIsADeadLetter) {
  Parcel made = parcel(2);
  made.mutable_items(1)->set_text(std::string(kMaxKafkaRecordBytes, 'x'));
  ASSERT_TRUE(bus_->append({&made, 1U}, nullptr, absl::Seconds(60)).ok());
  const auto parcels = parcels_on_kafka();
  ASSERT_EQ(parcels.size(), 2U);
  EXPECT_EQ(parcels[0].items_size(), 1);
  EXPECT_EQ(parcels[1].items_size(), 0);
  ASSERT_EQ(parcels[1].dead_letters_size(), 1);
  EXPECT_THAT(parcels[1].dead_letters(0).reason(), HasSubstr("bytes"));
  EXPECT_TRUE(parcels[1].dead_letters(0).cut());
}

TEST_F(KafkaBusTest, NothingIsSentOfAnAccountOfOthers) {
  owner_ = -1;
  const Parcel made = parcel(1);
  EXPECT_TRUE(absl::IsAborted(bus_->append({&made, 1U}, nullptr, absl::Seconds(1))));
  EXPECT_TRUE(kafka_.read(KafkaTopic::kItems).empty());
}

}  // namespace
}  // namespace copytaster
