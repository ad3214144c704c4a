// One record of a topic, as it is sent and as it is read. Bytes and headers: docs/formats.md, "Topics".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "bus/kafka_settings.h"

namespace copytaster {

// What a reader must be able to read: a record with another number is of a newer program.
inline constexpr std::string_view kKafkaSchema = "1";

namespace kafka_header {
inline constexpr std::string_view kSchema = "copytaster-schema";
inline constexpr std::string_view kType = "copytaster-type";  // name of the record in core/copytaster.proto
inline constexpr std::string_view kOwner =
    "copytaster-owner";  // of kItems, kAccounts: offset of who wrote it
inline constexpr std::string_view kSource = "copytaster-source";  // of kPrepared: offset in kItems
inline constexpr std::string_view kOrder =
    "copytaster-order";                                    // of a Hold: makes each one a record of its own
inline constexpr std::string_view kTrace = "traceparent";  // W3C Trace Context
}  // namespace kafka_header

struct KafkaRecord {
  KafkaTopic topic = KafkaTopic::kItems;
  std::int32_t partition = 0;
  std::int64_t offset = -1;  // unknown until it is acknowledged
  std::string key;
  std::string value;
  bool has_value = true;  // false: a tombstone, which removes the key of a compacted topic
  std::vector<std::pair<std::string, std::string>> headers;

  [[nodiscard]] std::string_view header(std::string_view name) const {
    for (const auto& [header, text] : headers) {
      if (header == name) return text;
    }
    return {};
  }
  // As a number; nullopt: there is none.
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const;
};

// A record of ours: schema and type are set, and the trace where it has 32 hex digits.
[[nodiscard]] KafkaRecord make_kafka_record(KafkaTopic topic, std::int32_t partition, std::string_view key,
                                            std::string_view type, std::string value,
                                            std::string_view trace_id = {});
// Whether this program can read it: empty, or why not.
[[nodiscard]] std::string why_unreadable(const KafkaRecord& record, std::string_view type);

}  // namespace copytaster
