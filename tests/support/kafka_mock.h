// librdkafka's mock brokers, in this process: for what needs no real Kafka. They ignore transactions, which
// we do not use.
#pragma once

#include <gtest/gtest.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "bus/kafka_reader.h"
#include "bus/kafka_settings.h"

namespace copytaster::testing {

class KafkaMock {
 public:
  // Debian's librdkafka uses C11 threads, which ThreadSanitizer does not know: there the mock is empty, and
  // its tests are skipped.
  static constexpr bool available() {
#if defined(COPYTASTER_THREAD_SANITIZER)
    return false;
#else
    return true;
#endif
  }

  explicit KafkaMock(int brokers = 3, int partitions = 4) {
    if (!available()) return;
    char why[256];
    rd_kafka_conf_t* conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "client.id", "mock", why, sizeof why);
    handle_ = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
    cluster_ = rd_kafka_mock_cluster_new(handle_, brokers);
    settings_.brokers = rd_kafka_mock_cluster_bootstraps(cluster_);
    settings_.partitions = partitions;
    settings_.session_timeout = absl::Seconds(6);
    for (const KafkaTopic topic : kKafkaTopics)
      rd_kafka_mock_topic_create(cluster_, topic_name(settings_, topic).c_str(), partitions, brokers);
  }
  ~KafkaMock() {
    if (!available()) return;
    rd_kafka_mock_cluster_destroy(cluster_);
    rd_kafka_destroy(handle_);
  }
  KafkaMock(const KafkaMock&) = delete;
  KafkaMock& operator=(const KafkaMock&) = delete;

  [[nodiscard]] const KafkaSettings& settings() const { return settings_; }
  void set_up(int broker, bool up) {
    if (up) {
      rd_kafka_mock_broker_set_up(cluster_, broker);
    } else {
      rd_kafka_mock_broker_set_down(cluster_, broker);
    }
  }
  void lead(KafkaTopic topic, int partition, int broker) {
    rd_kafka_mock_partition_set_leader(cluster_, topic_name(settings_, topic).c_str(), partition, broker);
  }
  // The next requests of this kind fail so, one after the other. 0 is Produce.
  void fail(std::int16_t request, const std::vector<rd_kafka_resp_err_t>& errors) {
    rd_kafka_mock_push_request_errors_array(cluster_, request, errors.size(), errors.data());
  }

  // All that a topic's partition holds.
  [[nodiscard]] std::vector<KafkaRecord> read(KafkaTopic topic, std::int32_t partition) const {
    auto reader = KafkaReader::make(settings_, "test");
    EXPECT_TRUE(reader.ok()) << reader.status();
    std::vector<KafkaRecord> all;
    const auto read =
        read_to_end(**reader, {topic, partition, 0}, absl::Seconds(30), [&](const KafkaRecord& record) {
          all.push_back(record);
          return true;
        });
    EXPECT_TRUE(read.ok()) << read.status();
    return all;
  }
  [[nodiscard]] std::vector<KafkaRecord> read(KafkaTopic topic) const {
    std::vector<KafkaRecord> all;
    for (std::int32_t partition = 0; partition < settings_.partitions; ++partition) {
      for (KafkaRecord& record : read(topic, partition)) all.push_back(std::move(record));
    }
    return all;
  }

 private:
  rd_kafka_t* handle_ = nullptr;
  rd_kafka_mock_cluster_t* cluster_ = nullptr;
  KafkaSettings settings_;
};

}  // namespace copytaster::testing
