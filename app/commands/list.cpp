// copytaster list collectors|steps|settings: made from the specs, so it cannot lag behind the code.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/settings.h"
#include "collectors/catalog.h"
#include "core/json.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

void list_collectors() {
  for (const CatalogEntry& entry : catalog()) {
    const CollectorSpec& spec = entry.spec();
    std::printf("%s\n", str_cat(spec.name, "  ", spec.summary, "\n  at most every ",
                                absl::FormatDuration(spec.politest_interval))
                            .c_str());
    for (const std::string_view shape : spec.url_shapes) std::printf("  %s\n", str_cat(shape).c_str());
    for (const ConfigField& field : spec.fields) {
      std::printf(
          "  %s\n",
          str_cat("[collector.", spec.name, "] ", field.name, field.required ? " (required)" : "",
                  field.default_value.empty() ? "" : str_cat(" = ", field.default_value), "  ", field.help)
              .c_str());
    }
  }
}

void list_steps() {
  const Officials nobody;
  const Pipeline pipeline(nobody, Rules::defaults());
  int number = 0;
  for (const StepSpec& step : pipeline.steps()) {
    std::printf("%s\n", str_cat(++number, ". ", step.name, "  ", step.summary, "\n   writes ", step.writes,
                                step.needs_memory ? "; needs memory" : "")
                            .c_str());
  }
}

void list_settings() {
  for (const SettingSpec& spec : setting_specs()) {
    std::printf("%s\n",
                str_cat(spec.name, spec.default_value.empty() ? "" : str_cat(" = ", spec.default_value), "  ",
                        spec.help)
                    .c_str());
  }
}

}  // namespace

void add_list(CLI::App& app, int* exit) {
  auto what = std::make_shared<std::string>();
  auto* command = app.add_subcommand("list", "List collectors, steps or settings");
  command->add_option("what", *what, "collectors, steps or settings")
      ->required()
      ->check(CLI::IsMember({"collectors", "steps", "settings"}));
  command->callback([what, exit] {
    if (*what == "collectors") list_collectors();
    if (*what == "steps") list_steps();
    if (*what == "settings") list_settings();
    *exit = exit_code::kOk;
  });
}

}  // namespace copytaster
