#include "app/known_posts.h"

#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

Item post(std::string_view id, std::string_view text, absl::Time at = kNow) {
  Item item;
  item.set_id(std::string(id));
  item.set_account_id("feed:example.org");
  item.set_text(std::string(text));
  item.set_content_hash(str_cat("hash of ", text));
  set_timestamp(item.mutable_created_at(), at);
  return item;
}

class KnownPostsTest : public ::testing::Test {
 protected:
  Item known(std::string_view id) {
    Item item;
    const auto bytes = memory_.get(Space::kItems, id);
    EXPECT_TRUE(bytes.ok() && item.ParseFromString(*bytes)) << id;
    return item;
  }
  RemoteKeyValue memory_;
  KnownPosts posts_{&memory_, absl::Hours(48)};
};

TEST_F(KnownPostsTest, RemembersTheNewestVersionAndItsPictures) {
  Parcel first, second, third;
  *first.add_items() = post("a", "one");
  Media* const media = first.mutable_items(0)->add_media();
  media->set_url("https://example.org/1.jpg");
  posts_.take(first);
  EXPECT_EQ(known("a").media(0).state(), WANTED);
  PictureResult* const picture = second.add_pictures();
  picture->set_item_id("a");
  picture->set_url("https://example.org/1.jpg");
  picture->mutable_media()->set_state(KEPT);
  picture->mutable_media()->set_sha256("12");
  posts_.take(second);
  EXPECT_EQ(known("a").media(0).state(), KEPT);
  *third.add_items() = post("a", "two");
  *third.mutable_items(0)->add_media() = *media;
  posts_.take(third);
  EXPECT_EQ(known("a").text(), "two");
  EXPECT_EQ(known("a").media(0).state(), KEPT) << "it would be fetched again";
}

TEST_F(KnownPostsTest, KnowsWhatIsGoneAndWhichAgesWereRead) {
  Parcel first, second;
  *first.add_items() = post("a", "one");
  posts_.take(first);
  second.add_deletions()->set_item_id("a");
  second.mutable_deletions(0)->set_state(GONE);
  EngagementAt* const noted = second.add_engagements();
  noted->set_item_id("a");
  noted->set_age_seconds(600);
  posts_.take(second);
  EXPECT_EQ(known("a").state(), GONE);
  ASSERT_EQ(known("a").engagement_history_size(), 1);
  EXPECT_EQ(known("a").engagement_history(0).age_seconds(), 600U);
}

TEST_F(KnownPostsTest, ForgetsWhatIsOldAndWhatIsOthers) {
  Parcel parcel;
  *parcel.add_items() = post("old", "x", kNow - absl::Hours(49));
  *parcel.add_items() = post("new", "y");
  *parcel.add_items() = post("other", "z");
  parcel.mutable_items(2)->set_account_id("feed:other.example");
  posts_.take(parcel);
  posts_.prune(kNow);
  EXPECT_EQ(posts_.size(), 2U);
  EXPECT_FALSE(memory_.get(Space::kItems, "old").ok());
  posts_.forget_account("feed:other.example");
  EXPECT_FALSE(memory_.get(Space::kItems, "other").ok());
  EXPECT_TRUE(memory_.get(Space::kItems, "new").ok());
}

}  // namespace
}  // namespace copytaster
