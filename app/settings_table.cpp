#include "app/settings_table.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "collectors/catalog.h"
#include "core/strings.h"
#include "net/allowed_addresses.h"

namespace copytaster {
namespace {

using Apply = decltype(SettingRow::apply);

Apply text_into(std::string Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto value = node.value<std::string>();
    if (!value || !node.is_string() || value->empty()) return "a text in quotes";
    if (std::ranges::any_of(*value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
      return "a text without control characters";
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

std::string allowed_into(const toml::node& node, Settings& settings) {
  std::vector<std::string> entries;
  const toml::array* list = node.as_array();
  if (list == nullptr) return "a list of addresses with their ports, [\"10.1.2.3:443\"]";
  for (const toml::node& entry : *list) entries.push_back(entry.value_or(std::string()));
  if (const auto allowed = AllowedAddresses::parse(entries); !allowed.ok())
    return str_cat("addresses with their ports: ", allowed.status().message());
  settings.allowed_addresses = std::move(entries);
  return "";
}

// As Tesseract names them, and its packages: no word that could be an option or a path.
std::string take_languages(const toml::node& node, Settings& settings) {
  static constexpr std::string_view kRight =
      "a list of one to ten of Tesseract's languages, [\"eng\", \"fra\"]";
  static constexpr std::size_t kMost = 10, kLongest = 20;
  const toml::array* list = node.as_array();
  if (list == nullptr || list->empty() || list->size() > kMost) return std::string(kRight);
  std::vector<std::string> languages;
  for (const toml::node& entry : *list) {
    const std::string name = entry.is_string() ? entry.value_or(std::string()) : "";
    const auto fits = [](char c) { return (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z') || c == '_'; };
    const bool named =
        name.size() >= 3 && name.size() <= kLongest && name[0] != '_' && std::ranges::all_of(name, fits);
    if (!named) return std::string(kRight);
    languages.push_back(name);
  }
  settings.read_text_languages = std::move(languages);
  return "";
}

Apply yes_or_no_into(bool Settings::*field) {
  return [field](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_boolean();
    if (value == nullptr) return "true or false";
    settings.*field = value->get();
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

Apply days_into(std::function<absl::Duration&(Settings&)> field, std::int64_t least, std::int64_t most) {
  return [field = std::move(field), least, most](const toml::node& node, Settings& settings) -> std::string {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < least || value->get() > most)
      return str_cat("a number of days from ", least, " to ", most);
    field(settings) = absl::Hours(24 * value->get());
    return "";
  };
}

// A misspelt one would be kept for ever, or erased, unseen.
bool is_platform(std::string_view name) {
  if (name == "web" || name == "manual") return true;  // brought in by hand
  return std::ranges::any_of(catalog(), [&](const CatalogEntry& entry) { return entry.spec().name == name; });
}

constexpr std::string_view kDaysByPlatform =
    "a whole number of days from 0 to 36500 for each platform, { mastodon = 30 }";
constexpr std::string_view kDeletedByPlatform =
    "\"keep\", \"blank\" or \"remove\" for each platform, { x = \"remove\" }";

// What each platform's name is to be set to, { mastodon = 30 }: `read` takes one value, or says no.
Apply by_platform(std::string_view right,
                  std::function<bool(const std::string&, const toml::node&, Settings&)> read) {
  return [right = std::string(right), read = std::move(read)](const toml::node& node,
                                                              Settings& settings) -> std::string {
    const toml::table* table = node.as_table();
    if (table == nullptr) return right;
    for (const auto& [key, value] : *table) {
      const std::string platform(key.str());
      if (!is_platform(platform)) return str_cat(right, "; ", platform, " is no platform");
      if (!read(platform, value, settings)) return right;
    }
    return "";
  };
}

constexpr std::int64_t kMostDaysKept = 36'500;

bool take_days_kept(const std::string& platform, const toml::node& node, Settings& settings) {
  const auto* days = node.as_integer();
  if (days == nullptr || days->get() < 0 || days->get() > kMostDaysKept) return false;
  settings.retention.days_of[platform] = days->get();
  return true;
}

bool take_deleted(const std::string& platform, const toml::node& node, Settings& settings) {
  const auto policy = node.is_string() ? parse_deleted_policy(node.value_or(std::string())) : std::nullopt;
  if (policy) settings.retention.deleted_of[platform] = *policy;
  return policy.has_value();
}

std::string take_deleted_everywhere(const toml::node& node, Settings& settings) {
  const auto policy = node.is_string() ? parse_deleted_policy(node.value_or(std::string())) : std::nullopt;
  if (!policy) return "one of \"keep\" \"blank\" \"remove\"";
  settings.retention.deleted = *policy;
  return "";
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

std::vector<SettingRow> joined(std::vector<SettingRow> rows, const std::vector<SettingRow>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

const std::vector<SettingRow>& setting_rows() {
  static const auto* all = new std::vector<SettingRow>{
      {{"service.data", "data", "Folder that holds everything: database, pictures, search index."},
       text_into(&Settings::data)},
      {{"service.backups", "",
        "Folder that the running service writes backups into when it is asked to (copytaster backup), better "
        "on "
        "another disk; not set: it writes none."},
       text_into(&Settings::backups)},
      {{"service.process_threads", "2", "Threads that run the stateless steps."},
       number_into<int>([](Settings& s) -> int& { return s.process_threads; }, 1, 64)},
      {{"service.max_log_megabytes", "256",
        "Megabytes of posts that may wait to be processed; then the collectors wait, and nothing is lost."},
       number_into<std::uint64_t>([](Settings& s) -> std::uint64_t& { return s.max_log_megabytes; }, 1,
                                  65536)},
      {{"desk.address", "127.0.0.1",
        "Address the desk listens on; anything but loopback demands desk.token_file."},
       text_into(&Settings::desk_address)},
      {{"desk.port", "8642", "Port of the desk."},
       number_into<std::uint16_t>([](Settings& s) -> std::uint16_t& { return s.desk_port; }, 0, 65535)},
      {{std::string(kDeskTokenFile), "",
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
      {{"fetch.allow", "[]",
        "Private addresses that may be asked all the same, such as a server in the house: "
        "[\"10.1.2.3:443\"], "
        "[\"127.0.0.1:*\"]; what posts link to can lie there, too."},
       allowed_into},
      {{"log.level", "info", "Least level that is written: debug, info, warn or error."},
       choice_into<LogLevel>(&Settings::log_level, {{"debug", LogLevel::kDebug},
                                                    {"info", LogLevel::kInfo},
                                                    {"warn", LogLevel::kWarn},
                                                    {"error", LogLevel::kError}})},
      {{"log.format", "auto", "auto (text on a terminal, JSON elsewhere), json or text."},
       choice_into<LogFormat>(
           &Settings::log_format,
           {{"auto", LogFormat::kAuto}, {"json", LogFormat::kJson}, {"text", LogFormat::kText}})},
      {{"copies.window_days", "30",
        "Posts are compared with those of so many days before, by the posts' own dates."},
       days_into([](Settings& s) -> absl::Duration& { return s.copies.window; }, 1, 3650)},
      {{"copies.max_posts", "10000000",
        "Posts that are remembered for it at most, the newest; copytaster_index_memory_bytes tells what they "
        "take."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_posts; }, 1000,
                                16'000'000)},
      {{"copies.max_sketches", "1000000",
        "The newest so many are remembered word by word, older ones in outline."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_sketches; }, 1000,
                                16'000'000)},
      {{"copies.max_pictures", "1000000", "Pictures that are remembered at most, the newest."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.copies.max_pictures; }, 1000,
                                16'000'000)},
      {{"stories.max_posts", "2000000",
        "Posts whose stories are remembered at most; then the oldest stories are open for new posts no more. "
        "copytaster_index_memory_bytes tells what they take."},
       number_into<std::size_t>([](Settings& s) -> std::size_t& { return s.stories.max_items; }, 1000,
                                16'000'000)},
      {{"retention.days", "0",
        "Posts are erased when they are so many days old, by their own dates, 0: never; but for those in a "
        "draft that was saved, in a claimed story or on legal hold. After the clock has jumped, or the "
        "service "
        "was away, it waits for a day."},
       number_into<std::int64_t>([](Settings& s) -> std::int64_t& { return s.retention.days; }, 0,
                                 kMostDaysKept)},
      {{"retention.days_of", "{}", "The same by platform, instead of that: { mastodon = 30, x = 0 }.",
        std::string(kDaysByPlatform)},
       by_platform(kDaysByPlatform, take_days_kept)},
      {{"retention.deleted", "keep",
        "What becomes of a post that its platform says is gone: keep it as evidence that is not shown; blank "
        "it, "
        "which erases its words and pictures; remove it, as `copytaster erase` does."},
       take_deleted_everywhere},
      {{"retention.deleted_of", "{}", "The same by platform, instead of that: { x = \"remove\" }.",
        std::string(kDeletedByPlatform)},
       by_platform(kDeletedByPlatform, take_deleted)},
      {{"pictures.read_text", "false",
        "Read the words in pictures (posters, signs) with the program tesseract, which has to be installed; "
        "some tenths "
        "of a second of one processor a picture, more for a page of words."},
       yes_or_no_into(&Settings::read_text)},
      {{"pictures.read_text_languages", "[\"eng\"]",
        "Languages it looks for, as Tesseract calls them, each from a package of its own "
        "(tesseract-ocr-fra): "
        "[\"eng\", \"fra\", \"ukr\"]."},
       take_languages},
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
  static const auto* const whole =
      new std::vector<SettingRow>(joined(joined(*all, media_setting_rows()), bus_setting_rows()));
  return *whole;
}

}  // namespace copytaster
