// What an editor decides about a picture, from the desk's question to all posts that show it.
#include "app/picture_rights.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/item.h"
#include "core/strings.h"
#include "core/time.h"
#include "processing_support.h"

namespace copytaster {
namespace {

Item post(const std::string& native_id, const std::string& person, std::string_view text, int minute) {
  Item item;
  item.set_platform("facebook");
  item.set_native_id(native_id);
  item.set_id(item_id("facebook", native_id));
  item.set_account_id("facebook:" + person);
  item.set_official_id(person);
  item.mutable_author()->set_name(person);
  item.set_text(std::string(text));
  set_timestamp(item.mutable_created_at(), absl::FromUnixSeconds(1650000000 + 60 * minute));
  Media& media = *item.add_media();
  media.set_kind(PICTURE);
  media.set_url("https://cdn.test/" + native_id + ".jpg?signed=1");
  item.set_content_hash(content_hash(item));
  return item;
}

class PictureRightsTest : public testing::ProcessingFixture {
 protected:
  void bring(const Item& item) {
    append(std::vector<Item>{item});
    take_up();
  }
  // The picture of a post has come, with these bytes.
  void fetched(const std::string& native_id, std::string_view bytes) {
    Parcel parcel;
    PictureResult& result = *parcel.add_pictures();
    result.set_item_id("facebook:" + native_id);
    result.set_url("https://cdn.test/" + native_id + ".jpg?signed=1");
    result.mutable_media()->set_state(KEPT);
    result.mutable_media()->set_sha256(*media_.put(bytes));
    append(parcel);
    take_up();
  }
  void take_up() { ASSERT_TRUE(turn().ok()); }
  absl::Status decide(const std::string& native_id, std::string_view state, std::uint32_t index = 0) {
    const auto item = store_->item("facebook:" + native_id);
    const int at = static_cast<int>(index);
    std::string shown;
    if (item.ok() && at < item->media_size())
      shown = item->media(at).sha256().empty() ? item->media(at).url() : item->media(at).sha256();
    return decide_shown(native_id, state, index, shown);
  }
  absl::Status decide_shown(const std::string& native_id, std::string_view state, std::uint32_t index,
                            const std::string& shown) {
    return keep_rights({"facebook:" + native_id, index, shown, std::string(state), "by mail", "Mira"},
                       store_.get(), bus_.get(), clock_, &decided());
  }
  // As the desk reads; made anew with the store.
  DecidedReader& decided() {
    if (decided_of_ != store_.get()) {
      decided_ = std::make_unique<DecidedReader>(*store_);
      decided_of_ = store_.get();
      EXPECT_TRUE(decided_->load(*store_).ok());
    }
    return *decided_;
  }
  std::string state_at_the_desk(const std::string& native_id) {
    return decided().item("facebook:" + native_id)->media(0).rights().state();
  }
  std::string state(const std::string& native_id) {
    return store_->item("facebook:" + native_id)->media(0).rights().state();
  }
  std::string in_story(const std::string& native_id) {
    const auto story = store_->story(store_->item("facebook:" + native_id)->story_id());
    return story.ok() && story->pictures_size() > 0 ? story->pictures(0).rights().state() : "no picture";
  }
  std::vector<std::string> actions() {
    std::vector<std::string> verbs;
    EXPECT_TRUE(
        store_->each_action([&](const Action& action) { return verbs.push_back(action.verb()), true; }).ok());
    return verbs;
  }
  std::unique_ptr<DecidedReader> decided_;
  const Store* decided_of_ = nullptr;
};

TEST_F(PictureRightsTest, ADecisionIsKeptAppliedAndSticksOverARestartAndAnEdit) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  ASSERT_TRUE(decide("1", "granted").ok());
  EXPECT_EQ(actions(), std::vector<std::string>{"rights"}) << "kept before it is applied";
  take_up();
  const Item decided = *store_->item("facebook:1");
  EXPECT_EQ(decided.media(0).rights().state(), "granted");
  EXPECT_EQ(decided.media(0).rights().by(), "Mira");
  EXPECT_EQ(decided.media(0).rights().note(), "by mail");
  EXPECT_EQ(to_time(decided.media(0).rights().at()), clock_.now());
  EXPECT_EQ(decided.version(), 1U) << "what an editor says is no new version of a post";
  EXPECT_EQ(in_story("1"), "granted");
  start();
  bring(post("1", "anna", "The council has met about the bridge, again.", 0));
  EXPECT_EQ(store_->item("facebook:1")->version(), 2U);
  EXPECT_EQ(state("1"), "granted");
  EXPECT_EQ(in_story("1"), "granted");
}

TEST_F(PictureRightsTest, ItGoesToTheCopiesThatAreThereAndToThoseThatCome) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  bring(post("2", "bruno", "Something else was said at the harbour.", 5));
  fetched("2", "bytes");
  ASSERT_TRUE(decide("2", "refused").ok());
  take_up();
  EXPECT_EQ(state("2"), "refused");
  EXPECT_EQ(state("1"), "refused");
  EXPECT_EQ(in_story("1"), "refused");
  start();
  bring(post("3", "carla", "A third one writes about the theatre.", 9));
  EXPECT_EQ(state("3"), "") << "nobody knows yet which picture it is";
  fetched("3", "bytes");
  EXPECT_EQ(state("3"), "refused");
  EXPECT_EQ(in_story("3"), "refused");
  fetched("3", "other bytes");
  EXPECT_EQ(state("3"), "") << "another picture stands there now";
}

