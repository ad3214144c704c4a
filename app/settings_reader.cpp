#include "app/settings_reader.h"

#include "app/secret_file.h"
#include "core/strings.h"
#include "desk/gate.h"

namespace copytaster {
namespace {

constexpr std::size_t kShortestToken = 16;  // 128 bits, when every byte of it is random

}  // namespace

void SettingsReader::read(const toml::table& root, Settings& settings) {
  for (const auto& [section, node] : root) {
    const auto* table = node.as_table();
    if (table == nullptr) {
      problem(node, str_cat("\"", std::string_view(section.str()), "\" stands outside a section"),
              "[service] above it, say");
    } else if (section.str() == "collector") {
      read_collectors(*table, settings);
    } else {
      for (const auto& [key, value] : *table)
        read_one(str_cat(std::string_view(section.str()), ".", std::string_view(key.str())), value, settings);
    }
  }
  const std::size_t before = problems_->size();
  check_address(root, "desk", settings.desk_address);
  check_address(root, "metrics", settings.metrics_address);
  check_ports(root, settings);
  check_media(root, settings);
  if (problems_->size() == before) check_desk(root, settings);
  check_bus(root, settings);
}

void SettingsReader::problem(const toml::node& node, std::string what, std::string hint) {
  problems_->push_back(
      {file_, static_cast<unsigned>(node.source().begin.line), std::move(what), std::move(hint)});
}

// Listening to what is no address cannot begin.
void SettingsReader::check_address(const toml::table& root, std::string_view section,
                                   std::string_view address) {
  if (is_ip_address(address)) return;
  const auto node = root[section]["address"];
  if (node.node() == nullptr) return;
  problem(*node.node(), str_cat("\"", address, "\" is no address to listen on"),
          "an IP address: 127.0.0.1, ::1, or one of this machine's");
}

// Two servers cannot share a port of one address.
void SettingsReader::check_ports(const toml::table& root, const Settings& settings) {
  const Place desk = {"the desk", "desk", "port", {settings.desk_address, settings.desk_port}};
  const Place metrics = {"the metrics", "metrics", "port", {settings.metrics_address, settings.metrics_port}};
  check_pair(root, desk, metrics);
  if (settings.websub_callback.empty()) return;
  const Place hubs = {"the hubs", "websub", "listen", settings.websub_listen};
  check_pair(root, desk, hubs);
  check_pair(root, metrics, hubs);
}

void SettingsReader::check_pair(const toml::table& root, const Place& one, const Place& other) {
  if (!are_in_conflict(one.on, other.on)) return;
  auto node = root[other.section][other.key];
  if (node.node() == nullptr) node = root[one.section][one.key];
  problem(*node.node(), str_cat(one.who, " and ", other.who, " both want port ", one.on.port),
          "two different ports");
}

// A desk that others reach demands a token.
void SettingsReader::check_desk(const toml::table& root, const Settings& settings) {
  if (is_loopback(settings.desk_address) || !settings.desk_token.empty() || token_file_is_wrong_) return;
  const auto address = root["desk"]["address"];
  if (address.node() == nullptr) return;
  problem(*address.node(),
          str_cat("the desk would listen on ", settings.desk_address, " for everybody without a token"),
          str_cat(kDeskTokenFile, " = \"desk.token\", or the address 127.0.0.1"));
}

void SettingsReader::read_token(const toml::node& node, Settings& settings) {
  token_file_is_wrong_ = true;
  const auto path = node.value<std::string>();
  if (!path || path->empty()) {
    return problem(node, str_cat("the value of ", kDeskTokenFile, " is wrong"),
                   "expected the path of a file; leave the setting out for a desk without a token");
  }
  auto token = read_secret(*path, folder_);
  if (!token.ok())
    return problem(node, std::string(token.status().message()), "openssl rand -hex 32 makes a token");
  if (token->text.size() < kShortestToken) {
    return problem(node, str_cat("the token in the file ", *path, " has only ", token->text.size(), " bytes"),
                   str_cat("at least ", kShortestToken, "; openssl rand -hex 32 makes one"));
  }
  if (token->others_may_read)
    problems_->push_back({file_, static_cast<unsigned>(node.source().begin.line),
                          str_cat("everybody on this machine may read the desk's token in ", *path),
                          "chmod 600", /*warning=*/true});
  settings.desk_token = std::move(token->text);
  token_file_is_wrong_ = false;
}

// Kafka is told where it is, and who we are where it asks for that.
void SettingsReader::check_bus(const toml::table& root, const Settings& settings) {
  const auto kind = root["bus"]["kind"];
  if (!settings.kafka_bus || kind.node() == nullptr) return;
  if (settings.kafka.brokers.empty())
    problem(*kind.node(), "bus.kind is kafka, and nothing says where its brokers are",
            "brokers = \"kafka1:9092,kafka2:9092\"");
  const bool names = !settings.kafka.user.empty() && !settings.kafka.password.empty();
  if (settings.kafka.security.starts_with("sasl") && !names && root["bus"]["password_file"].node() == nullptr)
    problem(*kind.node(),
            str_cat("bus.security is ", settings.kafka.security, ", which wants a name and a password"),
            "user and password_file");
  if (settings.kafka.certificate_file.empty() != settings.kafka.key_file.empty())
    problem(*kind.node(), "a certificate and its key go together",
            "both bus.certificate_file and bus.key_file, or none");
}

void SettingsReader::read_password(const toml::node& node, Settings& settings) {
  const auto path = node.value<std::string>();
  if (!path || path->empty())
    return problem(node, str_cat("the value of ", kBusPasswordFile, " is wrong"),
                   "expected the path of a file");
  auto password = read_secret(*path, folder_);
  if (!password.ok())
    return problem(node, std::string(password.status().message()), "a file with the password in one line");
  if (password->others_may_read)
    problems_->push_back({file_, static_cast<unsigned>(node.source().begin.line),
                          str_cat("everybody on this machine may read Kafka's password in ", *path),
                          "chmod 600", /*warning=*/true});
  settings.kafka.password = std::move(password->text);
}

void SettingsReader::read_one(const std::string& name, const toml::node& node, Settings& settings) {
  if (name == kDeskTokenFile) return read_token(node, settings);
  if (name == kBusPasswordFile) return read_password(node, settings);
  if (read_file_of(name, node, settings)) return;
  for (const SettingRow& row : setting_rows()) {
    if (row.spec.name != name) continue;
    const std::string right = row.apply(node, settings);
    if (!right.empty())
      problem(node, str_cat("the value of ", name, " is wrong"), str_cat("expected ", right));
    return;
  }
  problem(node, str_cat("there is no setting ", name), "`copytaster list settings` shows all");
}

}  // namespace copytaster
