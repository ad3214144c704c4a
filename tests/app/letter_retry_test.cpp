// Dead letters tried again: what comes out is stored once, and the sum holds at every moment.
#include "app/letter_retry.h"

#include <gtest/gtest.h>

#include "app/balance.h"
#include "collectors/platforms_support.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "core/item.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/app/lines_collector.h"

namespace copytaster {
namespace {

class LetterRetryTest : public testing::LinesFixture {
 protected:
  void collect(const std::string& body) {
    LinesFixture::collect(body);
    expect_balance();
  }
  absl::StatusOr<LetterAnswer> retry(const std::string& id) {
    LetterRetry retry({&database_,
                       store_.get(),
                       [&](std::string_view name) { return name == "lines" ? &collector_ : nullptr; },
                       {account_},
                       [&](const Parcel& parcel, WriteBatch* together) {
                         return bus_->append({&parcel, 1}, together, absl::ZeroDuration());
                       },
                       pipeline_.get()});
    auto answer = retry.retry(id);
    const Balance now = balance_now(*store_, *bus_);
    EXPECT_EQ(now.open(), static_cast<std::int64_t>(waiting()))
        << "the sum holds before it is processed, too";
    return answer;
  }
  // Posts in the log.
  std::size_t waiting() const {
    std::size_t posts = 0;
    EXPECT_TRUE(database_
                    .scan(Space::kLog, big_endian(bus_->position("process")), "",
                          [&](std::string_view, std::string_view value) {
                            Parcel parcel;
                            EXPECT_TRUE(parcel.ParseFromArray(value.data(), static_cast<int>(value.size())));
                            posts += static_cast<std::size_t>(parcel.items_size());
                            return true;
                          })
                    .ok());
    return posts;
  }
  std::vector<DeadLetter> letters() const { return *store_->dead_letters(100); }
  void expect_balance() const {
    const Balance balance = balance_now(*store_, *bus_);
    EXPECT_TRUE(balance.settled);
    EXPECT_EQ(balance.unaccounted(), 0) << store_->counters().ShortDebugString();
  }
};

TEST_F(LetterRetryTest, ABetterCollectorReadsItFromTheKeptAnswer) {
  collect("1 The bridge opens on Friday.\n2 odd: the pool is closed.\n3 The market moves.");
  ASSERT_EQ(letters().size(), 1U);
  collector_.learnt = true;
  clock_.advance(absl::Hours(2));
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read);
  EXPECT_EQ(answer->posts, 1U);
  EXPECT_TRUE(letters().empty());
  ASSERT_TRUE(turn().ok());
  const auto item = store_->item("lines:2");
  ASSERT_TRUE(item.ok());
  EXPECT_EQ(item->text(), "odd: the pool is closed.");
  EXPECT_EQ(item->account_id(), "lines:mayor");
  EXPECT_EQ(item->official_id(), "mayor");
  EXPECT_TRUE(store_->capture(item->capture_sha256()).ok());
  EXPECT_EQ(to_time(item->collected_at()), clock_.now() - absl::Hours(2)) << "when it was fetched";
  EXPECT_EQ(store_->counters().stored(), 3U);
  EXPECT_EQ(store_->counters().dead_lettered(), 0U);
  EXPECT_EQ(store_->counters().collected(), 3U);
  expect_balance();
  EXPECT_TRUE(absl::IsNotFound(retry(answer->id).status()));
}

TEST_F(LetterRetryTest, WhatFailsAgainStaysWithItsNewestReason) {
  collect("2 odd: the pool is closed.");
  collector_.learnt_reason = "it is still odd";
  for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
    const auto answer = retry(letters()[0].id());
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_FALSE(answer->read);
    EXPECT_EQ(answer->why, "it is still odd");
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(letters()[0].attempts(), attempt);
    EXPECT_EQ(letters()[0].reason(), "it is still odd");
    EXPECT_EQ(posts_of(letters()[0]), 1U);
    expect_balance();
  }
}

TEST_F(LetterRetryTest, ALetterThatStandsForTwoTakesBothBack) {
  collect("2 odd: the pool is closed.");
  collect("2 odd: the pool is closed.");  // after a restart: the poller does not know it any more
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_EQ(posts_of(letters()[0]), 2U);
  collector_.learnt = true;
  ASSERT_TRUE(retry(letters()[0].id()).ok());
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->counters().collected(), 1U);
  expect_balance();
}