// Credits go the same way.
TEST_F(PictureRightsTest, APhotographerNamedInAnotherStoryIsCreditedInThisOne) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  const auto credit = [&] {
    return store_->story(store_->item("facebook:1")->story_id())->pictures(0).attribution().credit_line();
  };
  EXPECT_EQ(credit(), "Source: anna on Facebook");
  bring(post("2", "bruno", "Something else was said at the harbour. Photo: Jane Roe", 40 * 24 * 60));
  fetched("2", "bytes");
  ASSERT_NE(store_->item("facebook:2")->story_id(), store_->item("facebook:1")->story_id());
  EXPECT_EQ(credit(), "Photo: Jane Roe. Source: anna on Facebook");
}

TEST_F(PictureRightsTest, ARefusalIsInForceBeforeTheProcessingTakesItUp) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  ASSERT_TRUE(decide("1", "granted").ok());
  take_up();
  const std::string story_id = store_->item("facebook:1")->story_id();
  // Years later, of the same bytes, in another story.
  bring(post("2", "bruno", "Something else was said at the harbour.", 3 * 365 * 24 * 60));
  fetched("2", "bytes");
  ASSERT_EQ(state_at_the_desk("1"), "granted");
  clock_.advance(absl::Minutes(1));
  ASSERT_TRUE(decide("2", "refused").ok());
  EXPECT_EQ(state("1"), "granted") << "no turn has come yet";
  EXPECT_EQ(state_at_the_desk("1"), "refused");
  EXPECT_EQ(state_at_the_desk("2"), "refused");
  EXPECT_EQ(decided().of_bytes(store_->item("facebook:1")->media(0).sha256()).state(), "refused");
  EXPECT_EQ(decided().story(story_id)->pictures(0).rights().state(), "refused");
  start();
  EXPECT_EQ(state_at_the_desk("1"), "refused") << "also after a stop";
  EXPECT_EQ(decided().stories(10)->at(0).pictures(0).rights().state(), "refused");
}

TEST_F(PictureRightsTest, WhatWasNotShownIsNotDecidedAbout) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  const std::string url = store_->item("facebook:1")->media(0).url();
  fetched("1", "bytes");
  const std::string shown = store_->item("facebook:1")->media(0).sha256();
  fetched("1", "other bytes");
  const absl::Status status = decide_shown("1", "granted", 0, shown);
  EXPECT_TRUE(absl::IsFailedPrecondition(status)) << status;
  EXPECT_NE(status.message().find("not the one that you were shown"), std::string::npos);
  EXPECT_TRUE(absl::IsFailedPrecondition(decide_shown("1", "granted", 0, "")));
  EXPECT_TRUE(actions().empty());
  EXPECT_TRUE(decide_shown("1", "granted", 0, url).ok()) << "its bytes have come since";
}

TEST_F(PictureRightsTest, PicturesOfOneProgramAreTwo) {
  Item item = post("1", "anna", "The council has met about the bridge.", 0);
  *item.add_media() = item.media(0);
  *item.add_media() = item.media(0);
  item.mutable_media(0)->set_url("https://cdn.test/image.php?id=1");
  item.mutable_media(1)->set_url("https://cdn.test/image.php?id=2");
  item.mutable_media(2)->set_url("https://cdn.test/image.php?id=3&Signature=a&Expires=1");
  bring(item);
  ASSERT_TRUE(decide("1", "granted").ok());
  ASSERT_TRUE(decide("1", "refused", 2).ok());
  take_up();
  const Item decided = *store_->item("facebook:1");
  EXPECT_EQ(decided.media(0).rights().state(), "granted");
  EXPECT_EQ(decided.media(1).rights().state(), "");
  item.mutable_media(2)->set_url("https://cdn.test/image.php?id=3&Signature=b&Expires=2");
  item.set_text("The council has met again.");
  item.set_content_hash(content_hash(item));
  bring(item);
  EXPECT_EQ(store_->item("facebook:1")->media(2).rights().state(), "refused");
  EXPECT_EQ(store_->item("facebook:1")->media(1).rights().state(), "");
}

