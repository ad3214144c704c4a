#include "app/store_choice.h"

#include <filesystem>

#include "app/files.h"
#include "app/settings.h"
#include "app/settings_table.h"
#include "core/status.h"
#include "core/strings.h"
#include "core/toml_depth.h"

namespace copytaster {
namespace {

constexpr std::string_view kSetting = "service.data";

absl::Status unclear(const std::string& file, unsigned line, std::string_view what) {
  return absl::FailedPreconditionError(
      str_cat(to_text({file, line, std::string(what), ""}),
              "; mend it, or name the store with --data (`copytaster check` tells all that is wrong)"));
}

// Only this one setting is looked at: who reads a store need not be able to read the secrets beside it.
absl::StatusOr<std::string> store_of_settings(std::string_view text, const std::string& file) {
  Settings settings;
  if (const unsigned line = toml_line_too_deep(text)) return unclear(file, line, "it is nested too deep");
  try {
    const toml::table root = toml::parse(text, file);
    const auto node = root["service"]["data"];
    if (node.node() == nullptr) return settings.data;
    for (const SettingRow& row : setting_rows()) {
      if (row.spec.name != kSetting) continue;
      if (const std::string right = row.apply(*node.node(), settings); !right.empty())
        return unclear(file, static_cast<unsigned>(node.node()->source().begin.line),
                       str_cat("the value of ", kSetting, " is wrong; expected ", right));
    }
  } catch (const toml::parse_error& error) {
    return unclear(file, static_cast<unsigned>(error.source().begin.line), error.description());
  }
  return settings.data;
}

}  // namespace

absl::StatusOr<std::optional<std::string>> settings_file(const StoreChoice& choice) {
  const std::string folder = choice.config_folder();
  std::error_code error;
  if (choice.config && !std::filesystem::is_directory(folder, error))
    return absl::NotFoundError(str_cat("there is no folder ", folder));
  std::string file = str_cat(folder, "/settings.toml");
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, error)))
    return std::optional<std::string>();
  return std::optional(std::move(file));
}

absl::StatusOr<std::string> chosen_store(const StoreChoice& choice) {
  if (choice.data) return *choice.data;
  CT_ASSIGN_OR_RETURN(const auto file, settings_file(choice));
  if (!file) return Settings().data;
  CT_ASSIGN_OR_RETURN(const std::string text, read_input(*file));
  return store_of_settings(text, *file);
}

}  // namespace copytaster
