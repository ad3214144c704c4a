// Cases of other projects' test suites. They are not ours to keep, so their tests run where they are and say
// so where they are not.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/strings.h"
#include "google/protobuf/struct.pb.h"

namespace copytaster {

using JsonObject = google::protobuf::Struct;

// "" when the file is not present.
inline std::string reference_text(std::string_view name) {
  std::ifstream in(str_cat(COPYTASTER_SOURCE_DIR, "/../shared/reference/evaluation/", name));
  return {std::istreambuf_iterator<char>(in), {}};
}

// One JSON object a line.
inline std::vector<JsonObject> reference_cases(std::string_view name) {
  std::vector<JsonObject> out;
  const std::string text = reference_text(name);
  for (const std::string_view line : split(text, '\n')) {
    JsonObject one;
    if (line.empty()) continue;
    EXPECT_TRUE(from_json(line, &one).ok()) << line;
    out.push_back(std::move(one));
  }
  return out;
}

inline bool has(const JsonObject& object, const std::string& name) {
  return object.fields().contains(name) &&
         object.fields().at(name).kind_case() != google::protobuf::Value::kNullValue;
}
inline std::string text_of(const JsonObject& object, const std::string& name) {
  return has(object, name) ? object.fields().at(name).string_value() : "";
}

}  // namespace copytaster
