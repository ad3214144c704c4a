// What goes with a post that is erased: captures, pictures, dead letters.
#include <gmock/gmock.h>

#include "app/verify.h"
#include "storage/erasure_keys.h"
#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kSecret = "Xylophonkonzert im Rathauskeller am Donnerstag um neun";

class ErasingEvidence : public testing::ErasingFixture {
 protected:
  // Of a post that was erased in the meantime; its name in the media store.
  std::string erase_and_bring_a_late_picture() {
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
    EXPECT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
    return result.media().sha256();
  }
};

TEST_F(ErasingEvidence, ACaptureGoesWithItAndOtherPostsOfThePageAreUnprovenNotDamaged) {
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

TEST_F(ErasingEvidence, ALaterPageGoesAlsoIfTheClockWasSetBack) {
  bring({post("anna", 1, kSecret)});
  clock_.advance(-absl::Hours(24 * 365));
  const std::string later =
      bring({post("anna", 2, "The library opens.")}, str_cat(id("anna", 1), " ", kSecret));
  clock_.advance(absl::Hours(24 * 365));
  erase("item:" + id("anna", 1));
  EXPECT_TRUE(absl::IsNotFound(store_->capture(later).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
}

TEST_F(ErasingEvidence, TheSameWhereThePageThatBroughtItWasErasedWithAnotherPost) {
  bring({post("anna", 1, kSecret), post("anna", 2, "The bridge is closed until Monday.")});
  erase("item:" + id("anna", 2));
  clock_.advance(-absl::Hours(24 * 365));
  const std::string later =
      bring({post("anna", 3, "The library opens.")}, str_cat(id("anna", 1), " ", kSecret));
  clock_.advance(absl::Hours(24 * 365));
  bring({post("anna", 1, str_cat(kSecret, ", corrected"))});
  ASSERT_EQ(store_->item(id("anna", 1))->version(), 2U);
  settle();
  ASSERT_TRUE(store_->capture(later).ok());
  erase("item:" + id("anna", 1));
  EXPECT_TRUE(absl::IsNotFound(store_->capture(later).status()));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty());
}

// Each capture that is read again costs its collector's work.
TEST_F(ErasingEvidence, WhatCameBeforeItIsNotReadAgain) {
  clock_.advance(-absl::Hours(1'000));
  const std::string before = bring({post("anna", 2, "The library opens.")});
  clock_.advance(absl::Hours(1'000));
  const std::string own = bring({post("anna", 1, kSecret)});
  const std::string later = bring({post("anna", 3, "The council meets in May.")});
  StringSet read;
  CaptureSearch search;
  search.work.push_back({id("anna", 1), "feed:anna", "anna/1", absl::ToUnixSeconds(clock_.now()), {own}, {}});
  search.wanted = {own};
  search.holds_words = [&](const Capture& capture, const StringSet&) {
    read.insert(capture.sha256());
    return false;
  };
  const auto found = find_captures(database_, search);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(read, StringSet({later}));
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ(found->begin()->first, own);
  EXPECT_FALSE(read.contains(before));
}

TEST_F(ErasingEvidence, ALinkThatIsBlankWithoutAReceiptIsDamage) {
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

TEST_F(ErasingEvidence, APictureGoesUnlessAnotherPostShowsIt) {
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

TEST_F(ErasingEvidence, APictureThatComesAfterwardsIsNotKept) {
  const std::string late = erase_and_bring_a_late_picture();
  settle();
  EXPECT_FALSE(media_.has(late));
}

TEST_F(ErasingEvidence, APictureThatComesAfterwardsIsNotKeptAlsoIfTheProcessIsKilled) {
  const std::string late = erase_and_bring_a_late_picture();
  turn();
  ASSERT_TRUE(media_.has(late));
  start();
  settle();
  EXPECT_FALSE(media_.has(late));
}

TEST_F(ErasingEvidence, NoDeadLetterKeepsWordsOfItWhateverItsStage) {
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

TEST_F(ErasingEvidence, ALetterThatComesBackWhileTheEvidenceIsTakenGoesToo) {
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

TEST_F(ErasingEvidence, OfNothingAndOfWhatWasErasedNothingIsKept) {
  EXPECT_TRUE(absl::IsInvalidArgument(ask("story:1").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(ask("item:").status()));
  EXPECT_TRUE(absl::IsNotFound(ask("item:feed:none").status()));
  EXPECT_TRUE(absl::IsNotFound(ask("account:feed:none").status()));
  bring({post("anna", 1, kSecret)});
  erase("item:" + id("anna", 1));
  EXPECT_THAT(std::string(ask("item:" + id("anna", 1)).status().message()), HasSubstr("was erased already"));
}

TEST_F(ErasingEvidence, ADryRunCountsAndDoesNothing) {
  bring({post("anna", 1, kSecret), post("anna", 2, kSecret)});
  const auto counted = preview_erasure("account:feed:anna", database_, *store_, officials_, *holds_);
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->items(), 2U);
  EXPECT_EQ(counted->captures(), 1U);
  settle();
  EXPECT_TRUE(store_->item(id("anna", 1)).ok());
  EXPECT_THAT(*store_->erasures(10), IsEmpty());
}

}  // namespace
}  // namespace copytaster
