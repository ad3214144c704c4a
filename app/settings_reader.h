// Reads a parsed settings.toml and finds what is wrong with it. Internal to app's settings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/secret_file.h"
#include "app/settings_table.h"

namespace copytaster {

// What a collector's field takes, for a message and for the documentation: "a whole number from 1 to 50".
[[nodiscard]] std::string fitting(const ConfigField& field);

class SettingsReader {
 public:
  // All outlive it. `folder`: where the files of secrets are looked for.
  SettingsReader(const std::string& file, const std::string& folder, std::vector<ConfigProblem>* problems)
      : file_(file), folder_(folder), problems_(problems) {}

  void read(const toml::table& root, Settings& settings);

 private:
  void problem(const toml::node& node, std::string what, std::string hint);
  // settings_reader.cpp
  void check_address(const toml::table& root, std::string_view section, std::string_view address);
  struct Place {
    std::string_view who, section, key;
    ListenOn on;
  };
  void check_ports(const toml::table& root, const Settings& settings);
  void check_pair(const toml::table& root, const Place& one, const Place& other);
  void check_desk(const toml::table& root, const Settings& settings);
  void check_bus(const toml::table& root, const Settings& settings);
  void read_token(const toml::node& node, Settings& settings);
  void read_password(const toml::node& node, Settings& settings);
  // settings_media.cpp: [media] and [evidence]
  bool read_file_of(std::string_view name, const toml::node& node, Settings& settings);
  void read_key(std::string_view name, const toml::node& node, std::string* key);
  void read_authorities(std::string_view name, const toml::node& node, std::string* file);
  void read_pem_key(std::string_view name, const toml::node& node, std::string* file);
  void check_media(const toml::table& root, const Settings& settings);
  void read_one(const std::string& name, const toml::node& node, Settings& settings);
  // settings_collectors.cpp: [collector.NAME]
  void read_collectors(const toml::table& all, Settings& settings);
  void read_field(const CollectorSpec& spec, const std::string& key, const toml::node& node,
                  Settings& settings);
  void check_stream(const toml::table& section, const CollectorSpec& spec, Settings& settings);
  void note_credential(const CollectorSpec& spec, Settings& settings);

  const std::string& file_;
  const std::string& folder_;
  std::vector<ConfigProblem>* problems_;
  std::optional<Secret> token_;       // of the collector that is being read
  bool token_file_is_wrong_ = false;  // and a problem says why
};

}  // namespace copytaster
