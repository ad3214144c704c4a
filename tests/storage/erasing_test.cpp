// What is taken out of a store is gone: from its answers, and after a rewriting from its files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"
#include "storage/erasure_keys.h"
#include "storage/open.h"
#include "storage/rewriting.h"
#include "storage/search_index.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Letters by chance: no compression makes anything else of them, so that they can be looked for in any file.
std::string canary(unsigned seed) {
  std::mt19937 random(seed);
  std::string word;
  for (int i = 0; i < 40; ++i) word += static_cast<char>('a' + random() % 26);
  return word;
}

std::vector<std::string> files_with(const std::string& folder, std::string_view what) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.find(what) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

class ErasingInStore : public ::testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    store_.reset();
    key_value_.reset();
    key_value_ = *open_key_value(folder_.path(), OpenMode::kReadWrite);
    store_ = *open_store(key_value_.get(), folder_.path(), OpenMode::kReadWrite);
  }
  template <typename Stage>
  void write(Stage stage) {
    auto batch = store_->batch();
    stage(*batch);
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  }
  void put(const std::string& id, const std::string& text, std::uint32_t version = 1) {
    Item item;
    item.set_id(id);
    item.set_text(text);
    item.set_version(version);
    write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_item(batch, item).ok()); });
  }

  TemporaryFolder folder_;
  std::unique_ptr<KeyValue> key_value_;
  std::unique_ptr<Store> store_;
};

TEST_F(ErasingInStore, APostGoesWithAllItsVersionsAndNoOtherOne) {
  for (std::uint32_t version = 1; version <= 3; ++version)
    put("feed:1", str_cat("version ", version), version);
  put("feed:10", "its id begins alike");
  put("feed:10", "its id begins alike, edited", 2);
  write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_item_erased(batch, "feed:1").ok()); });
  EXPECT_TRUE(absl::IsNotFound(store_->item("feed:1").status()));
  EXPECT_TRUE(absl::IsNotFound(store_->versions("feed:1").status()));
  EXPECT_THAT(*store_->versions("feed:10"), SizeIs(2));
  int versions = 0;
  ASSERT_TRUE(key_value_->scan(Space::kVersions, "", "", [&](auto, auto) { return ++versions, true; }).ok());
  EXPECT_EQ(versions, 1);
}

TEST_F(ErasingInStore, ATombstoneIsFoundAlsoAfterReopening) {
  EXPECT_TRUE(absl::IsNotFound(store_->tombstone("item:feed:1").status()));
  Tombstone stone;
  stone.set_subject("item:feed:1");
  stone.set_erasure_id("e1");
  write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_tombstone(batch, stone).ok()); });
  for (int opening = 0; opening < 2; ++opening) {
    ASSERT_TRUE(store_->tombstone("item:feed:1").ok());
    EXPECT_EQ(store_->tombstone("item:feed:1")->erasure_id(), "e1");
    EXPECT_TRUE(absl::IsNotFound(store_->tombstone("item:feed:2").status()));
    open();
  }
}

TEST_F(ErasingInStore, ReceiptsComeNewestFirstAndAnEqualIdReplaces) {
  for (int i = 0; i < 3; ++i) {
    Erasure receipt;
    receipt.set_id(str_cat("e", i));
    set_timestamp(receipt.mutable_at(), absl::FromUnixSeconds(1'650'000'000 + i));
    write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_erasure(batch, receipt).ok()); });
    receipt.set_items(7);
    write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_erasure(batch, receipt).ok()); });
  }
  std::vector<std::string> ids;
  const std::vector<Erasure> newest = *store_->erasures(2);
  for (const Erasure& receipt : newest) {
    ids.push_back(receipt.id());
    EXPECT_EQ(receipt.items(), 7U);
  }
  EXPECT_THAT(ids, ElementsAre("e2", "e1"));
}

