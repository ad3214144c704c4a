// librdkafka, held by C++: settings, handles that close themselves, its errors in our words. Internal to
// bus/.
#pragma once

#include <librdkafka/rdkafka.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "bus/kafka_record.h"
#include "bus/kafka_settings.h"

namespace copytaster {

// kUnavailable: it may go later. kPermissionDenied, kInvalidArgument, kFailedPrecondition: somebody must act.
[[nodiscard]] absl::Status kafka_status(rd_kafka_resp_err_t error, std::string_view what);

// Settings of librdkafka by name, then a handle made of them.
class KafkaConfig {
 public:
  // Brokers, security, client.id, and where its log goes (ours).
  KafkaConfig(const KafkaSettings& settings, std::string_view role);
  ~KafkaConfig();
  KafkaConfig(const KafkaConfig&) = delete;
  KafkaConfig& operator=(const KafkaConfig&) = delete;

  void set(std::string_view name, std::string_view value);
  // What is not a text. Before make(); the handle has taken the settings over after it.
  [[nodiscard]] rd_kafka_conf_t* conf() { return conf_; }
  // kInvalidArgument: which setting librdkafka does not take, or which file it cannot read.
  absl::StatusOr<rd_kafka_t*> make(rd_kafka_type_t type);

 private:
  rd_kafka_conf_t* conf_;
  absl::Status status_;
};

struct KafkaDestroy {
  void operator()(rd_kafka_t* handle) const { rd_kafka_destroy(handle); }
};
using KafkaHandle = std::unique_ptr<rd_kafka_t, KafkaDestroy>;

struct KafkaListDestroy {
  void operator()(rd_kafka_topic_partition_list_t* list) const {
    rd_kafka_topic_partition_list_destroy(list);
  }
};
using KafkaList = std::unique_ptr<rd_kafka_topic_partition_list_t, KafkaListDestroy>;

// A record from librdkafka's message; `topics` are our names in the order of KafkaTopic.
[[nodiscard]] absl::StatusOr<KafkaRecord> take_message(const rd_kafka_message_t& message,
                                                       const std::vector<std::string>& topics);
[[nodiscard]] std::vector<std::string> topic_names(const KafkaSettings& settings);

}  // namespace copytaster
