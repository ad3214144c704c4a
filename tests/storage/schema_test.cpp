// A store of an older program is brought to this one's schema, whenever that is interrupted; one of a newer
// program is refused.
#include "storage/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>

#include "core/bytes.h"
#include "core/chain.h"
#include "core/crash_point.h"
#include "core/strings.h"
#include "core/text.h"
#include "tests/support/memory_key_value.h"
#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// Hashes of the captures that the chain names, in its order; every number and link is looked at.
std::vector<std::string> chained(const KeyValue& store) {
  std::vector<std::string> found;
  std::string before = chain_begin();
  EXPECT_TRUE(store
                  .scan(Space::kChain, "", "",
                        [&](std::string_view key, std::string_view value) {
                          EXPECT_EQ(from_big_endian(key), found.size());
                          const auto record = parse_chain_record(value);
                          EXPECT_TRUE(record.ok() && record->link == chain_link(before, record->entry_hash));
                          before = record->link;
                          Capture capture;
                          EXPECT_TRUE(capture.ParseFromString(record->entry));
                          EXPECT_EQ(capture.body(), "") << "the body stands once in the store";
                          found.push_back(capture.sha256());
                          return true;
                        })
                  .ok());
  return found;
}

std::vector<std::string> keys(const KeyValue& store, Space space) {
  std::vector<std::string> found;
  EXPECT_TRUE(store
                  .scan(space, "", "",
                        [&](std::string_view key, std::string_view) {
                          found.emplace_back(key);
                          return true;
                        })
                  .ok());
  return found;
}

class OlderStore : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(std::string(COPYTASTER_SOURCE_DIR) + "/tests/storage/schema1", folder_.path(),
                          std::filesystem::copy_options::recursive);
  }
  TemporaryFolder folder_;
};

TEST_F(OlderStore, OfSchema1IsBroughtToThisOne) {
  std::vector<std::string> captures;
  {
    const auto store = open_key_value(folder_.path(), OpenMode::kReadWrite);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ(from_little_endian64(*(*store)->get(Space::kMeta, "schema")), kSchema);
    captures = keys(**store, Space::kCaptures);
    ASSERT_EQ(captures.size(), 3U);
    EXPECT_EQ(chained(**store), captures);
    EXPECT_EQ(keys(**store, Space::kItems).size(), 3U);
    EXPECT_TRUE(absl::IsNotFound((*store)->get(Space::kMeta, "migration/reached").status()));
  }
  const auto again = *open_key_value(folder_.path(), OpenMode::kReadWrite);
  EXPECT_EQ(chained(*again), captures) << "once";
}

TEST_F(OlderStore, IsNotTouchedByAReader) {
  const auto store = open_key_value(folder_.path(), OpenMode::kReadOnly);
  ASSERT_TRUE(absl::IsFailedPrecondition(store.status())) << store.status();
  EXPECT_THAT(store.status().message(), AllOf(HasSubstr("older schema"), HasSubstr("copytaster run")));
}

TEST(NewerStore, IsRefusedByItsNumber) {
  const TemporaryFolder folder;
  {
    const auto store = *open_key_value(folder.path(), OpenMode::kReadWrite);
    const auto batch = store->batch();
    batch->put(Space::kMeta, "schema", little_endian64(kSchema + 1));
    ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
  }
  for (const OpenMode mode : {OpenMode::kReadWrite, OpenMode::kReadOnly}) {
    const auto store = open_key_value(folder.path(), mode);
    ASSERT_TRUE(absl::IsFailedPrecondition(store.status())) << store.status();
    EXPECT_THAT(store.status().message(), HasSubstr(str_cat("has schema ", kSchema + 1)));
  }
}

TEST(NewerStore, IsRefusedByASpaceThatIsNotKnown) {
  const TemporaryFolder folder;
  { const auto store = *open_key_value(folder.path(), OpenMode::kReadWrite); }
  {
    const std::string path = folder.path() + "/db";
    std::vector<std::string> names;
    ASSERT_TRUE(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names).ok());
    names.emplace_back("of_tomorrow");
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    rocksdb::DBOptions options;
    options.create_missing_column_families = true;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* database = nullptr;
    // The merge operator of the counters is not needed: nothing is read.
    ASSERT_TRUE(rocksdb::DB::Open(options, path, families, &handles, &database).ok());
    for (auto* handle : handles) ASSERT_TRUE(database->DestroyColumnFamilyHandle(handle).ok());
    delete database;
  }
  const auto store = open_key_value(folder.path(), OpenMode::kReadWrite);
  ASSERT_TRUE(absl::IsFailedPrecondition(store.status())) << store.status();
  EXPECT_THAT(store.status().message(), AllOf(HasSubstr("of_tomorrow"), HasSubstr("newer")));
}

