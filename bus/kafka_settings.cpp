#include "bus/kafka_settings.h"

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {

std::string topic_name(const KafkaSettings& settings, KafkaTopic topic) {
  static constexpr std::array<std::string_view, kKafkaTopics.size()> kNames = {"accounts", "captures",
                                                                               "items", "prepared"};
  return str_cat(settings.prefix, ".", kNames[static_cast<std::size_t>(topic)]);
}

std::int32_t partition_of(const KafkaSettings& settings, std::string_view account_id) {
  // Fifteen hex digits of SHA-256: below 2^60.
  std::uint64_t number = 0;
  for (const char digit : sha256_hex(account_id).substr(0, 15)) {
    number = number * 16 + static_cast<std::uint64_t>(is_ascii_digit(digit) ? digit - '0' : digit - 'a' + 10);
  }
  return static_cast<std::int32_t>(number % static_cast<std::uint64_t>(settings.partitions));
}

}  // namespace copytaster
