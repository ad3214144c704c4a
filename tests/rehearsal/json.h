// Reading answers in tests.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "collectors/json_fields.h"

namespace copytaster::testing {

inline JsonDocument read_json(const std::string& body) {
  auto document = JsonDocument::parse(body);
  EXPECT_TRUE(document.ok()) << document.status() << "\n" << body.substr(0, 400);
  return *std::move(document);
}

}  // namespace copytaster::testing
