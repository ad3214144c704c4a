// A story of more posts than are held at once is counted as one that is read whole, and shaped by its first
// and latest posts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/strings.h"
#include "core/text.h"
#include "fold_support.h"
#include "processors/story_index.h"

namespace copytaster {
namespace {

using ::testing::ElementsAre;
using testing::ItemsReader;
using testing::make_post;

constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

std::string statement(std::uint64_t number) {
  static const std::vector<std::string> words = {"harbour", "school",  "bridge", "library",
                                                 "council", "winter",  "market", "tram",
                                                 "garden",  "theatre", "budget", "street"};
  std::mt19937 random(static_cast<unsigned>(number));
  std::string text = "On the flood in Passau:";
  for (int i = 0; i < 24; ++i) text += " " + words[random() % words.size()];
  return text;
}

// How many items are asked for while a story is built.
class CountingReader final : public ItemsReader {
 public:
  mutable std::size_t asked = 0;
  absl::StatusOr<Item> item(std::string_view id) const override { return ++asked, ItemsReader::item(id); }
};

// Posts, copies, reshares, quotes and answers of a few words: they gather in few stories.
class LargeStory : public ::testing::Test {
 protected:
  Item any_post(int number) {
    Item item = make_post(random_() % 2 == 0 ? "x" : "facebook", str_cat(number),
                          "p" + std::to_string(random_() % 6), number, statement(random_() % 30));
    item.set_day_only(random_() % 4 == 0);
    if (store_.items.empty()) return item;
    auto other = store_.items.begin();
    std::advance(other, static_cast<long>(random_() % store_.items.size()));
    switch (random_() % 6) {
      case 0:
        item.clear_text();
        item.clear_fingerprint();
        item.mutable_repost_of()->set_item_id(other->first);
        break;
      case 1:
        item.mutable_quote_of()->set_item_id(other->first);
        break;
      case 2:
        item.mutable_reply_to()->set_item_id(other->first);
        break;
      default:
        break;
    }
    return item;
  }
  // As the service does it; what is said of posts that are erased concerns nobody.
  void place(Item item) {
    ASSERT_TRUE(pipeline_.prepare(item).ok());
    ASSERT_TRUE(pipeline_.place(item).ok());
    const std::string id = item.id();
    store_.items[id] = std::move(item);
    take_revisions();
  }
  void take_revisions() {
    for (const Revision& revision : pipeline_.take_revisions()) {
      const auto known = store_.items.find(revision.item_id);
      if (known != store_.items.end()) apply(revision, known->second);
    }
  }
  // What may happen to a post afterwards.
  void change(const std::string& id) {
    switch (random_() % 4) {
      case 0: {  // it is edited
        Item edited = make_post(store_.items.at(id).platform(), store_.items.at(id).native_id(), "p1",
                                static_cast<int>(random_() % 300), statement(random_() % 30));
        edited.set_id(id);
        place(std::move(edited));
        break;
      }
      case 1:
        store_.items.at(id).set_state(GONE);
        pipeline_.forget(id);
        break;
      case 2: {  // it is there again
        Item back = store_.items.at(id);
        back.set_state(LIVE);
        place(std::move(back));
        break;
      }
      default:
        pipeline_.erase(id);
        store_.items.erase(id);
        break;
    }
    take_revisions();
  }
  static std::string reason(const Story& story, std::string_view part) {
    for (const auto& one : story.reasons()) {
      if (one.name() == part) return one.reason();
    }
    return "";
  }
  std::set<std::string> stories() const {
    std::set<std::string> ids;
    for (const auto& [id, item] : store_.items) ids.insert(item.story_id());
    return ids;
  }

