// Mock brokers, and a writer to them.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "bus/kafka_writer.h"
#include "tests/support/kafka_mock.h"

namespace copytaster::testing {

// A fixture's SetUp calls this one's, and returns where the test is skipped (IsSkipped()).
class KafkaFixture : public ::testing::Test {
 protected:
  KafkaFixture(int brokers, int partitions) : kafka_(brokers, partitions) {}
  void SetUp() override {
    if (!KafkaMock::available()) GTEST_SKIP() << "librdkafka's threads are not known to ThreadSanitizer";
    auto writer = KafkaWriter::make(kafka_.settings(), "test");
    ASSERT_TRUE(writer.ok()) << writer.status();
    writer_ = *std::move(writer);
  }

  KafkaMock kafka_;
  std::unique_ptr<KafkaWriter> writer_;
};

}  // namespace copytaster::testing
