// Counters, gauges and summaries of durations, exposed in Prometheus' text format at /metrics.
// Names start with copytaster_, base units, _total / _seconds / _bytes. Labels come from small closed
// sets (stage, platform, error type): never ids or URLs. Any thread; handles live for ever.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "absl/time/time.h"

namespace copytaster {

using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Counter {
 public:
  void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(double v) { value_.store(v, std::memory_order_relaxed); }
  [[nodiscard]] double value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<double> value_{0};
};

class DurationHistogram {  // buckets 100 µs … 100 s
 public:
  static constexpr int kBuckets = 13;
  void observe(absl::Duration d);
  [[nodiscard]] std::uint64_t bucket(int i) const { return buckets_[i].load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }
  [[nodiscard]] double sum_seconds() const {
    return static_cast<double>(nanoseconds_.load(std::memory_order_relaxed)) * 1e-9;
  }
  static double bound_seconds(int i);  // upper bound of bucket i; the last is +Inf

 private:
  std::atomic<std::uint64_t> buckets_[kBuckets] = {};
  std::atomic<std::uint64_t> count_{0};
  std::atomic<std::uint64_t> nanoseconds_{0};
};

// The same name and labels give the same handle. `help` counts the first time.
Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
DurationHistogram& duration_histogram(std::string_view name, std::string_view help, Labels labels = {});

// Prometheus text format 0.0.4.
[[nodiscard]] std::string metrics_text();

}  // namespace copytaster