TEST_F(ErasingInStore, NoFileHoldsWhatWasErasedAfterARewriting) {
  const std::string secret = canary(1);
  const std::string kept = canary(2);
  put("feed:1", secret);
  put("feed:1", secret + " edited", 2);
  put("feed:2", kept);
  Capture capture;
  capture.set_sha256(std::string(64, 'a'));
  capture.set_body(secret);
  write([&](WriteBatch& batch) { ASSERT_TRUE(store_->stage_capture(batch, capture).ok()); });
  Parcel parcel;
  parcel.add_items()->set_text(secret);
  write([&](WriteBatch& batch) { batch.put(Space::kLog, "1", parcel.SerializeAsString()); });
  open();  // tables and log both hold it
  put("feed:3", secret);
  ASSERT_FALSE(files_with(folder_.path(), secret).empty()) << "the test must be able to fail";
  write([&](WriteBatch& batch) {
    for (const std::string id : {"feed:1", "feed:3"}) ASSERT_TRUE(store_->stage_item_erased(batch, id).ok());
    ASSERT_TRUE(store_->stage_capture_erased(batch, capture.sha256()).ok());
    batch.erase(Space::kLog, "1");
  });
  ASSERT_FALSE(files_with(folder_.path(), secret).empty()) << "a deletion alone leaves it in the files";
  constexpr std::array kSpaces =
      std::to_array<Space>({Space::kItems, Space::kVersions, Space::kCaptures, Space::kLog});
  ASSERT_TRUE(rewrite_files(*key_value_, kSpaces).ok());
  EXPECT_THAT(files_with(folder_.path(), secret), IsEmpty());
  EXPECT_THAT(files_with(folder_.path(), kept), SizeIs(1)) << "what was not erased is there";
  EXPECT_EQ(store_->item("feed:2")->text(), kept);
}

TEST_F(ErasingInStore, ARewritingEndsWhenItIsTimeToStop) {
  for (int i = 0; i < 100; ++i) put(str_cat("feed:", i), canary(static_cast<unsigned>(i)));
  constexpr std::array kSpaces = std::to_array<Space>({Space::kItems, Space::kVersions});
  std::atomic<bool> stop{true};
  EXPECT_TRUE(absl::IsCancelled(rewrite_files(*key_value_, kSpaces, &stop)));
  EXPECT_TRUE(store_->item("feed:99").ok());
  stop = false;
  EXPECT_TRUE(rewrite_files(*key_value_, kSpaces, &stop).ok());
  EXPECT_TRUE(store_->item("feed:0").ok());
}

TEST_F(ErasingInStore, TheSearchIndexHoldsNothingOfItAfterARewriting) {
  const std::string secret = canary(3);
  Item item;
  item.set_id("feed:1");
  item.set_text(str_cat("The council of ", secret));
  auto writer = *open_search_writer(folder_.path());
  ASSERT_TRUE(writer->add(item).ok());
  item.set_id("feed:2");
  item.set_text("The council has met.");
  ASSERT_TRUE(writer->add(item).ok());
  ASSERT_TRUE(writer->set_complete().ok());
  Item gone;
  gone.set_id("feed:1");
  gone.set_state(GONE);
  ASSERT_TRUE(writer->add(gone).ok());
  ASSERT_TRUE(writer->commit().ok());
  auto anew = rewrite_search_index(folder_.path(), std::move(writer));
  ASSERT_TRUE(anew.ok()) << anew.status();
  EXPECT_TRUE((*anew)->complete());
  EXPECT_THAT(files_with(folder_.path(), secret), IsEmpty());
  EXPECT_THAT(*search_items(folder_.path(), secret, 10), IsEmpty());
  EXPECT_THAT(*search_items(folder_.path(), "council", 10), ElementsAre("feed:2"));
  item.set_id("feed:3");
  ASSERT_TRUE((*anew)->add(item).ok()) << "it goes on";
  ASSERT_TRUE((*anew)->commit().ok());
  EXPECT_THAT(*search_items(folder_.path(), "council", 10), SizeIs(2));
}

TEST(ErasingMedia, TakesTheFileAndListsTheOthers) {
  TemporaryFolder folder;
  const auto media = *open_folder_media(folder.path(), OpenMode::kReadWrite);
  const std::string one = *media->put("one");
  const std::string other = *media->put("other");
  ASSERT_TRUE(media->erase(one).ok());
  EXPECT_TRUE(media->erase(one).ok()) << "there is none any more";
  EXPECT_FALSE(media->has(one));
  EXPECT_TRUE(absl::IsInvalidArgument(media->erase("../db")));
  std::vector<std::string> names;
  ASSERT_TRUE(media->each([&](std::string_view name) { return names.emplace_back(name), true; }).ok());
  EXPECT_THAT(names, ElementsAre(other));
}

}  // namespace
}  // namespace copytaster
