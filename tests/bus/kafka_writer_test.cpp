// Promise 6: brokers that fail, move and lie, on librdkafka's mock brokers. The real ones:
// end_to_end/kafka_test.py.
#include "bus/kafka_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <random>
#include <utility>

#include "core/strings.h"
#include "tests/support/kafka_mock.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using testing::KafkaMock;

#define SKIP_UNDER_TSAN() \
  if (!KafkaMock::available()) GTEST_SKIP() << "librdkafka's threads are not known to ThreadSanitizer"

KafkaRecord one(std::int32_t partition, std::string_view value) {
  return make_kafka_record(KafkaTopic::kItems, partition, "key", "Parcel", std::string(value));
}

std::vector<std::string> values(const std::vector<KafkaRecord>& records) {
  std::vector<std::string> all;
  for (const KafkaRecord& record : records) all.push_back(record.value);
  return all;
}

TEST(KafkaPartition, IsTheSameForEver) {
  KafkaSettings settings;
  settings.partitions = 12;
  // printf %s ID | sha256sum | cut -c1-15, as a number, modulo 12.
  EXPECT_EQ(partition_of(settings, "facebook:annehidalgo"), 11);
  EXPECT_EQ(partition_of(settings, ""), 9);
}

TEST(KafkaWriter, KeepsTheOrderAndTellsOffsets) {
  SKIP_UNDER_TSAN();
  const KafkaMock kafka;
  const auto writer = KafkaWriter::make(kafka.settings(), "test");
  ASSERT_TRUE(writer.ok()) << writer.status();
  std::vector<KafkaRecord> records = {one(1, "a"), one(1, "b"), one(2, "c")};
  ASSERT_TRUE((*writer)->write(records, absl::Seconds(30)).ok());
  EXPECT_EQ(records[0].offset + 1, records[1].offset);
  std::vector<KafkaRecord> more = {one(1, "d")};
  ASSERT_TRUE((*writer)->write(more, absl::Seconds(30)).ok());
  const auto read = kafka.read(KafkaTopic::kItems, 1);
  EXPECT_THAT(values(read), ElementsAre("a", "b", "d"));
  EXPECT_EQ(read.front().header(kafka_header::kSchema), kKafkaSchema);
  EXPECT_EQ(read.front().header(kafka_header::kType), "Parcel");
  EXPECT_EQ(read.back().offset, more[0].offset);
}

TEST(KafkaWriter, WhatIsAskedAgainIsNotSentAgain) {
  SKIP_UNDER_TSAN();
  KafkaMock kafka(1);
  const auto writer = KafkaWriter::make(kafka.settings(), "test");
  ASSERT_TRUE(writer.ok());
  std::vector<KafkaRecord> first = {one(0, "before")};
  ASSERT_TRUE((*writer)->write(first, absl::Seconds(30)).ok());
  kafka.set_up(1, false);
  std::vector<KafkaRecord> records = {one(0, "a"), one(0, "b")};
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(absl::IsResourceExhausted((*writer)->write(records, absl::Milliseconds(200))));
  kafka.set_up(1, true);
  ASSERT_TRUE((*writer)->write(records, absl::Seconds(60)).ok());
  EXPECT_THAT(values(kafka.read(KafkaTopic::kItems, 0)), ElementsAre("before", "a", "b"));
  // The same words said later are another record.
  ASSERT_TRUE((*writer)->write(records, absl::Seconds(60)).ok());
  EXPECT_EQ(kafka.read(KafkaTopic::kItems, 0).size(), 5U);
}

TEST(KafkaWriter, HoldsABoundedAmountWhileNobodyAnswers) {
  SKIP_UNDER_TSAN();
  KafkaMock kafka(1);
  kafka.set_up(1, false);
  const auto writer = KafkaWriter::make(kafka.settings(), "test");
  ASSERT_TRUE(writer.ok());
  const std::string large(std::size_t{8} << 20, 'x');
  int taken = 0;
  for (int i = 0; i < 40; ++i) {
    std::vector<KafkaRecord> records = {one(0, str_cat(i, large))};
    const absl::Status written = (*writer)->write(records, absl::ZeroDuration());
    ASSERT_TRUE(absl::IsResourceExhausted(written)) << written;
    if (written.message().find("acknowledged") != std::string::npos) ++taken;
  }
  EXPECT_GE(taken, 10);
  EXPECT_LE(taken, 17);  // 128 MiB
}

// What a cluster on a bad day does, by chance. Returns the broker that is down now; 0: none.
int spoil(KafkaMock& kafka, std::mt19937_64& chance, int partitions) {
  const auto broker = static_cast<int>(chance() % 3) + 1;
  switch (chance() % 4) {
    case 0:
      kafka.fail(0, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
                     RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS});
      return 0;
    case 1:
      kafka.lead(KafkaTopic::kItems, static_cast<int>(chance() % static_cast<unsigned>(partitions)), broker);
      return 0;
    case 2:
      kafka.set_up(broker, false);
      return broker;
    default:
      kafka.fail(0, {RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND});
      return 0;
  }
}

TEST(KafkaFaults, NothingLostNothingDoubled) {
  SKIP_UNDER_TSAN();
  constexpr int kRecords = 20'000, kABatch = 50, kPartitions = 4;
  const char* const given = std::getenv("COPYTASTER_SEED");
  const std::uint64_t seed = given == nullptr ? std::random_device{}() : std::strtoull(given, nullptr, 10);
  std::cout << "COPYTASTER_SEED=" << seed << "\n";
  std::mt19937_64 chance(seed);
  KafkaMock kafka(3, kPartitions);
  const auto writer = KafkaWriter::make(kafka.settings(), "test");
  ASSERT_TRUE(writer.ok());
  int faults = 0, waits = 0;
  for (int begin = 0; begin < kRecords; begin += kABatch) {
    int down = 0;
    if (chance() % 8 == 0) {
      down = spoil(kafka, chance, kPartitions);
      ++faults;
    }
    std::vector<KafkaRecord> records;
    for (int i = begin; i < begin + kABatch; ++i) records.push_back(one(i % kPartitions, str_cat(i)));
    absl::Status written;
    do {
      written = (*writer)->write(records, absl::Milliseconds(down == 0 ? 500 : 20));
      if (down != 0) kafka.set_up(std::exchange(down, 0), true);
      waits += absl::IsResourceExhausted(written) ? 1 : 0;
    } while (absl::IsResourceExhausted(written) && waits < 1000);
    ASSERT_TRUE(written.ok()) << written;
  }
  std::size_t read = 0;
  std::vector<int> times(kRecords);
  for (int partition = 0; partition < kPartitions; ++partition) {
    for (const KafkaRecord& record : kafka.read(KafkaTopic::kItems, partition))
      ++times.at(static_cast<std::size_t>(std::stoi(record.value)));
  }
  EXPECT_EQ(std::ranges::count(times, 1), kRecords) << std::ranges::count(times, 0) << " lost, the first is "
                                                    << std::ranges::find(times, 0) - times.begin();
  for (int partition = 0; partition < kPartitions; ++partition) {
    int expected = partition;
    for (const KafkaRecord& record : kafka.read(KafkaTopic::kItems, partition)) {
      ASSERT_EQ(record.value, str_cat(expected)) << "partition " << partition << " offset " << record.offset;
      expected += kPartitions;
      ++read;
    }
  }
  EXPECT_EQ(read, static_cast<std::size_t>(kRecords));
  std::cout << "proof: mock brokers: " << read << " records, " << faults << " faults, " << waits
            << " waits: none lost, none twice, in order\n";
}

}  // namespace
}  // namespace copytaster
