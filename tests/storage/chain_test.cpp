// The chain in the database: numbers without gaps, links over what was written, across threads and starts.
#include "core/chain.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "core/bytes.h"
#include "core/strings.h"
#include "storage/open.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

class ChainInStore : public ::testing::Test {
 protected:
  static void add(KeyValue& store, std::initializer_list<std::string_view> entries) {
    const auto batch = store.batch();
    for (const std::string_view entry : entries) batch->chain(entry);
    ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
  }
  // The entries in their order; every number and link is looked at.
  static std::vector<std::string> entries(const KeyValue& store) {
    std::vector<std::string> found;
    std::string before = chain_begin();
    EXPECT_TRUE(store
                    .scan(Space::kChain, "", "",
                          [&](std::string_view key, std::string_view value) {
                            EXPECT_EQ(from_big_endian(key), found.size());
                            const auto record = parse_chain_record(value);
                            EXPECT_TRUE(record.ok());
                            if (!record.ok()) return false;
                            EXPECT_EQ(record->link, chain_link(before, record->entry_hash));
                            before = record->link;
                            found.push_back(record->entry);
                            return true;
                          })
                    .ok());
    return found;
  }
  TemporaryFolder folder_;
};

TEST_F(ChainInStore, GoesOnAfterAStart) {
  {
    const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    add(*store, {"a", "b"});
    add(*store, {"c"});
  }
  const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  add(*store, {"d"});
  EXPECT_EQ(entries(*store), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST_F(ChainInStore, ABatchThatIsDroppedLeavesNoGap) {
  const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  add(*store, {"a"});
  {
    const auto dropped = store->batch();
    dropped->chain("never written");
  }
  add(*store, {"b"});
  EXPECT_EQ(entries(*store), (std::vector<std::string>{"a", "b"}));
}

TEST_F(ChainInStore, ABatchThatWasWrittenIsEmpty) {
  const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  const auto batch = store->batch();
  batch->chain("once");
  EXPECT_GT(batch->bytes(), 0U);
  ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  batch->put(Space::kItems, "item", "x");
  ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  EXPECT_EQ(entries(*store), std::vector<std::string>{"once"});
}

TEST_F(ChainInStore, HoldsWhoeverAddsAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  const auto store = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&store, thread] {
      for (int i = 0; i < kEach; ++i) add(*store, {str_cat(thread, "/", i)});
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(entries(*store).size(), static_cast<std::size_t>(kThreads) * kEach);
}

}  // namespace
}  // namespace copytaster
