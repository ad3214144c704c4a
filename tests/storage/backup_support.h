// A store to back up, and what is looked for afterwards.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "core/bytes.h"
#include "core/strings.h"
#include "storage/backup.h"
#include "storage/open.h"
#include "storage/rocks_open.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::testing {

inline std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Never in place: a backup's file may be a link to the store's.
inline void replace(const std::string& path, const std::string& bytes) {
  std::filesystem::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
}

class BackupFixture : public ::testing::Test {
 protected:
  [[nodiscard]] std::string at(std::string_view name) const { return str_cat(folder_.path(), "/", name); }
  [[nodiscard]] std::string data() const { return at("data"); }
  std::unique_ptr<KeyValue> open(std::size_t buffer = std::size_t{64} << 20) const {
    auto store = open_rocks(data(), OpenMode::kReadWrite, {rocksdb::Env::Default(), buffer});
    EXPECT_TRUE(store.ok()) << store.status();
    return store.ok() ? *std::move(store) : nullptr;
  }
  // A pair in one batch, and its number as acknowledged.
  static void write_pair(KeyValue& store, std::uint64_t number, std::size_t padding = 10) {
    const auto batch = store.batch();
    const std::string value = str_cat(number, " ", std::string(padding, 'x'));
    batch->put(Space::kItems, big_endian(number), value);
    batch->put(Space::kCaptures, big_endian(number), value);
    batch->put(Space::kActions, big_endian(number), value);
    ASSERT_TRUE(store.write(*batch, number % 3 == 0 ? Durability::kSynced : Durability::kLater).ok());
  }
  // How many pairs are in the store of `folder`: all up to one, each whole.
  static std::uint64_t pairs_in(const std::string& folder) {
    const auto store = open_key_value(folder, OpenMode::kReadOnly);
    EXPECT_TRUE(store.ok()) << store.status();
    if (!store.ok()) return 0;
    EXPECT_TRUE(check_files(**store).ok());
    std::uint64_t items = 0, captures = 0;
    const auto count = [](std::uint64_t& number) {
      return [&number](std::string_view key, std::string_view value) {
        EXPECT_EQ(from_big_endian(key), number);
        EXPECT_EQ(value.substr(0, value.find(' ')), str_cat(number));
        ++number;
        return true;
      };
    };
    EXPECT_TRUE((*store)->scan(Space::kItems, "", "", count(items)).ok());
    EXPECT_TRUE((*store)->scan(Space::kCaptures, "", "", count(captures)).ok());
    EXPECT_EQ(items, captures) << "half a batch";
    return items;
  }
  [[nodiscard]] std::string put_picture(std::string_view bytes) const {
    return *(*open_folder_media(data(), OpenMode::kReadWrite))->put(bytes);
  }
  void expect_nothing_at(std::string_view name) const {
    EXPECT_FALSE(std::filesystem::exists(at(name)));
    EXPECT_FALSE(std::filesystem::exists(at(str_cat(name, ".part"))));
  }
  static std::string picture_file(const std::string& hash) {
    return str_cat("media/", hash.substr(0, 2), "/", hash);
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace copytaster::testing
