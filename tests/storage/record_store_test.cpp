#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/bytes.h"
#include "storage/high_water_mark.h"
#include "storage/open.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

struct Opened {
  std::unique_ptr<KeyValue> key_value;
  std::unique_ptr<Store> store;
};

Opened open(const std::string& folder, OpenMode mode = OpenMode::kReadWrite) {
  Opened opened;
  auto key_value = open_key_value(folder, mode);
  EXPECT_TRUE(key_value.ok()) << key_value.status();
  opened.key_value = *std::move(key_value);
  auto store = open_store(opened.key_value.get(), folder, mode);
  EXPECT_TRUE(store.ok()) << store.status();
  opened.store = *std::move(store);
  return opened;
}

Item post(const std::string& id, const std::string& text, std::uint32_t version = 1) {
  Item item;
  item.set_id(id);
  item.set_text(text);
  item.set_version(version);
  return item;
}

void put(Store& store, const Item& item) {
  auto batch = store.batch();
  ASSERT_TRUE(store.stage_item(*batch, item).ok());
  ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
}

TEST(RecordStore, ReadsBackWhatWasWrittenAfterReopening) {
  const TemporaryFolder folder;
  put(*open(folder.path()).store, post("mastodon:https://a/1", "Bonjour Київ"));
  const auto item = open(folder.path()).store->item("mastodon:https://a/1");
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->text(), "Bonjour Київ");
}

TEST(RecordStore, NothingOfABatchIsVisibleBeforeItIsWritten) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  auto batch = opened.store->batch();
  ASSERT_TRUE(opened.store->stage_item(*batch, post("x:1", "one")).ok());
  EXPECT_TRUE(absl::IsNotFound(opened.store->item("x:1").status()));
}

TEST(RecordStore, KeepsEveryVersionAndReplacesAnEqualOne) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  put(*opened.store, post("x:1", "first", 1));
  put(*opened.store, post("x:1", "second", 2));
  put(*opened.store, post("x:1", "second, again", 2));  // at-least-once
  put(*opened.store, post("x:1", "third", 3));
  const auto versions = opened.store->versions("x:1");
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 3U);
  EXPECT_EQ((*versions)[0].text(), "first");
  EXPECT_EQ((*versions)[1].text(), "second, again");
  EXPECT_EQ((*versions)[2].text(), "third");
}

TEST(RecordStore, VersionsOfAnIdThatBeginsLikeAnotherStayApart) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  for (const char* id : {"x:1", "x:11"}) {
    put(*opened.store, post(id, "old", 1));
    put(*opened.store, post(id, "new", 2));
  }
  EXPECT_EQ(opened.store->versions("x:1")->size(), 2U);
}

TEST(RecordStore, RefusesIdsThatWouldBreakKeys) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  auto batch = opened.store->batch();
  EXPECT_TRUE(absl::IsInvalidArgument(opened.store->stage_item(*batch, post("", "no id"))));
  EXPECT_TRUE(
      absl::IsInvalidArgument(opened.store->stage_item(*batch, post(std::string("x:\0y", 4), "NUL"))));
  EXPECT_TRUE(
      absl::IsInvalidArgument(opened.store->stage_item(*batch, post(std::string(9000, 'x'), "long"))));
}

TEST(RecordStore, RecordsComeWithTheirIdsInOrderAndUnread) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  put(*opened.store, post("x:2", "two"));
  put(*opened.store, post("x:1", "one"));
  auto batch = opened.store->batch();
  batch->put(Space::kItems, "x:3", "\xff");
  ASSERT_TRUE(opened.store->write(*batch, Durability::kLater).ok());
  std::string seen;
  const auto visit = [&](std::string_view id, std::string_view record) {
    Item item;
    const bool parsed = item.ParseFromArray(record.data(), static_cast<int>(record.size()));
    seen += std::string(id) + (parsed ? "=" + item.text() : " does not parse") + "; ";
    return true;
  };
  ASSERT_TRUE(opened.store->each_item_record(visit).ok());
  EXPECT_EQ(seen, "x:1=one; x:2=two; x:3 does not parse; ");
  seen.clear();
  ASSERT_TRUE(opened.store->each_item_record([&](auto id, auto) { return seen += id, false; }).ok());
  EXPECT_EQ(seen, "x:1");
}

TEST(RecordStore, CountersAddUpOverBatchesAndReopening) {
  const TemporaryFolder folder;
  Counters delta;
  delta.set_collected(3);
  delta.set_stored(2);
  delta.set_dead_lettered(1);
  {
    const Opened opened = open(folder.path());
    for (int i = 0; i < 5; ++i) {
      auto batch = opened.store->batch();
      ASSERT_TRUE(opened.store->stage_counters(*batch, delta).ok());
      ASSERT_TRUE(opened.store->write(*batch, Durability::kLater).ok());
    }
  }
  const Counters all = open(folder.path()).store->counters();
  EXPECT_EQ(all.collected(), 15U);
  EXPECT_EQ(all.stored() + all.dead_lettered(), 15U);
}

TEST(RecordStore, StoriesComeBestFirstAndTiesById) {
  const TemporaryFolder folder;
  const Opened opened = open(folder.path());
  auto batch = opened.store->batch();
  for (const auto& [id, score] : {std::pair{"b", 2.0F}, {"a", 2.0F}, {"c", 9.0F}, {"d", 1.0F}}) {
    Story story;
    story.set_id(id);
    story.set_score(score);
    ASSERT_TRUE(opened.store->stage_story(*batch, story).ok());
  }
  ASSERT_TRUE(opened.store->write(*batch, Durability::kSynced).ok());
  const auto stories = opened.store->stories(3);
  ASSERT_TRUE(stories.ok());
  ASSERT_EQ(stories->size(), 3U);
  EXPECT_EQ((*stories)[0].id() + (*stories)[1].id() + (*stories)[2].id(), "cab");
}