TEST_F(LetterRetryTest, OldEvidenceOverwritesNothingNewer) {
  collect("2 odd: the pool is closed.");
  collector_.learnt = true;
  clock_.advance(absl::Hours(1));
  collect("2 odd: the pool is open again.");
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read);
  EXPECT_EQ(answer->posts, 0U) << "nothing is missing";
  EXPECT_EQ(store_->item("lines:2")->text(), "odd: the pool is open again.");
  EXPECT_EQ(store_->item("lines:2")->version(), 1U);
  expect_balance();
}

TEST_F(LetterRetryTest, AClockThatWasSetBackLosesNoEdit) {
  collect("2 The pool is open.");
  clock_.advance(-absl::Hours(2));
  collect("2 odd: the pool is closed.");
  ASSERT_EQ(letters().size(), 1U);
  collector_.learnt = true;
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read) << answer->why;
  EXPECT_EQ(answer->posts, 1U) << "it was read after what is stored, whatever the clock says";
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("lines:2")->text(), "odd: the pool is closed.");
  EXPECT_EQ(store_->item("lines:2")->version(), 2U);
  EXPECT_TRUE(letters().empty());
  expect_balance();
}

TEST_F(LetterRetryTest, AClockThatHadBeenAheadMakesNothingNewer) {
  collect("2 odd: the pool is closed.");
  collector_.learnt = true;
  clock_.advance(-absl::Hours(2));
  collect("2 odd: the pool is open again.");
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read) << answer->why;
  EXPECT_EQ(answer->posts, 0U) << "what is stored was read later, whatever the clock says";
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("lines:2")->text(), "odd: the pool is open again.");
  EXPECT_EQ(store_->item("lines:2")->version(), 1U);
  expect_balance();
}

TEST_F(LetterRetryTest, OfACaptureWithoutALinkItsTimeTells) {
  collect("2 The pool is open.");
  clock_.advance(absl::Hours(1));
  collect("2 odd: the pool is closed.");
  const auto batch = database_.batch();
  batch->erase(Space::kChain, big_endian(std::uint64_t{0}));
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  collector_.learnt = true;
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->posts, 1U);
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("lines:2")->text(), "odd: the pool is closed.");
}

TEST_F(LetterRetryTest, WithoutItsAccountOrItsAnswerItStays) {
  collect("2 odd: the pool is closed.");
  const DeadLetter letter = letters()[0];
  collector_.learnt = true;
  account_.set_id("lines:another");
  const auto nobody = retry(letter.id());
  EXPECT_TRUE(absl::IsFailedPrecondition(nobody.status())) << nobody.status();
  EXPECT_EQ(letters()[0].SerializeAsString(), letter.SerializeAsString()) << "that was no attempt";
  account_.set_id("lines:mayor");
  const auto batch = database_.batch();
  batch->erase(Space::kCaptures, letter.capture_sha256());
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  const auto gone = retry(letter.id());
  ASSERT_TRUE(gone.ok()) << gone.status();
  EXPECT_FALSE(gone->read);
  expect_balance();
}

TEST_F(LetterRetryTest, AFullLogChangesNothing) {
  collect("2 odd: the pool is closed.");
  collector_.learnt = true;
  bus_options_.max_unread_bytes = 0;
  bus_ = *make_embedded_bus(&database_, bus_options_);
  const auto answer = retry(letters()[0].id());
  EXPECT_TRUE(absl::IsResourceExhausted(answer.status())) << answer.status();
  EXPECT_EQ(letters().size(), 1U);
  EXPECT_EQ(store_->counters().dead_lettered(), 1U);
}

// ---- what was read and could not be processed

class ProcessedAgain : public LetterRetryTest {
 protected:
  Item huge_id() const {
    Item item;
    item.set_platform("lines");
    item.set_native_id(std::string(9000, 'x'));
    item.set_id(item_id("lines", item.native_id()));
    item.set_account_id("lines:mayor");
    item.set_text("The pool is closed.");
    item.set_content_hash(content_hash(item));
    return item;
  }
};

TEST_F(ProcessedAgain, APostThatCannotBeStoredStays) {
  append({huge_id()});
  ASSERT_TRUE(turn().ok());
  ASSERT_EQ(letters().size(), 1U);
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_FALSE(answer->read);
  EXPECT_EQ(letters()[0].attempts(), 1U);
  expect_balance();
}

