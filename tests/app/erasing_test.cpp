// What is erased is gone, stays away, and leaves a receipt; and what must not go stays.
#include <gmock/gmock.h>

#include "app/verify.h"
#include "storage/erasure_keys.h"
#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kSecret = "Xylophonkonzert im Rathauskeller am Donnerstag um neun";

class Erasing : public testing::ErasingFixture {
 protected:
  // Captures of accounts that are watched which the eraser has not looked at.
  std::size_t noted_to_look_at() {
    std::size_t noted = 0;
    EXPECT_TRUE(database_
                    .scan(Space::kErasures, kCameCaptures, behind_prefix(kCameCaptures),
                          [&](std::string_view, std::string_view) {
                            ++noted;
                            return true;
                          })
                    .ok());
    return noted;
  }
  // 260 posts are erased; after so many steps `interrupt` happens, which starts all anew.
  void erase_account_interrupted(const std::string& account, int steps,
                                 const std::function<void()>& interrupt) {
    std::vector<Item> items;
    for (int i = 0; i < 260; ++i) items.push_back(post(account, i, str_cat("Xylophon ", i)));
    bring(items);
    const auto begun = ask("account:feed:" + account);
    ASSERT_TRUE(begun.ok()) << begun.status();
    for (int i = 0; i < steps; ++i) step();
    interrupt();
    settle();
    EXPECT_THAT(records_with("Xylophon"), IsEmpty());
    EXPECT_EQ(receipt(begun->id()).items(), 260U);
    EXPECT_TRUE(receipt(begun->id()).has_files_at());
    expect_counted();
  }
};

TEST_F(Erasing, APostGoesFromEveryRecordAndTheReceiptCountsIt) {
  bring({post("anna", 1, kSecret)});
  Item edited = post("anna", 1, str_cat(kSecret, ", corrected"));
  bring({edited});
  bring({post("anna", 2, "The bridge is closed until Monday for repairs of its deck.")});
  ASSERT_FALSE(records_with("Xylophon").empty());
  const Erasure receipt = erase("item:" + id("anna", 1));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_EQ(receipt.items(), 1U);
  EXPECT_EQ(receipt.versions(), 2U);
  EXPECT_EQ(receipt.captures(), 2U);
  EXPECT_THAT(receipt.links(), SizeIs(2));
  EXPECT_EQ(receipt.basis(), "request");
  EXPECT_TRUE(receipt.has_files_at());
  EXPECT_TRUE(store_->tombstone("item:" + id("anna", 1)).ok());
  EXPECT_TRUE(store_->item(id("anna", 2)).ok());
  EXPECT_THAT(records_with(kErasureWork), IsEmpty());
  expect_counted();
}

TEST_F(Erasing, ItDoesNotComeBackAndIsStillCounted) {
  bring({post("anna", 1, kSecret)});
  erase("item:" + id("anna", 1));
  bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed until Monday.")});
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  EXPECT_TRUE(store_->item(id("anna", 2)).ok());
  EXPECT_EQ(store_->counters().collected(), 3U);
  expect_counted();
  clock_.advance(absl::Hours(2));
  settle();
  EXPECT_THAT(records_with("Xylophon"), IsEmpty()) << "nor by the capture that it came in again";
  start();
  bring({post("anna", 1, kSecret)});
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status())) << "also after a start";
}

// Collectors pass over what they know: the parcel says nothing of it.
TEST_F(Erasing, ALaterAnswerThatShowsItAmongOthersIsErasedToo) {
  bring({post("anna", 1, kSecret)});
  const Erasure receipt = erase("item:" + id("anna", 1));
  for (int start_anew = 0; start_anew < 2; ++start_anew) {
    if (start_anew == 1) start();
    clock_.advance(absl::Hours(1));
    const std::string shown = bring({post("anna", 2 + 2 * start_anew, "The bridge is closed until Monday.")},
                                    str_cat(id("anna", 1), " ", kSecret));
    const std::string other = bring({post("anna", 3 + 2 * start_anew, "The council meets in May.")});
    settle();
    EXPECT_TRUE(absl::IsNotFound(store_->capture(shown).status()));
    EXPECT_TRUE(store_->capture(other).ok());
    EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  }
  EXPECT_EQ(this->receipt(receipt.id()).captures(), 3U);
  EXPECT_TRUE(this->receipt(receipt.id()).has_files_at());
  EXPECT_THAT(verify_store(database_, media_, folder_.path())->problems, IsEmpty());
}