std::vector<std::uint64_t> changed_positions(const Store& store) {
  std::vector<std::uint64_t> positions;
  const auto lists = store.changed(100);
  EXPECT_TRUE(lists.ok()) << lists.status();
  for (const Changed& list : lists.value_or(std::vector<Changed>{})) positions.push_back(list.position);
  return positions;
}
using Positions = std::vector<std::uint64_t>;

TEST(RecordStore, WhatIsIndexedIsTakenOffAndNothingElseAlsoAfterReopening) {
  const TemporaryFolder folder;
  const std::vector<std::string> ids{"x:1", "x:2"};
  {
    const Opened opened = open(folder.path());
    Store& store = *opened.store;
    const auto write = [&](auto stage) {
      auto batch = store.batch();
      ASSERT_TRUE(stage(*batch).ok());
      ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
    };
    const auto change = [&](std::uint64_t position) {
      write([&](WriteBatch& batch) { return store.stage_changed(batch, position, ids); });
    };
    for (const std::uint64_t position : {300U, 301U, 302U, 700U}) change(position);
    EXPECT_EQ(changed_positions(store), (Positions{300, 301, 302, 700}));
    auto lost = store.batch();  // staged and never written: nothing is taken off
    ASSERT_TRUE(store.stage_indexed(*lost, 302).ok());
    lost.reset();
    EXPECT_EQ(changed_positions(store), (Positions{300, 301, 302, 700}));
    write([&](WriteBatch& batch) { return store.stage_indexed(batch, 301); });
    EXPECT_EQ(changed_positions(store), (Positions{302, 700}));
    change(20);  // positions rise; one that does not is found all the same
    EXPECT_EQ(changed_positions(store), (Positions{20, 302, 700}));
    write([&](WriteBatch& batch) { return store.stage_indexed(batch, 302); });
  }
  EXPECT_EQ(changed_positions(*open(folder.path()).store), (Positions{700}));
}

TEST(RecordStore, ReadOnlyRefusesToWriteAndNeedsAStore) {
  const TemporaryFolder folder;
  EXPECT_TRUE(absl::IsNotFound(open_key_value(folder.path(), OpenMode::kReadOnly).status()));
  put(*open(folder.path()).store, post("x:1", "one"));
  const Opened reader = open(folder.path(), OpenMode::kReadOnly);
  EXPECT_TRUE(reader.store->item("x:1").ok());
  auto batch = reader.store->batch();
  ASSERT_TRUE(reader.store->stage_item(*batch, post("x:2", "two")).ok());
  EXPECT_TRUE(absl::IsFailedPrecondition(reader.store->write(*batch, Durability::kSynced)));
}

TEST(RecordStore, ASecondWriterIsToldWhoHasIt) {
  const TemporaryFolder folder;
  const Opened first = open(folder.path());
  const auto second = open_key_value(folder.path(), OpenMode::kReadWrite);
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status())) << second.status();
}

TEST(RecordStore, RefusesANewerSchema) {
  const TemporaryFolder folder;
  {
    const Opened opened = open(folder.path());
    auto batch = opened.key_value->batch();
    batch->put(Space::kMeta, "schema", little_endian64(99));
    ASSERT_TRUE(opened.key_value->write(*batch, Durability::kSynced).ok());
  }
  const auto refused = open_key_value(folder.path(), OpenMode::kReadWrite);
  EXPECT_TRUE(absl::IsFailedPrecondition(refused.status()));
  EXPECT_NE(std::string(refused.status().message()).find("schema 99"), std::string::npos);
}

TEST(RecordStore, AcknowledgedActionsThatAreGoneAreADataLoss) {
  const TemporaryFolder folder;
  {
    const Opened opened = open(folder.path());
    for (int i = 0; i < 3; ++i) {
      Action action;
      action.set_verb("claim");
      auto batch = opened.store->batch();
      ASSERT_TRUE(opened.store->stage_action(*batch, action).ok());
      ASSERT_TRUE(opened.store->write(*batch, Durability::kSynced).ok());
    }
  }
  ASSERT_EQ(*read_mark(folder.path()), 3U);
  { const Opened fine = open(folder.path()); }
  ASSERT_TRUE(write_mark(folder.path(), 5).ok());  // as if RocksDB had dropped two
  auto key_value = open_key_value(folder.path(), OpenMode::kReadWrite);
  ASSERT_TRUE(key_value.ok());
  const auto store = open_store(key_value->get(), folder.path(), OpenMode::kReadWrite);
  EXPECT_TRUE(absl::IsDataLoss(store.status())) << store.status();
  EXPECT_NE(std::string(store.status().message()).find("3 to 4"), std::string::npos);
}

TEST(FolderMedia, KeepsBytesUnderTheirHashAndNoticesAChange) {
  const TemporaryFolder folder;
  auto media = *open_folder_media(folder.path(), OpenMode::kReadWrite);
  const auto sha256 = media->put("picture bytes");
  ASSERT_TRUE(sha256.ok());
  EXPECT_EQ(*media->put("picture bytes"), *sha256);
  EXPECT_EQ(*media->get(*sha256), "picture bytes");
  EXPECT_TRUE(absl::IsInvalidArgument(media->get("../../etc/passwd").status()));
  std::ofstream(folder.path() + "/media/" + sha256->substr(0, 2) + "/" + *sha256) << "other";
  EXPECT_TRUE(absl::IsDataLoss(media->get(*sha256).status()));
}

}  // namespace
}  // namespace copytaster
