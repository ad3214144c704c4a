#include "app/settings_table.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "core/strings.h"
#include "net/allowed_addresses.h"

namespace copytaster {
namespace {

using Apply = decltype(SettingRow::apply);

Apply text_into(std::string Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string() || value->empty()) return "a text in quotes";
    if (std::ranges::any_of(*value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
      return "a text without control characters";
    settings.*field = *value;
    return "";
  };
}

// Names of hosts, without scheme or port.
Apply hosts_into(std::vector<std::string> Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    static constexpr std::string_view kRight = "a list of host names without port, [\"desk.example.org\"]";
    const toml::array* list = node.as_array();
    if (list == nullptr) return std::string(kRight);
    std::vector<std::string> names;
    for (const toml::node& entry : *list) {
      const std::string name = entry.is_string() ? entry.value_or(std::string()) : "";
      if (name.empty() || name.find_first_of(":/ []") != std::string::npos) return std::string(kRight);
      names.push_back(name);
    }
    settings.*field = std::move(names);
    return "";
  };
}

std::string allowed_into(const toml::node& node, Settings& settings) {
  std::vector<std::string> entries;
  const toml::array* list = node.as_array();
  if (list == nullptr) return "a list of addresses with their ports, [\"10.1.2.3:443\"]";
  for (const toml::node& entry : *list) entries.push_back(entry.value_or(std::string()));
  if (const auto allowed = AllowedAddresses::parse(entries); !allowed.ok())
    return str_cat("addresses with their ports: ", allowed.status().message());
  settings.allowed_addresses = std::move(entries);
  return "";
}

// As Tesseract names them, and its packages: no word that could be an option or a path.
std::string take_languages(const toml::node& node, Settings& settings) {
  static constexpr std::string_view kRight =
      "a list of one to ten of Tesseract's languages, [\"eng\", \"fra\"]";
  static constexpr std::size_t kMost = 10, kLongest = 20;
  const toml::array* list = node.as_array();
  if (list == nullptr || list->empty() || list->size() > kMost) return std::string(kRight);
  std::vector<std::string> languages;
  for (const toml::node& entry : *list) {
    const std::string name = entry.is_string() ? entry.value_or(std::string()) : "";
    const auto fits = [](char c) { return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_'; };
    const bool named =
        name.size() >= 3 && name.size() <= kLongest && name[0] != '_' && std::ranges::all_of(name, fits);
    if (!named) return std::string(kRight);
    languages.push_back(name);
  }
  settings.read_text_languages = std::move(languages);
  return "";
}

Apply yes_or_no_into(bool Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_boolean();
    if (value == nullptr) return "true or false";
    settings.*field = value->get();
    return "";
  };
}

std::string take_callback(const toml::node& node, Settings& settings) {
  const auto text = node.is_string() ? node.value<std::string>() : std::nullopt;
  if (!text || !(text->empty() || is_callback_address(*text)))
    return "an address that begins with https:// and ends with a slash, or \"\"";
  settings.websub_callback = *text;
  return "";
}

std::string take_websub_listen(const toml::node& node, Settings& settings) {
  const auto place = read_listen_on(node.is_string() ? node.value_or(std::string()) : "");
  if (!place) return "an address and a port, \"127.0.0.1:8701\" or \"[::1]:8701\"";
  settings.websub_listen = *place;
  return "";
}

// What the Reader takes itself, for it needs the folder.
std::string not_here(const toml::node&, Settings&) { return "a file"; }

template <typename Number>
Apply number_into(std::function<Number&(Settings&)> field, std::int64_t least, std::int64_t most) {
  return [field = std::move(field), least, most](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most) {
      return str_cat("a whole number from ", least, " to ", most);
    }
    field(settings) = static_cast<Number>(value->get());
    return "";
  };
}

Apply seconds_into(std::function<absl::Duration&(Settings&)> field, std::int64_t least) {
  return [field = std::move(field), least](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > 31'536'000) {
      return str_cat("a number of seconds from ", least, " to 31536000");
    }
    field(settings) = absl::Seconds(value->get());
    return "";
  };
}

Apply days_into(std::function<absl::Duration&(Settings&)> field, std::int64_t least, std::int64_t most) {
  return [field = std::move(field), least, most](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most)
      return str_cat("a number of days from ", least, " to ", most);
    field(settings) = absl::Hours(24 * value->get());
    return "";
  };
}

