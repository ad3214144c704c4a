// From the bus to the store, with a database that fails on demand.
#include "app/processing.h"

#include <gtest/gtest.h>

#include <set>

#include "app/story_records.h"
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

class ProcessingTest : public testing::ProcessingFixture {
 protected:
  void expect_sum() const {
    const Counters all = store_->counters();
    EXPECT_EQ(all.collected(), all.stored() + all.dead_lettered()) << all.ShortDebugString();
  }
};

std::vector<std::string> texts(const absl::StatusOr<std::vector<Item>>& versions) {
  std::vector<std::string> out;
  if (!versions.ok()) return out;
  for (const Item& item : *versions) out.push_back(item.text());
  return out;
}
using Texts = std::vector<std::string>;

Parcel counted(const Item& item, std::uint64_t likes, std::uint32_t age_seconds) {
  Parcel parcel;
  EngagementAt* noted = parcel.add_engagements();
  noted->set_item_id(item.id());
  noted->set_age_seconds(age_seconds);
  noted->mutable_engagement()->set_likes(likes);
  return parcel;
}

TEST_F(ProcessingTest, CountsChangeThePostsWeightAndItsStorysAndNothingElse) {
  const Item fetched = post("1", "The new tram line to the harbour opens in May, said the mayor.");
  append({fetched});
  ASSERT_TRUE(turn().ok());
  const Item before = *store_->item("mastodon:1");
  const Story story = *store_->story(before.story_id());
  append(counted(fetched, 4000, 3600));
  ASSERT_TRUE(turn().ok());
  Item after = *store_->item("mastodon:1");
  EXPECT_EQ(after.engagement().likes(), 4000U);
  ASSERT_EQ(after.engagement_history_size(), 1);
  EXPECT_EQ(after.engagement_history(0).age_seconds(), 3600U);
  EXPECT_GT(after.newsworthiness().score(), before.newsworthiness().score());
  EXPECT_GT(store_->story(before.story_id())->score(), story.score());
  after.clear_engagement();
  after.clear_engagement_history();
  *after.mutable_newsworthiness() = before.newsworthiness();
  EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());
  expect_sum();
}

TEST_F(ProcessingTest, CountsInTheTurnOfThePostItselfAreItsCounts) {
  const Item fetched = post("1", "The new tram line to the harbour opens in May, said the mayor.");
  append({fetched});
  append(counted(fetched, 7, 600));
  append(counted(fetched, 9, 3600));
  ASSERT_TRUE(turn().ok());
  const Item item = *store_->item("mastodon:1");
  EXPECT_EQ(item.engagement().likes(), 9U);
  EXPECT_EQ(item.engagement_history_size(), 2);
  EXPECT_FALSE(item.language().empty());
  EXPECT_FALSE(item.story_id().empty());
}

TEST_F(ProcessingTest, AnIdThatCannotBeAKeyIsADeadLetterAndStopsNobody) {
  const std::string huge(9000, 'x');
  append({post(std::string("a\0b", 3), "with a NUL byte"), post(huge, "too long"), post("", "fine")});
  append({post("good", "A post like others")});
  ASSERT_TRUE(turn().ok());
  EXPECT_TRUE(store_->item("mastodon:good").ok());
  const auto letters = *store_->dead_letters(10);
  ASSERT_EQ(letters.size(), 2U);
  for (const DeadLetter& letter : letters) {
    EXPECT_FALSE(letter.reason().empty());
    EXPECT_EQ(letter.account_id(), "mastodon:mayor");
    Item kept;
    EXPECT_TRUE(kept.ParseFromString(letter.payload())) << "the post itself is in the letter";
  }
  expect_sum();
  start();
  EXPECT_TRUE(turn().ok());
  EXPECT_EQ(bus_->lag("process"), 0U);
}

// A store that cannot take one post, whatever the reason.
class PickyStore final : public testing::MemoryStore {
 public:
  using MemoryStore::MemoryStore;
  absl::Status stage_item(WriteBatch& batch, const Item& item) override {
    if (item.text().starts_with("unstorable")) return absl::InvalidArgumentError("it cannot be stored");
    return MemoryStore::stage_item(batch, item);
  }
};

TEST_F(ProcessingTest, ARefusedEditLeavesThePostAsItWas) {
  store_ = std::make_unique<PickyStore>(&database_);
  processing_ = std::make_unique<Processing>(
      ProcessingDependencies{bus_.get(), store_.get(), &media_, pipeline_.get(), &clock_}, 2);
  const std::string words =
      "The new bridge over the Seine opens on Friday at ten, with music and free rides.";
  append({post("1", words)});
  ASSERT_TRUE(turn().ok());
  const std::string story = store_->item("mastodon:1")->story_id();
  append({post("1", "unstorable")});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->text(), words);
  ASSERT_TRUE(store_->story(story).ok()) << "a post that is shown needs its story";
  append({post("2", words)});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:2")->duplicate_of().item_id(), "mastodon:1") << "still the one to copy";
  expect_sum();
}