TEST_F(Erasing, WhatAPageShowsAgainGoesAlsoIfTheProcessIsKilledBehindTheTurn) {
  bring({post("anna", 1, kSecret)});
  const Erasure before = erase("item:" + id("anna", 1));
  ASSERT_TRUE(before.has_files_at());
  const std::string page = bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed.")});
  ASSERT_TRUE(store_->capture(page).ok());
  EXPECT_FALSE(receipt(before.id()).has_files_at()) << "it is not done while a capture holds the words";
  start();  // killed before the eraser has looked
  EXPECT_FALSE(receipt(before.id()).has_files_at());
  settle();
  clock_.advance(absl::Hours(2));
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->capture(page).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_TRUE(receipt(before.id()).has_files_at());
  EXPECT_EQ(receipt(before.id()).captures(), 2U);
}

// As above, but the collector has passed over it as known: the parcel says nothing of it.
TEST_F(Erasing, ALaterAnswerIsLookedThroughAlsoIfTheProcessIsKilledBehindTheTurn) {
  bring({post("anna", 1, kSecret)});
  const Erasure before = erase("item:" + id("anna", 1));
  const std::string shown =
      bring({post("anna", 2, "The bridge is closed until Monday.")}, str_cat(id("anna", 1), " ", kSecret));
  const std::string other = bring({post("anna", 3, "The council meets in May.")});
  bring({post("bert", 4, "The market moves.")});
  EXPECT_EQ(noted_to_look_at(), 2U) << "nothing of bert was erased";
  start();  // killed before the eraser has looked
  settle();
  clock_.advance(absl::Hours(2));
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->capture(shown).status()));
  EXPECT_TRUE(store_->capture(other).ok());
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_EQ(noted_to_look_at(), 0U) << "what was looked at is forgotten";
  EXPECT_EQ(receipt(before.id()).captures(), 2U);
  EXPECT_TRUE(receipt(before.id()).has_files_at());
}

