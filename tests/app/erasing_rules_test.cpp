// What must not be erased stays, and what is to go by itself goes: legal hold, policies, retention.
#include <gmock/gmock.h>

#include "app/verify.h"
#include "storage/erasure_keys.h"
#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kSecret = "Xylophonkonzert im Rathauskeller am Donnerstag um neun";

class ErasingRulesTest : public testing::ErasingFixture {};

TEST_F(ErasingRulesTest, NothingOnLegalHoldIsErasedAndWhoHoldsItIsTold) {
  Official anna;
  anna.set_id("anna");
  anna.add_accounts()->set_id("feed:anna");
  officials_ = Officials({anna});
  start();
  bring({post("anna", 1, kSecret)});
  settle();
  const std::string story = store_->item(id("anna", 1))->story_id();
  for (const std::string& held :
       {"item:" + id("anna", 1), std::string("account:feed:anna"), std::string("official:anna"), story}) {
    ASSERT_TRUE(keep_hold({held, "a court has asked", "Olga"}, true, store_.get(), holds_.get(), officials_,
                          clock_.now())
                    .ok())
        << held;
    start();  // it holds over restarts
    for (const std::string& subject :
         {"item:" + id("anna", 1), std::string("account:feed:anna"), std::string("official:anna")}) {
      const absl::Status refused = ask(subject).status();
      EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << held << " / " << subject << ": " << refused;
      EXPECT_THAT(std::string(refused.message()), HasSubstr("Olga"));
    }
    ASSERT_TRUE(
        keep_hold({held, "over", "Olga"}, false, store_.get(), holds_.get(), officials_, clock_.now()).ok());
  }
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  EXPECT_EQ(erase("official:anna").items(), 1U);
}

// Who asked for the hold must not believe that it is kept.
TEST_F(ErasingRulesTest, AHoldOnWhatIsBeingErasedIsRefused) {
  Official anna;
  anna.set_id("anna");
  anna.add_accounts()->set_id("feed:anna");
  officials_ = Officials({anna});
  start();
  bring({post("anna", 1, kSecret), post("bert", 2, "The market moves.")});
  settle();
  const std::string story = store_->item(id("anna", 1))->story_id();
  ASSERT_TRUE(ask("item:" + id("anna", 1)).ok());  // accepted, and not begun
  const auto hold_now = [&](const std::string& subject) {
    return keep_hold({subject, "a court", "Olga"}, true, store_.get(), holds_.get(), officials_,
                     clock_.now());
  };
  for (const std::string& subject :
       {"item:" + id("anna", 1), std::string("account:feed:anna"), std::string("official:anna"), story}) {
    const absl::Status refused = hold_now(subject);
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << subject << ": " << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr("receipt"));
  }
  EXPECT_TRUE(hold_now("item:" + id("bert", 2)).ok()) << "of another post nothing is being erased";
  settle();
  EXPECT_TRUE(absl::IsNotFound(hold_now("item:" + id("anna", 1))));
  EXPECT_THAT(holds_->all(), SizeIs(1));
}

TEST_F(ErasingRulesTest, NorIsAHoldTakenWhileAnErasureThatHasBegunIsNotDone) {
  Official anna;
  anna.set_id("anna");
  anna.add_accounts()->set_id("feed:anna");
  officials_ = Officials({anna});
  start();
  std::vector<Item> items;
  for (int i = 0; i < 300; ++i) items.push_back(post("anna", i, str_cat("Xylophon ", i)));
  bring(items);
  bring({post("bert", 2, "The market moves.")});
  const auto begun = ask("account:feed:anna");
  ASSERT_TRUE(begun.ok()) << begun.status();
  const std::string first = id("anna", 0);
  const std::string late = id("anna", 99);  // the last of them by id
  while (store_->item(first).ok()) ASSERT_TRUE(step());
  ASSERT_TRUE(store_->item(late).ok()) << "a turn takes out a part of them";
  ASSERT_FALSE(receipt(begun->id()).has_files_at());
  const auto hold_now = [&](const std::string& subject) {
    return keep_hold({subject, "a court", "Olga"}, true, store_.get(), holds_.get(), officials_,
                     clock_.now());
  };
  for (const std::string& subject :
       {std::string("account:feed:anna"), std::string("official:anna"), "item:" + late}) {
    const absl::Status refused = hold_now(subject);
    EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << subject << ": " << refused;
    EXPECT_THAT(std::string(refused.message()), HasSubstr(begun->id()));
  }
  EXPECT_TRUE(absl::IsNotFound(hold_now("item:" + first))) << "it is gone";
  EXPECT_TRUE(hold_now("item:" + id("bert", 2)).ok()) << "of another account nothing is being erased";
  settle();
  ASSERT_TRUE(receipt(begun->id()).has_files_at());
  EXPECT_TRUE(absl::IsNotFound(store_->item(late).status()));
  EXPECT_TRUE(hold_now("official:anna").ok()) << "for what may come of other accounts";
}