  std::mt19937 random_;
  const Officials nobody_;
  Pipeline pipeline_{nobody_, Rules::defaults()};
  CountingReader store_;
};

TEST_F(LargeStory, IsCountedAsOneThatIsReadWhole) {
  const char* given = std::getenv("COPYTASTER_SEED");
  const unsigned seed = given == nullptr ? std::random_device{}() : static_cast<unsigned>(std::stoul(given));
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  random_.seed(seed);
  std::size_t largest = 0, counted = 0;
  for (int i = 0; i < 300; ++i) {
    place(any_post(i));
    if (i % 4 != 3) continue;
    auto some = store_.items.begin();
    std::advance(some, static_cast<long>(random_() % store_.items.size()));
    change(some->first);
    if (i % 20 != 19) continue;
    for (const std::string& id : stories()) {
      const auto whole = pipeline_.build_story(id, store_, kAll);
      const auto part = pipeline_.build_story(id, store_, 5);
      ASSERT_EQ(whole.status(), part.status());
      if (!whole.ok()) continue;
      largest = std::max(largest, static_cast<std::size_t>(whole->item_ids_size()));
      counted += whole->item_ids_size() > 5 ? 1 : 0;
      const auto counts = [](const Story& story) {
        return str_cat(join(std::vector<std::string>(story.item_ids().begin(), story.item_ids().end()), " "),
                       ": ", story.posts(), " posts ", story.copies(), " copies ", story.reshares(),
                       " reshares ", story.first_at().seconds(), story.first_day_only() ? " (day)" : "",
                       " to ", story.last_at().seconds(), story.last_day_only() ? " (day)" : "");
      };
      ASSERT_EQ(counts(*part), counts(*whole)) << "after " << i << " posts";
    }
  }
  EXPECT_GT(largest, 50U) << "else nothing was shown";
  EXPECT_GT(counted, 10U);
}

TEST_F(LargeStory, IsShapedByItsFirstAndItsLatestPosts) {
  for (int i = 0; i < 40; ++i) {
    Item item = make_post("x", str_cat(i), "anna", i, statement(100 + static_cast<std::uint64_t>(i)));
    if (i > 0) item.mutable_reply_to()->set_item_id("x:0");
    Mention& place = *item.add_places();
    place.set_name(str_cat("Place ", i));
    Item placed = item;
    ASSERT_TRUE(pipeline_.place(placed).ok());
    store_.items[placed.id()] = placed;
    take_revisions();
  }
  const std::string id = store_.items.at("x:0").story_id();
  store_.asked = 0;
  const auto story = pipeline_.build_story(id, store_, 8);
  ASSERT_TRUE(story.ok()) << story.status();
  EXPECT_EQ(story->item_ids_size(), 40);
  EXPECT_EQ(story->posts(), 40U);
  EXPECT_TRUE(reason(*story, "development").starts_with("40 posts")) << reason(*story, "development");
  EXPECT_LE(store_.asked, 8U) << "no more are held at once";
  std::set<std::string> places;
  for (const StoryPlace& place : story->places()) places.insert(place.name());
  for (const std::string& name : places) {
    const bool first = name == "Place 0" || name == "Place 1";
    const bool latest = name >= "Place 34" && name <= "Place 39";
    EXPECT_TRUE(first || latest) << name;
  }
  EXPECT_TRUE(places.contains("Place 0"));
}

// Who took a picture is told by a post that is not read for the record.
TEST_F(LargeStory, ThePhotographerIsThatOfAllItsPosts) {
  for (int i = 0; i < 40; ++i) {
    Item item = make_post("x", str_cat(i), "anna", i, statement(100 + static_cast<std::uint64_t>(i)));
    if (i > 0) item.mutable_reply_to()->set_item_id("x:0");
    if (i == 15 || i == 39) {
      Media& picture = *item.add_media();
      picture.set_kind(PICTURE);
      picture.set_state(KEPT);
      picture.set_sha256(std::string(64, 'a'));
      picture.set_url(str_cat("https://pictures.example/", i, ".jpg"));
    }
    place(std::move(item));
  }
  Attribution& credit = *store_.items.at("x:15").mutable_media(0)->mutable_attribution();
  credit.set_name("Berta Linz");
  credit.set_rule("photographer-in-text");
  credit.set_credit_line("Photo: Berta Linz. Source: anna on X");
  const std::string id = store_.items.at("x:0").story_id();
  const auto whole = pipeline_.build_story(id, store_, kAll);
  const auto part = pipeline_.build_story(id, store_, 8);
  ASSERT_TRUE(whole.ok() && part.ok());
  ASSERT_EQ(whole->pictures_size(), 1);
  ASSERT_EQ(part->pictures_size(), 1);
  EXPECT_THAT(whole->pictures(0).attribution().credit_line(), ::testing::HasSubstr("Berta Linz"));
  EXPECT_EQ(part->pictures(0).attribution().credit_line(), whole->pictures(0).attribution().credit_line());
}

// At most five thousand posts are remembered, and what came since it was last looked at.
class StoryIndexBound : public ::testing::Test {
 protected:
  static constexpr int kMost = 5000, kLookedAtEvery = 4096;
  static StorySettings settings() {
    StorySettings settings;
    settings.max_items = kMost;
    return settings;
  }
  static std::string id(int i) { return str_cat("x:", i); }
  static Item post(int i, const std::string& story_id = "") {
    Item item = make_post("x", str_cat(i), str_cat("p", i), i, str_cat("Entry ", i, " of the land registry"));
    item.set_story_id(story_id.empty() ? story_id_for(item.id()) : story_id);
    return item;
  }
  void remember(const Item& item) { ASSERT_TRUE(index_.remember(item, nobody_, nullptr).empty()); }
  int remembered(int of) const {
    int count = 0;
    for (int i = 0; i < of; ++i) count += index_.story_of(id(i)).has_value() ? 1 : 0;
    return count;
  }

