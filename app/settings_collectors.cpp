// [collector.NAME] of settings.toml, by the collectors' own specs.
#include <algorithm>
#include <optional>

#include "app/secret_file.h"
#include "app/settings_reader.h"
#include "collectors/catalog.h"
#include "collectors/stream_settings.h"
#include "core/strings.h"
#include "core/time.h"
#include "core/url.h"

namespace copytaster {
namespace {

const CollectorSpec* find_spec(std::string_view name) {
  for (const CatalogEntry& entry : catalog()) {
    if (entry.spec().name == name) return &entry.spec();
  }
  return nullptr;
}

constexpr std::string_view kTokenExpires = "token_expires";

// A day of TOML is taken as well as one in quotes.
std::optional<std::string> text_of(const toml::node& node) {
  if (node.is_integer()) return str_cat(node.as_integer()->get());
  if (node.is_floating_point()) return str_cat(node.as_floating_point()->get());
  if (const auto day = node.value<toml::date>(); node.is_date() && day)
    return format_rfc3339(
               absl::FromCivil(absl::CivilDay(day->year, day->month, day->day), absl::UTCTimeZone()))
        .substr(0, 10);
  return node.value<std::string>();
}

bool fits(const ConfigField& field, const std::string& value) {
  switch (field.kind) {
    case FieldKind::kText:
      return field.name != kTokenExpires || parse_date(value);
    case FieldKind::kCount: {
      const auto number = parse_number<int>(value);
      return number && *number >= 1 && *number <= kMostPages;
    }
    case FieldKind::kServer:
      return is_server_address(value);
    case FieldKind::kName:
      return std::all_of(value.begin(), value.end(), [](char c) {
        return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_ascii_digit(c) || c == '.' ||
               c == '-' || c == ':';
      });
    case FieldKind::kAmount: {
      const auto amount = parse_number<double>(value);
      return amount && *amount >= 0 && *amount <= 1e6;
    }
  }
  return false;
}

// "jetstream" of "[collector.bluesky] jetstream is …".
std::string_view setting_in(std::string_view why) {
  const std::size_t section = why.find("] ");
  if (section == std::string_view::npos) return {};
  why.remove_prefix(section + 2);
  return why.substr(0, why.find_first_of(" :"));
}

}  // namespace

std::string fitting(const ConfigField& field) {
  if (field.secret) return "a file";
  switch (field.kind) {
    case FieldKind::kText:
      return field.name == kTokenExpires ? "a day, as 2027-01-12" : "a text in quotes";
    case FieldKind::kCount:
      return str_cat("a whole number from 1 to ", kMostPages);
    case FieldKind::kServer:
      return "a server's address, as https://HOST, without anything behind it";
    case FieldKind::kName:
      return "letters, digits, dots and hyphens only";
    case FieldKind::kAmount:
      return "an amount in US dollars, as 25 or 7.50";
  }
  return "";
}

void SettingsReader::read_collectors(const toml::table& all, Settings& settings) {
  for (const auto& [platform, node] : all) {
    const CollectorSpec* spec = find_spec(platform.str());
    const auto* table = node.as_table();
    if (spec != nullptr && table == nullptr) {
      problem(node, str_cat("collector.", spec->name, " is no section"),
              str_cat("[collector.", spec->name, "] with its settings below it"));
      continue;
    }
    if (spec == nullptr) {
      problem(node, str_cat("there is no collector \"", std::string_view(platform.str()), "\""),
              "`copytaster list collectors` shows all");
      continue;
    }
    token_.reset();
    for (const auto& [key, value] : *table) read_field(*spec, std::string(key.str()), value, settings);
    note_credential(*spec, settings);
    check_stream(*table, *spec, settings);
  }
}

// No error: nothing is lost without the stream, and the service runs.
void SettingsReader::check_stream(const toml::table& section, const CollectorSpec& spec, Settings& settings) {
  const auto set = settings.collectors.find(spec.name);
  if (set == settings.collectors.end()) return;
  const absl::Status usable = check_stream_settings(spec.name, set->second);
  if (usable.ok()) return;
  const std::string why(usable.message());
  settings.stream_faults.push_back({std::string(spec.name), why});
  const toml::node* named = section.get(setting_in(why));
  const toml::node& place = named == nullptr ? section : *named;
  problems_->push_back({file_, static_cast<unsigned>(place.source().begin.line),
                        str_cat("the stream of ", spec.label,
                                " is not opened, and its accounts are polled as without one: ", why),
                        "", /*warning=*/true});
}

// Of tokens that live until they are withdrawn there is nothing to tell.
void SettingsReader::note_credential(const CollectorSpec& spec, Settings& settings) {
  if (!token_) return;
  CredentialHealth credential;
  credential.platform = std::string(spec.name);
  credential.setting = str_cat("collector.", spec.name, ".token_file");
  credential.life = spec.token_life;
  credential.put = token_->put;
  const CollectorSettings& set = settings.collectors[spec.name];
  if (const auto stated = set.find(kTokenExpires); stated != set.end())
    credential.stated = parse_date(stated->second);
  if (credential.stated || credential.life > absl::ZeroDuration())
    settings.credentials.push_back(std::move(credential));
}

void SettingsReader::read_field(const CollectorSpec& spec, const std::string& key, const toml::node& node,
                                Settings& settings) {
  const auto text = text_of(node);
  for (const ConfigField& field : spec.fields) {
    const std::string wanted = setting_name(field);
    std::string_view bare = wanted;  // a secret is named by its file: token_file holds `token`
    if (field.secret) consume_suffix(&bare, "_file");
    if (field.secret && key == bare) {
      return problem(node, str_cat("the secret ", key, " must not stand in the settings"),
                     str_cat(key, "_file = \"path of a file that holds it\""));
    }
    if (key != wanted) continue;
    if (!text || text->empty()) {
      return problem(node, str_cat("the value of ", key, " is wrong"),
                     "expected a text in quotes that is not empty");
    }
    if (!fits(field, *text)) {
      return problem(node, str_cat("the value of ", key, " is wrong"), str_cat("expected ", fitting(field)));
    }
    std::string value = *text;
    if (field.secret) {
      auto secret = read_secret(*text, folder_);
      if (!secret.ok())
        return problem(node, std::string(secret.status().message()), "a file with the secret alone in it");
      value = secret->text;
      if (bare == "token") token_ = *std::move(secret);
    }
    settings.collectors[spec.name][std::string(bare)] = std::move(value);
    return;
  }
  problem(node, str_cat("the collector ", spec.name, " has no setting ", key),
          str_cat("`copytaster list collectors` shows them"));
}

}  // namespace copytaster