TEST_F(ErasingRulesTest, WhatAHeldPostRestsOnIsNotErasedWithAnother) {
  const std::string page =
      bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed until Monday.")});
  hold("item:" + id("anna", 2));
  const absl::Status refused = ask("item:" + id("anna", 1)).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("Olga"));
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  EXPECT_TRUE(store_->capture(page).ok());
}

TEST_F(ErasingRulesTest, NorIsALaterPageThatShowsBoth) {
  bring({post("anna", 1, kSecret)});
  clock_.advance(absl::Minutes(1));
  const std::string later =
      bring({post("anna", 2, "The bridge is closed.")}, str_cat(id("anna", 1), " ", kSecret));
  bring({post("anna", 3, "The council meets in May.")});
  hold("item:" + id("anna", 2));
  EXPECT_TRUE(absl::IsFailedPrecondition(ask("item:" + id("anna", 1)).status()));
  EXPECT_TRUE(ask("item:" + id("anna", 3)).ok()) << "what shares nothing with it";
  settle();
  EXPECT_TRUE(store_->capture(later).ok());
}

TEST_F(ErasingRulesTest, PolicyAndRetentionLeaveTheEvidenceOfWhatIsHeld) {
  retention_.deleted = DeletedPolicy::kRemove;
  const std::string page =
      bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed until Monday.")});
  const std::string own = bring({post("anna", 3, "The council meets in May.")});
  hold("item:" + id("anna", 2));
  say_gone(id("anna", 1), GONE);
  say_gone(id("anna", 3), GONE);
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  EXPECT_TRUE(store_->item(id("anna", 2)).ok());
  EXPECT_TRUE(store_->capture(page).ok());
  EXPECT_TRUE(absl::IsNotFound(store_->capture(own).status()));
}

// ---- what the author has deleted

TEST_F(ErasingRulesTest, WhatIsGoneIsKeptUnlessTheSettingsSayOtherwise) {
  bring({post("anna", 1, kSecret)});
  say_gone(id("anna", 1), GONE);
  settle();
  EXPECT_EQ(store_->item(id("anna", 1))->text(), kSecret);
  EXPECT_THAT(*store_->erasures(10), IsEmpty());
}

TEST_F(ErasingRulesTest, BlankedItsWordsGoAndThatItIsGoneStays) {
  retention_.deleted_of["feed"] = DeletedPolicy::kBlank;
  bring({post("anna", 1, kSecret)});
  bring({post("anna", 1, str_cat(kSecret, ", corrected"))});
  say_gone(id("anna", 1), GONE);
  settle();
  clock_.advance(absl::Hours(2));
  settle();
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  const auto item = store_->item(id("anna", 1));
  ASSERT_TRUE(item.ok());
  EXPECT_EQ(item->state(), GONE);
  EXPECT_THAT(item->gone_proof(), HasSubstr("404"));
  ASSERT_THAT(*store_->erasures(10), SizeIs(1));
  EXPECT_EQ(store_->erasures(10)->front().basis(), "gone-from-platform");
  EXPECT_TRUE(store_->erasures(10)->front().has_files_at());
  EXPECT_THAT(verify_store(database_, media_, folder_.path())->problems, IsEmpty());
  // Served again after all, it is a post again.
  bring({post("anna", 1, "It was not gone.")});
  EXPECT_EQ(store_->item(id("anna", 1))->text(), "It was not gone.");
  expect_counted();
}

