// A database in memory rebuilt into another, for the tests of what stays the same.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/rebuild.h"
#include "storage/open.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/temporary_folder.h"

namespace copytaster::testing {

struct Rebuilding {
  const Officials* officials;
  MediaStore* media;
  const Clock* clock;
  std::function<const Collector*(std::string_view platform)> find_collector;
  std::vector<Account> accounts;
  std::function<bool()> stop = nullptr;
};

inline void copy_all(const MemoryKeyValue& from, MemoryKeyValue* to) {
  const auto all = to->batch();
  for (int number = 0; number < static_cast<int>(Space::kCount); ++number) {
    const auto space = static_cast<Space>(number);
    const auto copied = from.scan(space, "", "", [&](std::string_view key, std::string_view value) {
      all->put(space, key, value);
      return true;
    });
    EXPECT_TRUE(copied.ok()) << copied;
  }
  EXPECT_TRUE(to->write(*all, Durability::kSynced).ok());
}

inline absl::StatusOr<ReplayCounts> rebuild_into(MemoryKeyValue& from, MemoryKeyValue* made,
                                                 const Rebuilding& with) {
  copy_all(from, made);
  const TemporaryFolder folder;
  const auto old = *open_store(&from, folder.path(), OpenMode::kReadOnly);
  const auto store = *open_store(made, folder.path(), OpenMode::kReadWrite);
  Pipeline pipeline(*with.officials, Rules::defaults());
  return rebuild({&from, old.get(), made, store.get(), with.media, &pipeline, with.find_collector,
                  with.accounts, with.clock, 2, with.stop});
}

// Of captures alone, and the sum holds.
inline void expect_rebuilt(MemoryKeyValue& from, MemoryKeyValue* made, const Rebuilding& with) {
  const auto counts = rebuild_into(from, made, with);
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->kept, 0U) << "no capture gives " << (counts->kept_ids.empty() ? "" : counts->kept_ids[0]);
  const TemporaryFolder folder;
  const Counters counters = (*open_store(made, folder.path(), OpenMode::kReadOnly))->counters();
  EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
}

// Posts without what rests on the posts around them; other records as they are.
inline std::map<std::string, std::string> as_collected(const MemoryKeyValue& key_value, Space space) {
  std::map<std::string, std::string> all;
  const auto scanned = key_value.scan(space, "", "", [&](std::string_view key, std::string_view value) {
    Item item;
    if (space == Space::kDeadLetters || !item.ParseFromString(std::string(value)))
      return all.emplace(key, value), true;
    item.clear_story_id();
    item.clear_story_evidence();
    item.clear_newsworthiness();
    item.clear_duplicate_of();
    item.clear_may_copy();
    return all.emplace(key, item.SerializeAsString()), true;
  });
  EXPECT_TRUE(scanned.ok()) << scanned;
  return all;
}

}  // namespace copytaster::testing
