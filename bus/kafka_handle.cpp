#include "bus/kafka_handle.h"

#include <algorithm>

#include "core/log.h"
#include "core/strings.h"

namespace copytaster {
namespace {

// syslog's levels, in which librdkafka speaks. That a broker is away is told again and again: once in ten
// seconds is enough, which the log sees to.
void tell(const rd_kafka_t* /*handle*/, int level, const char* facility, const char* text) {
  constexpr int kError = 3, kNotice = 5;
  const LogLevel ours = level <= kError    ? LogLevel::kWarn
                        : level <= kNotice ? LogLevel::kInfo
                                           : LogLevel::kDebug;
  log(ours, "kafka.client", text, {{"kafka.facility", facility}});
}

void tell_error(rd_kafka_t* handle, int error, const char* reason, void* /*opaque*/) {
  auto code = static_cast<rd_kafka_resp_err_t>(error);
  char text[512] = "";
  if (code == RD_KAFKA_RESP_ERR__FATAL) code = rd_kafka_fatal_error(handle, text, sizeof text);
  log_warn("kafka.error", "Kafka: what was sent waits, and is sent when it goes again",
           {{"error.type", rd_kafka_err2name(code)},
            {"error.message", text[0] == '\0' ? reason : text},
            {"hint", "look at the brokers; bus.brokers in settings.toml names them"}});
}

}  // namespace

absl::Status kafka_status(rd_kafka_resp_err_t error, std::string_view what) {
  const std::string text = str_cat(what, ": ", rd_kafka_err2str(error), " (", rd_kafka_err2name(error), ")");
  switch (error) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return absl::OkStatus();
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return absl::PermissionDeniedError(str_cat(text, ": look at bus.user and what it may do"));
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
    case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
      return absl::InvalidArgumentError(str_cat(text, ": max.message.bytes of the topic is too small"));
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return absl::FailedPreconditionError(str_cat(text, ": has somebody removed the topic?"));
    case RD_KAFKA_RESP_ERR__FATAL:
      return absl::FailedPreconditionError(str_cat(text, ": start it again"));
    default:
      return absl::UnavailableError(text);
  }
}

KafkaConfig::KafkaConfig(const KafkaSettings& settings, std::string_view role) : conf_(rd_kafka_conf_new()) {
  rd_kafka_conf_set_log_cb(conf_, tell);
  rd_kafka_conf_set_error_cb(conf_, tell_error);
  set("bootstrap.servers", settings.brokers);
  set("client.id", str_cat(settings.prefix, "-", role));
  set("allow.auto.create.topics", "false");
  set("log_level", "5");
  set("security.protocol", settings.security);
  set("message.max.bytes", str_cat(kMaxKafkaRecordBytes + (std::size_t{1} << 20)));
  set("reconnect.backoff.ms", "50");
  set("reconnect.backoff.max.ms", "2000");
  if (!settings.ca_file.empty()) set("ssl.ca.location", settings.ca_file);
  if (!settings.certificate_file.empty()) set("ssl.certificate.location", settings.certificate_file);
  if (!settings.key_file.empty()) set("ssl.key.location", settings.key_file);
  if (!settings.security.starts_with("sasl")) return;
  set("sasl.mechanism", settings.sasl_mechanism);
  set("sasl.username", settings.user);
  set("sasl.password", settings.password);
}

KafkaConfig::~KafkaConfig() {
  if (conf_ != nullptr) rd_kafka_conf_destroy(conf_);
}

void KafkaConfig::set(std::string_view name, std::string_view value) {
  char why[512];
  const std::string key(name);
  if (rd_kafka_conf_set(conf_, key.c_str(), std::string(value).c_str(), why, sizeof why) == RD_KAFKA_CONF_OK)
    return;
  // The value may be a password: librdkafka's own words hold it.
  const std::string_view said = key == "sasl.password" ? "it is not taken" : std::string_view(why);
  if (status_.ok()) status_ = absl::InvalidArgumentError(str_cat("Kafka's setting ", name, ": ", said));
}

absl::StatusOr<rd_kafka_t*> KafkaConfig::make(rd_kafka_type_t type) {
  if (!status_.ok()) return status_;
  char why[512];
  rd_kafka_t* handle = rd_kafka_new(type, conf_, why, sizeof why);
  if (handle == nullptr) return absl::InvalidArgumentError(str_cat("Kafka's settings: ", why));
  conf_ = nullptr;  // the handle's now
  return handle;
}

std::vector<std::string> topic_names(const KafkaSettings& settings) {
  std::vector<std::string> names;
  for (const KafkaTopic topic : kKafkaTopics) names.push_back(topic_name(settings, topic));
  return names;
}

absl::StatusOr<KafkaRecord> take_message(const rd_kafka_message_t& message,
                                         const std::vector<std::string>& topics) {
  KafkaRecord record;
  const auto found = std::ranges::find(topics, std::string_view(rd_kafka_topic_name(message.rkt)));
  if (found == topics.end()) return absl::InternalError("a record of a topic that is not ours");
  record.topic = static_cast<KafkaTopic>(found - topics.begin());
  record.partition = message.partition;
  record.offset = message.offset;
  if (message.key != nullptr) record.key.assign(static_cast<const char*>(message.key), message.key_len);
  record.has_value = message.payload != nullptr;
  if (record.has_value) record.value.assign(static_cast<const char*>(message.payload), message.len);
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return record;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0;
       rd_kafka_header_get_all(headers, i, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR; ++i)
    record.headers.emplace_back(name,
                                value == nullptr ? "" : std::string(static_cast<const char*>(value), size));
  return record;
}

}  // namespace copytaster
