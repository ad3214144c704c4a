// What is erased is gone, stays away, and leaves a receipt; and what must not go stays.
#include <gmock/gmock.h>

#include "app/verify.h"
#include "storage/erasure_keys.h"
#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kSecret = "Xylophonkonzert im Rathauskeller am Donnerstag um neun";

class Erasing : public testing::ErasingFixture {};

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
    const std::string account = str_cat("anna", stop);
    std::vector<Item> items;
    for (int i = 0; i < 260; ++i) items.push_back(post(account, i, str_cat("Xylophon ", i)));
    bring(items);
    const auto begun = ask("account:feed:" + account);
    ASSERT_TRUE(begun.ok()) << begun.status();
    for (int i = 0; i < stop; ++i) step();
    start();
    settle();
    EXPECT_THAT(records_with("Xylophon"), IsEmpty()) << "stopped after step " << stop;
    EXPECT_EQ(receipt(begun->id()).items(), 260U) << "stopped after step " << stop;
    EXPECT_TRUE(receipt(begun->id()).has_files_at());
    expect_counted();
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

TEST_F(Erasing, ACaptureGoesWithItAndOtherPostsOfThePageAreUnprovenNotDamaged) {
  const std::string page =
      bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed until Monday.")});
  const std::string other = bring({post("anna", 3, "The council meets in May.")});
  clock_.advance(absl::Minutes(1));
  // A later page that shows the old post again.
  const std::string later =
      bring({post("anna", 4, "The library opens.")}, str_cat(id("anna", 1), " ", kSecret));
  erase("item:" + id("anna", 1));
  EXPECT_TRUE(absl::IsNotFound(store_->capture(page).status()));
  EXPECT_TRUE(absl::IsNotFound(store_->capture(later).status()));
  EXPECT_TRUE(store_->capture(other).ok()) << "it does not show the post";
  const auto report = verify_store(database_, media_, folder_.path());
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_THAT(report->problems, IsEmpty());
  EXPECT_EQ(report->erased, 2U);
  EXPECT_EQ(report->unproven, 2U);
}

TEST_F(Erasing, ALinkThatIsBlankWithoutAReceiptIsDamage) {
  bring({post("anna", 1, kSecret)});
  const std::string bytes = *database_.get(Space::kChain, big_endian(std::uint64_t{0}));
  auto batch = database_.batch();
  batch->put(Space::kChain, big_endian(std::uint64_t{0}),
             erase_chain_record(*parse_chain_record(bytes), "made up"));
  ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  const auto report = verify_store(database_, media_, folder_.path());
  ASSERT_TRUE(report.ok());
  EXPECT_THAT(report->problems, ::testing::Contains(HasSubstr("no receipt made up")));
}

TEST_F(Erasing, APictureGoesUnlessAnotherPostShowsIt) {
  const std::string own = *media_.put("its own picture");
  const std::string shared = *media_.put("a picture that bert shows, too");
  Item one = post("anna", 1, kSecret);
  for (const std::string& sha256 : {own, shared}) {
    Media& media = *one.add_media();
    media.set_url("https://cdn.example/" + sha256);
    media.set_state(KEPT);
    media.set_sha256(sha256);
  }
  Item other = post("bert", 2, "The bridge is closed until Monday.");
  *other.add_media() = one.media(1);
  bring({one});
  bring({other});
  const Erasure receipt = erase("item:" + id("anna", 1));
  EXPECT_EQ(receipt.pictures(), 1U);
  EXPECT_FALSE(media_.has(own));
  EXPECT_TRUE(eraser_->has_erased_picture(own));
  EXPECT_TRUE(media_.has(shared));
}

TEST_F(Erasing, APictureThatComesAfterwardsIsNotKept) {
  Item one = post("anna", 1, kSecret);
  one.add_media()->set_url("https://cdn.example/late");
  bring({one});
  erase("item:" + id("anna", 1));
  Parcel parcel;
  PictureResult& result = *parcel.add_pictures();
  result.set_item_id(id("anna", 1));
  result.set_url("https://cdn.example/late");
  result.mutable_media()->set_state(KEPT);
  result.mutable_media()->set_sha256(*media_.put("late"));
  ASSERT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
  settle();
  EXPECT_FALSE(media_.has(result.media().sha256()));
}

