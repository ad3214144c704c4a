#include "app/kafka_inlet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>
#include <vector>

#include "bus/kafka_writer.h"
#include "core/bytes.h"
#include "core/clock.h"
#include "core/strings.h"
#include "core/text.h"
#include "storage/open.h"
#include "tests/support/kafka_fixture.h"
#include "tests/support/memory_store.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using testing::KafkaMock;
using testing::MemoryBus;
using testing::MemoryKeyValue;

constexpr std::string_view kAccount = "mastodon:mayor@example.org";

// Has no room for the first batches, though it says each time that it has: others were quicker.
class FullBus final : public Bus {
 public:
  FullBus(Bus* below, std::mutex* letters, int full) : below_(below), letters_(letters), full_(full) {}

  absl::Status append(std::span<const Parcel> parcels, WriteBatch* together, absl::Duration wait) override {
    if (wait > absl::ZeroDuration()) {
      ++waits_;
      // A mutex must not be tried by the thread that may hold it.
      std::thread([this] {
        if (!letters_->try_lock()) return;
        letters_->unlock();
        ++waits_unlocked_;
      }).join();
    }
    if (together == nullptr) return absl::OkStatus();
    staged_.push_back(together->bytes());
    if (full_-- > 0) return absl::ResourceExhaustedError("the log is full");
    return below_->append(parcels, together, wait);
  }
  absl::StatusOr<std::vector<Delivery>> poll(std::string_view consumer, std::size_t max,
                                             absl::Duration wait) override {
    return below_->poll(consumer, max, wait);
  }
  absl::Status commit(std::string_view consumer, std::uint64_t position, WriteBatch* together) override {
    return below_->commit(consumer, position, together);
  }
  [[nodiscard]] std::uint64_t lag(std::string_view consumer) const override { return below_->lag(consumer); }
  [[nodiscard]] std::uint64_t position(std::string_view consumer) const override {
    return below_->position(consumer);
  }
  void close() override { below_->close(); }

  [[nodiscard]] const std::vector<std::size_t>& staged() const { return staged_; }
  [[nodiscard]] int waits() const { return waits_; }
  [[nodiscard]] int waits_unlocked() const { return waits_unlocked_; }

 private:
  Bus* below_;
  std::mutex* letters_;
  int full_;
  std::vector<std::size_t> staged_;  // bytes of each batch, as it came
  int waits_ = 0, waits_unlocked_ = 0;
};

class KafkaInletTest : public testing::KafkaFixture {
 protected:
  KafkaInletTest() : KafkaFixture(1, 2) {}
  void SetUp() override {
    KafkaFixture::SetUp();
    if (IsSkipped()) return;
    store_ = *open_store(&key_value_, "", OpenMode::kReadOnly);
    open();
  }

  void open() {
    auto inlet = KafkaInlet::open(kafka_.settings(), &key_value_, store_.get(), &bus_, &clock_);
    ASSERT_TRUE(inlet.ok()) << inlet.status();
    inlet_ = *std::move(inlet);
  }

  void send(KafkaTopic topic, std::string_view type, std::string value, std::int64_t source = -1,
            std::int64_t owner = -1, std::string_view key = kAccount) {
    KafkaRecord record =
        make_kafka_record(topic, partition_of(kafka_.settings(), kAccount), key, type, std::move(value));
    if (source >= 0) record.headers.emplace_back(kafka_header::kSource, str_cat(source));
    if (owner >= 0) record.headers.emplace_back(kafka_header::kOwner, str_cat(owner));
    ASSERT_TRUE(writer_->write({&record, 1U}, absl::Seconds(30)).ok());
  }
  void send_parcel(std::string_view item_id, std::int64_t source, std::int64_t owner = 0) {
    Parcel parcel;
    parcel.set_account_id(std::string(kAccount));
    parcel.add_items()->set_id(std::string(item_id));
    send(KafkaTopic::kPrepared, "Parcel", parcel.SerializeAsString(), source, owner);
  }

