// What every test of pictures' facts asks. Internal to their files.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "processors/picture_facts.h"

namespace copytaster::testing {

inline Media facts(const std::string& bytes) {
  auto media = inspect_picture(bytes);
  EXPECT_TRUE(media.ok()) << media.status();
  return media.ok() ? *std::move(media) : Media();
}

}  // namespace copytaster::testing
