#include "app/settings.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <functional>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "app/files.h"
#include "collectors/catalog.h"
#include "core/status.h"
#include "core/toml_depth.h"
#include "core/url.h"
#include "desk/gate.h"

namespace copytaster {
namespace {

// Takes a node's value into the settings; returns what would be right when it is wrong.
using Apply = std::function<std::string(const toml::node&, Settings&)>;

struct Row {
  SettingSpec spec;
  Apply apply;
};

constexpr std::string_view kTokenFile = "desk.token_file";
constexpr std::size_t kShortestToken = 16;  // 128 bits, when every byte of it is random
constexpr std::size_t kLongestSecret = 4096;

Apply text_into(std::string Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string() || value->empty()) return "a text in quotes";
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
      {{std::string(kTokenFile), "",
        "File that holds the desk's token, at least 16 bytes (make one with: openssl rand -hex 32)."},
       not_here},
      {{"desk.host_names", "[]",
        "Further names the desk answers to on loopback: those of a proxy in front, [\"desk.example.org\"]."},
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

// The secret in the file that a *_file setting names. The message names the file, never what is in it.
absl::StatusOr<std::string> read_secret(const std::string& path, const std::string& folder) {
  if (path.size() >= 32 && path.find_first_of("/.") == std::string::npos)
    return absl::InvalidArgumentError(
        "this looks like the secret itself, not like the path of a file with it");
  std::vector<std::string> places = {path.starts_with('/') ? path : str_cat(folder, "/", path)};
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  if (credentials != nullptr && !path.starts_with('/')) places.push_back(str_cat(credentials, "/", path));
  absl::Status why;
  for (const std::string& place : places) {
    auto bytes = read_input(place, kLongestSecret);
    if (absl::IsNotFound(bytes.status())) {
      if (why.ok()) why = bytes.status();
      continue;
    }
    CT_RETURN_IF_ERROR(bytes.status());
    std::string secret(strip_space(*bytes));
    if (secret.empty()) return absl::InvalidArgumentError(str_cat("the file ", place, " is empty"));
    const bool one_line = std::none_of(secret.begin(), secret.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (!one_line)
      return absl::InvalidArgumentError(str_cat("the file ", place, " holds more than one line"));
    return secret;
  }
  return why;
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
    const std::size_t before = problems_->size();
    check_address(root, "desk", settings.desk_address);
    check_address(root, "metrics", settings.metrics_address);
    check_ports(root, settings);
    if (problems_->size() == before) check_desk(root, settings);
  }

 private:
  void problem(const toml::node& node, std::string what, std::string hint) {
    problems_->push_back(
        {file_, static_cast<unsigned>(node.source().begin.line), std::move(what), std::move(hint)});
  }

  // Listening to what is no address cannot begin.
  void check_address(const toml::table& root, std::string_view section, std::string_view address) {
    if (is_ip_address(address)) return;
    const auto node = root[section]["address"];
    if (node.node() == nullptr) return;
    problem(*node.node(), str_cat("\"", address, "\" is no address to listen on"),
            "an IP address: 127.0.0.1, ::1, or one of this machine's");
  }

  struct Place {
    std::string_view who, section, key;
    ListenOn on;
  };

  // Two servers cannot share a port of one address.
  void check_ports(const toml::table& root, const Settings& settings) {
    const Place desk = {"the desk", "desk", "port", {settings.desk_address, settings.desk_port}};
    const Place metrics = {
        "the metrics", "metrics", "port", {settings.metrics_address, settings.metrics_port}};
    check_pair(root, desk, metrics);
    if (settings.websub_callback.empty()) return;
    const Place hubs = {"the hubs", "websub", "listen", settings.websub_listen};
    check_pair(root, desk, hubs);
    check_pair(root, metrics, hubs);
  }

  void check_pair(const toml::table& root, const Place& one, const Place& other) {
    if (!are_in_conflict(one.on, other.on)) return;
    auto node = root[other.section][other.key];
    if (node.node() == nullptr) node = root[one.section][one.key];
    problem(*node.node(), str_cat(one.who, " and ", other.who, " both want port ", one.on.port),
            "two different ports");
  }

  // A desk that others reach demands a token.
  void check_desk(const toml::table& root, const Settings& settings) {
    if (is_loopback(settings.desk_address) || !settings.desk_token.empty() || token_file_is_wrong_) return;
    const auto address = root["desk"]["address"];
    if (address.node() == nullptr) return;
    problem(*address.node(),
            str_cat("the desk would listen on ", settings.desk_address, " for everybody without a token"),
            str_cat(kTokenFile, " = \"desk.token\", or the address 127.0.0.1"));
  }

  void read_token(const toml::node& node, Settings& settings) {
    token_file_is_wrong_ = true;
    const auto path = node.value<std::string>();
    if (!path || path->empty()) {
      return problem(node, str_cat("the value of ", kTokenFile, " is wrong"),
                     "expected the path of a file; leave the setting out for a desk without a token");
    }
    auto token = read_secret(*path, folder_);
    if (!token.ok())
      return problem(node, std::string(token.status().message()), "openssl rand -hex 32 makes a token");
    if (token->size() < kShortestToken) {
      return problem(node, str_cat("the token in the file ", *path, " has only ", token->size(), " bytes"),
                     str_cat("at least ", kShortestToken, "; openssl rand -hex 32 makes one"));
    }
    settings.desk_token = *std::move(token);
    token_file_is_wrong_ = false;
  }

  void read_one(const std::string& name, const toml::node& node, Settings& settings) {
    if (name == kTokenFile) return read_token(node, settings);
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
      for (const auto& [key, value] : *table) read_field(*spec, std::string(key.str()), value, settings);
    }
  }

  static const CollectorSpec* find_spec(std::string_view name) {
    for (const CatalogEntry& entry : catalog()) {
      if (entry.spec().name == name) return &entry.spec();
    }
    return nullptr;
  }

  // What would be right; empty: it is.
  static std::string fault_of(const ConfigField& field, const std::string& value) {
    const auto only = [&](auto allowed) { return std::all_of(value.begin(), value.end(), allowed); };
    switch (field.kind) {
      case FieldKind::kText:
        break;
      case FieldKind::kCount: {
        int number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        const bool whole = error == std::errc() && end == value.data() + value.size();
        return whole && number >= 1 && number <= kMostPages
                   ? ""
                   : str_cat("a whole number from 1 to ", kMostPages);
      }
      case FieldKind::kServer: {
        const auto url = parse_url(value);
        const bool web = url && (url->scheme == "http" || url->scheme == "https") && !url->host.empty();
        return web ? "" : "a server's address, as https://HOST";
      }
      case FieldKind::kName:
        return only([](char c) {
          return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || is_ascii_digit(c) || c == '.' ||
                 c == '-' || c == ':';
        })
                   ? ""
                   : "letters, digits, dots and hyphens only";
      case FieldKind::kAmount: {
        const auto amount = parse_number<double>(value);
        return amount && *amount >= 0 && *amount <= 1e6 ? "" : "an amount in US dollars, as 25 or 7.50";
      }
    }
    return "";
  }

  void read_field(const CollectorSpec& spec, const std::string& key, const toml::node& node,
                  Settings& settings) {
    const auto text = node.is_integer()          ? std::optional(str_cat(node.as_integer()->get()))
                      : node.is_floating_point() ? std::optional(str_cat(node.as_floating_point()->get()))
                                                 : node.value<std::string>();
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
      const std::string wrong = fault_of(field, *text);
      if (!wrong.empty())
        return problem(node, str_cat("the value of ", key, " is wrong"), str_cat("expected ", wrong));
      auto value = field.secret ? read_secret(*text, folder_) : absl::StatusOr<std::string>(*text);
      if (!value.ok())
        return problem(node, std::string(value.status().message()), "a file with the secret alone in it");
      settings.collectors[spec.name][std::string(bare)] = *std::move(value);
      return;
    }
    problem(node, str_cat("the collector ", spec.name, " has no setting ", key),
            str_cat("`copytaster list collectors` shows them"));
  }

