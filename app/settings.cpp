#include "app/settings.h"

#include <cstdlib>
#include <fstream>
#include <functional>
#include <sstream>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "collectors/catalog.h"

namespace copytaster {
namespace {

// Takes a node's value into the settings; returns what would be right when it is wrong.
using Apply = std::function<std::string(const toml::node&, Settings&)>;

struct Row {
  SettingSpec spec;
  Apply apply;
};

Apply text_into(std::string Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string()) return "a text in quotes";
    settings.*field = *value;
    return "";
  };
}

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

const std::vector<Row>& rows() {
  static const auto* all = new std::vector<Row>{
      {{"service.data", "data", "Folder that holds everything: database, pictures, search index."},
       text_into(&Settings::data)},
      {{"service.process_threads", "2", "Threads that run the stateless steps."},
       number_into<int>([](Settings& s) -> int& { return s.process_threads; }, 1, 64)},
      {{"desk.address", "127.0.0.1",
        "Address the desk listens on; anything but loopback demands desk.token_file."},
       text_into(&Settings::desk_address)},
      {{"desk.port", "8642", "Port of the desk."},
       number_into<std::uint16_t>([](Settings& s) -> std::uint16_t& { return s.desk_port; }, 0, 65535)},
      {{"desk.token_file", "", "File that holds the desk's token (at least 16 characters)."},
       text_into(&Settings::desk_token_file)},
      {{"metrics.address", "127.0.0.1", "Address of /metrics."}, text_into(&Settings::metrics_address)},
      {{"metrics.port", "9642", "Port of /metrics, /livez and /readyz; 0: none."},
       number_into<std::uint16_t>([](Settings& s) -> std::uint16_t& { return s.metrics_port; }, 0, 65535)},
      {{"log.level", "info", "Least level that is written: debug, info, warn or error."},
       choice_into<LogLevel>(&Settings::log_level, {{"debug", LogLevel::kDebug},
                                                    {"info", LogLevel::kInfo},
                                                    {"warn", LogLevel::kWarn},
                                                    {"error", LogLevel::kError}})},
      {{"log.format", "auto", "auto (text on a terminal, JSON elsewhere), json or text."},
       choice_into<LogFormat>(
           &Settings::log_format,
           {{"auto", LogFormat::kAuto}, {"json", LogFormat::kJson}, {"text", LogFormat::kText}})},
      {{"poller.max_interval_seconds", "21600", "An account that never posts is still asked this often."},
       seconds_into([](Settings& s) -> absl::Duration& { return s.poller.max_interval; }, 60)},
      {{"poller.full_fetch_seconds", "86400",
        "An account is asked without validators this often, against lying ETags."},
       seconds_into([](Settings& s) -> absl::Duration& { return s.poller.full_fetch_every; }, 600)},
      {{"poller.reread_seconds", "172800",
        "Posts are read again for edits and deletions until they are this old."},
       seconds_into([](Settings& s) -> absl::Duration& { return s.poller.reread_for; }, 0)},
      {{"poller.max_in_flight", "64", "Requests under way at once."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.poller.max_in_flight; }, 1, 1024)},
      {{"poller.max_picture_bytes", "26214400", "A larger picture is not kept, and said to be missing."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.poller.max_picture_bytes; }, 1024,
                                1 << 30)},
  };
  return *all;
}

std::string read_secret(const std::string& path, const std::string& folder) {
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  for (const std::string& base :
       {std::string(), folder + "/", credentials == nullptr ? folder + "/" : str_cat(credentials, "/")}) {
    if (base.empty() && !path.starts_with('/')) continue;
    std::ifstream in(base + path, std::ios::binary);
    if (!in) continue;
    std::ostringstream text;
    text << in.rdbuf();
    return std::string(strip_space(text.str()));
  }
  return "";
}

class Reader {
 public:
  Reader(const std::string& file, const std::string& folder, std::vector<ConfigProblem>* problems)
      : file_(file), folder_(folder), problems_(problems) {}

