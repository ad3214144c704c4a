// A record that cannot be taken in never blocks and never vanishes.
#include <gtest/gtest.h>

#include "app/balance.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"
#include "processing_support.h"

namespace copytaster {
namespace {

Item post(const std::string& native_id, const std::string& text) {
  Item item;
  item.set_platform("mastodon");
  item.set_native_id(native_id);
  item.set_id(item_id("mastodon", native_id));
  item.set_account_id("mastodon:mayor");
  item.mutable_author()->set_name("A Mayor");
  item.set_text(text);
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1650000000));
  item.set_content_hash(content_hash(item));
  return item;
}

class PoisonTest : public testing::ProcessingFixture {
 protected:
  void SetUp() override {
    ProcessingFixture::SetUp();
    restart();
  }
  void restart() {
    start();
    processing_ = std::make_unique<Processing>(
        ProcessingDependencies{
            bus_.get(), store_.get(), &media_, pipeline_.get(), &clock_, nullptr, nullptr, {}, &database_},
        2);
    ASSERT_TRUE(processing_->restore().ok());
  }
  void put(Space space, const std::string& key, std::string_view value) {
    const auto batch = database_.batch();
    batch->put(space, key, value);
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  }
  std::vector<DeadLetter> letters() const { return *store_->dead_letters(100); }
  void expect_balance() const {
    const Balance balance = balance_now(*store_, *bus_);
    EXPECT_TRUE(balance.settled);
    EXPECT_EQ(balance.unaccounted(), 0) << store_->counters().ShortDebugString();
  }
};

TEST_F(PoisonTest, ARecordThatDoesNotParseIsPassedByAndCounted) {
  append({post("1", "The first"), post("2", "damaged on its way"), post("3", "The third")});
  append({post("4", "The fourth")});
  const std::string key = big_endian(std::uint64_t{0});
  std::string bytes = *database_.get(Space::kLog, key);
  bytes.replace(bytes.find("damaged"), 2, "\xff\xff");
  put(Space::kLog, key, bytes);
  restart();  // what is in memory is whole
  ASSERT_TRUE(turn().ok());
  for (const char* id : {"mastodon:1", "mastodon:3", "mastodon:4"}) EXPECT_TRUE(store_->item(id).ok()) << id;
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].stage(), letter_stage::kLog);
  EXPECT_TRUE(letters()[0].has_at());
  EXPECT_EQ(store_->counters().stored(), 3U);
  EXPECT_EQ(store_->counters().dead_lettered(), 1U);
  expect_balance();
}

TEST_F(PoisonTest, APostWhoseStoredFormIsDamagedBlocksNoOther) {
  append({post("1", "The town hall opens its doors on Saturday.")});
  ASSERT_TRUE(turn().ok());
  put(Space::kItems, "mastodon:1", "\xff\xff\xff no item");
  append({post("1", "An edit of it"), post("2", "The library stays closed until the end of the month.")});
  append({post("3", "The bridge is open again, said the mayor.")});
  ASSERT_TRUE(turn().ok());
  EXPECT_TRUE(store_->item("mastodon:2").ok());
  EXPECT_FALSE(store_->item("mastodon:2")->story_id().empty());
  EXPECT_TRUE(store_->item("mastodon:3").ok());
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].stage(), letter_stage::kProcess);
  EXPECT_EQ(letters()[0].native_id(), "1");
  EXPECT_EQ(posts_of(letters()[0]), 1U);
  expect_balance();
  EXPECT_EQ(bus_->lag("process"), 0U);
}

TEST_F(PoisonTest, NewsOfADamagedPostCountNoPost) {
  append({post("1", "The town hall opens its doors on Saturday.")});
  ASSERT_TRUE(turn().ok());
  put(Space::kItems, "mastodon:1", "\xff\xff\xff no item");
  Parcel parcel;
  parcel.set_account_id("mastodon:mayor");
  Deletion* gone = parcel.add_deletions();
  gone->set_item_id("mastodon:1");
  gone->set_state(GONE);
  append(parcel);
  append({post("2", "The library stays closed until the end of the month.")});
  ASSERT_TRUE(turn().ok());
  EXPECT_TRUE(store_->item("mastodon:2").ok());
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(letters()[0].stage(), letter_stage::kUpdate);
  EXPECT_EQ(posts_of(letters()[0]), 0U);
  Parcel kept;
  ASSERT_TRUE(kept.ParseFromString(letters()[0].payload()));
  EXPECT_EQ(kept.deletions(0).item_id(), "mastodon:1");
  expect_balance();
}

// What an attempt has taught about other posts must not stand in memory when it is given up.
TEST_F(PoisonTest, AFailedAttemptLeavesNothingBehind) {
  const std::string words =
      "The new tram line to the harbour opens on Friday at ten, with music and free rides.";
  append({post("1", words)});
  append({post("9", "Something that will be damaged, about bins and their collection.")});
  ASSERT_TRUE(turn().ok());
  put(Space::kItems, "mastodon:9", "\xff\xff\xff no item");
  append({post("2", words), post("9", "Its edit")});
  append({post("3", words)});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->duplicate_of().item_id(), "");
  EXPECT_EQ(store_->item("mastodon:2")->duplicate_of().item_id(), "mastodon:1");
  EXPECT_EQ(store_->item("mastodon:3")->duplicate_of().item_id(), "mastodon:1");
  EXPECT_EQ(store_->item("mastodon:2")->version(), 1U);
  EXPECT_EQ(store_->counters().stored(), 4U);
  expect_balance();
}

TEST_F(PoisonTest, AFullDiskIsNoFaultOfARecord) {
  append({post("1", "one")});
  database_.fail_writes(absl::UnavailableError("disk full"));
  EXPECT_TRUE(absl::IsUnavailable(turn()));
  EXPECT_TRUE(letters().empty());
}

TEST_F(PoisonTest, TheSamePostRefusedAgainIsOneLetterThatCountsBoth) {
  const std::string huge(9000, 'x');
  append({post(huge, "too long")});
  ASSERT_TRUE(turn().ok());
  append({post(huge, "too long")});
  ASSERT_TRUE(turn().ok());
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(posts_of(letters()[0]), 2U);
  expect_balance();
}

}  // namespace
}  // namespace copytaster