  const std::string& file_;
  const std::string& folder_;
  std::vector<ConfigProblem>* problems_;
  bool token_file_is_wrong_ = false;  // and a problem says why
};

}  // namespace

std::string setting_name(const ConfigField& field) {
  std::string_view bare = field.name;
  consume_suffix(&bare, "_file");
  return field.secret ? str_cat(bare, "_file") : std::string(field.name);
}

std::string to_text(const ConfigProblem& problem) {
  return str_cat(problem.file, problem.line == 0 ? "" : str_cat(":", problem.line), ": ",
                 problem.warning ? "warning: " : "", problem.what,
                 problem.hint.empty() ? "" : str_cat("; ", problem.hint));
}

std::size_t count_errors(const std::vector<ConfigProblem>& problems) {
  return static_cast<std::size_t>(
      std::count_if(problems.begin(), problems.end(), [](const ConfigProblem& one) { return !one.warning; }));
}

std::vector<SettingSpec> setting_specs() {
  std::vector<SettingSpec> all;
  for (const Row& row : rows()) all.push_back(row.spec);
  for (const CatalogEntry& entry : catalog()) {
    for (const ConfigField& field : entry.spec().fields) {
      all.push_back({str_cat("collector.", entry.spec().name, ".", setting_name(field)),
                     std::string(field.default_value), std::string(field.help)});
    }
  }
  return all;
}

Settings read_settings(std::string_view text, const std::string& file, const std::string& folder,
                       std::vector<ConfigProblem>* problems) {
  Settings settings;
  if (const unsigned line = toml_line_too_deep(text)) {
    problems->push_back({file, line, "it is nested too deep", "keys with a dot or two, as in settings.toml"});
    return settings;
  }
  try {
    Reader(file, folder, problems).read(toml::parse(text, file), settings);
  } catch (const toml::parse_error& error) {
    problems->push_back({file, static_cast<unsigned>(error.source().begin.line),
                         std::string(error.description()), "TOML 1.0 is expected"});
  }
  return settings;
}

StringMap<double> monthly_ceilings(const Settings& settings) {
  StringMap<double> out;
  for (const CatalogEntry& entry : catalog()) {
    const CollectorSpec& spec = entry.spec();
    if (spec.most_cost_usd <= 0) continue;
    std::string amount;
    for (const ConfigField& field : spec.fields)
      if (field.name == "monthly_usd") amount = std::string(field.default_value);
    if (const auto set = settings.collectors.find(spec.name); set != settings.collectors.end())
      if (const auto named = set->second.find("monthly_usd"); named != set->second.end())
        amount = named->second;
    out[std::string(spec.name)] = parse_number<double>(amount).value_or(0);
  }
  return out;
}

}  // namespace copytaster