TEST_F(Erasing, APictureThatComesAfterwardsIsNotKeptAlsoIfTheProcessIsKilled) {
  Item one = post("anna", 1, kSecret);
  one.add_media()->set_url("https://cdn.example/late");
  bring({one});
  erase("item:" + id("anna", 1));
  Parcel parcel;
  PictureResult& result = *parcel.add_pictures();
  result.set_item_id(id("anna", 1));
  result.set_url("https://cdn.example/late");
  result.mutable_media()->set_state(KEPT);
  result.mutable_media()->set_sha256(*media_.put("late"));
  ASSERT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
  turn();
  ASSERT_TRUE(media_.has(result.media().sha256()));
  start();
  settle();
  EXPECT_FALSE(media_.has(result.media().sha256()));
}

TEST_F(Erasing, NoDeadLetterKeepsWordsOfItWhateverItsStage) {
  bring({post("anna", 1, kSecret)});
  const auto letter = [&](std::string_view letter_id, std::string_view stage, const std::string& payload) {
    DeadLetter one;
    one.set_id(std::string(letter_id));
    one.set_stage(std::string(stage));
    one.set_payload(payload);
    auto batch = store_->batch();
    EXPECT_TRUE(store_->stage_dead_letter(*batch, one).ok());
    EXPECT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  };
  Parcel news;
  *news.add_items() = post("anna", 1, kSecret);
  Parcel of_another;
  *of_another.add_items() = post("anna", 12, "The bridge is closed.");
  letter("update:1", "update", news.SerializeAsString());
  letter("update:2", "update", of_another.SerializeAsString());
  letter("process:1", "process", news.items(0).SerializeAsString());
  letter("log:1", "log", news.SerializeAsString());
  letter("log:2", "log", news.SerializeAsString() + "\xff");  // does not parse
  letter("log:3", "log", of_another.SerializeAsString() + "\xff");
  Parcel alike = news;
  alike.mutable_items(0)->set_id(id("anna", 10));
  alike.mutable_items(0)->set_text("its id begins alike");
  letter("log:4", "log", alike.SerializeAsString() + "\xff");
  letter(str_cat("update:", sha256_hex(id("anna", 1)).substr(0, 32), ":1"), "update", "");
  const Erasure receipt = erase("item:" + id("anna", 1));
  EXPECT_EQ(receipt.dead_letters(), 5U);
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
  for (const char* const kept : {"update:2", "log:3", "log:4"})
    EXPECT_TRUE(database_.get(Space::kDeadLetters, kept).ok()) << kept;
}

TEST_F(Erasing, ALetterThatComesBackWhileTheEvidenceIsTakenGoesToo) {
  bring({post("anna", 1, kSecret)});
  ASSERT_TRUE(ask("item:" + id("anna", 1)).ok());
  turn();
  bool written = false;
  database_.before_write([&] {  // before anything of the evidence is written, as another thread would
    if (std::exchange(written, true)) return;
    DeadLetter again;
    again.set_id(str_cat("process:", sha256_hex(id("anna", 1)).substr(0, 32), ":1"));
    again.set_stage("process");
    again.set_payload(std::string(kSecret));
    auto batch = database_.batch();
    batch->put(Space::kDeadLetters, again.id(), again.SerializeAsString());
    ASSERT_TRUE(database_.write(*batch, Durability::kSynced).ok());
  });
  settle();
  database_.before_write({});
  ASSERT_TRUE(written);
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
}

TEST_F(Erasing, OfNothingAndOfWhatWasErasedNothingIsKept) {
  EXPECT_TRUE(absl::IsInvalidArgument(ask("story:1").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(ask("item:").status()));
  EXPECT_TRUE(absl::IsNotFound(ask("item:feed:none").status()));
  EXPECT_TRUE(absl::IsNotFound(ask("account:feed:none").status()));
  bring({post("anna", 1, kSecret)});
  erase("item:" + id("anna", 1));
  EXPECT_THAT(std::string(ask("item:" + id("anna", 1)).status().message()), HasSubstr("was erased already"));
}

TEST_F(Erasing, ADryRunCountsAndDoesNothing) {
  bring({post("anna", 1, kSecret), post("anna", 2, kSecret)});
  const auto counted = preview_erasure("account:feed:anna", database_, *store_, officials_, *holds_);
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->items(), 2U);
  EXPECT_EQ(counted->captures(), 1U);
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  EXPECT_THAT(*store_->erasures(10), IsEmpty());
}

