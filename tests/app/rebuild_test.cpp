// All derived data made anew: the same posts under the same ids, byte for byte, and what today's rules make
// otherwise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/copy_answers.h"
#include "app/store_difference.h"
#include "core/bytes.h"
#include "tests/app/lines_collector.h"
#include "tests/app/rebuilding.h"
#include "tests/support/copy_texts.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RebuildTest : public testing::LinesFixture {
 protected:
  void collect(const std::string& body) {
    LinesFixture::collect(body);
    clock_.advance(absl::Minutes(7));
  }
  void bring_in(const std::string& text, const std::string& note) {
    (void)LinesFixture::bring_in(text, note);
    ASSERT_TRUE(turn().ok());
    clock_.advance(absl::Minutes(7));
  }
  // A post was liked, on a page that showed nothing new and was not kept.
  void note(const std::string& item_id, std::uint64_t likes, std::uint32_t age) {
    Parcel parcel;
    EngagementAt& noted = *parcel.add_engagements();
    noted.set_item_id(item_id);
    noted.set_age_seconds(age);
    set_timestamp(noted.mutable_at(), clock_.now());
    noted.mutable_engagement()->set_likes(likes);
    ASSERT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
    ASSERT_TRUE(turn().ok());
    clock_.advance(absl::Minutes(7));
  }

  absl::StatusOr<ReplayCounts> rebuild_now(const std::function<bool()>& stop = nullptr) {
    const auto find = [&](std::string_view name) { return name == "lines" ? &collector_ : nullptr; };
    auto counts =
        testing::rebuild_into(database_, &made_, {&officials_, &media_, &clock_, find, followed_, stop});
    made_store_ = *open_store(&made_, made_folder_.path(), OpenMode::kReadWrite);
    return counts;
  }
  // Everything that differs, each with its fields.
  std::vector<std::string> differences() {
    std::vector<std::string> all;
    const auto compared = compare_stores(database_, made_);
    EXPECT_TRUE(compared.ok()) << compared.status();
    for (const SpaceDifference& found : *compared)
      all.insert(all.end(), found.examples.begin(), found.examples.end());
    return all;
  }
  void expect_balance(std::uint64_t collected) {
    const Counters counters = made_store_->counters();
    EXPECT_EQ(counters.collected(), collected);
    EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
  }

  std::vector<Account> followed_ = {};
  testing::MemoryKeyValue made_;
  TemporaryFolder made_folder_;
  std::unique_ptr<Store> made_store_;
};

class RebuildFollowedTest : public RebuildTest {
 protected:
  void SetUp() override {
    RebuildTest::SetUp();
    followed_ = {account_};
  }
};

TEST_F(RebuildFollowedTest, WhereNothingChangedAllIsTheSameBytes) {
  collect("1 The bridge over the Seine opens on Friday.\n2 The market moves to the station.");
  collect("1 The bridge over the Seine opens on Saturday.\n3 The pool is closed.");
  collect("2 The market moves to the station.\n4 odd");
  note("lines:1", 12, 600);
  collect("1 The bridge over the Seine opens on Sunday.");
  note("lines:1", 40, 3600);
  note("lines:3", 7, 3600);
  bring_in("The council meets on Monday.", "");
  bring_in("The council meets on Monday.", "told by phone");
  ASSERT_EQ(store_->item("lines:1")->version(), 3U);
  ASSERT_EQ(store_->versions("lines:1")->at(1).engagement().likes(), 12U);
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_EQ(counts->captures, 6U);
  EXPECT_EQ(counts->by_hand, 2U);
  EXPECT_EQ(counts->kept, 0U);
  // Of nine posts on pages three had been handed on before.
  expect_balance(store_->counters().collected() - 1);
}

