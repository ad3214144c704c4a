// How much RocksDB keeps in memory before it writes tables.
#include "storage/rocks_open.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>

#include "core/strings.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

std::ptrdiff_t tables_in(const std::string& directory) {
  return std::ranges::count_if(std::filesystem::directory_iterator(directory + "/db"),
                               [](const auto& file) { return file.path().extension() == ".sst"; });
}

// Writes a megabyte to each of four spaces, none of which is full with it.
std::ptrdiff_t tables_after_writing(const RocksSettings& settings) {
  const TemporaryFolder folder;
  {
    const auto store = *open_rocks(folder.path(), OpenMode::kReadWrite, settings);
    for (int i = 0; i < 256; ++i) {
      for (const Space space : {Space::kItems, Space::kCaptures, Space::kStories, Space::kChanged}) {
        const auto batch = store->batch();
        batch->put(space, str_cat("key ", i), std::string(4096, 'x'));
        EXPECT_TRUE(store->write(*batch, Durability::kLater).ok());
      }
    }
  }
  return tables_in(folder.path());
}

TEST(RocksOpen, WhatAllSpacesKeepInMemoryIsBoundedTogether) {
  RocksSettings settings;
  settings.all_write_buffers_bytes = std::size_t{64} << 20;
  EXPECT_EQ(tables_after_writing(settings), 0) << "no space was full: else the next line says nothing";
  settings.all_write_buffers_bytes = std::size_t{1} << 20;
  EXPECT_GE(tables_after_writing(settings), 2);
}

}  // namespace
}  // namespace copytaster
