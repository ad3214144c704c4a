// JSON in and out: the proto3 JSON mapping for records, and an escaping writer for everything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace copytaster {

// proto3 JSON mapping, one line, fields with default values left out.
[[nodiscard]] std::string to_json(const google::protobuf::Message& message);
// Unknown fields are ignored. kInvalidArgument with the parser's words. Depth and size are bounded.
absl::Status from_json(std::string_view json, google::protobuf::Message* message);
// A quoted JSON string: control characters, quotes, U+2028/9 escaped; ill-formed UTF-8 replaced.
[[nodiscard]] std::string json_quote(std::string_view text);

// Writes one JSON value, keeping commas and nesting right; the caller keeps the order right.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);  // shortest form; NaN and infinities become null
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(bool yes);
  JsonWriter& raw(std::string_view json);  // already JSON
  // key and value in one; empty strings are left out by member_if.
  template <typename T>
  JsonWriter& member(std::string_view name, const T& what) {
    return key(name).value(what);
  }
  JsonWriter& member_if(std::string_view name, std::string_view text) {
    return text.empty() ? *this : key(name).value(text);
  }
  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  void separate();
  std::string out_;
  bool first_ = true;
};

}  // namespace copytaster