// ---- legal hold

TEST_F(Erasing, NothingOnLegalHoldIsErasedAndWhoHoldsItIsTold) {
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
    ASSERT_TRUE(
        keep_hold({held, "a court has asked", "Olga"}, true, store_.get(), holds_.get(), clock_.now()).ok())
        << held;
    start();  // it holds over restarts
    for (const std::string& subject :
         {"item:" + id("anna", 1), std::string("account:feed:anna"), std::string("official:anna")}) {
      const absl::Status refused = ask(subject).status();
      EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << held << " / " << subject << ": " << refused;
      EXPECT_THAT(std::string(refused.message()), HasSubstr("Olga"));
    }
    ASSERT_TRUE(keep_hold({held, "over", "Olga"}, false, store_.get(), holds_.get(), clock_.now()).ok());
  }
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  EXPECT_EQ(erase("official:anna").items(), 1U);
}

TEST_F(Erasing, WhatAHeldPostRestsOnIsNotErasedWithAnother) {
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

TEST_F(Erasing, NorIsALaterPageThatShowsBoth) {
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

TEST_F(Erasing, PolicyAndRetentionLeaveTheEvidenceOfWhatIsHeld) {
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

TEST_F(Erasing, WhatIsGoneIsKeptUnlessTheSettingsSayOtherwise) {
  bring({post("anna", 1, kSecret)});
  say_gone(id("anna", 1), GONE);
  settle();
  EXPECT_EQ(store_->item(id("anna", 1))->text(), kSecret);
  EXPECT_THAT(*store_->erasures(10), IsEmpty());
}

TEST_F(Erasing, BlankedItsWordsGoAndThatItIsGoneStays) {
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

TEST_F(Erasing, RemovedItIsErasedAndStaysAway) {
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

TEST_F(Erasing, ALoginWallIsNoDeletion) {
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

TEST_F(Erasing, WhatIsOnHoldIsNeitherBlankedNorRemoved) {
  retention_.deleted = DeletedPolicy::kRemove;
  bring({post("anna", 1, kSecret)});
  ASSERT_TRUE(
      keep_hold({"account:feed:anna", "a court", "Olga"}, true, store_.get(), holds_.get(), clock_.now())
          .ok());
  say_gone(id("anna", 1), GONE);
  settle();
  EXPECT_EQ(store_->item(id("anna", 1))->text(), kSecret);
}

// ---- retention

TEST_F(Erasing, WhatIsTooOldGoesButForWhatIsUsedOrHeld) {
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
  ASSERT_TRUE(
      keep_hold({"item:" + id("anna", 3), "a court", "Olga"}, true, store_.get(), holds_.get(), clock_.now())
          .ok());
  Action claim;
  claim.set_verb("claim");
  claim.set_subject_id(store_->item(id("anna", 4))->story_id());
  auto batch = store_->batch();
  ASSERT_TRUE(store_->stage_action(*batch, claim).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  clock_.advance(absl::Hours(24 * 29));
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok()) << "not yet";
  clock_.advance(absl::Hours(24 * 2));
  settle();
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

TEST_F(Erasing, WhatIsHeldOrUsedAfterItWasFoundToBeTooOldStays) {
  retention_.days = 30;
  for (int number = 1; number <= 4; ++number) bring({post("anna", number, str_cat("Old words ", number))});
  settle();
  clock_.advance(absl::Hours(24 * 31));
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

TEST_F(Erasing, WhatHasExpiredTakesNoEvidenceFromYoungerPosts) {
  retention_.days = 30;
  Item young = post("anna", 2, "of today");
  for (auto* at : {young.mutable_created_at(), young.mutable_collected_at()})
    set_timestamp(at, clock_.now() + absl::Hours(24 * 20));
  const std::string page = bring({post("anna", 1, kSecret), young});
  clock_.advance(absl::Hours(24 * 31));
  settle();
  EXPECT_TRUE(absl::IsNotFound(store_->item(id("anna", 1)).status()));
  EXPECT_TRUE(store_->item(id("anna", 2)).ok());
  EXPECT_TRUE(store_->capture(page).ok());
}

}  // namespace
}  // namespace copytaster