// A thousand captures, and a write that fails at each place in turn: as far as the store can tell that is a
// stop there.
TEST(Migration, GoesOnWhereItWasStopped) {
  constexpr int kCaptures = 1000;
  for (int stop = 0; stop < 7; ++stop) {
    SCOPED_TRACE(stop);
    testing::MemoryKeyValue store;
    auto batch = store.batch();
    batch->put(Space::kMeta, "schema", little_endian64(1));
    for (int i = 0; i < kCaptures; ++i) {
      Capture capture;
      capture.set_body(str_cat("body ", i));
      capture.set_sha256(sha256_hex(capture.body()));
      batch->put(Space::kCaptures, capture.sha256(), capture.SerializeAsString());
    }
    ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
    int writes = 0;
    store.before_write([&] {
      if (writes++ == stop) store.fail_writes(absl::UnavailableError("stopped"));
    });
    const absl::Status stopped = open_schema(store, OpenMode::kReadWrite);
    EXPECT_EQ(stopped.ok(), writes <= stop) << "it takes " << writes << " writes";
    if (!stopped.ok()) {
      EXPECT_LT(from_little_endian64(*store.get(Space::kMeta, "schema")), kSchema);
    }
    store.before_write(nullptr);
    store.fail_writes(absl::OkStatus());
    ASSERT_TRUE(open_schema(store, OpenMode::kReadWrite).ok());
    const std::vector<std::string> names = chained(store);
    EXPECT_EQ(names.size(), static_cast<std::size_t>(kCaptures));
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  }
}

// A process that brings the store to its schema and is killed in it; the chance is in which batch, and
// whether before the number is set.
void migrate_and_die(const std::string& folder, const std::string& where) {
  const pid_t child = fork();
  if (child == 0) {
    setenv("COPYTASTER_CRASH_AT", where.c_str(), 1);
    if (!arm_crash_points().ok()) _exit(1);
    (void)open_key_value(folder, OpenMode::kReadWrite);
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << where << " was not met: " << status;
}

// COPYTASTER_FULL: fifty.
TEST(Migration, SurvivesKills) {
  constexpr int kCaptures = 3000;  // twelve batches
  const char* const set = std::getenv("COPYTASTER_SEED");
  const unsigned seed =
      set != nullptr ? static_cast<unsigned>(std::strtoul(set, nullptr, 10)) : std::random_device()();
  SCOPED_TRACE(str_cat("COPYTASTER_SEED=", seed));
  std::mt19937 random(seed);
  const int wanted = std::getenv("COPYTASTER_FULL") == nullptr ? 12 : 50;
  int kills = 0;
  while (kills < wanted) {
    const TemporaryFolder folder;
    {
      const auto store = *open_key_value(folder.path(), OpenMode::kReadWrite);
      const auto batch = store->batch();
      batch->put(Space::kMeta, "schema", little_endian64(1));
      for (int i = 0; i < kCaptures; ++i) {
        Capture capture;
        capture.set_body(str_cat("body ", i));
        capture.set_sha256(sha256_hex(capture.body()));
        batch->put(Space::kCaptures, capture.sha256(), capture.SerializeAsString());
      }
      ASSERT_TRUE(store->write(*batch, Durability::kSynced).ok());
    }
    for (int left = kCaptures / 256 + 1; left > 0 && kills < wanted; ++kills) {
      const int batches = 1 + static_cast<int>(random() % 3);
      const bool all = batches > left;
      migrate_and_die(folder.path(), all ? "migration.number:1" : str_cat("migration.batch:", batches));
      if (::testing::Test::HasFatalFailure()) return;
      if (all) break;
      left -= batches;
    }
    const auto store = open_key_value(folder.path(), OpenMode::kReadWrite);
    ASSERT_TRUE(store.ok()) << store.status();
    EXPECT_EQ(from_little_endian64(*(*store)->get(Space::kMeta, "schema")), kSchema);
    EXPECT_EQ(chained(**store), keys(**store, Space::kCaptures)) << "each once, in the order of the keys";
  }
  std::printf("proof: a migration survived %d kills\n", kills);
}

TEST(Migration, DoesNotChainWhatItCannotRead) {
  testing::MemoryKeyValue store;
  auto batch = store.batch();
  batch->put(Space::kMeta, "schema", little_endian64(1));
  batch->put(Space::kCaptures, "abc", "\xff\xff no capture");
  ASSERT_TRUE(store.write(*batch, Durability::kSynced).ok());
  const absl::Status refused = open_schema(store, OpenMode::kReadWrite);
  EXPECT_TRUE(absl::IsDataLoss(refused)) << refused;
  EXPECT_THAT(refused.message(), HasSubstr("abc"));
}

}  // namespace
}  // namespace copytaster