TEST_F(ProcessedAgain, APostComesOutOfItsLetter) {
  append({huge_id()});
  ASSERT_TRUE(turn().ok());
  DeadLetter letter = letters()[0];
  Item kept;  // as if its id had been mended by a better program
  ASSERT_TRUE(kept.ParseFromString(letter.payload()));
  kept.set_id("lines:1");
  kept.set_story_id("story:of the attempt before");
  letter.set_payload(kept.SerializeAsString());
  const auto batch = database_.batch();
  batch->put(Space::kDeadLetters, letter.id(), letter.SerializeAsString());
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  const auto answer = retry(letter.id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read) << answer->why;
  ASSERT_TRUE(turn().ok());
  EXPECT_EQ(store_->item("lines:1")->text(), "The pool is closed.");
  EXPECT_EQ(store_->item("lines:1")->version(), 1U);
  EXPECT_NE(store_->item("lines:1")->story_id(), "story:of the attempt before");
  expect_balance();
}

TEST_F(ProcessedAgain, APostThatIsDamagedInTheStoreStaysAndAnOlderReadingIsNoNews) {
  collect("1 The bridge opens on Friday.");
  const auto letter_with = [&](const std::string& text, absl::Time collected) {
    Item item = *store_->item("lines:1");
    item.set_text(text);
    item.set_content_hash(content_hash(item));
    set_timestamp(item.mutable_collected_at(), collected);
    DeadLetter letter;
    letter.set_id("process:1");
    letter.set_stage("process");
    letter.set_counted(1);
    letter.set_payload(item.SerializeAsString());
    Counters counters;
    counters.set_collected(1);
    counters.set_dead_lettered(1);
    const auto batch = store_->batch();
    ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
    ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
    ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  };
  letter_with("What it had said before.", clock_.now() - absl::Hours(1));
  const auto older = retry("process:1");
  ASSERT_TRUE(older.ok()) << older.status();
  EXPECT_TRUE(older->read);
  EXPECT_EQ(older->posts, 0U);
  letter_with("An edit of it.", clock_.now() + absl::Hours(1));
  const auto batch = database_.batch();
  batch->put(Space::kItems, "lines:1", "\xff\xff damaged");
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  const auto damaged = retry("process:1");
  ASSERT_TRUE(damaged.ok()) << damaged.status();
  EXPECT_FALSE(damaged->read);
  expect_balance();
}

TEST_F(ProcessedAgain, WhatCannotBeReadVanishesNowhere) {
  for (const std::string_view stage : {letter_stage::kProcess, letter_stage::kLog, letter_stage::kUpdate}) {
    DeadLetter letter;
    letter.set_id(str_cat("of ", stage));
    letter.set_stage(std::string(stage));
    letter.set_payload("\xff\xff no record");
    const auto batch = database_.batch();
    batch->put(Space::kDeadLetters, letter.id(), letter.SerializeAsString());
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
    const auto answer = retry(letter.id());
    ASSERT_TRUE(answer.ok()) << answer.status();
    EXPECT_FALSE(answer->read) << stage;
    EXPECT_FALSE(answer->why.empty());
  }
  EXPECT_EQ(letters().size(), 3U);
}

TEST_F(ProcessedAgain, ALetterThatWasCutIsReadFromItsAnswer) {
  collect("1 The bridge opens on Friday.");
  Item big = *store_->item("lines:1");
  big.set_id(std::string(9000, 'x'));
  big.set_summary(std::string(100'000, 's'));
  append({big});
  ASSERT_TRUE(turn().ok());
  ASSERT_EQ(letters().size(), 1U);
  EXPECT_TRUE(letters()[0].cut());
  const auto answer = retry(letters()[0].id());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read) << answer->why;
  EXPECT_EQ(answer->posts, 0U) << "the post of that name is stored";
  expect_balance();
}

TEST_F(ProcessedAgain, PostsOfALogRecordAreReadFromTheirAnswer) {
  collect("1 The bridge opens on Friday.\n2 The pool is closed.");
  const std::string sha256 = sha256_hex("1 The bridge opens on Friday.\n2 The pool is closed.");
  DeadLetter letter;
  letter.set_id("log:7:0");
  letter.set_stage(std::string(letter_stage::kLog));
  letter.set_account_id("lines:mayor");
  letter.set_capture_sha256(sha256);
  letter.set_counted(1);
  letter.set_payload("\xff");
  Counters counters;
  counters.set_collected(1);
  counters.set_dead_lettered(1);
  const auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
  ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
  batch->erase(Space::kItems, "lines:2");  // as if it had never been stored
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  const auto answer = retry("log:7:0");
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(answer->read) << answer->why;
  EXPECT_EQ(answer->posts, 1U);
  ASSERT_TRUE(turn().ok());
  EXPECT_TRUE(store_->item("lines:2").ok());
  expect_balance();
}

}  // namespace
}  // namespace copytaster
