#include "bus/kafka_topics.h"

#include <map>
#include <memory>
#include <vector>

#include "bus/kafka_handle.h"
#include "core/log.h"
#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using Configs = std::vector<std::pair<std::string, std::string>>;

// Evidence and parcels stay so long that a desk may be away for a week.
constexpr std::string_view kRetentionMs = "604800000";
constexpr std::int64_t kShortRetentionMs = 86'400'000;

Configs wanted_configs(const KafkaSettings& settings, KafkaTopic topic) {
  Configs all = {{"max.message.bytes", str_cat(kMaxKafkaRecordBytes + (std::size_t{2} << 20))}};
  // What is acknowledged is then on two disks at least.
  if (settings.replication >= 3) all.emplace_back("min.insync.replicas", "2");
  if (topic == KafkaTopic::kAccounts) {
    all.emplace_back("cleanup.policy", "compact");
  } else {
    all.emplace_back("cleanup.policy", "delete");
    all.emplace_back("retention.ms", kRetentionMs);
  }
  return all;
}

template <auto Destroy>
struct Destroyer {
  template <typename T>
  void operator()(T* thing) const {
    Destroy(thing);
  }
};
using Queue = std::unique_ptr<rd_kafka_queue_t, Destroyer<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Destroyer<rd_kafka_event_destroy>>;
using NewTopic = std::unique_ptr<rd_kafka_NewTopic_t, Destroyer<rd_kafka_NewTopic_destroy>>;
using Resource = std::unique_ptr<rd_kafka_ConfigResource_t, Destroyer<rd_kafka_ConfigResource_destroy>>;
using Options = std::unique_ptr<rd_kafka_AdminOptions_t, Destroyer<rd_kafka_AdminOptions_destroy>>;

class Admin {
 public:
  Admin(const KafkaSettings& settings, absl::Duration wait, const std::function<bool()>& stop)
      : settings_(settings),
        wait_(wait),
        wait_ms_(static_cast<int>(absl::ToInt64Milliseconds(wait))),
        stop_(stop) {}

  absl::Status ensure() {
    KafkaConfig config(settings_, "topics");
    CT_ASSIGN_OR_RETURN(rd_kafka_t * made, config.make(RD_KAFKA_PRODUCER));
    handle_.reset(made);
    queue_.reset(rd_kafka_queue_new(made));
    std::map<std::string, int> there;
    CT_RETURN_IF_ERROR(find(&there));
    std::vector<KafkaTopic> missing;
    for (const KafkaTopic topic : kKafkaTopics) {
      if (!there.contains(topic_name(settings_, topic))) missing.push_back(topic);
    }
    if (!missing.empty()) {
      CT_RETURN_IF_ERROR(create(missing));
      CT_RETURN_IF_ERROR(find(&there));
    }
    for (const auto& [name, partitions] : there) {
      if (partitions == settings_.partitions) continue;
      return absl::FailedPreconditionError(str_cat(
          "the topic ", name, " has ", partitions, " partitions, bus.partitions says ", settings_.partitions,
          ": accounts lie by that number; set it to ", partitions, ", or name other topics by bus.prefix"));
    }
    return check();
  }

 private:
  // In short waits, between which a stop is heard.
  absl::Status ask_for_topics(const rd_kafka_metadata_t** metadata) {
    constexpr int kOneWaitMs = 500;
    for (const absl::Time until = absl::Now() + wait_;;) {
      const absl::Status asked =
          kafka_status(rd_kafka_metadata(handle_.get(), 1, nullptr, metadata, kOneWaitMs),
                       str_cat("no broker of ", settings_.brokers, " answers"));
      if (stop_ != nullptr && stop_()) return absl::CancelledError("stopped while no broker answered");
      if (!absl::IsUnavailable(asked) || absl::Now() >= until) return asked;
      absl::SleepFor(absl::Milliseconds(50));
    }
  }

  absl::Status find(std::map<std::string, int>* there) {
    const rd_kafka_metadata_t* metadata = nullptr;
    CT_RETURN_IF_ERROR(ask_for_topics(&metadata));
    for (int i = 0; i < metadata->topic_cnt; ++i) {
      const rd_kafka_metadata_topic_t& topic = metadata->topics[i];
      for (const KafkaTopic ours : kKafkaTopics) {
        if (topic_name(settings_, ours) == topic.topic) (*there)[topic.topic] = topic.partition_cnt;
      }
    }
    rd_kafka_metadata_destroy(metadata);
    return absl::OkStatus();
  }

  [[nodiscard]] Options options(rd_kafka_admin_op_t operation) const {
    Options made(rd_kafka_AdminOptions_new(handle_.get(), operation));
    char why[256];
    rd_kafka_AdminOptions_set_request_timeout(made.get(), wait_ms_, why, sizeof why);
    return made;
  }

  absl::StatusOr<Event> answer() {
    Event event(rd_kafka_queue_poll(queue_.get(), wait_ms_ + 1000));
    if (event == nullptr) return absl::UnavailableError("Kafka's brokers do not answer");
    CT_RETURN_IF_ERROR(kafka_status(rd_kafka_event_error(event.get()), "asking Kafka about topics"));
    return event;
  }

