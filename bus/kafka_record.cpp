#include "bus/kafka_record.h"

#include <algorithm>

#include "core/strings.h"

namespace copytaster {

std::optional<std::int64_t> KafkaRecord::number(std::string_view name) const {
  return parse_number<std::int64_t>(header(name));
}

KafkaRecord make_kafka_record(KafkaTopic topic, std::int32_t partition, std::string_view key,
                              std::string_view type, std::string value, std::string_view trace_id) {
  KafkaRecord record;
  record.topic = topic;
  record.partition = partition;
  record.key = std::string(key);
  record.value = std::move(value);
  record.headers = {{std::string(kafka_header::kSchema), std::string(kKafkaSchema)},
                    {std::string(kafka_header::kType), std::string(type)}};
  const auto is_hex = [](char c) { return is_ascii_digit(c) || (c >= 'a' && c <= 'f'); };
  if (trace_id.size() == 32 && std::ranges::all_of(trace_id, is_hex)) {
    // The parcel has no span of its own: the second half of its trace stands for it.
    record.headers.emplace_back(kafka_header::kTrace,
                                str_cat("00-", trace_id, "-", trace_id.substr(16), "-01"));
  }
  return record;
}

std::string why_unreadable(const KafkaRecord& record, std::string_view type) {
  const std::string_view schema = record.header(kafka_header::kSchema);
  if (schema != kKafkaSchema)
    return str_cat("it has schema ", schema.empty() ? "none" : schema, ", this program reads ", kKafkaSchema);
  const std::string_view is = record.header(kafka_header::kType);
  return is == type ? "" : str_cat("it is a ", is.empty() ? "record without a type" : is, ", not a ", type);
}

}  // namespace copytaster
