#include "processors/restore_window.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "fold_support.h"

namespace copytaster {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kNow = 1'660'000'000;

class RestoreWindowTest : public ::testing::Test {
 protected:
  // Views stay good: ids are literals.
  static ItemOutline outline(std::int64_t days_ago, std::string_view story = "", std::uint32_t media = 0) {
    ItemOutline out;
    out.account_id = "x:anna";
    out.story_id = story;
    out.created = kNow - days_ago * kDay;
    out.media = media;
    return out;
  }
  static ItemOutline article(std::int64_t days_ago) {
    ItemOutline out = outline(days_ago);
    out.official_id = "the-paper";
    return out;
  }
  void close(const std::vector<ItemOutline>& all) {
    for (const ItemOutline& one : all) window.note(one, 1000);
    window.close();
  }

  const Officials officials{{testing::make_official("the-paper", "The Paper", "", "", "", NEWSROOM)}};
  CopySettings copies;
  RestoreWindow window{officials, copies, StorySettings()};
};

TEST_F(RestoreWindowTest, EndsWithTheNewestPostWhateverTheDay) {
  close({outline(0), outline(29), outline(31)});
  EXPECT_TRUE(window.parts_of(outline(29)).copies);
  EXPECT_FALSE(window.parts_of(outline(31)).any());
}

TEST_F(RestoreWindowTest, AStoryLivesWithItsNewestPost) {
  close({outline(90, "story:a"), outline(10, "story:a"), outline(90, "story:b"), outline(40, "story:b"),
         outline(0)});
  EXPECT_TRUE(window.parts_of(outline(90, "story:a")).stories);
  EXPECT_FALSE(window.parts_of(outline(90, "story:a")).copies);
  EXPECT_FALSE(window.parts_of(outline(90, "story:b")).any());
}

// Our own articles do not say what day it is, and are background for longer.
TEST_F(RestoreWindowTest, ArticlesAreTakenForAsLongAsTheyAreBackground) {
  close({article(-50), outline(0), article(300), article(500)});
  EXPECT_TRUE(window.parts_of(outline(29)).copies);
  EXPECT_TRUE(window.parts_of(article(429)).stories);
  EXPECT_FALSE(window.parts_of(article(431)).any());
}

TEST_F(RestoreWindowTest, WhatHasNoDateIsTakenForNewAndComesLast) {
  ItemOutline undated = outline(0);
  undated.created.reset();
  close({undated, outline(0)});
  EXPECT_TRUE(window.parts_of(undated).copies);
  EXPECT_GT(RestoreWindow::place_of(undated), RestoreWindow::place_of(outline(0)));
  EXPECT_TRUE(window.parts_of(outline(29)).copies) << "it does not move the window";
}

TEST_F(RestoreWindowTest, OlderPicturesAreTakenAsFarAsTheyAreKept) {
  copies.max_pictures = 3;
  RestoreWindow few{officials, copies, StorySettings()};
  for (const ItemOutline& one : {outline(0, "", 1), outline(50, "", 2), outline(60, "", 1)})
    few.note(one, 1000);
  few.close();
  EXPECT_TRUE(few.parts_of(outline(50, "", 2)).pictures);
  EXPECT_FALSE(few.parts_of(outline(50, "", 2)).copies);
  EXPECT_FALSE(few.parts_of(outline(50)).any());
  EXPECT_FALSE(few.parts_of(outline(60, "", 1)).any());
}

TEST_F(RestoreWindowTest, SlicesHoldAboutAsMuchAsTheyMay) {
  std::vector<ItemOutline> all;
  for (std::int64_t days_ago = 0; days_ago < 100; ++days_ago) all.push_back(outline(days_ago));
  close(all);
  EXPECT_EQ(window.slices(1'000'000).size(), 1U);
  const std::vector<std::int64_t> begins = window.slices(10'000);  // ten posts; about thirty-one are wanted
  ASSERT_EQ(begins.size(), 4U);
  EXPECT_EQ(begins.front(), 0);
  EXPECT_TRUE(std::ranges::is_sorted(begins));
}

}  // namespace
}  // namespace copytaster
