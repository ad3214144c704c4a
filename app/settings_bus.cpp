// [bus] of settings.toml: how Kafka is reached. See settings_table.h.
#include <algorithm>
#include <utility>

#include "app/settings_table.h"
#include "core/strings.h"

namespace copytaster {
namespace {

using Apply = decltype(SettingRow::apply);

// What the Reader takes itself, for it needs the folder.
std::string not_here(const toml::node&, Settings&) { return "a file"; }

std::string take_kind(const toml::node& node, Settings& settings) {
  const std::string kind = node.is_string() ? node.value_or(std::string()) : "";
  if (kind != "embedded" && kind != "kafka") return "one of \"embedded\" \"kafka\"";
  settings.kafka_bus = kind == "kafka";
  return "";
}

Apply number_into(int KafkaSettings::*field, std::int64_t least, std::int64_t most) {
  return [field, least, most](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most)
      return str_cat("a whole number from ", least, " to ", most);
    settings.kafka.*field = static_cast<int>(value->get());
    return "";
  };
}

// Brokers take 6 seconds at least and half an hour at most, unless they are told otherwise.
std::string take_session_timeout(const toml::node& node, Settings& settings) {
  constexpr std::int64_t kLeast = 6, kMost = 1800;
  const auto* value = node.as_integer();
  if (value == nullptr || value->get() < kLeast || value->get() > kMost)
    return str_cat("a number of seconds from ", kLeast, " to ", kMost);
  settings.kafka.session_timeout = absl::Seconds(value->get());
  return "";
}

Apply kafka_text_into(std::string KafkaSettings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const std::string value = node.is_string() ? node.value_or(std::string()) : "";
    if (value.empty() ||
        std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) <= 0x20; }))
      return "a text in quotes, without spaces";
    settings.kafka.*field = value;
    return "";
  };
}

bool is_broker(std::string_view broker) {
  const std::size_t colon = broker.rfind(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view host = broker.substr(0, colon);
  const auto port = parse_number<int>(broker.substr(colon + 1));
  // No name or password of anybody: it would stand in the log.
  const auto fits = [](char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  return !host.empty() && std::ranges::all_of(host, fits) && port && *port >= 1 && *port <= 65535;
}

std::string take_brokers(const toml::node& node, Settings& settings) {
  const std::string value = node.is_string() ? node.value_or(std::string()) : "";
  for (const std::string_view broker : split(value, ',')) {
    if (!is_broker(broker))
      return "brokers as HOST:PORT, with commas between them: \"kafka1:9092,kafka2:9092\"";
  }
  settings.kafka.brokers = value;
  return "";
}

std::string take_kafka_prefix(const toml::node& node, Settings& settings) {
  constexpr std::size_t kLongest = 100;
  const std::string value = node.is_string() ? node.value_or(std::string()) : "";
  const auto fits = [](char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '.' || c == '_' ||
           c == '-';
  };
  if (value.empty() || value.size() > kLongest || !std::ranges::all_of(value, fits) ||
      value.find_first_not_of('.') == std::string::npos)
    return "letters, digits, '.', '_' and '-', at most 100, as Kafka takes them in a topic's name";
  settings.kafka.prefix = value;
  return "";
}

Apply kafka_choice_into(std::string KafkaSettings::*field, std::vector<std::string_view> choices) {
  return [field, choices = std::move(choices)](const toml::node& node, Settings& settings) -> std::string {
    const std::string value = node.is_string() ? node.value_or(std::string()) : "";
    if (std::ranges::find(choices, value) != choices.end()) {
      settings.kafka.*field = value;
      return "";
    }
    std::string right = "one of";
    for (const std::string_view choice : choices) str_append(&right, " \"", choice, "\"");
    return right;
  };
}

}  // namespace

std::vector<SettingRow> bus_setting_rows() {
  return {
      {{"bus.kind", "embedded",
        "embedded: everything in one process, no server needed; kafka: roles on many machines over Apache "
        "Kafka."},
       take_kind},
      {{"bus.brokers", "", "Kafka: brokers to begin with, \"kafka1:9092,kafka2:9092\"."}, take_brokers},
      {{"bus.prefix", "copytaster",
        "Kafka: what topics and consumer groups are called, copytaster.items and so on."},
       take_kafka_prefix},
      {{"bus.partitions", "12",
        "Kafka: partitions of each topic, the most collectors or processors that can share the work; cannot "
        "be changed "
        "later."},
       number_into(&KafkaSettings::partitions, 1, 1000)},
      {{"bus.replication", "1",
        "Kafka: brokers that keep each record of topics that are made; 3 where there are three."},
       number_into(&KafkaSettings::replication, 1, 10)},
      {{"bus.security", "plaintext", "Kafka: how brokers are spoken to."},
       kafka_choice_into(&KafkaSettings::security, {"plaintext", "ssl", "sasl_plaintext", "sasl_ssl"})},
      {{std::string(kBusCaFile), "",
        "Kafka: PEM file of who has signed the brokers' certificates; unset: the machine's."},
       not_here},
      {{std::string(kBusCertificateFile), "", "Kafka: our own certificate, PEM, where brokers ask for one."},
       not_here},
      {{std::string(kBusKeyFile), "", "Kafka: the key of our own certificate, PEM."}, not_here},
      {{"bus.sasl_mechanism", "SCRAM-SHA-512",
        "Kafka: how name and password are shown, where security is sasl_…."},
       kafka_choice_into(&KafkaSettings::sasl_mechanism, {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})},
      {{"bus.user", "", "Kafka: name for it."}, kafka_text_into(&KafkaSettings::user)},
      {{std::string(kBusPasswordFile), "", "Kafka: file that holds the password, one line."}, not_here},
      {{"bus.session_timeout_seconds", "10",
        "Kafka: after so long without a sign of life a member's work is given to others."},
       take_session_timeout},
  };
}

}  // namespace copytaster
