// The table of settings, each with the function that takes its value: settings.cpp documents from it,
// settings_reader.cpp parses with it. Internal to app's settings.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "app/settings.h"

namespace copytaster {

inline constexpr std::string_view kDeskTokenFile = "desk.token_file";
inline constexpr std::string_view kBusPasswordFile = "bus.password_file";
inline constexpr std::string_view kBusCaFile = "bus.ca_file";
inline constexpr std::string_view kBusCertificateFile = "bus.certificate_file";
inline constexpr std::string_view kBusKeyFile = "bus.key_file";

struct SettingRow {
  SettingSpec spec;
  // Takes a node's value into the settings; returns what would be right when it is wrong.
  std::function<std::string(const toml::node&, Settings&)> apply;
};

// All but the collectors' own, in the order of the documentation. Of those that name files only the reader
// knows how: it needs the folder.
[[nodiscard]] const std::vector<SettingRow>& setting_rows();
// Those of [media] and [evidence] (settings_media.cpp) and of [bus] (settings_bus.cpp), which are among them.
[[nodiscard]] std::vector<SettingRow> media_setting_rows();
[[nodiscard]] std::vector<SettingRow> bus_setting_rows();

}  // namespace copytaster
