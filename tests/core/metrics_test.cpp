#include "core/metrics.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

TEST(Metrics, OneHandleAMetricAndItsLabels) {
  counter("copytaster_test_total", "A test.", {{"stage", "a"}}).add(2);
  counter("copytaster_test_total", "A test.", {{"stage", "a"}}).add();
  counter("copytaster_test_total", "A test.", {{"stage", "b\"\\\n"}}).add(7);
  const std::string text = metrics_text();
  EXPECT_NE(text.find("# TYPE copytaster_test_total counter\n"), std::string::npos);
  EXPECT_NE(text.find("copytaster_test_total{stage=\"a\"} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_total{stage=\"b\\\"\\\\\\n\"} 7\n"), std::string::npos) << text;
}

TEST(Metrics, NumbersAreWholeNotRounded) {
  gauge("copytaster_test_timestamp_seconds", "A test.").set(1649951234);
  gauge("copytaster_test_ratio", "A test.").set(0.1);
  const std::string text = metrics_text();
  EXPECT_NE(text.find("copytaster_test_timestamp_seconds 1649951234\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_ratio 0.1\n"), std::string::npos) << text;
}

TEST(Metrics, HistogramsAreCumulative) {
  DurationHistogram& h = duration_histogram("copytaster_test_seconds", "A test.");
  h.observe(absl::Microseconds(50));
  h.observe(absl::Milliseconds(2));
  h.observe(absl::Minutes(5));
  const std::string text = metrics_text();
  EXPECT_NE(text.find("copytaster_test_seconds_bucket{le=\"0.0001\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_seconds_bucket{le=\"0.003\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_seconds_bucket{le=\"30\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_seconds_bucket{le=\"+Inf\"} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("copytaster_test_seconds_count 3\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace copytaster
