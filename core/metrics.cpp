#include "core/metrics.h"

#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <mutex>

#include "core/log.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::array<double, DurationHistogram::kBuckets - 1> kBounds = {
    0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30};

std::string label_text(Labels labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    str_append(&out, out.empty() ? "" : ",", name, "=\"");
    for (const char c : value) {
      if (c == '\\' || c == '"') out += '\\';
      if (c == '\n') {
        out += "\\n";
      } else {
        out += c;
      }
    }
    out += '"';
  }
  return out;
}

template <typename T>
struct Family {
  std::string help;
  std::map<std::string, std::unique_ptr<T>> by_labels;
};

struct Registry {
  std::mutex mutex;
  std::map<std::string, Family<Counter>, std::less<>> counters;
  std::map<std::string, Family<Gauge>, std::less<>> gauges;
  std::map<std::string, Family<DurationHistogram>, std::less<>> histograms;
};

Registry& registry() {
  static auto* all = new Registry;
  return *all;
}

template <typename T>
T& handle(std::map<std::string, Family<T>, std::less<>>& families, std::string_view name,
          std::string_view help, Labels labels) {
  const std::scoped_lock lock(registry().mutex);
  auto found = families.find(name);
  if (found == families.end())
    found = families.emplace(std::string(name), Family<T>{std::string(help), {}}).first;
  auto& slot = found->second.by_labels[label_text(labels)];
  if (slot == nullptr) slot = std::make_unique<T>();
  return *slot;
}

// The shortest decimal form that is exactly this number: six digits would round a timestamp by hours.
std::string number(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (end.ec == std::errc()) return {text.data(), end.ptr};
  const auto long_one = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), long_one.ptr};
}

std::string braces(const std::string& labels) { return labels.empty() ? "" : str_cat("{", labels, "}"); }

void head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
  str_append(&out, "# HELP ", name, " ", help, "\n# TYPE ", name, " ", type, "\n");
}

void histogram_text(std::string& out, const std::string& name, const std::string& labels,
                    const DurationHistogram& h) {
  std::uint64_t sum = 0;
  for (int i = 0; i < DurationHistogram::kBuckets; ++i) {
    sum += h.bucket(i);
    const bool last = i == DurationHistogram::kBuckets - 1;
    str_append(&out, name, "_bucket{", labels, labels.empty() ? "" : ",", "le=\"",
               last ? "+Inf" : str_cat(DurationHistogram::bound_seconds(i)), "\"} ", sum, "\n");
  }
  str_append(&out, name, "_sum", braces(labels), " ", number(h.sum_seconds()), "\n");
  str_append(&out, name, "_count", braces(labels), " ", sum, "\n");
}

}  // namespace

double DurationHistogram::bound_seconds(int i) { return kBounds[static_cast<std::size_t>(i)]; }

void DurationHistogram::observe(absl::Duration d) {
  const double seconds = absl::ToDoubleSeconds(d);
  std::size_t i = 0;
  while (i < kBounds.size() && seconds > kBounds[i]) ++i;
  buckets_[i].fetch_add(1, std::memory_order_relaxed);
  count_.fetch_add(1, std::memory_order_relaxed);
  const auto nanoseconds = absl::ToInt64Nanoseconds(d);
  if (nanoseconds > 0)
    nanoseconds_.fetch_add(static_cast<std::uint64_t>(nanoseconds), std::memory_order_relaxed);
}

Counter& counter(std::string_view name, std::string_view help, Labels labels) {
  return handle(registry().counters, name, help, labels);
}
Gauge& gauge(std::string_view name, std::string_view help, Labels labels) {
  return handle(registry().gauges, name, help, labels);
}
DurationHistogram& duration_histogram(std::string_view name, std::string_view help, Labels labels) {
  return handle(registry().histograms, name, help, labels);
}

std::string metrics_text() {
  std::string out;
  head(out, "copytaster_log_lines_total", "Log lines by level, suppressed repeats included.", "counter");
  for (const auto& [level, name] : {std::pair{LogLevel::kDebug, "debug"},
                                    {LogLevel::kInfo, "info"},
                                    {LogLevel::kWarn, "warn"},
                                    {LogLevel::kError, "error"}}) {
    str_append(&out, "copytaster_log_lines_total{level=\"", name, "\"} ", log_lines(level), "\n");
  }
  const std::scoped_lock lock(registry().mutex);
  for (const auto& [name, family] : registry().counters) {
    head(out, name, family.help, "counter");
    for (const auto& [labels, c] : family.by_labels)
      str_append(&out, name, braces(labels), " ", c->value(), "\n");
  }
  for (const auto& [name, family] : registry().gauges) {
    head(out, name, family.help, "gauge");
    for (const auto& [labels, g] : family.by_labels)
      str_append(&out, name, braces(labels), " ", number(g->value()), "\n");
  }
  for (const auto& [name, family] : registry().histograms) {
    head(out, name, family.help, "histogram");
    for (const auto& [labels, h] : family.by_labels) histogram_text(out, name, labels, *h);
  }
  return out;
}

}  // namespace copytaster