TEST_F(Erasing, HoweverManyAnswersAreToBeLookedThroughAllAre) {
  bring({post("bert", 1, kSecret)});
  erase("item:" + id("bert", 1));
  const std::string shown =
      bring({post("bert", 2, "The bridge is closed until Monday.")}, str_cat(id("bert", 1), " ", kSecret));
  auto batch = database_.batch();
  for (std::uint64_t i = 0; i < 2500; ++i)  // that are gone already, and come first
    batch->put(Space::kErasures, came_capture_key("feed:anna", sha256_hex(str_cat(i)), i), "");
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  clock_.advance(absl::Minutes(1));
  settle();
  EXPECT_EQ(noted_to_look_at(), 0U);
  EXPECT_TRUE(absl::IsNotFound(store_->capture(shown).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
}

TEST_F(Erasing, AnAnswerThatComesWhileItsEvidenceIsTakenIsLookedThrough) {
  bring({post("anna", 1, kSecret)});
  const auto begun = ask("item:" + id("anna", 1));
  ASSERT_TRUE(begun.ok()) << begun.status();
  turn();
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(*eraser_->step()) << "found, handed over, surveyed, loosened";
  ASSERT_EQ(bus_->lag("process"), 0U) << "nothing points at it: the evidence is next";
  std::string shown;
  bool written = false;
  database_.before_write([&] {  // the captures have been searched, and are about to go
    if (std::exchange(written, true)) return;
    shown =
        bring({post("anna", 2, "The bridge is closed until Monday.")}, str_cat(id("anna", 1), " ", kSecret));
  });
  ASSERT_TRUE(*eraser_->step());
  database_.before_write({});
  ASSERT_TRUE(store_->capture(shown).ok()) << "it came behind the search";
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->capture(shown).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_EQ(receipt(begun->id()).captures(), 2U);
  EXPECT_TRUE(receipt(begun->id()).has_files_at());
}

TEST_F(Erasing, ALaterAnswerIsLookedThroughAlsoWhereItsTurnIsDoneByParts) {
  log_ = &database_;
  start();
  bring({post("anna", 1, kSecret)});
  bring({post("bert", 2, "The market moves.")});
  erase("item:" + id("anna", 1));
  Capture capture;
  capture.set_account_id("feed:anna");
  capture.set_body(str_cat(id("anna", 1), " ", kSecret));
  capture.set_sha256(sha256_hex(capture.body()));
  set_timestamp(capture.mutable_fetched_at(), clock_.now());
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_capture(*batch, capture).ok());
  batch->put(Space::kItems, id("bert", 2), "\xff\xff\xff no item");
  std::array<Parcel, 2> parcels;
  parcels[0].set_account_id("feed:anna");
  parcels[0].set_capture_sha256(capture.sha256());
  *parcels[0].add_items() = post("anna", 3, "The bridge is closed until Monday.");
  *parcels[1].add_items() = post("bert", 2, "An edit of what cannot be read.");
  ASSERT_TRUE(bus_->append(parcels, batch.get(), absl::ZeroDuration()).ok());
  bring({post("anna", 4, "The council meets in May.")});  // in the same turn, of another capture
  ASSERT_THAT(*store_->dead_letters(10), SizeIs(1));
  ASSERT_TRUE(store_->item(id("anna", 3)).ok());
  clock_.advance(absl::Minutes(1));
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->capture(capture.sha256()).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
}

TEST_F(Erasing, PagesThatShowItAgainDoNotHaveAllFilesWrittenEachTime) {
  bring({post("anna", 1, kSecret)});
  database_.before_write([&] { clock_.advance(absl::Minutes(2)); });  // a slow disk
  const Erasure before = erase("item:" + id("anna", 1));
  database_.before_write({});
  ASSERT_TRUE(before.has_files_at()) << "who has asked does not wait for the hour";
  for (int page = 0; page < 3; ++page) {
    clock_.advance(absl::Minutes(1));
    const std::string sha256 = bring({post("anna", 1, str_cat(kSecret, page))});
    settle();
    EXPECT_TRUE(absl::IsNotFound(store_->capture(sha256).status())) << "the records go at once";
    EXPECT_FALSE(receipt(before.id()).has_files_at());
  }
  EXPECT_TRUE(eraser_->idle()) << "nobody waits";
  clock_.advance(absl::Hours(1));
  settle();
  EXPECT_TRUE(receipt(before.id()).has_files_at());
  EXPECT_EQ(receipt(before.id()).captures(), 4U);
}

TEST_F(Erasing, InTheTurnInWhichItCameItGoesToo) {
  Parcel parcel;
  *parcel.add_items() = post("anna", 1, kSecret);
  Parcel erasing;
  *erasing.add_actions() =
      to_action(EraseRequest{"item:" + id("anna", 1), "asked", "Mira", {}, clock_.now()});
  Parcel again;
  *again.add_items() = post("anna", 1, str_cat(kSecret, " again"));
  auto batch = store_->batch();
  Counters counters;
  counters.set_collected(2);
  ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
  const std::array<Parcel, 3> all = {parcel, erasing, again};
  ASSERT_TRUE(bus_->append(all, batch.get(), absl::ZeroDuration()).ok());
  settle();
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  expect_counted();
}

TEST_F(Erasing, AnAccountGoesAsAWholeAndNoOtherOne) {
  std::vector<Item> items;
  for (int i = 0; i < 300; ++i) items.push_back(post("anna", i, str_cat("Xylophon ", i)));
  bring(items);
  bring({post("bert", 1, "The bridge is closed until Monday.")});
  AccountState state;
  state.set_account_id("feed:anna");
  state.mutable_profile()->set_description("about Anna: Xylophon");
  DeadLetter letter;
  letter.set_id("feed:anna/1");
  letter.set_account_id("feed:anna");
  letter.set_payload("Xylophon, not to be read");
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_account(*batch, state).ok());
  ASSERT_TRUE(store_->stage_dead_letter(*batch, letter).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  const Erasure receipt = erase("account:feed:anna");
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_EQ(receipt.items(), 300U);
  EXPECT_EQ(receipt.dead_letters(), 1U);
  EXPECT_TRUE(store_->item(id("bert", 1)).ok());
  bring({post("anna", 700, kSecret)});
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 700)).status()));
  expect_counted();
}