// What was edited and deleted between two readings comes in one turn.
TEST_F(ErasingRulesTest, BlankedInTheTurnOfItsEditNoVersionKeepsItsWords) {
  retention_.deleted_of["feed"] = DeletedPolicy::kBlank;
  bring({post("anna", 1, kSecret)});
  Parcel edit, deletion;
  *edit.add_items() = post("anna", 1, str_cat(kSecret, ", corrected"));
  Deletion& gone = *deletion.add_deletions();
  gone.set_item_id(id("anna", 1));
  gone.set_state(GONE);
  gone.set_proof("HTTP 404 on the post itself");
  set_timestamp(gone.mutable_seen_at(), clock_.now());
  auto batch = store_->batch();
  Counters counters;
  counters.set_collected(1);
  ASSERT_TRUE(store_->stage_counters(*batch, counters).ok());
  const std::vector<Parcel> both = {edit, deletion};
  ASSERT_TRUE(bus_->append(both, batch.get(), absl::ZeroDuration()).ok());
  settle();
  ASSERT_EQ(store_->item(id("anna", 1))->state(), GONE);
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_EQ(store_->item(id("anna", 1))->version(), 2U);
  expect_counted();
}

TEST_F(ErasingRulesTest, RemovedItIsErasedAndStaysAway) {
  retention_.deleted = DeletedPolicy::kRemove;
  bring({post("anna", 1, kSecret)});
  say_gone(id("anna", 1), GONE);
  settle();
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  bring({post("anna", 1, kSecret)});
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  expect_counted();
}

TEST_F(ErasingRulesTest, ALoginWallIsNoDeletion) {
  for (const DeletedPolicy policy : {DeletedPolicy::kKeep, DeletedPolicy::kBlank, DeletedPolicy::kRemove}) {
    retention_.deleted = policy;
    bring({post("anna", 1, kSecret)});
    say_gone(id("anna", 1), UNKNOWN);
    clock_.advance(absl::Hours(2));
    settle();
    EXPECT_EQ(store_->item(id("anna", 1))->text(), kSecret);
    EXPECT_EQ(store_->item(id("anna", 1))->state(), UNKNOWN);
    EXPECT_THAT(*store_->erasures(10), IsEmpty());
  }
}

TEST_F(ErasingRulesTest, WhatIsOnHoldIsNeitherBlankedNorRemoved) {
  retention_.deleted = DeletedPolicy::kRemove;
  bring({post("anna", 1, kSecret)});
  ASSERT_TRUE(keep_hold({"account:feed:anna", "a court", "Olga"}, true, store_.get(), holds_.get(),
                        officials_, clock_.now())
                  .ok());
  say_gone(id("anna", 1), GONE);
  settle();
  EXPECT_EQ(store_->item(id("anna", 1))->text(), kSecret);
}

// ---- retention

