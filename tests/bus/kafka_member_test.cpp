#include "bus/kafka_member.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "bus/kafka_writer.h"
#include "core/strings.h"
#include "tests/support/kafka_mock.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using testing::KafkaMock;

class KafkaMemberTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!KafkaMock::available()) GTEST_SKIP() << "librdkafka's threads are not known to ThreadSanitizer";
  }

  void send(std::int32_t partition, int from, int until) {
    auto writer = KafkaWriter::make(kafka_.settings(), "test");
    ASSERT_TRUE(writer.ok());
    std::vector<KafkaRecord> records;
    for (int i = from; i < until; ++i)
      records.push_back(make_kafka_record(KafkaTopic::kItems, partition, "key", "Parcel", str_cat(i)));
    ASSERT_TRUE((*writer)->write(records, absl::Seconds(30)).ok());
  }

  std::unique_ptr<KafkaMember> join(KafkaBegin begin = KafkaBegin::kCommitted) {
    auto member = KafkaMember::make(kafka_.settings(), "test", "process", KafkaTopic::kItems, begin);
    EXPECT_TRUE(member.ok()) << member.status();
    return *std::move(member);
  }

  // Polls until `enough` says so; at most a minute.
  template <typename Enough>
  static std::vector<KafkaRecord> poll(KafkaMember& member, Enough enough) {
    std::vector<KafkaRecord> all;
    const absl::Time until = absl::Now() + absl::Seconds(60);
    while (!enough(all) && absl::Now() < until) {
      auto news = member.poll(100, absl::Milliseconds(100));
      EXPECT_TRUE(news.ok()) << news.status();
      if (!news.ok()) break;
      for (KafkaRecord& record : news->records) all.push_back(std::move(record));
    }
    return all;
  }

  KafkaMock kafka_{1, 4};
};

TEST_F(KafkaMemberTest, GoesOnWhereTheGroupHasCommitted) {
  send(2, 0, 10);
  {
    const auto member = join();
    const auto read = poll(*member, [](const auto& all) { return all.size() >= 10; });
    ASSERT_EQ(read.size(), 10U);
    EXPECT_EQ(member->partitions().size(), 4U);
    ASSERT_TRUE(member->commit(2, read[6].offset + 1).ok());
  }
  const auto member = join();
  std::vector<std::string> again;
  for (const KafkaRecord& record : poll(*member, [](const auto& all) { return all.size() >= 3; }))
    again.push_back(record.value);
  EXPECT_THAT(again, ElementsAre("7", "8", "9"));
}

TEST_F(KafkaMemberTest, AnotherTakesOverWhatOneLeaves) {
  send(0, 0, 4);
  send(3, 0, 4);
  auto first = join();
  (void)poll(*first, [&](const auto& all) { return all.size() >= 8; });
  ASSERT_TRUE(first->commit(0, 2).ok());
  const auto second = join();
  // Both are asked in turn until the work is shared.
  std::set<std::int32_t> lost;
  const absl::Time until = absl::Now() + absl::Seconds(60);
  while ((first->partitions().size() != 2 || second->partitions().size() != 2) && absl::Now() < until) {
    const auto news = first->poll(100, absl::Milliseconds(50));
    ASSERT_TRUE(news.ok());
    lost.insert(news->lost.begin(), news->lost.end());
    ASSERT_TRUE(second->poll(100, absl::Milliseconds(50)).ok());
  }
  EXPECT_EQ(lost.size(), 2U);
  EXPECT_EQ(second->partitions(), lost);
  first.reset();
  (void)poll(*second, [&](const auto&) { return second->partitions().size() == 4; });
  EXPECT_EQ(second->partitions().size(), 4U);
}

TEST_F(KafkaMemberTest, MayBeginBehindWhatIsThere) {
  send(1, 0, 5);
  const auto member = join(KafkaBegin::kEnd);
  (void)poll(*member, [&](const auto&) { return member->partitions().size() == 4; });
  // Where the end is, is asked for when the partition was given: what is sent until then is passed by.
  const auto settle = poll(*member, [&](const auto&) { return false || member->lag() == 0; });
  EXPECT_TRUE(settle.empty());
  std::vector<KafkaRecord> read;
  for (int i = 5; i < 50 && read.empty(); ++i) {
    send(1, i, i + 1);
    const absl::Time until = absl::Now() + absl::Seconds(1);
    read = poll(*member, [&](const auto& all) { return !all.empty() || absl::Now() > until; });
  }
  ASSERT_FALSE(read.empty());
  EXPECT_GE(read.front().offset, 5);
}

}  // namespace
}  // namespace copytaster
