// How much RocksDB keeps in memory before it writes tables.
#include "storage/rocks_open.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

std::ptrdiff_t tables_in(const std::string& directory) {
  return std::ranges::count_if(std::filesystem::directory_iterator(directory + "/db"),
                               [](const auto& file) { return file.path().extension() == ".sst"; });
}

// Writes a megabyte to each of four spaces, none of which is full with it.
std::unique_ptr<KeyValue> written(const std::string& folder, const RocksSettings& settings) {
  auto store = *open_rocks(folder, OpenMode::kReadWrite, settings);
  for (int i = 0; i < 256; ++i) {
    for (const Space space : {Space::kItems, Space::kCaptures, Space::kStories, Space::kChanged}) {
      const auto batch = store->batch();
      batch->put(space, str_cat("key ", i), std::string(4096, 'x'));
      EXPECT_TRUE(store->write(*batch, Durability::kLater).ok());
    }
  }
  return store;
}

TEST(RocksOpen, WhatAllSpacesKeepInMemoryIsBoundedTogether) {
  RocksSettings settings;
  const TemporaryFolder much, little;
  settings.all_write_buffers_bytes = std::size_t{64} << 20;
  const auto roomy = written(much.path(), settings);
  settings.all_write_buffers_bytes = std::size_t{1} << 20;
  const auto tight = written(little.path(), settings);
  // Tables are written in the background.
  const absl::Time until = absl::Now() + absl::Minutes(1);
  while (tables_in(little.path()) == 0 && absl::Now() < until) std::this_thread::yield();
  EXPECT_GE(tables_in(little.path()), 1);
  EXPECT_EQ(tables_in(much.path()), 0) << "no space was full: else the line above says nothing";
}

}  // namespace
}  // namespace copytaster