  absl::Status create(const std::vector<KafkaTopic>& missing) {
    std::vector<NewTopic> topics;
    std::vector<rd_kafka_NewTopic_t*> raw;
    for (const KafkaTopic topic : missing) {
      char why[256];
      const std::string name = topic_name(settings_, topic);
      raw.push_back(
          rd_kafka_NewTopic_new(name.c_str(), settings_.partitions, settings_.replication, why, sizeof why));
      if (raw.back() == nullptr) return absl::InvalidArgumentError(str_cat("the topic ", name, ": ", why));
      topics.emplace_back(raw.back());
      for (const auto& [key, value] : wanted_configs(settings_, topic))
        rd_kafka_NewTopic_set_config(raw.back(), key.c_str(), value.c_str());
    }
    const Options how = options(RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_CreateTopics(handle_.get(), raw.data(), raw.size(), how.get(), queue_.get());
    CT_ASSIGN_OR_RETURN(const Event event, answer());
    std::size_t count = 0;
    const auto* const results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
      const rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
      if (error == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS) continue;  // another program was quicker
      CT_RETURN_IF_ERROR(
          kafka_status(error, str_cat("making the topic ", rd_kafka_topic_result_name(results[i]))));
      log_info("kafka.topic_made", "A topic was made",
               {{"kafka.topic", rd_kafka_topic_result_name(results[i])},
                {"kafka.partitions", settings_.partitions}});
    }
    return absl::OkStatus();
  }

  // What somebody else has made, or changed.
  absl::Status check() {
    std::vector<Resource> resources;
    std::vector<rd_kafka_ConfigResource_t*> raw;
    for (const KafkaTopic topic : kKafkaTopics) {
      raw.push_back(
          rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic_name(settings_, topic).c_str()));
      resources.emplace_back(raw.back());
    }
    const Options how = options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
    rd_kafka_DescribeConfigs(handle_.get(), raw.data(), raw.size(), how.get(), queue_.get());
    CT_ASSIGN_OR_RETURN(const Event event, answer());
    std::size_t count = 0;
    const auto* const found =
        rd_kafka_DescribeConfigs_result_resources(rd_kafka_event_DescribeConfigs_result(event.get()), &count);
    for (std::size_t i = 0; i < count; ++i) CT_RETURN_IF_ERROR(check_one(*found[i]));
    return absl::OkStatus();
  }

  absl::Status check_one(const rd_kafka_ConfigResource_t& found) const {
    const std::string name = rd_kafka_ConfigResource_name(&found);
    const rd_kafka_resp_err_t error = rd_kafka_ConfigResource_error(&found);
    // Who may not look believes that it is as it should be.
    if (error == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED) return absl::OkStatus();
    CT_RETURN_IF_ERROR(kafka_status(error, str_cat("asking about the topic ", name)));
    StringMap<std::string> has;
    std::size_t count = 0;
    const auto* const entries = rd_kafka_ConfigResource_configs(&found, &count);
    for (std::size_t i = 0; i < count; ++i) {
      const char* const value = rd_kafka_ConfigEntry_value(entries[i]);
      has[rd_kafka_ConfigEntry_name(entries[i])] = value == nullptr ? "" : value;
    }
    const bool compacted = name == topic_name(settings_, KafkaTopic::kAccounts);
    if (const auto policy = has.find("cleanup.policy");
        policy != has.end() && policy->second != (compacted ? "compact" : "delete")) {
      return absl::FailedPreconditionError(str_cat("the topic ", name, " has cleanup.policy=", policy->second,
                                                   ", it must be ", compacted ? "compact" : "delete"));
    }
    const auto kept = has.find("retention.ms");
    if (const auto ms = kept == has.end() ? std::nullopt : parse_number<std::int64_t>(kept->second);
        !compacted && ms && *ms >= 0 && *ms < kShortRetentionMs) {
      log_warn("kafka.short_retention", "What the desk does not read in that time is lost to it",
               {{"kafka.topic", name}, {"kafka.retention_ms", *ms}, {"hint", "retention.ms of a week"}});
    }
    const auto most = has.find("max.message.bytes");
    if (most == has.end()) return absl::OkStatus();
    const auto bytes = parse_number<std::uint64_t>(most->second);
    if (!bytes || *bytes >= kMaxKafkaRecordBytes) return absl::OkStatus();
    return absl::FailedPreconditionError(str_cat("the topic ", name, " has max.message.bytes=", most->second,
                                                 ", records have up to ", kMaxKafkaRecordBytes));
  }

  const KafkaSettings& settings_;
  absl::Duration wait_;
  int wait_ms_;
  const std::function<bool()>& stop_;
  KafkaHandle handle_;
  Queue queue_;
};

}  // namespace

absl::Status ensure_topics(const KafkaSettings& settings, absl::Duration wait,
                           const std::function<bool()>& stop) {
  return Admin(settings, wait, stop).ensure();
}

}  // namespace copytaster
