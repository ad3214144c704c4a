// The search index follows the store, and can be lost.
#include "app/indexing.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "storage/open.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

class IndexingTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = *open_store(&database_, folder_.path(), OpenMode::kReadWrite);
    start();
  }
  void start() {
    indexing_.reset();
    indexing_ = *Indexing::open(store_.get(), folder_.path());
  }
  void put(const std::string& id, const std::string& text, std::uint64_t position) {
    Item item;
    item.set_id(id);
    item.set_version(1);
    item.set_text(text);
    auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_item(*batch, item).ok());
    const std::vector<std::string> ids{id};
    ASSERT_TRUE(store_->stage_changed(*batch, position, ids).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kLater).ok());
  }
  void work_off() {
    for (int turns = 0; !indexing_->idle(); ++turns) {
      ASSERT_LT(turns, 100) << "it never comes to rest";
      ASSERT_TRUE(indexing_->turn(absl::ZeroDuration()).ok());
    }
  }
  std::vector<std::string> find(const std::string& word) { return *store_->search(word, 10); }

  TemporaryFolder folder_;
  testing::MemoryKeyValue database_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Indexing> indexing_;
};

using Ids = std::vector<std::string>;

TEST_F(IndexingTest, FindsWhatWasCommittedAndWhatChanged) {
  put("x:1", "bridges over the river", 1);
  work_off();
  EXPECT_EQ(find("river"), Ids{"x:1"});
  put("x:1", "trams through the town", 2);
  EXPECT_FALSE(indexing_->idle());
  work_off();
  EXPECT_EQ(find("river"), Ids{});
  EXPECT_EQ(find("town"), Ids{"x:1"});
}

TEST_F(IndexingTest, AnIndexThatWasDeletedIsMadeAnewFromTheStore) {
  put("x:1", "bridges over the river", 1);
  work_off();
  indexing_.reset();
  std::filesystem::remove_all(folder_.path() + "/search");
  EXPECT_EQ(find("river"), Ids{});
  start();
  EXPECT_FALSE(indexing_->idle()) << "it does not hold all of the store yet";
  work_off();
  EXPECT_EQ(find("river"), Ids{"x:1"});
}

TEST_F(IndexingTest, ADamagedIndexIsPutAsideAndMadeAnew) {
  put("x:1", "bridges over the river", 1);
  work_off();
  indexing_.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/search")) {
    std::ofstream(file.path(), std::ios::trunc) << "not an index";
  }
  start();
  work_off();
  EXPECT_EQ(find("river"), Ids{"x:1"});
  EXPECT_TRUE(std::filesystem::exists(folder_.path() + "/search.damaged"));
}

TEST_F(IndexingTest, DamageThatShowsOnlyWhileWritingIsMendedToo) {
  for (int i = 0; i < 300; ++i)
    put("x:" + std::to_string(i), "bridges over the river", static_cast<std::uint64_t>(i) + 1);
  work_off();
  indexing_.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/search")) {
    if (file.path().extension() == ".glass") std::filesystem::resize_file(file.path(), 1000);
  }
  start();
  put("x:1", "trams through the town", 301);
  work_off();
  for (const char* word : {"river", "town"})
    (void)store_->search(word, 10);  // whoever meets the damage first
  work_off();
  EXPECT_EQ(find("town"), Ids{"x:1"});
  EXPECT_EQ(find("river").size(), 10U);
}

TEST_F(IndexingTest, AStopDuringTheRebuildingBeginsItAgain) {
  for (int i = 0; i < 20; ++i) put("x:" + std::to_string(i), "bridges", static_cast<std::uint64_t>(i) + 1);
  indexing_->stop();
  ASSERT_TRUE(indexing_->turn(absl::ZeroDuration()).ok());
  EXPECT_FALSE(indexing_->idle());
  start();
  work_off();
  EXPECT_EQ(find("bridges").size(), 10U);
}

}  // namespace
}  // namespace copytaster
