#include "app/reference.h"

#include "app/settings.h"
#include "collectors/catalog.h"
#include "core/strings.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

std::string title(std::string_view name, std::string_view command, std::string_view introduction) {
  return str_cat("# ", name, "\n\n<!-- Made by `copytaster list ", command,
                 " --markdown`; a test compares. -->\n\n", introduction, "\n");
}

// A cell of a table: nothing in it ends it.
std::string cell(std::string_view text) { return replace_all(text, "|", "\\|"); }
std::string code(std::string_view text) { return text.empty() ? "" : str_cat("`", cell(text), "`"); }

// ---- settings

std::string settings_text() {
  std::string out;
  for (const SettingSpec& spec : setting_specs()) {
    str_append(&out, spec.name, spec.default_value.empty() ? "" : str_cat(" = ", spec.default_value), "  ",
               spec.help, "\n");
  }
  return out;
}

std::string settings_markdown() {
  std::string out =
      title("Settings", "settings",
            "In `settings.toml` of the configuration folder; a setting that is not there has its "
            "default. `desk.port` is `port` under `[desk]`.\nA secret is named by its file: a path "
            "in the configuration folder or in `$CREDENTIALS_DIRECTORY`, or an absolute one.");
  str_append(&out, "\n| setting | default | what it does | takes |\n|---|---|---|---|\n");
  for (const SettingSpec& spec : setting_specs()) {
    str_append(&out, "| ", code(spec.name), " | ", code(spec.default_value), " | ", cell(spec.help), " | ",
               cell(spec.takes), " |\n");
  }
  return out;
}

// ---- collectors

std::string field_text(const CollectorSpec& spec, const ConfigField& field) {
  return str_cat("[collector.", spec.name, "] ", setting_name(field), field.required ? " (required)" : "",
                 field.default_value.empty() ? "" : str_cat(" = ", field.default_value), "  ", field.help);
}

std::string collectors_text() {
  std::string out;
  for (const CatalogEntry& entry : catalog()) {
    const CollectorSpec& spec = entry.spec();
    str_append(&out, spec.name, "  ", spec.summary, "\n  an account at most every ",
               absl::FormatDuration(spec.politest_interval), "\n  limits: ", spec.limits, "\n");
    for (const std::string_view shape : spec.url_shapes) str_append(&out, "  ", shape, "\n");
    for (const ConfigField& field : spec.fields) str_append(&out, "  ", field_text(spec, field), "\n");
  }
  return out;
}

std::string collectors_markdown() {
  std::string out =
      title("Collectors", "collectors", "An account is followed by its profile URL in `officials.toml`.");
  for (const CatalogEntry& entry : catalog()) {
    const CollectorSpec& spec = entry.spec();
    str_append(&out, "\n## ", spec.label, " (`", spec.name, "`)\n\n", spec.summary, "\n\n");
    for (const std::string_view shape : spec.url_shapes) str_append(&out, "- ", code(shape), "\n");
    str_append(&out, "\nAn account is asked at most every ", absl::FormatDuration(spec.politest_interval),
               ". Limits: ", spec.limits, ".\n");
    if (spec.fields.empty()) continue;
    str_append(&out, "\n| `[collector.", spec.name, "]` | default | what it does |\n|---|---|---|\n");
    for (const ConfigField& field : spec.fields) {
      str_append(&out, "| ", code(setting_name(field)), field.required ? " (required)" : "", " | ",
                 code(field.default_value), " | ", cell(field.help), " |\n");
    }
  }
  return out;
}

// ---- steps

std::vector<StepSpec> step_specs() {
  const Officials nobody;
  return Pipeline(nobody, Rules::defaults()).steps();
}

std::string steps_text() {
  std::string out;
  int number = 0;
  for (const StepSpec& step : step_specs()) {
    str_append(&out, ++number, ". ", step.name, "  ", step.summary, "\n   writes ", step.writes,
               step.needs_memory ? "; needs memory" : "", "\n");
  }
  return out;
}

std::string steps_markdown() {
  std::string out =
      title("Steps", "steps",
            "What happens to a post, in this order. Steps that need memory run in one place, in "
            "the order of the log; the others on several threads.");
  str_append(&out, "\n| | step | what it does | fields it alone writes | memory |\n|---|---|---|---|---|\n");
  int number = 0;
  for (const StepSpec& step : step_specs()) {
    str_append(&out, "| ", ++number, " | ", code(step.name), " | ", cell(step.summary), " | ",
               cell(step.writes), " | ", step.needs_memory ? "yes" : "", " |\n");
  }
  return out;
}

}  // namespace

std::optional<std::string> reference_of(std::string_view what, ReferenceFormat format) {
  const bool markdown = format == ReferenceFormat::kMarkdown;
  if (what == "settings") return markdown ? settings_markdown() : settings_text();
  if (what == "collectors") return markdown ? collectors_markdown() : collectors_text();
  if (what == "steps") return markdown ? steps_markdown() : steps_text();
  return std::nullopt;
}

}  // namespace copytaster
