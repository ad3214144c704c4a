// One log line out of hostile words: core/log.h.
#include <algorithm>

#include "core/json.h"
#include "core/log.h"
#include "core/strings.h"
#include "google/protobuf/struct.pb.h"
#include "tests/fuzz/fuzz.h"

namespace copytaster::fuzz {
namespace {

constexpr std::size_t kLongestLine = std::size_t{8} << 10;

std::string line_of(LogFormat format, std::string_view words) {
  return format_log_line(format, LogLevel::kWarn, "fuzz.event", words,
                         {{"hint", words},
                          {"url.full", str_cat("https://h.example/?token=canary7f3e&", words)},
                          {"item.id", words},
                          {"attempt", 3},
                          {"a", words},
                          {"b", words},
                          {"c", words},
                          {"d", words},
                          {"e", words},
                          {"f", words},
                          {"g", words},
                          {"h", words}},
                         "2022-04-14T08:00:00.000Z", 7);
}

}  // namespace
}  // namespace copytaster::fuzz

COPYTASTER_FUZZ_TARGET(log_line)(const std::uint8_t* data, std::size_t size) {
  using namespace copytaster;
  using namespace copytaster::fuzz;
  const std::string_view words = as_text(data, size);
  const std::string json = line_of(LogFormat::kJson, words);
  require(json.size() <= kLongestLine, "a line for machines has at most 8 KiB", str_cat(json.size()));
  google::protobuf::Struct read;
  const absl::Status status = from_json(json, &read);
  require(status.ok(), "a log line is JSON", str_cat(json, "\n", status.ToString()));
  require(read.fields().at("event.action").string_value() == "fuzz.event", "the action stays what it is");
  require(read.fields().at("log.level").string_value() == "warn", "the level stays what it is");
  for (const std::string& line : {json, line_of(LogFormat::kText, words)}) {
    require_utf8(line, "a log line");
    require(
        std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }),
        "nothing in a line moves a cursor", line);
    require(line.find("canary7f3e") == std::string::npos, "no token reaches the log", line);
  }
  return 0;
}
