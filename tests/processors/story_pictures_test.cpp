// Which pictures of a story are one photograph: what the index of pictures says too, and nothing else.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "processors/picture_facts.h"
#include "processors/picture_match.h"
#include "processors/story_builder.h"
#include "tests/processors/fold_support.h"
#include "tests/processors/picture_set.h"

namespace copytaster {
namespace {

using testing::Canvas;

Media inspected(const Canvas& canvas, const std::string& suffix = ".jpg[Q=85]") {
  auto media = inspect_picture(testing::encoded(canvas, suffix));
  EXPECT_TRUE(media.ok()) << media.status();
  if (!media.ok()) return {};
  media->set_kind(PICTURE);
  media->set_state(KEPT);
  return *std::move(media);
}

Media captioned(Media media, std::string_view caption) {
  Caption* added = media.add_captions();
  added->set_text(std::string(caption));
  added->set_origin("description");
  return media;
}

// The story of posts that show one picture each.
Story story_of(const std::vector<Media>& pictures) {
  static const Officials nobody;
  std::vector<Item> posts;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const int minutes = static_cast<int>(i) * 60;
    posts.push_back(testing::make_post("facebook", std::to_string(i), "anna", minutes, "At the council."));
    *posts.back().add_media() = pictures[i];
  }
  StoryMaterial material;
  material.story_id = "story:1";
  for (const Item& post : posts) material.posts.push_back({&post, true});
  return make_story(std::move(material), nobody, Rules());
}

bool are_one(const Media& a, const Media& b) { return compare_pictures(a, b) || compare_pictures(b, a); }

class StoryPictures : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(start_pictures("processors_test").ok()); }

  // Of pictures of a kind that are all different: each two that compare_pictures() tells apart are two in a
  // story as well, and no caption goes over. How many of these are near enough for PDQ alone.
  static std::size_t check_pairs(std::string_view kind, std::uint64_t count) {
    std::vector<Media> all;
    for (std::uint64_t seed = 0; seed < count; ++seed)
      all.push_back(inspected(testing::negative(kind, seed)));
    std::size_t near = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (are_one(all[i], all[k])) continue;
        const auto a = pdq_bits(all[i].pdq().hash()), b = pdq_bits(all[k].pdq().hash());
        if (a && b && pdq_distance(*a, *b) <= kSamePictureDistance) ++near;
        check_two(story_of({captioned(all[i], "The first one's words"), all[k]}));
        if (HasFailure()) return near;
      }
    }
    return near;
  }

  static void check_two(const Story& story) {
    EXPECT_EQ(story.pictures_size(), 2);
    for (const StoryPicture& picture : story.pictures()) {
      EXPECT_EQ(picture.also_in_size(), 0);
      EXPECT_EQ(picture.caption().text(), picture.item_id() == "facebook:0" ? "The first one's words" : "");
    }
  }
};

TEST_F(StoryPictures, TwoSpeakersBeforeOneWallAreTwo) {
  EXPECT_GE(check_pairs("other speaker", 12), 10U) << "PDQ would take these for one";
}

TEST_F(StoryPictures, FlagsLogosCardsAndScreenshotsAreAsManyAsTheyAre) {
  for (const std::string_view kind : {"cross", "logo", "light card", "dark card", "screenshot"}) {
    SCOPED_TRACE(kind);
    (void)check_pairs(kind, 8);
  }
}

TEST_F(StoryPictures, OnePhotographIsShownOnceHoweverItWasCutOrTurned) {
  const Canvas whole = testing::photograph(3);
  const Story story =
      story_of({captioned(inspected(whole), "The first one's words"), inspected(whole, ".webp[Q=60]"),
                inspected(testing::cut(whole, 30, 0, whole.width - 30, whole.height)),
                inspected(testing::turned(whole, 0, true)), inspected(testing::photograph(4))});
  ASSERT_EQ(story.pictures_size(), 2);
  EXPECT_EQ(story.pictures(0).item_id(), "facebook:0");
  EXPECT_EQ(story.pictures(0).also_in_size(), 3);
  EXPECT_EQ(story.pictures(1).caption().text(), "");
}

// The post it names may have been edited since, or its picture may have been taken for another's.
TEST_F(StoryPictures, AFoldIsBelievedOnlyWhereThePicturesAgree) {
  Media second = inspected(testing::photograph(4));
  second.set_folded_into("facebook:0#0");
  Media third = inspected(testing::photograph(5));
  third.set_folded_into("facebook:0#0");
  const Story story =
      story_of({captioned(inspected(testing::photograph(3)), "The first one's words"), second, third});
  ASSERT_EQ(story.pictures_size(), 3);
  for (const StoryPicture& picture : story.pictures())
    EXPECT_EQ(picture.caption().text(), picture.item_id() == "facebook:0" ? "The first one's words" : "");
}

}  // namespace
}  // namespace copytaster
