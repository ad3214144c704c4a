#include "bus/kafka_consumer.h"

#include <memory>

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

struct MessageDestroy {
  void operator()(rd_kafka_message_t* message) const { rd_kafka_message_destroy(message); }
};
using Message = std::unique_ptr<rd_kafka_message_t, MessageDestroy>;

// What ends the reading; anything else passes.
absl::Status lasting(const rd_kafka_message_t& message) {
  const char* const topic = message.rkt == nullptr ? "a topic" : rd_kafka_topic_name(message.rkt);
  switch (message.err) {
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
      return absl::DataLossError(
          str_cat("Kafka keeps no more what was to be read next of ", topic, " ", message.partition, ": ",
                  rd_kafka_message_errstr(&message),
                  "; retention.ms of the topic is too short for how long nobody read"));
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR__FATAL:
      return kafka_status(message.err, str_cat("reading ", topic));
    default:
      return absl::OkStatus();
  }
}

}  // namespace

void set_consumer(KafkaConfig* config, std::string_view group) {
  config->set("group.id", group);
  config->set("enable.auto.commit", "false");
  config->set("enable.auto.offset.store", "false");
  config->set("check.crcs", "true");
  config->set("queued.max.messages.kbytes", "65536");
  config->set("queued.min.messages", "1000");
  config->set("fetch.wait.max.ms", "50");
  config->set("fetch.message.max.bytes", str_cat(std::size_t{4} << 20));
  config->set("fetch.max.bytes", str_cat(kMaxKafkaRecordBytes + (std::size_t{2} << 20)));
}

absl::StatusOr<std::vector<KafkaRecord>> poll_records(rd_kafka_t* handle,
                                                      const std::vector<std::string>& topics, std::size_t max,
                                                      int wait_ms) {
  std::vector<KafkaRecord> records;
  std::size_t bytes = 0;
  while (records.size() < max && bytes < kMaxKafkaRecordBytes) {
    const Message message(rd_kafka_consumer_poll(handle, records.empty() ? wait_ms : 0));
    if (message == nullptr) break;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      CT_RETURN_IF_ERROR(lasting(*message));
      break;
    }
    CT_ASSIGN_OR_RETURN(KafkaRecord record, take_message(*message, topics));
    bytes += record.value.size();
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace copytaster
