// One JSON object a line on standard error, Elastic Common Schema names, at most 8 KiB, clean UTF-8.
// On a terminal the same events print as readable text. Any thread.
//
// WARN: unexpected, nothing lost. ERROR: something lost, or an operator is needed.
// Repeats of the same event and source are limited to one per 10 s, then carry suppressed=n.
// Secrets never reach it: URLs pass through without_secrets().
// Every line has event.action, event.outcome and trace.id: of the parcel where the event belongs to one, else
// of this process. What took time says so in event.duration (nanoseconds).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "absl/time/time.h"

namespace copytaster {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };

struct LogField {
  // ECS names: source.platform, item.id, stage, attempt, event.duration (ns), error.type,
  // error.code, retry_in_ms, hint, trace.id, account.id, url.full …
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
  LogField(std::string_view n, std::string_view v) : name(n), value(v) {}
  LogField(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
  LogField(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
  LogField(std::string_view n, bool v) : name(n), value(v) {}
  LogField(std::string_view n, double v) : name(n), value(v) {}
  template <typename I>
  requires std::is_integral_v<I> LogField(std::string_view n, I v)
      : name(n), value(static_cast<std::int64_t>(v)) {}
};

// `action`: a stable id, e.g. "collector.fetch.failed". outcome is "success" for kDebug and kInfo,
// "failure" for kWarn and kError unless a field "event.outcome" says otherwise.
void log(LogLevel level, std::string_view action, std::string_view message,
         std::initializer_list<LogField> fields = {});

inline void log_info(std::string_view action, std::string_view message,
                     std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kInfo, action, message, fields);
}
inline void log_warn(std::string_view action, std::string_view message,
                     std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kWarn, action, message, fields);
}
inline void log_error(std::string_view action, std::string_view message,
                      std::initializer_list<LogField> fields = {}) {
  log(LogLevel::kError, action, message, fields);
}

enum class LogFormat : std::uint8_t { kAuto, kJson, kText };
struct LogOptions {
  LogLevel least = LogLevel::kInfo;
  LogFormat format = LogFormat::kAuto;
  int file_descriptor = 2;
};
// Once, at start, before other threads.
void configure_log(const LogOptions& options);
// 32 hex digits, made at start: the trace.id of events that belong to no parcel.
[[nodiscard]] std::string_view process_trace_id();
// event.duration of what took `took`.
[[nodiscard]] inline LogField duration_field(absl::Duration took) {
  return {"event.duration", absl::ToInt64Nanoseconds(took)};
}
// Lines written so far at `level`: for the metrics.
[[nodiscard]] std::uint64_t log_lines(LogLevel level);

// For tests: how one event is written.
[[nodiscard]] std::string format_log_line(LogFormat format, LogLevel level, std::string_view action,
                                          std::string_view message, std::initializer_list<LogField> fields,
                                          std::string_view timestamp, std::uint64_t suppressed);

}  // namespace copytaster