TEST_F(RebuildFollowedTest, WhatEditorsSaidIsTakenUpWhereItWasSaid) {
  collect(str_cat("1 ", replace_all(testing::kLong, "\n", " ")));
  collect(str_cat("2 ", replace_all(testing::kOther, "\n", " ")));
  ASSERT_TRUE(keep_answer({"lines:2", "lines:1", true, "Mira"}, pipeline_->copies_begin(), store_.get(),
                          bus_.get(), clock_)
                  .ok());
  ASSERT_TRUE(turn().ok());
  clock_.advance(absl::Minutes(7));
  collect("3 The pool is closed.");
  ASSERT_EQ(store_->item("lines:2")->duplicate_of().by(), "Mira");
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->actions, 1U);
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(RebuildFollowedTest, ABetterCollectorReadsWhatWasRefused) {
  collect("1 The bridge opens on Friday.\n2 odd: the pool is closed.");
  collect("2 odd: the pool is closed.\n3 The market moves.");
  ASSERT_EQ(store_->dead_letters(9)->size(), 2U);
  collector_.learnt = true;
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_EQ(made_store_->dead_letters(9)->size(), 0U);
  EXPECT_EQ(made_store_->item("lines:2")->text(), "odd: the pool is closed.");
  EXPECT_EQ(made_store_->item("lines:1")->SerializeAsString(), store_->item("lines:1")->SerializeAsString());
  expect_balance(3);
}

TEST_F(RebuildFollowedTest, APostThatNoCaptureGivesStays) {
  collect("1 The bridge opens on Friday.");
  collect("1 The bridge opens on Saturday.");
  collect("2 The market moves.");
  const auto batch = store_->batch();
  const auto before = *store_->versions("lines:1");
  for (const Item& version : before) batch->erase(Space::kCaptures, version.capture_sha256());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->missing, 2U);
  EXPECT_THAT(counts->kept_ids, ElementsAre("lines:1"));
  const auto versions = made_store_->versions("lines:1");
  ASSERT_TRUE(versions.ok());
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ(versions->at(0).text(), "The bridge opens on Friday.");
  EXPECT_EQ(versions->at(1).text(), "The bridge opens on Saturday.");
  EXPECT_EQ(versions->at(1).official_id(), "mayor");
  expect_balance(3);
}

TEST_F(RebuildTest, AnAccountThatIsFollowedNoMoreIsReadToo) {
  collect("1 The bridge opens on Friday.");
  const auto counts = rebuild_now();
  ASSERT_TRUE(counts.ok()) << counts.status();
  EXPECT_EQ(counts->kept, 0U);
  EXPECT_THAT(differences(), IsEmpty());
  EXPECT_EQ(made_store_->item("lines:1")->official_id(), "mayor");
}

TEST_F(RebuildFollowedTest, WhatWasErasedIsNotMadeAnew) {
  collect("1 The bridge opens on Friday.\n2 The market moves.");
  const auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_item_erased(*batch, "lines:1").ok());
  Tombstone tombstone;
  tombstone.set_subject("item:lines:1");
  ASSERT_TRUE(store_->stage_tombstone(*batch, tombstone).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_TRUE(absl::IsNotFound(made_store_->item("lines:1").status()));
  EXPECT_TRUE(made_store_->item("lines:2").ok());
  EXPECT_TRUE(made_store_->tombstone("item:lines:1").ok());
}

TEST_F(RebuildFollowedTest, WhatWaitsInTheLogIsInItAndNotWorkedOffTwice) {
  collect("1 The bridge opens on Friday.");
  Parcel parcel;
  Item item = *store_->item("lines:1");
  item = Item();
  item.set_platform("web");
  item.set_native_id("manual/7");
  item.set_id("web:manual/7");
  item.set_text("Brought in, and not processed yet.");
  item.set_content_hash(content_hash(item));
  *parcel.add_items() = item;
  append(parcel);
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_EQ(made_store_->item("web:manual/7")->text(), "Brought in, and not processed yet.");
  expect_balance(2);
  const auto bus = *make_embedded_bus(&made_, bus_options_);
  EXPECT_EQ(bus->lag("process"), 0U);
  EXPECT_EQ(bus->position("process"), bus_->position("process") + 1);
}

TEST_F(RebuildFollowedTest, AStopIsToldAndAgainIsTheSame) {
  collect("1 The bridge opens on Friday.");
  EXPECT_TRUE(absl::IsCancelled(rebuild_now([] { return true; }).status()));
  ASSERT_TRUE(rebuild_now().ok());
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(RebuildFollowedTest, ADamagedChainIsToldByItsLink) {
  collect("1 The bridge opens on Friday.");
  const auto batch = database_.batch();
  batch->put(Space::kChain, big_endian(std::uint64_t{0}), "?");
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  const auto counts = rebuild_now();
  EXPECT_TRUE(absl::IsDataLoss(counts.status())) << counts.status();
  EXPECT_THAT(std::string(counts.status().message()), HasSubstr("link 0"));
}

}  // namespace
}  // namespace copytaster