TEST_F(ProcessingTest, APostThatCannotBeReadIsNotTakenForANewOne) {
  append({post("1", "first")});
  append({post("1", "second")});
  ASSERT_TRUE(turn().ok());
  ASSERT_EQ(store_->item("mastodon:1")->version(), 2U);
  database_.fail_reads(Space::kItems, absl::UnavailableError("a passing fault"));
  append({post("1", "third")});
  EXPECT_TRUE(absl::IsUnavailable(turn())) << "the service must stop, not start the post anew";
  database_.fail_reads(Space::kItems, absl::OkStatus());
  start();
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->version(), 3U);
  EXPECT_EQ(texts(store_->versions("mastodon:1")), (Texts{"first", "second", "third"}));
  expect_sum();
}

TEST_F(ProcessingTest, EveryVersionIsKeptHoweverManyComeAtOnce) {
  append({post("1", "one"), post("1", "two")});
  append({post("1", "three")});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(texts(store_->versions("mastodon:1")), (Texts{"one", "two", "three"}));
  append({post("1", "four"), post("1", "five")});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(texts(store_->versions("mastodon:1")), (Texts{"one", "two", "three", "four", "five"}));
  EXPECT_EQ(store_->item("mastodon:1")->version(), 5U);
  expect_sum();
}

TEST_F(ProcessingTest, AVersionThatWasOvertakenIsProcessedToo) {
  append({post("1", "Die Stadt baut eine neue Brücke über den Fluss."), post("1", "Geändert.")});
  ASSERT_TRUE(turn().ok());
  const auto versions = *store_->versions("mastodon:1");
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].language(), "de");
}

Parcel deletion(const std::string& item_id, ItemState state) {
  Parcel parcel;
  Deletion* gone = parcel.add_deletions();
  gone->set_item_id(item_id);
  gone->set_state(state);
  gone->set_proof("HTTP 404 on the status itself");
  gone->set_capture_sha256(std::string(64, 'a'));
  set_timestamp(gone->mutable_seen_at(), absl::FromUnixSeconds(1650001000));
  return parcel;
}

TEST_F(ProcessingTest, WhatIsGoneKeepsItsProofUntilItIsServedAgain) {
  append({post("1", "here")});
  append(deletion("mastodon:1", GONE));
  ASSERT_TRUE(turn().ok());
  Item item = *store_->item("mastodon:1");
  EXPECT_EQ(item.state(), GONE);
  EXPECT_EQ(item.gone_proof(), "HTTP 404 on the status itself");
  EXPECT_EQ(item.gone_capture_sha256(), std::string(64, 'a'));
  append({post("1", "here")});
  ASSERT_TRUE(turn().ok());
  item = *store_->item("mastodon:1");
  EXPECT_EQ(item.state(), LIVE);
  EXPECT_EQ(item.gone_proof(), "");
  EXPECT_EQ(item.gone_capture_sha256(), "");
}

TEST_F(ProcessingTest, ADeletionThatDoesNotSaySoProvesNothing) {
  append({post("1", "here")});
  append(deletion("mastodon:1", LIVE));
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->state(), UNKNOWN);
  EXPECT_FALSE(store_->item("mastodon:1")->has_gone_at());
}

TEST_F(ProcessingTest, GoneAndServedAgainInOneTurnIsLive) {
  append({post("1", "here")});
  ASSERT_TRUE(turn().ok());
  append(deletion("mastodon:1", GONE));
  append({post("1", "here")});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->state(), LIVE);
  const std::string story = store_->item("mastodon:1")->story_id();
  EXPECT_TRUE(store_->story(story).ok()) << "its story must not be gone either";
}

TEST_F(ProcessingTest, AFailedCommitRepeatsTheWorkWithTheSameResult) {
  append({post("1", "one"), post("2", "two")});
  database_.fail_writes(absl::UnavailableError("disk full"));
  EXPECT_FALSE(turn().ok());
  EXPECT_FALSE(store_->item("mastodon:1").ok()) << "nothing was written";
  database_.fail_writes(absl::OkStatus());
  start();
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:1")->version(), 1U);
  EXPECT_EQ(store_->counters().stored(), 2U);
  expect_sum();
}

// ---- story records wait while more work does

