// Pictures of erased posts: their files go, also where the media store is away for a time, and not where
// another post is about to show the same bytes.
#include <gmock/gmock.h>

#include <algorithm>

#include "storage/erasure_keys.h"
#include "tests/app/erasing_support.h"

namespace copytaster {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kSecret = "Xylophonkonzert im Rathauskeller am Donnerstag um neun";
constexpr std::string_view kBytes = "a picture that is no picture";
const absl::Status kAway = absl::UnavailableError("the S3 server does not answer");

class ErasingPictures : public testing::ErasingFixture {
 protected:
  void bring_with_picture(const std::string& account, const std::string& sha256) {
    Item one = post(account, 1, kSecret);
    Media& media = *one.add_media();
    media.set_kind(PICTURE);
    media.set_url("https://cdn.example/" + account);
    media.set_state(KEPT);
    media.set_sha256(sha256);
    bring({one});
  }
  void bring_with_wanted_picture(const std::string& account) {
    Item one = post(account, 1, "The bridge is closed until Monday.");
    Media& media = *one.add_media();
    media.set_kind(PICTURE);
    media.set_url("https://cdn.example/" + account);
    bring({one});
  }
  // As the poller hands on what it has kept; no turn is made.
  void hand_on_fetched(const std::string& account, const std::string& sha256) {
    Parcel parcel;
    PictureResult& result = *parcel.add_pictures();
    result.set_item_id(id(account, 1));
    result.set_url("https://cdn.example/" + account);
    result.mutable_media()->set_state(KEPT);
    result.mutable_media()->set_sha256(sha256);
    ASSERT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
  }
  // What the eraser can do while the processing does nothing.
  void eraser_alone() {
    bool worked = true;
    for (int i = 0; i < 50 && worked; ++i) {
      const auto step = eraser_->step();
      ASSERT_TRUE(step.ok()) << step.status();
      worked = *step;
    }
    EXPECT_FALSE(worked) << "it goes round and round";
  }
  std::string begin_erasing(const std::string& subject) {
    const auto begun = ask(subject);
    EXPECT_TRUE(begun.ok()) << begun.status();
    turn();
    return begun.ok() ? begun->id() : "";
  }
  Media picture_of(const std::string& account) { return store_->item(id(account, 1))->media(0); }
  void expect_no_notes() {
    for (const std::string_view prefix : {kErasureWork, kPicturesOfErasures, kUnusedPictures}) {
      ASSERT_TRUE(database_
                      .scan(Space::kErasures, prefix, behind_prefix(prefix),
                            [&](std::string_view key, std::string_view) {
                              ADD_FAILURE() << key;
                              return true;
                            })
                      .ok());
    }
  }
};

// ---- the media store is away

TEST_F(ErasingPictures, WhileTheirStoreIsAwayTheReceiptStaysOpenAndTheyGoWhenItIsBack) {
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  far_.be_away(kAway);
  const Erasure open = erase("item:" + id("anna", 1));
  EXPECT_THAT(records_with("Xylophon"), IsEmpty()) << "words do not wait for it";
  EXPECT_FALSE(open.has_files_at());
  EXPECT_EQ(open.pictures(), 0U);
  EXPECT_TRUE(eraser_->idle()) << "but for what waits for its time";
  far_.be_here();
  settle();
  EXPECT_TRUE(media_.has(own)) << "not before the pause is over";
  clock_.advance(absl::Minutes(5));
  settle();
  EXPECT_FALSE(media_.has(own));
  EXPECT_EQ(receipt(open.id()).pictures(), 1U);
  EXPECT_TRUE(receipt(open.id()).has_files_at());
  expect_no_notes();
}

TEST_F(ErasingPictures, WhileTheirStoreIsAwayOtherErasuresAreDone) {
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  bring({post("bert", 1, kSecret)});
  far_.be_away(kAway);
  EXPECT_FALSE(erase("item:" + id("anna", 1)).has_files_at());
  EXPECT_TRUE(erase("item:" + id("bert", 1)).has_files_at());
}

TEST_F(ErasingPictures, OverStopsTheyAreNotForgottenWhileTheirStoreIsAway) {
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  far_.be_away(absl::PermissionDeniedError("the key is not the right one"));
  const Erasure open = erase("item:" + id("anna", 1));
  for (int again = 0; again < 2; ++again) {
    start();
    settle();
    EXPECT_FALSE(receipt(open.id()).has_files_at());
  }
  far_.be_here();
  start();
  settle();
  EXPECT_FALSE(media_.has(own));
  EXPECT_EQ(receipt(open.id()).pictures(), 1U);
  EXPECT_TRUE(receipt(open.id()).has_files_at());
  expect_no_notes();
}

TEST_F(ErasingPictures, OneThatCameTooLateWaitsForTheStoreTooAndEndsNothing) {
  bring_with_wanted_picture("anna");
  EXPECT_TRUE(erase("item:" + id("anna", 1)).has_files_at());
  const std::string late = *media_.put(kBytes);
  far_.be_away(kAway);
  hand_on_fetched("anna", late);
  settle();
  start();
  settle();
  EXPECT_TRUE(media_.has(late));
  far_.be_here();
  clock_.advance(absl::Minutes(5));
  settle();
  EXPECT_FALSE(media_.has(late));
  expect_no_notes();
}

TEST_F(ErasingPictures, AStoreThatIsAwayIsAskedLessAndLessOften) {
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  far_.be_away(kAway);
  erase("item:" + id("anna", 1));
  EXPECT_EQ(far_.refused(), 1);
  settle();
  EXPECT_EQ(far_.refused(), 1) << "not while it pauses";
  for (int second = 0; second < 60; ++second) {
    clock_.advance(absl::Seconds(1));
    settle();
  }
  EXPECT_EQ(far_.refused(), 6) << "after 1, 2, 4, 8, 16 seconds";
  for (int hour = 0; hour < 10; ++hour) {
    clock_.advance(absl::Hours(1));
    settle();
  }
  const int tried = far_.refused();
  clock_.advance(absl::Minutes(5));
  settle();
  EXPECT_EQ(far_.refused(), tried + 1) << "however long it was away";
  clock_.advance(-absl::Hours(1));
  settle();
  EXPECT_EQ(far_.refused(), tried + 2) << "a clock that was set back puts nothing off";
}

TEST_F(ErasingPictures, ADiskThatErasesNothingIsAnError) {
  pause_when_away_ = absl::ZeroDuration();
  start();
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  far_.be_away(kAway);
  begin_erasing("item:" + id("anna", 1));
  absl::Status failed;
  for (int i = 0; i < 50 && failed.ok(); ++i) failed = eraser_->step().status();
  EXPECT_TRUE(absl::IsUnavailable(failed)) << failed;
  far_.be_here();
  start();
  settle();
  EXPECT_FALSE(media_.has(own));
  expect_no_notes();
}

TEST_F(ErasingPictures, WhatNamesNoFileEndsNothing) {
  bring_with_picture("anna", "no name of a file");
  far_.be_away(absl::InvalidArgumentError("a picture is named by 64 lower-case hex digits"));
  const Erasure done = erase("item:" + id("anna", 1));
  EXPECT_TRUE(done.has_files_at());
  EXPECT_EQ(done.pictures(), 0U);
  expect_no_notes();
}

TEST_F(ErasingPictures, OneWhoseFileWasGoneBeforeAStopIsCountedOnce) {
  const std::string own = *media_.put(kBytes);
  bring_with_picture("anna", own);
  const std::string erasure = begin_erasing("item:" + id("anna", 1));
  far_.after_erasing([&](std::string_view) { database_.fail_writes(absl::UnavailableError("killed")); });
  absl::Status failed;
  for (int i = 0; i < 50 && failed.ok(); ++i) failed = eraser_->step().status();
  ASSERT_TRUE(absl::IsUnavailable(failed)) << failed;
  ASSERT_FALSE(media_.has(own));
  EXPECT_EQ(receipt(erasure).pictures(), 0U);
  database_.fail_writes(absl::OkStatus());
  far_.after_erasing(nullptr);
  start();
  settle();
  EXPECT_EQ(receipt(erasure).pictures(), 1U);
  EXPECT_TRUE(receipt(erasure).has_files_at());
  start();
  settle();
  EXPECT_EQ(receipt(erasure).pictures(), 1U);
}

// ---- another post is about to show the same bytes

TEST_F(ErasingPictures, WhatWaitsInTheLogForAnotherPostStays) {
  const std::string shared = *media_.put(kBytes);
  bring_with_picture("anna", shared);
  bring_with_wanted_picture("bert");
  const std::string erasure = begin_erasing("item:" + id("anna", 1));
  hand_on_fetched("bert", shared);
  eraser_alone();
  EXPECT_TRUE(media_.has(shared));
  EXPECT_TRUE(database_.get(Space::kErasures, picture_of_erasure_key(erasure, shared)).ok());
  EXPECT_FALSE(receipt(erasure).has_files_at()) << "it is not known yet whether the picture stays";
  settle();
  EXPECT_EQ(picture_of("bert").state(), KEPT);
  EXPECT_TRUE(media_.has(shared));
  EXPECT_EQ(receipt(erasure).pictures(), 0U);
  EXPECT_TRUE(receipt(erasure).has_files_at());
  expect_no_notes();
}

TEST_F(ErasingPictures, NothingThatPicturesAreStillLookedAtForIsErased) {
  bus_options_.consumers = {"process", "pictures"};
  start();
  const std::string shared = *media_.put(kBytes);
  bring_with_picture("anna", shared);
  bring_with_wanted_picture("bert");
  const auto log_end = [&] { return bus_->position("process") + bus_->lag("process"); };
  ASSERT_TRUE(bus_->commit("pictures", log_end(), nullptr).ok());
  begin_erasing("item:" + id("anna", 1));
  Parcel parcel;
  PictureResult& result = *parcel.add_pictures();
  result.set_item_id(id("bert", 1));
  result.mutable_media()->set_state(KEPT);
  result.mutable_media()->set_sha256(shared);
  ASSERT_TRUE(bus_->append({&parcel, 1}, nullptr, absl::ZeroDuration()).ok());
  // The processing has passed it by, who looks at pictures has not: as with PictureWork.
  ASSERT_TRUE(bus_->commit("process", log_end(), nullptr).ok());
  eraser_alone();
  EXPECT_TRUE(media_.has(shared));
  ASSERT_TRUE(bus_->commit("pictures", log_end(), nullptr).ok());
  eraser_alone();
  EXPECT_FALSE(media_.has(shared)) << "it was looked at, and no post shows it";
}

TEST_F(ErasingPictures, WhatAnotherPostShowsSinceTheStoreWasReadStays) {
  const std::string shared = *media_.put(kBytes);
  bring_with_picture("anna", shared);
  bring_with_wanted_picture("bert");
  begin_erasing("item:" + id("anna", 1));
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(*eraser_->step()) << "found, handed over, looked for in the store";
  hand_on_fetched("bert", shared);
  settle();
  EXPECT_EQ(picture_of("bert").state(), KEPT);
  EXPECT_TRUE(media_.has(shared));
}

TEST_F(ErasingPictures, OneThatCameTooLateStaysWhereItWaitsInTheLogForAnotherPost) {
  bring_with_wanted_picture("anna");
  bring_with_wanted_picture("bert");
  erase("item:" + id("anna", 1));
  const std::string shared = *media_.put(kBytes);
  hand_on_fetched("anna", shared);
  turn();
  hand_on_fetched("bert", shared);
  eraser_alone();
  EXPECT_TRUE(media_.has(shared));
  settle();
  EXPECT_TRUE(media_.has(shared));
  EXPECT_EQ(picture_of("bert").state(), KEPT);
  expect_no_notes();
}

// The poller had found the bytes there, and hands that on when they are gone.
TEST_F(ErasingPictures, APostWhoseFetchedBytesWereErasedMeanwhileWantsThemStill) {
  const std::string shared = *media_.put(kBytes);
  bring_with_picture("anna", shared);
  bring_with_wanted_picture("bert");
  erase("item:" + id("anna", 1));
  ASSERT_FALSE(media_.has(shared));
  hand_on_fetched("bert", shared);
  settle();
  EXPECT_EQ(picture_of("bert").state(), WANTED);
  EXPECT_EQ(picture_of("bert").sha256(), "");
  EXPECT_EQ(*media_.put(kBytes), shared);
  hand_on_fetched("bert", shared);
  settle();
  EXPECT_EQ(picture_of("bert").state(), KEPT);
  EXPECT_TRUE(media_.has(shared));
}

TEST_F(ErasingPictures, ATurnBetweenLookingAndErasingKeepsWhatItStores) {
  std::vector<std::string> own = {*media_.put("one"), *media_.put("another")};
  std::ranges::sort(own);  // as they are erased
  bring_with_picture("anna", own[0]);
  bring_with_picture("carl", own[1]);
  bring_with_wanted_picture("bert");
  bring_with_wanted_picture("dora");
  begin_erasing("item:" + id("anna", 1));
  begin_erasing("item:" + id("carl", 1));
  int erased = 0;
  far_.before_erasing([&](std::string_view sha256) {
    if (++erased > 1) return;
    ASSERT_EQ(sha256, own[0]);
    hand_on_fetched("bert", own[1]);  // which is next
    hand_on_fetched("dora", own[0]);  // which is just going
    turn();
  });
  settle();
  far_.before_erasing(nullptr);
  EXPECT_EQ(picture_of("bert").state(), KEPT);
  EXPECT_TRUE(media_.has(own[1]));
  EXPECT_EQ(picture_of("dora").state(), WANTED);
  EXPECT_FALSE(media_.has(own[0]));
  ASSERT_THAT(*store_->erasures(10), SizeIs(2));
  expect_no_notes();
}

}  // namespace
}  // namespace copytaster
