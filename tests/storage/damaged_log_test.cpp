// What a damaged write-ahead log costs, and that it is told.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/log.h"
#include "core/strings.h"
#include "storage/open.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

class DamagedLog : public ::testing::Test {
 protected:
  static constexpr int kWrites = 400;
  void SetUp() override {
    auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    for (int i = 0; i < kWrites; ++i) {
      auto batch = store->batch();
      batch->put(Space::kItems, str_cat("item ", i), std::string(500, 'a'));
      batch->put(Space::kMeta, "cursor", str_cat(i));
      ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
    }
  }
  [[nodiscard]] std::string log() const {
    std::string found;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/db")) {
      if (file.path().extension() == ".log" && file.file_size() > 1000) found = file.path().string();
    }
    return found;
  }
  void overwrite(std::size_t at, std::size_t size) const {
    std::fstream file(log(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(at));
    file << std::string(size, 'z');
  }
  // How many of the writes are there: all up to one, and the cursor agrees.
  [[nodiscard]] int sound(const KeyValue& store) const {
    int count = 0;
    while (store.get(Space::kItems, str_cat("item ", count)).ok()) ++count;
    EXPECT_EQ(store.get(Space::kMeta, "cursor").value_or("none"), str_cat(count - 1));
    return count;
  }
  TemporaryFolder folder_;
};

TEST_F(DamagedLog, InTheMiddleRollsBackTogetherAndIsToldOnce) {
  overwrite(std::filesystem::file_size(log()) / 2, 3000);
  const std::uint64_t before = log_lines(LogLevel::kError);
  {
    const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    EXPECT_EQ(log_lines(LogLevel::kError) - before, 1U) << "an operator must hear of it";
    const int left = sound(*store);
    EXPECT_GT(left, kWrites / 4);
    EXPECT_LT(left, kWrites);
  }
  const auto again = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  EXPECT_EQ(log_lines(LogLevel::kError) - before, 1U) << "it is mended now";
}

TEST_F(DamagedLog, ForReadersIsToldTooAndChangesNothing) {
  overwrite(std::filesystem::file_size(log()) / 2, 3000);
  const std::uint64_t before = log_lines(LogLevel::kError);
  for (int i = 1; i <= 2; ++i) {
    const auto store = *open_key_value(folder_.path(), OpenMode::kReadOnly);
    EXPECT_LT(sound(*store), kWrites);
    EXPECT_EQ(log_lines(LogLevel::kError) - before, static_cast<std::uint64_t>(i));
  }
}

TEST_F(DamagedLog, CutAtItsEndIsWhatAnyStopLeaves) {
  std::filesystem::resize_file(log(), std::filesystem::file_size(log()) - 100);
  const std::uint64_t before = log_lines(LogLevel::kError);
  const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  EXPECT_EQ(sound(*store), kWrites - 1);
  EXPECT_EQ(log_lines(LogLevel::kError), before);
}

TEST(DataFolder, ThatCannotBeUsedIsNamed) {
  const absl::Status status = open_key_value("/dev/null", OpenMode::kReadWrite).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
  EXPECT_NE(std::string(status.message()).find("/dev/null"), std::string::npos);
}

}  // namespace
}  // namespace copytaster