  // Until everything that is there has been taken in; at most a minute.
  void take_all() {
    const absl::Time until = absl::Now() + absl::Seconds(60);
    do {
      const auto taken = inlet_->turn(absl::Milliseconds(100));
      ASSERT_TRUE(taken.ok()) << taken.status();
    } while (!inlet_->idle() && absl::Now() < until);
    ASSERT_TRUE(inlet_->idle());
  }
  // A record of `….items`: at what number it lies does not matter here.
  void collect() { send(KafkaTopic::kItems, "Parcel", ""); }

  std::vector<std::string> ids() {
    std::vector<std::string> all;
    for (const Parcel& parcel : bus_.parcels()) {
      for (const Item& item : parcel.items()) all.push_back(item.id());
    }
    return all;
  }

  MemoryKeyValue key_value_;
  MemoryBus bus_{&key_value_};
  ManualClock clock_{absl::FromUnixSeconds(1'700'000'000)};
  std::unique_ptr<Store> store_;
  std::unique_ptr<KafkaInlet> inlet_;
};

TEST_F(KafkaInletTest, OffsetsGoWithTheData) {
  send_parcel("a", 0);
  send_parcel("b", 1);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a", "b"));
  EXPECT_EQ(store_->counters().collected(), 2U);
  // A batch that was not written counts for nothing.
  key_value_.fail_writes(absl::UnavailableError("disk full"));
  send_parcel("c", 2);
  absl::Status failed;
  const absl::Time until = absl::Now() + absl::Seconds(30);
  while (failed.ok() && absl::Now() < until) failed = inlet_->turn(absl::Milliseconds(100)).status();
  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  key_value_.fail_writes(absl::OkStatus());
  inlet_.reset();
  open();
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(store_->counters().collected(), 3U);
}

TEST_F(KafkaInletTest, WhatWasProcessedTwiceIsTakenOnce) {
  send_parcel("a", 0);
  send_parcel("b", 1);
  send_parcel("a", 0);
  send_parcel("b", 1);
  send_parcel("c", 2);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a", "b", "c"));
}

TEST_F(KafkaInletTest, WhatIsMissingIsToldByNumber) {
  send_parcel("a", 4);
  send_parcel("b", 9);
  ::testing::internal::CaptureStderr();
  take_all();
  const std::string log = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, ::testing::HasSubstr("kafka.records_missing"));
  EXPECT_THAT(log, ::testing::ContainsRegex("first_missing.*5"));
  EXPECT_THAT(log, ::testing::ContainsRegex("last_missing.*8"));
  EXPECT_THAT(ids(), ElementsAre("a", "b"));
}

TEST_F(KafkaInletTest, AnEarlierOwnerComesTooLate) {
  send_parcel("a", 0, 5);
  send_parcel("b", 1, 9);
  send_parcel("late", 2, 5);
  send_parcel("c", 3, 9);
  AccountState early, right, late;
  for (AccountState* state : {&early, &right, &late}) state->set_account_id(std::string(kAccount));
  early.mutable_cursor()->set_position("early");
  right.mutable_cursor()->set_position("right");
  late.mutable_cursor()->set_position("late");
  send(KafkaTopic::kAccounts, "Owner", "one", -1, -1, "owner/one");  // offset 0
  send(KafkaTopic::kAccounts, "AccountState", early.SerializeAsString(), -1, 0);
  send(KafkaTopic::kAccounts, "Owner", "two", -1, -1, "owner/two");  // offset 2
  send(KafkaTopic::kAccounts, "AccountState", right.SerializeAsString(), -1, 2);
  send(KafkaTopic::kAccounts, "AccountState", late.SerializeAsString(), -1, 0);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(store_->account_state(kAccount)->cursor().position(), "right");
}

TEST_F(KafkaInletTest, LettersAreCountedAndStored) {
  Parcel parcel;
  parcel.set_account_id(std::string(kAccount));
  parcel.add_items()->set_id("a");
  DeadLetter* const letter = parcel.add_dead_letters();
  letter->set_id("letter:1");
  letter->set_counted(3);
  send(KafkaTopic::kPrepared, "Parcel", parcel.SerializeAsString(), 0);
  send(KafkaTopic::kPrepared, "Parcel", "\xff\xff no parcel", 1);
  send(KafkaTopic::kPrepared, "Gossip", "of a newer program", 2);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a"));
  EXPECT_EQ(bus_.parcels()[0].dead_letters_size(), 0);
  const auto letters = store_->dead_letters(10);
  ASSERT_EQ(letters->size(), 3U);
  // Of how many posts the other two are nobody can know.
  EXPECT_EQ(store_->counters().dead_lettered(), 3U);
  EXPECT_EQ(store_->counters().collected(), 4U);
}

TEST_F(KafkaInletTest, WhateverIsInARecordItsLetterCanBeRead) {
  send(KafkaTopic::kPrepared, "\xff\xfe", "\xff", 0, -1, "\xff\xfe\xfd");
  send(KafkaTopic::kPrepared, "Parcel", "\xff\x01", 1, -1, "");
  send(KafkaTopic::kPrepared, "Parcel", "made by no processor");
  send_parcel("a", 2);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a"));
  const auto letters = store_->dead_letters(10);
  ASSERT_TRUE(letters.ok()) << letters.status();
  EXPECT_EQ(letters->size(), 3U);
}

TEST_F(KafkaInletTest, OtherTopicsThanTheStoreWasFedFromAreRefused) {
  send_parcel("a", 0);
  take_all();
  const auto reopen = [&] {
    return KafkaInlet::open(kafka_.settings(), &key_value_, store_.get(), &bus_, &clock_).status();
  };
  EXPECT_TRUE(reopen().ok());
  const auto put = [&](Space space, std::string_view key, std::string_view value) {
    auto batch = key_value_.batch();
    batch->put(space, key, value);
    ASSERT_TRUE(key_value_.write(*batch, Durability::kSynced).ok());
  };
  const std::string place = str_cat("kafka/copytaster.prepared/", partition_of(kafka_.settings(), kAccount));
  put(Space::kPositions, place, big_endian(100));
  const absl::Status shorter = reopen();
  EXPECT_TRUE(absl::IsFailedPrecondition(shorter)) << shorter;
  EXPECT_THAT(std::string(shorter.message()), ::testing::HasSubstr("bus.prefix"));
  put(Space::kPositions, place, big_endian(1));
  EXPECT_TRUE(reopen().ok());
  put(Space::kMeta, "kafka/cluster", "another");
  EXPECT_TRUE(absl::IsFailedPrecondition(reopen()));
}

TEST_F(KafkaInletTest, EvidenceIsWhatItsHashSays) {
  Capture good, changed;
  for (Capture* capture : {&good, &changed}) {
    capture->set_account_id(std::string(kAccount));
    capture->set_body("as it came");
    capture->set_sha256(sha256_hex("as it came"));
  }
  changed.set_body("as it did not come");
  changed.set_url("https://example.org/changed");
  send(KafkaTopic::kCaptures, "Capture", good.SerializeAsString());
  send(KafkaTopic::kCaptures, "Capture", changed.SerializeAsString());
  send(KafkaTopic::kCaptures, "Capture", "garbage");
  take_all();
  EXPECT_EQ(store_->counters().captures(), 1U);
  EXPECT_EQ(store_->capture(good.sha256())->body(), "as it came");
}

TEST_F(KafkaInletTest, IsNotIdleWhileAnythingIsOnItsWay) {
  collect();
  collect();
  send_parcel("a", 0);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(inlet_->turn(absl::Milliseconds(100)).ok());
  EXPECT_THAT(ids(), ElementsAre("a"));
  EXPECT_FALSE(inlet_->idle());
  send_parcel("b", 1);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a", "b"));
}

TEST_F(KafkaInletTest, AFullLogIsWaitedFor) {
  bus_.set_full(true);
  send_parcel("a", 0);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(inlet_->turn(absl::Milliseconds(50)).ok());
  EXPECT_FALSE(inlet_->idle());
  EXPECT_TRUE(ids().empty());
  bus_.set_full(false);
  take_all();
  EXPECT_THAT(ids(), ElementsAre("a"));
}

TEST_F(KafkaInletTest, AnErasedAccountDoesNotComeBack) {
  Tombstone stone;
  stone.set_subject(str_cat("account:", kAccount));
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_tombstone(*batch, stone).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  AccountState state;
  state.set_account_id(std::string(kAccount));
  state.mutable_profile()->set_title("About the mayor");
  state.mutable_hold()->set_by("Mira");
  send(KafkaTopic::kAccounts, "AccountState", state.SerializeAsString());
  Capture capture;
  capture.set_account_id(std::string(kAccount));
  capture.set_body("as it came");
  capture.set_sha256(sha256_hex("as it came"));
  send(KafkaTopic::kCaptures, "Capture", capture.SerializeAsString());
  Parcel parcel;
  parcel.set_account_id(std::string(kAccount));
  DeadLetter* const letter = parcel.add_dead_letters();
  letter->set_id("letter:1");
  letter->set_account_id(std::string(kAccount));
  letter->set_payload("of the mayor");
  letter->set_counted(3);
  send(KafkaTopic::kPrepared, "Parcel", parcel.SerializeAsString(), 0);
  take_all();
  const auto stored = store_->account_state(kAccount);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_FALSE(stored->has_profile());
  EXPECT_EQ(stored->hold().by(), "Mira") << "that nobody asks it stays";
  EXPECT_TRUE(absl::IsNotFound(store_->capture(capture.sha256()).status()));
  const auto letters = store_->dead_letters(10);
  ASSERT_TRUE(letters.ok()) << letters.status();
  EXPECT_TRUE(letters->empty());
  const Counters counters = store_->counters();
  EXPECT_EQ(counters.captures(), 0U);
  EXPECT_EQ(counters.dead_lettered(), 0U);
  EXPECT_EQ(counters.collected(), 3U);
  EXPECT_EQ(counters.stored(), 3U) << "refused, and dealt with";
}

TEST_F(KafkaInletTest, WaitingForRoomTakesNoMemoryAndHoldsNoMutex) {
  Parcel parcel;
  parcel.set_account_id(std::string(kAccount));
  parcel.add_items()->set_id("a");
  DeadLetter* const letter = parcel.add_dead_letters();
  letter->set_id("letter:1");
  letter->set_payload(std::string(64 << 10, 'x'));
  send(KafkaTopic::kPrepared, "Parcel", parcel.SerializeAsString(), 0);
  std::mutex letters;
  FullBus bus(&bus_, &letters, 5);
  const auto inlet = KafkaInlet::open(kafka_.settings(), &key_value_, store_.get(), &bus, &clock_, &letters);
  ASSERT_TRUE(inlet.ok()) << inlet.status();
  const absl::Time until = absl::Now() + absl::Seconds(60);
  while (ids().empty() && absl::Now() < until) {
    const auto taken = (*inlet)->turn(absl::Milliseconds(100));
    ASSERT_TRUE(taken.ok()) << taken.status();
  }
  EXPECT_THAT(ids(), ElementsAre("a"));
  ASSERT_EQ(bus.staged().size(), 6U);
  EXPECT_THAT(bus.staged(), ::testing::Each(bus.staged().front())) << "the letter is staged once a batch";
  EXPECT_GE(bus.waits(), 5);
  EXPECT_EQ(bus.waits_unlocked(), bus.waits()) << "the processing needs the mutex to make room";
  const auto stored = store_->dead_letters(10);
  ASSERT_TRUE(stored.ok()) << stored.status();
  ASSERT_EQ(stored->size(), 1U);
  EXPECT_EQ(stored->front().payload().size(), std::size_t{64} << 10);
  EXPECT_EQ(store_->counters().dead_lettered(), 1U);
  EXPECT_EQ(store_->counters().collected(), 2U);
}

}  // namespace
}  // namespace copytaster