class StoryRecordsTest : public ProcessingTest {
 protected:
  static constexpr int kParcels = 130;  // two turns of 64 and a rest
  void SetUp() override {
    ProcessingTest::SetUp();
    for (int i = 0; i < kParcels; ++i) append({post(str_cat(i), str_cat("Post number ", i, " of the day"))});
  }
  [[nodiscard]] std::size_t records() const { return store_->stories(1000)->size(); }
  // Each item's story has a record, and no record is without items.
  void expect_complete() const {
    std::set<std::string> wanted;
    ASSERT_TRUE(
        store_->each_item([&](const Item& item) { return wanted.insert(item.story_id()), true; }).ok());
    std::set<std::string> have;
    const std::vector<Story> stories = *store_->stories(1000);
    for (const Story& story : stories) have.insert(story.id());
    EXPECT_EQ(have, wanted);
    EXPECT_TRUE(store_->stories_behind()->empty());
  }
};

TEST_F(StoryRecordsTest, AreMadeWhenTheBusIsDrained) {
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(records(), 0U);
  EXPECT_FALSE(store_->stories_behind()->empty()) << "what is behind is stored with what left it so";
  ASSERT_TRUE(turn().ok());
  ASSERT_TRUE(turn().ok());
  expect_complete();
}

TEST_F(StoryRecordsTest, AreMadeAfterARestartThoughNothingComes) {
  ASSERT_TRUE(turn().ok());
  const auto behind = *store_->stories_behind();
  ASSERT_FALSE(behind.empty());
  start();
  while (bus_->lag("process") > 0) ASSERT_TRUE(turn().ok());
  expect_complete();
  auto batch = store_->batch();  // as if the stop had come before the last record
  ASSERT_TRUE(store_->stage_story_erased(*batch, behind[0]).ok());
  ASSERT_TRUE(store_->stage_stories_behind(*batch, {behind[0]}).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kLater).ok());
  start();
  ASSERT_TRUE(turn().ok());
  expect_complete();
}

TEST_F(StoryRecordsTest, AreNotPutOffForEver) {
  ASSERT_TRUE(turn().ok());
  ASSERT_EQ(records(), 0U);
  clock_.set(clock_.now() + StoryRecords::kPatience);
  ASSERT_TRUE(turn().ok());
  EXPECT_GT(records(), 0U) << "though more waits";
  EXPECT_GT(bus_->lag("process"), 0U);
  EXPECT_TRUE(store_->stories_behind()->empty());
}

// A record whose top fields can be stepped over, though it does not parse.
std::string broken(const Item& item) {
  std::string record = item.SerializeAsString();
  record += "\xfa\x02\x02\xff\xff";  // field 47, the fingerprint: two bytes that are none
  return record;
}

TEST_F(ProcessingTest, WhatIsOutOfTheWindowIsNotDecodedAtAStart) {
  append({post("new", "The new tram line to the harbour opens in May, said the mayor.")});
  ASSERT_TRUE(turn().ok());
  Item old = post("old", "Long ago.");
  old.mutable_created_at()->set_seconds(old.created_at().seconds() - 100 * 86400);
  const auto put = [&](const Item& item) {
    Item read;
    ASSERT_FALSE(read.ParseFromString(broken(item)));
    auto batch = database_.batch();
    batch->put(Space::kItems, item.id(), broken(item));
    ASSERT_TRUE(database_.write(*batch, Durability::kLater).ok());
  };
  put(old);
  start();  // expects that memory is restored
  append({post("copy", "The new tram line to the harbour opens in May, said the mayor.")});
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("mastodon:copy")->duplicate_of().item_id(), "mastodon:new");
  put(post("recent", "Just now."));
  Pipeline pipeline(officials_, Rules::defaults());
  Processing again({bus_.get(), store_.get(), &media_, &pipeline, &clock_}, 1);
  const absl::Status restored = again.restore();
  EXPECT_TRUE(absl::IsDataLoss(restored)) << restored;
  EXPECT_NE(std::string(restored.message()).find("mastodon:recent"), std::string::npos) << restored;
}

TEST_F(ProcessingTest, ChangedItemsAreListedForTheSearchIndex) {
  append({post("1", "one"), post("2", "two")});
  ASSERT_TRUE(turn().ok());
  auto lists = *store_->changed(10);
  ASSERT_EQ(lists.size(), 1U);
  EXPECT_EQ(lists[0].item_ids, (Texts{"mastodon:1", "mastodon:2"}));
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_indexed(*batch, lists[0].position).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kLater).ok());
  EXPECT_TRUE(store_->changed(10)->empty());
}

}  // namespace
}  // namespace copytaster