template <typename Enum>
Apply choice_into(Enum Settings::*field, std::vector<std::pair<std::string_view, Enum>> choices) {
  return [field, choices = std::move(choices)](const toml::node& node, Settings& settings) -> std::string {
    const auto value = node.value<std::string>();
    std::string right = "one of";
    for (const auto& [name, choice] : choices) {
      if (value && *value == name) {
        settings.*field = choice;
        return "";
      }
      str_append(&right, " \"", name, "\"");
    }
    return right;
  };
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

std::string take_kafka_prefix(const toml::node& node, Settings& settings) {
  constexpr std::size_t kLongest = 100;
  const std::string value = node.is_string() ? node.value_or(std::string()) : "";
  const auto fits = [](char c) {
    return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '.' || c == '_' ||
           c == '-';
  };
  if (value.empty() || value.size() > kLongest || !std::ranges::all_of(value, fits))
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

std::vector<SettingRow> bus_rows() {
  return {
      {{"bus.kind", "embedded",
        "embedded: everything in one process, no server needed; kafka: roles on many machines over Apache "
        "Kafka."},
       choice_into<bool>(&Settings::kafka_bus, {{"embedded", false}, {"kafka", true}})},
      {{"bus.brokers", "", "Kafka: brokers to begin with, \"kafka1:9092,kafka2:9092\"."},
       kafka_text_into(&KafkaSettings::brokers)},
      {{"bus.prefix", "copytaster",
        "Kafka: what topics and consumer groups are called, copytaster.items and so on."},
       take_kafka_prefix},
      {{"bus.partitions", "12",
        "Kafka: partitions of each topic, the most collectors or processors that can share the work; cannot "
        "be changed "
        "later."},
       number_into<int>([](Settings& s) -> int& { return s.kafka.partitions; }, 1, 1000)},
      {{"bus.replication", "1",
        "Kafka: brokers that keep each record of topics that are made; 3 where there are three."},
       number_into<int>([](Settings& s) -> int& { return s.kafka.replication; }, 1, 10)},
      {{"bus.security", "plaintext", "Kafka: how brokers are spoken to."},
       kafka_choice_into(&KafkaSettings::security, {"plaintext", "ssl", "sasl_plaintext", "sasl_ssl"})},
      {{"bus.ca_file", "",
        "Kafka: PEM file of who has signed the brokers' certificates; unset: the machine's."},
       kafka_text_into(&KafkaSettings::ca_file)},
      {{"bus.certificate_file", "", "Kafka: our own certificate, PEM, where brokers ask for one."},
       kafka_text_into(&KafkaSettings::certificate_file)},
      {{"bus.key_file", "", "Kafka: the key of our own certificate, PEM."},
       kafka_text_into(&KafkaSettings::key_file)},
      {{"bus.sasl_mechanism", "SCRAM-SHA-512",
        "Kafka: how name and password are shown, where security is sasl_…."},
       kafka_choice_into(&KafkaSettings::sasl_mechanism, {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})},
      {{"bus.user", "", "Kafka: name for it."}, kafka_text_into(&KafkaSettings::user)},
      {{std::string(kBusPasswordFile), "", "Kafka: file that holds the password, one line."}, not_here},
      {{"bus.session_timeout_seconds", "10",
        "Kafka: after so long without a sign of life a member's work is given to others."},
       seconds_into([](Settings& s) -> absl::Duration& { return s.kafka.session_timeout; }, 6)},
  };
}

}  // namespace

const std::vector<SettingRow>& setting_rows() {
  static const auto* const all = [] {
    std::vector<SettingRow> rows = {
        {{"service.data", "data", "Folder that holds everything: database, pictures, search index."},
         text_into(&Settings::data)},
        {{"service.process_threads", "2", "Threads that run the stateless steps."},
         number_into<int>([](Settings& s) -> int& { return s.process_threads; }, 1, 64)},
        {{"desk.address", "127.0.0.1",
          "Address the desk listens on; anything but loopback demands desk.token_file."},
         text_into(&Settings::desk_address)},
        {{"desk.port", "8642", "Port of the desk."},
         number_into<std::uint16_t>([](Settings& s) -> std::uint16_t& { return s.desk_port; }, 0, 65535)},
        {{std::string(kDeskTokenFile), "",
          "File that holds the desk's token, at least 16 bytes (make one with: openssl rand -hex 32)."},
         not_here},
        {{"desk.host_names", "[]",
          "Further names the desk answers to on loopback: those of a proxy in front, "
          "[\"desk.example.org\"]."},
         hosts_into(&Settings::desk_host_names)},
        {{"metrics.address", "127.0.0.1", "Address of /metrics."}, text_into(&Settings::metrics_address)},
        {{"metrics.port", "9642", "Port of /metrics, /livez and /readyz; 0: none."},
         number_into<std::uint16_t>([](Settings& s) -> std::uint16_t& { return s.metrics_port; }, 0, 65535)},
        {{"websub.callback", "",
          "Public address for WebSub hubs to call back, https://desk.example.org/websub/; empty: only "
          "polling."},
         take_callback},
        {{"websub.listen", "127.0.0.1:8701",
          "Address and port that a proxy leads that public address to; nothing else is served there."},
         take_websub_listen},
        {{"fetch.allow", "[]",
          "Private addresses that may be asked all the same, such as a server in the house: "
          "[\"10.1.2.3:443\"], "
          "[\"127.0.0.1:*\"]; what posts link to can lie there, too."},
         allowed_into},
        {{"log.level", "info", "Least level that is written: debug, info, warn or error."},
         choice_into<LogLevel>(&Settings::log_level, {{"debug", LogLevel::kDebug},
                                                      {"info", LogLevel::kInfo},
                                                      {"warn", LogLevel::kWarn},
                                                      {"error", LogLevel::kError}})},
        {{"log.format", "auto", "auto (text on a terminal, JSON elsewhere), json or text."},
         choice_into<LogFormat>(
             &Settings::log_format,
             {{"auto", LogFormat::kAuto}, {"json", LogFormat::kJson}, {"text", LogFormat::kText}})},
        {{"copies.window_days", "30",
          "Posts are compared with those of so many days before, by the posts' own dates."},
         days_into([](Settings& s) -> absl::Duration& { return s.copies.window; }, 1, 3650)},
        {{"copies.max_posts", "10000000",
          "Posts that are remembered for it at most, the newest; copytaster_index_memory_bytes tells what "
          "they "
          "take."},
         number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_posts; }, 1000,
                                  16'000'000)},
        {{"copies.max_sketches", "1000000",
          "The newest so many are remembered word by word, older ones in outline."},
         number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_sketches; }, 1000,
                                  16'000'000)},
        {{"copies.max_pictures", "1000000", "Pictures that are remembered at most, the newest."},
         number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_pictures; }, 1000,
                                  16'000'000)},
        {{"pictures.read_text", "false",
          "Read the words in pictures (posters, signs) with the program tesseract, which has to be "
          "installed; "
          "some tenths "
          "of a second of one processor a picture, more for a page of words."},
         yes_or_no_into(&Settings::read_text)},
        {{"pictures.read_text_languages", "[\"eng\"]",
          "Languages it looks for, as Tesseract calls them, each from a package of its own "
          "(tesseract-ocr-fra): "
          "[\"eng\", \"fra\", \"ukr\"]."},
         take_languages},
        {{"poller.max_interval_seconds", "21600", "An account that never posts is still asked this often."},
         seconds_into([](Settings& s) -> absl::Duration& { return s.poller.max_interval; }, 60)},
        {{"poller.full_fetch_seconds", "86400",
          "An account is asked without validators this often, against lying ETags."},
         seconds_into([](Settings& s) -> absl::Duration& { return s.poller.full_fetch_every; }, 600)},
        {{"poller.reread_seconds", "172800",
          "Posts are read again for edits and deletions until they are this old."},
         seconds_into([](Settings& s) -> absl::Duration& { return s.poller.reread_for; }, 0)},
        {{"poller.max_in_flight", "64", "Requests under way at once."},
         number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.poller.max_in_flight; }, 1,
                                  1024)},
        {{"poller.max_picture_bytes", "26214400", "A larger picture is not kept, and said to be missing."},
         number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.poller.max_picture_bytes; },
                                  1024, 1 << 30)},
    };
    for (SettingRow& row : bus_rows()) rows.push_back(std::move(row));
    return new std::vector<SettingRow>(std::move(rows));
  }();
  return *all;
}

}  // namespace copytaster