TEST_F(Erasing, AnOfficialGoesWithAllAccountsAndWhatWasBroughtInByHand) {
  Official anna;
  anna.set_id("anna");
  anna.add_accounts()->set_id("feed:anna");
  anna.add_accounts()->set_id("feed:anna-old");
  officials_ = Officials({anna});
  start();
  bring({post("anna", 1, kSecret)});
  bring({post("anna-old", 1, kSecret)});
  Item by_hand = post("house", 1, kSecret);
  by_hand.set_official_id("anna");
  bring({by_hand});
  const Erasure receipt = erase("official:anna");
  EXPECT_EQ(receipt.items(), 3U);
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_TRUE(store_->tombstone("account:feed:anna-old").ok());
}

TEST_F(Erasing, AStopAtAnyStepGoesOnAtTheNextStart) {
  for (int stop = 0; stop < 9; ++stop) {
    SCOPED_TRACE(str_cat("stopped after step ", stop));
    erase_account_interrupted(str_cat("anna", stop), stop, [&] { start(); });
  }
}

// What the eraser writes is not synced: a power cut takes the last of it, or all.
TEST_F(Erasing, APowerCutAtAnyStepGoesOnAtTheNextStart) {
  database_.lose_unsynced();
  for (int cut = 0; cut < 18; ++cut) {
    SCOPED_TRACE(str_cat("cut ", cut));
    erase_account_interrupted(str_cat("anna", cut), cut / 2, [&] {
      processing_.reset();
      eraser_.reset();
      bus_.reset();
      store_.reset();
      database_.crash(cut % 2 == 0 ? 0 : database_.unsynced() / 2);
      start();
    });
  }
}

TEST_F(Erasing, AStopEndsTheReadingOfTheStoreAndTheNextStartGoesOn) {
  bring({post("anna", 1, kSecret)});
  const auto begun = ask("account:feed:anna");
  ASSERT_TRUE(begun.ok()) << begun.status();
  turn();
  eraser_->stop();
  EXPECT_TRUE(absl::IsCancelled(eraser_->step().status()));
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  start();
  settle();
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_TRUE(receipt(begun->id()).has_files_at());
}

TEST_F(Erasing, CopiesOfItGetAnotherRootAndItsStoryIsMadeAnew) {
  const std::string words =
      "Die neue Bruecke ueber den Fluss wird am Montag um zehn Uhr von der Buergermeisterin eroeffnet.";
  bring({post("anna", 1, words)});
  bring({post("bert", 2, words)});
  bring({post("carl", 3, words)});
  settle();
  ASSERT_EQ(store_->item(id("bert", 2))->duplicate_of().item_id(), id("anna", 1));
  ASSERT_THAT(store_->stories(10)->front().item_ids(), SizeIs(3));
  erase("item:" + id("anna", 1));
  EXPECT_EQ(store_->item(id("bert", 2))->duplicate_of().item_id(), "");
  EXPECT_EQ(store_->item(id("carl", 3))->duplicate_of().item_id(), id("bert", 2));
  ASSERT_THAT(*store_->stories(10), SizeIs(1));
  EXPECT_THAT(store_->stories(10)->front().item_ids(), ElementsAre(id("bert", 2), id("carl", 3)));
  erase("account:feed:bert");
  erase("account:feed:carl");
  EXPECT_THAT(*store_->stories(10), IsEmpty());
}

TEST_F(Erasing, ACopyThatHasLeftMemoryIsShownByItself) {
  Item copy = post("bert", 2, "The bridge is closed until Monday.");
  copy.mutable_duplicate_of()->set_item_id(id("anna", 1));
  copy.set_version(1);
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_item(*batch, copy).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  bring({post("anna", 1, kSecret)});
  erase("item:" + id("anna", 1));
  EXPECT_FALSE(store_->item(id("bert", 2))->has_duplicate_of());
}

}  // namespace
}  // namespace copytaster
