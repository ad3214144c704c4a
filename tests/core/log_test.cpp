#include "core/log.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <functional>

#include "core/json.h"
#include "core/text.h"
#include "google/protobuf/struct.pb.h"

namespace copytaster {
namespace {

std::string line(std::string_view message, std::initializer_list<LogField> fields = {},
                 LogFormat format = LogFormat::kJson) {
  return format_log_line(format, LogLevel::kWarn, "test.event", message, fields, "2026-01-02T03:04:05.678Z",
                         3);
}

google::protobuf::Struct parsed(const std::string& text) {
  google::protobuf::Struct out;
  EXPECT_TRUE(from_json(text, &out).ok()) << text;
  return out;
}

TEST(Log, WritesElasticCommonSchemaNames) {
  const auto event = parsed(line("A feed failed", {{"source.platform", "feed"}, {"attempt", 4}}));
  const auto& fields = event.fields();
  EXPECT_EQ(fields.at("@timestamp").string_value(), "2026-01-02T03:04:05.678Z");
  EXPECT_EQ(fields.at("log.level").string_value(), "warn");
  EXPECT_EQ(fields.at("event.action").string_value(), "test.event");
  EXPECT_EQ(fields.at("event.outcome").string_value(), "failure");
  EXPECT_EQ(fields.at("service.name").string_value(), "copytaster");
  EXPECT_EQ(fields.at("source.platform").string_value(), "feed");
  EXPECT_EQ(fields.at("attempt").number_value(), 4);
  EXPECT_EQ(fields.at("suppressed").number_value(), 3);
}

// All that is logged meanwhile.
std::string logged(const std::function<void()>& work) {
  std::FILE* file = std::tmpfile();
  if (file == nullptr) return "";
  configure_log({LogLevel::kInfo, LogFormat::kText, ::fileno(file)});
  work();
  configure_log({});
  std::rewind(file);
  std::string out(4096, '\0');
  out.resize(std::fread(out.data(), 1, out.size(), file));
  std::fclose(file);
  return out;
}

TEST(Log, ARepetitionIsLeftOutButNotAnotherSource) {
  const std::string told = logged([] {
    for (const char* host : {"a.example", "b.example", "a.example"})
      log_warn("test.host.down", "A host is down", {{"host", host}});
    for (const char* account : {"c", "d", "c"})
      log_warn("test.account.failed", "An account failed", {{"account.id", account}});
  });
  for (const char* source : {"a.example", "b.example", "\"c\"", "\"d\""}) {
    const std::size_t first = told.find(source);
    EXPECT_NE(first, std::string::npos) << source << " is not told";
    EXPECT_EQ(told.find(source, first + 1), std::string::npos) << source << " is told twice";
  }
}

TEST(Log, NothingCanBreakALineOrTheTerminal) {
  const std::string hostile = "a\nb\r\x1b[31m\"\\ \xff\xfe \xe2\x80\xa8 \xc2\x9b";
  const std::string json = line(hostile, {{"item.id", hostile}});
  EXPECT_EQ(json.find('\n'), std::string::npos);
  EXPECT_TRUE(is_valid_utf8(json));
  parsed(json);
  const std::string text = line(hostile, {{"item.id", hostile}}, LogFormat::kText);
  for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
}

TEST(Log, NoLineIsLongerThan8KiB) {
  const std::string huge(100'000, 'x');
  const std::string json = line(huge, {{"a", huge},
                                       {"b", huge},
                                       {"c", huge},
                                       {"d", huge},
                                       {"e", huge},
                                       {"f", huge},
                                       {"g", huge},
                                       {"h", huge},
                                       {"i", huge}});
  EXPECT_LE(json.size(), 8192U);
  parsed(json);
}

TEST(Log, EveryLineHasATrace) {
  const std::string own = parsed(line("x")).fields().at("trace.id").string_value();
  EXPECT_EQ(own.size(), 32U);
  EXPECT_EQ(own, process_trace_id());
  const std::string huge(100'000, 'x');
  const auto event = parsed(line("x", {{"a", huge},
                                       {"b", huge},
                                       {"c", huge},
                                       {"d", huge},
                                       {"e", huge},
                                       {"f", huge},
                                       {"g", huge},
                                       {"h", huge},
                                       {"trace.id", "of-the-parcel"}}));
  EXPECT_EQ(event.fields().at("trace.id").string_value(), "of-the-parcel");
}

TEST(Log, WhatTookTimeSaysSoInNanoseconds) {
  const auto event = parsed(line("x", {duration_field(absl::Milliseconds(3))}));
  EXPECT_EQ(event.fields().at("event.duration").number_value(), 3'000'000);
}

TEST(Log, SecretsInUrlsAreNotWritten) {
  const std::string json = line("GET https://graph.example/v1?access_token=canary1&x=1 failed",
                                {{"url.full", "https://a.example/?sig=canary2"}});
  EXPECT_EQ(json.find("canary"), std::string::npos) << json;
}

}  // namespace
}  // namespace copytaster
