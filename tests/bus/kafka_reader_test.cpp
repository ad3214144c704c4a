#include "bus/kafka_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "tests/support/kafka_fixture.h"

namespace copytaster {
namespace {

using testing::KafkaMock;

constexpr std::int16_t kListOffsets = 2;

class KafkaReaderTest : public testing::KafkaFixture {
 protected:
  KafkaReaderTest() : KafkaFixture(1, 4) {}
  void SetUp() override {
    KafkaFixture::SetUp();
    if (IsSkipped()) return;
    std::vector<KafkaRecord> records;
    for (int i = 0; i < 7; ++i)
      records.push_back(make_kafka_record(KafkaTopic::kItems, 1, "key", "Parcel", str_cat(i)));
    ASSERT_TRUE(writer_->write(records, absl::Seconds(30)).ok());
    auto reader = KafkaReader::make(kafka_.settings(), "test");
    ASSERT_TRUE(reader.ok()) << reader.status();
    reader_ = *std::move(reader);
  }

  std::unique_ptr<KafkaReader> reader_;
};

// As after a broker's start, when partitions have no leader yet. More often than librdkafka asks by itself.
TEST_F(KafkaReaderTest, APartitionBetweenTwoLeadersIsAskedForAgain) {
  const std::vector<rd_kafka_resp_err_t> errors(12, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  kafka_.fail(kListOffsets, errors);
  const auto ends = reader_->ends(KafkaTopic::kItems, 1, absl::Seconds(30));
  ASSERT_TRUE(ends.ok()) << ends.status();
  EXPECT_EQ(ends->first, 0);
  EXPECT_EQ(ends->next, 7);
}

TEST_F(KafkaReaderTest, ATimeIsAskedForAgainToo) {
  const std::vector<rd_kafka_resp_err_t> errors(12, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION);
  kafka_.fail(kListOffsets, errors);
  const auto offset =
      reader_->offset_at(KafkaTopic::kItems, 1, absl::Now() + absl::Hours(1), absl::Seconds(30));
  ASSERT_TRUE(offset.ok()) << offset.status();
  EXPECT_EQ(*offset, 7);
}

TEST_F(KafkaReaderTest, WhenNobodyAnswersItSaysSo) {
  kafka_.set_up(1, false);
  const auto ends = reader_->ends(KafkaTopic::kItems, 1, absl::Seconds(1));
  EXPECT_TRUE(absl::IsUnavailable(ends.status())) << ends.status();
}

}  // namespace
}  // namespace copytaster