  const Officials nobody_;
  StoryIndex index_{settings()};
};

TEST_F(StoryIndexBound, OfTooManyPostsTheOldestStoriesAreLetGo) {
  constexpr int kPosts = 13'000;
  for (int i = 0; i < kPosts; ++i) remember(post(i));
  EXPECT_LE(remembered(kPosts), kMost + kLookedAtEvery);
  EXPECT_GE(remembered(kPosts), kMost);
  EXPECT_TRUE(index_.story_of(id(kPosts - 1)).has_value()) << "the newest";
  EXPECT_FALSE(index_.story_of(id(0)).has_value());
  EXPECT_TRUE(index_.has_dropped());
}

TEST_F(StoryIndexBound, AStartRemembersNoMore) {
  constexpr int kPosts = 13'000;
  for (int i = 0; i < kPosts; ++i) {
    index_.restore(post(i), nobody_);
    if (i % 1000 == 999) index_.settle();
  }
  EXPECT_LE(remembered(kPosts), kMost);
  EXPECT_TRUE(index_.story_of(id(kPosts - 1)).has_value()) << "the newest";
}

TEST_F(StoryIndexBound, AStoryToWhichPostsComeStays) {
  for (int i = 0; i < 13'000; ++i) remember(post(i, i % 100 == 0 ? "story:long" : ""));
  EXPECT_EQ(index_.members("story:long").size(), 130U);
}

TEST_F(StoryIndexBound, WhatIsLetGoIsKnownUntilItsRecordIsMade) {
  const int posts = 2 * kLookedAtEvery;  // looked at with the last
  for (int i = 0; i < posts; ++i) remember(post(i, "story:large"));
  ASSERT_FALSE(index_.has("story:large")) << "it alone is too large";
  EXPECT_EQ(index_.members("story:large").size(), static_cast<std::size_t>(posts));
  EXPECT_THAT(index_.take_changed(), ElementsAre("story:large"));
  index_.records_made();
  EXPECT_TRUE(index_.members("story:large").empty());
}

}  // namespace
}  // namespace copytaster