TEST_F(PictureRightsTest, AClockThatIsSetBackMakesNoDecisionOlder) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  ASSERT_TRUE(decide("1", "granted").ok());
  clock_.set(clock_.now() - absl::Hours(2));
  ASSERT_TRUE(decide("1", "refused").ok());
  EXPECT_EQ(state_at_the_desk("1"), "refused");
  start();
  EXPECT_EQ(state_at_the_desk("1"), "refused");
}

TEST_F(PictureRightsTest, TheNewestDecisionHolds) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  for (const char* next : {"asked", "embed-only", "unknown", "granted"}) {
    clock_.advance(absl::Minutes(1));
    ASSERT_TRUE(decide("1", next).ok());
    take_up();
    EXPECT_EQ(state("1"), next);
  }
  start();
  bring(post("2", "bruno", "Something else was said at the harbour.", 5));
  fetched("2", "bytes");
  EXPECT_EQ(state("2"), "granted");
}

TEST_F(PictureRightsTest, APictureThatIsNotHereYetCanBeDecidedAbout) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  ASSERT_TRUE(decide("1", "embed-only").ok());
  take_up();
  EXPECT_EQ(state("1"), "embed-only");
  fetched("1", "bytes");
  EXPECT_EQ(state("1"), "embed-only");
}

TEST_F(PictureRightsTest, TheLogNamesThePictureThatWasDecidedAbout) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  ASSERT_TRUE(decide("1", "refused").ok());
  ::testing::internal::CaptureStderr();
  take_up();
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(said.find("rights.decided"), std::string::npos) << said;
  EXPECT_NE(said.find(str_cat("sha256:", store_->item("facebook:1")->media(0).sha256())), std::string::npos)
      << said;
}

// Refused before its bytes came, by where it stands: the file itself is known by its bytes alone.
TEST_F(PictureRightsTest, WhatIsRefusedWhereItStandsIsRefusedByItsBytesAsWell) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  ASSERT_TRUE(decide("1", "refused").ok());
  fetched("1", "bytes");
  const std::string sha256 = store_->item("facebook:1")->media(0).sha256();
  EXPECT_EQ(decided().of_bytes(sha256).state(), "refused") << "nobody has read the post since";
  start();
  EXPECT_EQ(decided().of_bytes(sha256).state(), "refused") << "also after a stop";
  clock_.advance(absl::Minutes(1));
  ASSERT_TRUE(decide("1", "granted").ok());
  EXPECT_EQ(decided().of_bytes(sha256).state(), "granted") << "the newest decision holds";
}

TEST_F(PictureRightsTest, WhatIsFoldedIntoARefusedPictureIsRefusedByItsBytesAsWell) {
  Item first = post("1", "anna", "The council has met about the bridge.", 0);
  first.mutable_media(0)->set_sha256(*media_.put("bytes"));
  Item second = post("2", "anna", "The council has met about the bridge.", 1);
  second.mutable_media(0)->set_sha256(*media_.put("fewer bytes"));
  second.mutable_media(0)->set_folded_into(str_cat("facebook:1#", first.media(0).sha256().substr(0, 16)));
  Story story;
  story.set_id("story:1");
  for (Item* item : {&first, &second}) item->set_story_id(story.id());
  StoryPicture& picture = *story.add_pictures();
  picture.set_item_id("facebook:1");
  picture.set_sha256(first.media(0).sha256());
  picture.add_also_in("facebook:2");
  auto batch = store_->batch();
  for (const Item* item : {&first, &second}) ASSERT_TRUE(store_->stage_item(*batch, *item).ok());
  ASSERT_TRUE(store_->stage_story(*batch, story).ok());
  ASSERT_TRUE(store_->write(*batch, Durability::kSynced).ok());
  ASSERT_TRUE(decide("1", "refused").ok());
  EXPECT_EQ(decided().of_bytes(second.media(0).sha256()).state(), "refused");
  decided_of_ = nullptr;
  EXPECT_EQ(decided().of_bytes(second.media(0).sha256()).state(), "refused") << "also after a stop";
}

TEST_F(PictureRightsTest, AStopBetweenKeepingAndApplyingLosesNothing) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  fetched("1", "bytes");
  ASSERT_TRUE(decide("1", "refused").ok());
  start();  // before a turn took it up
  take_up();
  EXPECT_EQ(state("1"), "refused");
  EXPECT_EQ(actions().size(), 1U);
}

TEST_F(PictureRightsTest, OfNoPostAndNoPictureNothingIsKept) {
  bring(post("1", "anna", "The council has met about the bridge.", 0));
  EXPECT_TRUE(absl::IsNotFound(decide("none", "granted")));
  EXPECT_TRUE(absl::IsInvalidArgument(decide("1", "granted", 1)));
  EXPECT_TRUE(actions().empty());
}

}  // namespace
}  // namespace copytaster
