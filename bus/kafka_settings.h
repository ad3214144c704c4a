// How Apache Kafka is reached and what the topics are called. Passwords come from files (settings.toml); none
// is ever logged.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace copytaster {

struct KafkaSettings {
  std::string brokers;                // "kafka1:9092,kafka2:9092"
  std::string prefix = "copytaster";  // of topics and consumer groups: "copytaster.items"
  // Of every topic that is made: how many collectors and how many processors can share the work. Cannot be
  // changed later, for it says where an account's records lie.
  int partitions = 12;
  int replication = 1;  // of topics that are made; 3 where there are three brokers
  // "plaintext", "ssl", "sasl_plaintext", "sasl_ssl", as librdkafka names them.
  std::string security = "plaintext";
  std::string ca_file;           // PEM; empty: the machine's authorities
  std::string certificate_file;  // PEM; our own, where the broker asks for one
  std::string key_file;          // PEM; of the certificate
  std::string sasl_mechanism = "SCRAM-SHA-512";
  std::string user;
  std::string password;
  // After so long without a sign of life a member's work is given to others.
  absl::Duration session_timeout = absl::Seconds(10);
  // How often a desk that has nothing to take in asks where the topics end.
  absl::Duration look_every = absl::Seconds(1);
};

// Records as they lie on the topics: docs/formats.md, "Topics".
enum class KafkaTopic : std::uint8_t {
  kAccounts,  // compacted: where each account stands, who reads it, what people said of it
  kCaptures,  // evidence, straight to the desk
  kItems,     // parcels as collected
  kPrepared,  // the same parcels behind the stateless steps: one for each of kItems
};
inline constexpr std::array kKafkaTopics = {KafkaTopic::kAccounts, KafkaTopic::kCaptures, KafkaTopic::kItems,
                                            KafkaTopic::kPrepared};

// "copytaster.items".
[[nodiscard]] std::string topic_name(const KafkaSettings& settings, KafkaTopic topic);
// Where all records of an account lie, in every topic: its id's hash, and never anything of a library, so
// that it is the same in each version of each program.
[[nodiscard]] std::int32_t partition_of(const KafkaSettings& settings, std::string_view account_id);

// The greatest record that is sent: a parcel beyond it is sent in parts.
inline constexpr std::size_t kMaxKafkaRecordBytes = std::size_t{32} << 20;

}  // namespace copytaster