  void read(const toml::table& root, Settings& settings) {
    for (const auto& [section, node] : root) {
      const auto* table = node.as_table();
      if (table == nullptr) {
        problem(node, str_cat("\"", std::string_view(section.str()), "\" stands outside a section"),
                "[service] above it, say");
      } else if (section.str() == "collector") {
        read_collectors(*table, settings);
      } else {
        for (const auto& [key, value] : *table)
          read_one(str_cat(std::string_view(section.str()), ".", std::string_view(key.str())), value,
                   settings);
      }
    }
  }

 private:
  void problem(const toml::node& node, std::string what, std::string hint) {
    problems_->push_back(
        {file_, static_cast<unsigned>(node.source().begin.line), std::move(what), std::move(hint)});
  }

  void read_one(const std::string& name, const toml::node& node, Settings& settings) {
    for (const Row& row : rows()) {
      if (row.spec.name != name) continue;
      const std::string right = row.apply(node, settings);
      if (!right.empty())
        problem(node, str_cat("the value of ", name, " is wrong"), str_cat("expected ", right));
      return;
    }
    problem(node, str_cat("there is no setting ", name), "`copytaster list settings` shows all");
  }

  void read_collectors(const toml::table& all, Settings& settings) {
    for (const auto& [platform, node] : all) {
      const CollectorSpec* spec = find_spec(platform.str());
      const auto* table = node.as_table();
      if (spec == nullptr || table == nullptr) {
        problem(node, str_cat("there is no collector \"", std::string_view(platform.str()), "\""),
                "`copytaster list collectors` shows all");
        continue;
      }
      for (const auto& [key, value] : *table) read_field(*spec, std::string(key.str()), value, settings);
    }
  }

  static const CollectorSpec* find_spec(std::string_view name) {
    for (const CatalogEntry& entry : catalog()) {
      if (entry.spec().name == name) return &entry.spec();
    }
    return nullptr;
  }

  void read_field(const CollectorSpec& spec, const std::string& key, const toml::node& node,
                  Settings& settings) {
    const auto text =
        node.is_integer() ? std::optional(str_cat(node.as_integer()->get())) : node.value<std::string>();
    for (const ConfigField& field : spec.fields) {
      std::string_view bare = field.name;  // a secret is named by its file: token_file holds `token`
      if (field.secret) consume_suffix(&bare, "_file");
      if (field.secret && key == bare) {
        return problem(node, str_cat("the secret ", key, " must not stand in the settings"),
                       str_cat(key, "_file = \"path of a file that holds it\""));
      }
      if (key != (field.secret ? str_cat(bare, "_file") : std::string(field.name))) continue;
      if (!text)
        return problem(node, str_cat("the value of ", key, " is wrong"), "expected a text in quotes");
      const std::string value = field.secret ? read_secret(*text, folder_) : *text;
      if (value.empty()) {
        return problem(node, str_cat("the file ", *text, " is missing or empty"),
                       "a file with the secret alone in it");
      }
      settings.collectors[spec.name][std::string(bare)] = value;
      return;
    }
    problem(node, str_cat("the collector ", spec.name, " has no setting ", key),
            str_cat("`copytaster list collectors` shows them"));
  }

  const std::string& file_;
  const std::string& folder_;
  std::vector<ConfigProblem>* problems_;
};

}  // namespace

std::string to_text(const ConfigProblem& problem) {
  return str_cat(problem.file, problem.line == 0 ? "" : str_cat(":", problem.line), ": ", problem.what,
                 problem.hint.empty() ? "" : str_cat("; ", problem.hint));
}

std::vector<SettingSpec> setting_specs() {
  std::vector<SettingSpec> all;
  for (const Row& row : rows()) all.push_back(row.spec);
  return all;
}

Settings read_settings(std::string_view text, const std::string& file, const std::string& folder,
                       std::vector<ConfigProblem>* problems) {
  Settings settings;
  try {
    Reader(file, folder, problems).read(toml::parse(text, file), settings);
  } catch (const toml::parse_error& error) {
    problems->push_back({file, static_cast<unsigned>(error.source().begin.line),
                         std::string(error.description()), "TOML 1.0 is expected"});
  }
  return settings;
}

}  // namespace copytaster