TEST_F(ErasingRulesTest, WhatIsTooOldGoesButForWhatIsUsedOrHeld) {
  retention_.days = 30;
  retention_.days_of["mastodon"] = 0;
  bring({post("anna", 1, kSecret)});
  bring({post("anna", 2, "cited by a draft that was saved")});
  bring({post("anna", 3, "on legal hold")});
  bring({post("anna", 4, "in a claimed story")});
  Item elsewhere = post("anna", 5, "of a platform that is kept for ever");
  elsewhere.set_id("mastodon:anna/5");
  bring({elsewhere});
  settle();
  ASSERT_TRUE(keep_export("story:x", "html", {id("anna", 2)}, store_.get(), clock_.now()).ok());
  ASSERT_TRUE(keep_hold({"item:" + id("anna", 3), "a court", "Olga"}, true, store_.get(), holds_.get(),
                        officials_, clock_.now())
                  .ok());
  Action claim;
  claim.set_verb("claim");
  claim.set_subject_id(store_->item(id("anna", 4))->story_id());
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_action(*batch, claim).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  days_pass(29);
  EXPECT_TRUE(store_->item(id("anna", 1)).ok()) << "not yet";
  days_pass(2);
  clock_.advance(absl::Hours(2));
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  for (const std::string& kept :
       {id("anna", 2), id("anna", 3), id("anna", 4), std::string("mastodon:anna/5")})
    EXPECT_TRUE(store_->item(kept).ok()) << kept;
  ASSERT_THAT(*store_->erasures(10), SizeIs(1));
  EXPECT_EQ(store_->erasures(10)->front().basis(), "retention");
  EXPECT_EQ(store_->erasures(10)->front().items(), 1U);
  bring({post("anna", 1, kSecret)});
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status())) << "it does not come back";
  expect_counted();
}

TEST_F(ErasingRulesTest, WhatIsHeldOrUsedAfterItWasFoundToBeTooOldStays) {
  retention_.days = 30;
  for (int number = 1; number <= 4; ++number) bring({post("anna", number, str_cat("Old words ", number))});
  settle();
  days_pass(29);
  clock_.advance(absl::Hours(24));
  while (eraser_->idle()) ASSERT_TRUE(*eraser_->step()) << "nothing was found";
  hold("item:" + id("anna", 1));
  ASSERT_TRUE(keep_export("story:x", "html", {id("anna", 2)}, store_.get(), clock_.now()).ok());
  ASSERT_TRUE(*eraser_->step()) << "handed over";
  hold("item:" + id("anna", 3));
  settle();
  for (int number = 1; number <= 3; ++number) {
    EXPECT_TRUE(store_->item(id("anna", number)).ok()) << number;
    EXPECT_TRUE(absl::IsNotFound(store_->tombstone("item:" + id("anna", number)).status())) << number;
  }
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 4)).status()));
  ASSERT_THAT(*store_->erasures(10), SizeIs(1));
  EXPECT_EQ(store_->erasures(10)->front().items(), 1U);
}

TEST_F(ErasingRulesTest, WhatHasExpiredTakesNoEvidenceFromYoungerPosts) {
  retention_.days = 30;
  Item young = post("anna", 2, "of today");
  for (auto* at : {young.mutable_created_at(), young.mutable_collected_at()})
    set_timestamp(at, clock_.now() + absl::Hours(24 * 20));
  const std::string page = bring({post("anna", 1, kSecret), young});
  settle();
  days_pass(31);
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  EXPECT_TRUE(store_->item(id("anna", 2)).ok());
  EXPECT_TRUE(store_->capture(page).ok());
}

// Nothing brings back what was erased because a clock was wrong for an hour.
TEST_F(ErasingRulesTest, AClockThatJumpsAheadErasesNothing) {
  retention_.days = 30;
  bring({post("anna", 1, kSecret)});
  settle();
  days_pass(3);
  for (const absl::Duration jump : {absl::Hours(24 * 365), absl::Hours(24 * 40)}) {
    clock_.advance(jump);
    settle();
    for (int hour = 0; hour < 23; ++hour) {
      clock_.advance(absl::Hours(1));
      if (hour == 7) start();  // a restart believes it no sooner
      settle();
    }
    ASSERT_TRUE(store_->item(id("anna", 1)).ok()) << jump;
    clock_.advance(-jump);
    settle();
    days_pass(2);
    ASSERT_TRUE(store_->item(id("anna", 1)).ok()) << jump;
  }
  days_pass(30);
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status())) << "at its time it goes";
}

TEST_F(ErasingRulesTest, AServiceThatWasAwayForLongErasesADayAfterItIsBack) {
  retention_.days = 30;
  bring({post("anna", 1, kSecret)});
  settle();
  clock_.advance(absl::Hours(24 * 90));
  start();
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  days_pass(1);
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
}

}  // namespace
}  // namespace copytaster
