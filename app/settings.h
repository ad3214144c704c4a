// settings.toml: one table that both parses and documents (`copytaster list settings`, docs/settings.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "collectors/poller.h"
#include "core/collector.h"
#include "core/log.h"
#include "core/strings.h"

namespace copytaster {

// What a person must mend: shown as "settings.toml:12: …".
struct ConfigProblem {
  std::string file;
  unsigned line = 0;  // 0: the whole file
  std::string what;
  std::string hint;  // what would be right
};
[[nodiscard]] std::string to_text(const ConfigProblem& problem);

struct Settings {
  std::string data = "data";
  std::string desk_address = "127.0.0.1";
  std::uint16_t desk_port = 8642;
  std::string desk_token_file;
  std::string metrics_address = "127.0.0.1";
  std::uint16_t metrics_port = 9642;
  LogLevel log_level = LogLevel::kInfo;
  LogFormat log_format = LogFormat::kAuto;
  PollerOptions poller;
  int process_threads = 2;
  StringMap<CollectorSettings> collectors;
};

struct SettingSpec {
  std::string_view name;  // "desk.port"
  std::string_view default_value;
  std::string_view help;  // one sentence
};

// All settings, those of the collectors included, in the order of the documentation.
[[nodiscard]] std::vector<SettingSpec> setting_specs();

// Reads the text of a settings.toml. Every problem is found, not only the first. Secrets named by a
// *_file setting are read here (a path relative to `folder` or $CREDENTIALS_DIRECTORY).
[[nodiscard]] Settings read_settings(std::string_view text, const std::string& file,
                                     const std::string& folder, std::vector<ConfigProblem>* problems);

}  // namespace copytaster
