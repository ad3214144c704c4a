#include "core/log.h"

#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/time/clock.h"
#include "core/json.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "core/url.h"
#include "core/version.h"

namespace copytaster {
namespace {

constexpr std::size_t kMaxLine = 8192;
constexpr std::size_t kMaxField = 1024;
constexpr absl::Duration kRepeatWindow = absl::Seconds(10);
constexpr std::size_t kMaxRemembered = 4096;
constexpr std::string_view kTraceField = "trace.id";

constexpr std::array<std::string_view, 4> kLevelNames = {"debug", "info", "warn", "error"};

LogOptions g_options;
std::array<std::atomic<std::uint64_t>, 4> g_lines{};

struct Repeat {
  absl::Time last;
  std::uint64_t suppressed = 0;
};
std::mutex g_mutex;  // guards g_repeats and keeps lines whole
absl::flat_hash_map<std::string, Repeat>& repeats() {
  static auto* map = new absl::flat_hash_map<std::string, Repeat>;
  return *map;
}

// A value that fits the line and holds no secret.
std::string clean(std::string_view text) {
  std::string out = text.find("://") == std::string_view::npos ? std::string(text) : without_secrets(text);
  out = to_valid_utf8(out);
  if (out.size() > kMaxField) {
    out.resize(utf8_floor(out, kMaxField));
    out += "…";
  }
  return out;
}

std::string field_json(const LogField& field) {
  JsonWriter json;
  if (const auto* text = std::get_if<std::string_view>(&field.value)) return json_quote(clean(*text));
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return json.value(*number).text();
  if (const auto* real = std::get_if<double>(&field.value)) return json.value(*real).text();
  return json.value(std::get<bool>(field.value)).text();
}

const LogField* find_field(std::initializer_list<LogField> fields, std::string_view name) {
  for (const LogField& field : fields) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

// The trace the event belongs to, as JSON: the one it names, else the process's own.
std::string trace_json(std::initializer_list<LogField> fields) {
  const LogField* given = find_field(fields, kTraceField);
  const auto* id = given == nullptr ? nullptr : std::get_if<std::string_view>(&given->value);
  return json_quote(clean(id == nullptr || id->empty() ? process_trace_id() : *id));
}

std::string json_line(LogLevel level, std::string_view action, std::string_view message,
                      std::initializer_list<LogField> fields, std::string_view timestamp,
                      std::uint64_t suppressed) {
  JsonWriter json;
  json.begin_object()
      .member("@timestamp", timestamp)
      .member("log.level", kLevelNames[static_cast<std::size_t>(level)]);
  json.member("message", clean(message)).member("ecs.version", "8.11").member("service.name", "copytaster");
  json.member("service.version", version()).member("event.action", action);
  if (find_field(fields, "event.outcome") == nullptr)
    json.member("event.outcome", level >= LogLevel::kWarn ? "failure" : "success");
  json.key(kTraceField).raw(trace_json(fields));
  if (suppressed > 0) json.member("suppressed", suppressed);
  for (const LogField& field : fields) {
    if (field.name == kTraceField) continue;
    const std::string value = field_json(field);
    if (json.text().size() + field.name.size() + value.size() + 8 > kMaxLine) break;
    json.key(field.name).raw(value);
  }
  return json.end_object().text();
}

std::string text_line(LogLevel level, std::string_view action, std::string_view message,
                      std::initializer_list<LogField> fields, std::string_view timestamp,
                      std::uint64_t suppressed) {
  static constexpr std::array<std::string_view, 4> kShort = {"debug", "info ", "WARN ", "ERROR"};
  // Quoted and unquoted again: control characters stay escaped, so nothing can draw on the terminal.
  std::string quoted = json_quote(clean(message));
  std::string out = str_cat(timestamp, " ", kShort[static_cast<std::size_t>(level)], " ",
                            std::string_view(quoted).substr(1, quoted.size() - 2), "  [", action, "]");
  for (const LogField& field : fields) {
    const std::string value = field_json(field);
    if (out.size() + field.name.size() + value.size() > kMaxLine) break;
    str_append(&out, " ", field.name, "=", value);
  }
  if (suppressed > 0) str_append(&out, " suppressed=", suppressed);
  return out;
}

// What makes two events "the same": action and where it came from.
std::string repeat_key(std::string_view action, std::initializer_list<LogField> fields) {
  std::string key(action);
  for (const LogField& field : fields) {
    const bool tells_apart = field.name == "account.id" || field.name == "source.platform" ||
                             field.name == "stage" || field.name == "config.problem" ||
                             field.name == "config.warning" || field.name == "host";
    if (!tells_apart) continue;
    if (const auto* text = std::get_if<std::string_view>(&field.value)) str_append(&key, "\n", *text);
  }
  return key;
}

// False when the event is to be swallowed now.
bool admit(LogLevel level, const std::string& key, absl::Time now, std::uint64_t* suppressed) {
  if (level < LogLevel::kWarn) return true;  // INFO is rare by design; only trouble repeats
  auto& map = repeats();
  if (map.size() >= kMaxRemembered) map.clear();
  auto [entry, fresh] = map.try_emplace(key, Repeat{now, 0});
  if (fresh) return true;
  if (now - entry->second.last < kRepeatWindow && now >= entry->second.last) {
    ++entry->second.suppressed;
    return false;
  }
  *suppressed = entry->second.suppressed;
  entry->second = Repeat{now, 0};
  return true;
}

std::string random_trace_id() {
  std::array<unsigned char, 16> bytes{};
  // Without randomness the id is all zeros, and a line without a trace is still a line.
  (void)RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace

std::string_view process_trace_id() {
  static const std::string kId = random_trace_id();
  return kId;
}

std::string format_log_line(LogFormat format, LogLevel level, std::string_view action,
                            std::string_view message, std::initializer_list<LogField> fields,
                            std::string_view timestamp, std::uint64_t suppressed) {
  return format == LogFormat::kText ? text_line(level, action, message, fields, timestamp, suppressed)
                                    : json_line(level, action, message, fields, timestamp, suppressed);
}

void log(LogLevel level, std::string_view action, std::string_view message,
         std::initializer_list<LogField> fields) {
  g_lines[static_cast<std::size_t>(level)].fetch_add(1, std::memory_order_relaxed);
  if (level < g_options.least) return;
  const absl::Time now = absl::Now();
  const std::string key = repeat_key(action, fields);
  const std::scoped_lock lock(g_mutex);
  std::uint64_t suppressed = 0;
  if (!admit(level, key, now, &suppressed)) return;
  LogFormat format = g_options.format;
  if (format == LogFormat::kAuto)
    format = isatty(g_options.file_descriptor) != 0 ? LogFormat::kText : LogFormat::kJson;
  const std::string stamp = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", now, absl::UTCTimeZone());
  const std::string line = format_log_line(format, level, action, message, fields, stamp, suppressed) + "\n";
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(g_options.file_descriptor, rest.data(), rest.size());
    if (written <= 0) return;  // nobody reads the log: nothing we could tell to anyone
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void configure_log(const LogOptions& options) { g_options = options; }

std::uint64_t log_lines(LogLevel level) {
  return g_lines[static_cast<std::size_t>(level)].load(std::memory_order_relaxed);
}

}  // namespace copytaster
