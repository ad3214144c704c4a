#include "processors/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "fold_support.h"
#include "rehearsal_day.h"

namespace copytaster {
namespace {

using ::testing::Contains;
using testing::ItemsReader;
using testing::make_post;
using testing::run_through;
using ::testing::UnorderedElementsAre;

const testing::RehearsalDay& day() {
  static const testing::RehearsalDay kDay = testing::load_rehearsal_day();
  return kDay;
}

std::vector<Story> all_stories(Pipeline& pipeline, const ItemsReader& store) {
  std::vector<Story> stories;
  for (const std::string& id : pipeline.take_changed_stories()) {
    auto story = pipeline.build_story(id, store);
    if (story.ok()) stories.push_back(*std::move(story));
  }
  std::ranges::stable_sort(stories, std::greater<>(), &Story::score);
  return stories;
}

// The posts that make up the visit, whoever passed them on besides.
std::set<std::string> visit_items() {
  std::set<std::string> ids;
  for (const char* key :
       {"hidalgo-fb-1", "hidalgo-fb-2", "hidalgo-fb-3", "hidalgo-fb-4", "hidalgo-bsky-1", "hidalgo-bsky-2",
        "hidalgo-bsky-3", "hidalgo-bsky-4", "klitschko-fb-1", "klitschko-fb-2", "klitschko-masto-1",
        "klitschko-masto-2", "vasylenko-masto-1", "vasylenko-masto-2", "paris-feed-1", "paris-feed-2",
        "vauquelin-bsky-quote-1", "vauquelin-threads-2"}) {
    ids.insert(day().ids.at(key));
  }
  for (const Item& item : day().items) {
    if (ids.contains(item.repost_of().item_id())) ids.insert(item.id());
  }
  return ids;
}

void expect_visit_is_right(const Story& visit, const ItemsReader& store) {
  EXPECT_EQ(std::set<std::string>(visit.item_ids().begin(), visit.item_ids().end()), visit_items());
  std::set<std::string> officials, places, pictures, credits;
  for (const StoryOfficial& one : visit.officials()) officials.insert(one.name() + ", " + one.role());
  EXPECT_THAT(officials, Contains("Anne Hidalgo, Mayor of Paris"));
  EXPECT_THAT(officials, Contains("Vitali Klitschko, Mayor of Kyiv"));
  for (const StoryPlace& one : visit.places()) places.insert(one.name());
  for (const char* name : {"Kyiv", "Paris", "Bucha", "Irpin", "Borodyanka"})
    EXPECT_THAT(places, Contains(name));
  for (const StoryPicture& one : visit.pictures()) {
    pictures.insert(one.item_id());
    credits.insert(one.attribution().credit_line());
    EXPECT_FALSE(one.caption().text().empty());
  }
  EXPECT_EQ(visit.pictures_size(), 3);
  // The city's website names the photographer of its own picture, which is no other one's.
  EXPECT_THAT(credits, UnorderedElementsAre("Source: Anne Hidalgo on Facebook",
                                            "Photo: Inès Brémontier / Ville de Paris. Source: City of Paris, "
                                            "posts.example"));
  EXPECT_THAT(pictures, UnorderedElementsAre(day().ids.at("hidalgo-fb-2"), day().ids.at("paris-feed-2")));
  ASSERT_GE(visit.background_size(), 1);
  EXPECT_EQ(visit.background(0).item_id(), day().ids.at("newsroom-kyiv-honorary-citizen"));
  EXPECT_GE(visit.sections_size(), 1);
  EXPECT_GT(visit.reshares(), 0U);
  for (const std::string& id : visit.item_ids()) EXPECT_EQ(store.items.at(id).story_id(), visit.id());
}

TEST(RehearsalDay, TheVisitIsOneStoryAndComesFirst) {
  ASSERT_GT(day().items.size(), 300U);
  Pipeline pipeline(day().officials, Rules::defaults());
  ItemsReader store;
  for (const Item& item : day().items) run_through(pipeline, item, store);
  const std::vector<Story> stories = all_stories(pipeline, store);
  ASSERT_GT(stories.size(), 100U);
  expect_visit_is_right(stories[0], store);
  EXPECT_GT(stories[0].score(), stories[1].score() + 2) << stories[1].title();
  // An article of which only the day is known is one in the background, too.
  EXPECT_FALSE(stories[0].background(0).day_only());
  store.items.at(stories[0].background(0).item_id()).set_day_only(true);
  EXPECT_TRUE(pipeline.build_story(stories[0].id(), store)->background(0).day_only());
}

// Accounts are polled one by one: posts come in any order.
TEST(RehearsalDay, TheOrderOfArrivalDoesNotMatter) {
  for (unsigned seed : {1U, 2U}) {
    SCOPED_TRACE(seed);
    std::vector<Item> items = day().items;
    std::shuffle(items.begin(), items.end(), std::mt19937(seed));
    Pipeline pipeline(day().officials, Rules::defaults());
    ItemsReader store;
    for (const Item& item : items) run_through(pipeline, item, store);
    const std::vector<Story> stories = all_stories(pipeline, store);
    expect_visit_is_right(stories[0], store);
  }
}

TEST(RehearsalDay, FoldsWhatIsACopyAndNothingElse) {
  Pipeline pipeline(day().officials, Rules::defaults());
  ItemsReader store;
  for (const Item& item : day().items) run_through(pipeline, item, store);
  const auto root = [&](const char* key) {
    return store.items.at(day().ids.at(key)).duplicate_of().item_id();
  };
  const auto id = [&](const char* key) { return day().ids.at(key); };
  EXPECT_EQ(root("hidalgo-bsky-2"), id("hidalgo-fb-2"));
  EXPECT_EQ(root("hidalgo-bsky-3"), id("hidalgo-fb-3"));
  EXPECT_EQ(root("klitschko-masto-1"), id("klitschko-fb-1"));
  EXPECT_EQ(root("corcoran-bsky-1"), id("corcoran-fb-1"));
  EXPECT_EQ(root("vauquelin-bsky-1"), id("vauquelin-fb-t3"));
  EXPECT_EQ(root("brandlhofer-masto-pact"), id("brandlhofer-fb-pact"));
  EXPECT_EQ(root("zahorudko-tg-4"), id("zahorudko-masto-2"));
  EXPECT_EQ(root("zahorudko-tg-5"), id("zahorudko-masto-3"));
  EXPECT_EQ(root("veremchuk-tg-2"), id("veremchuk-fb-3"));
  EXPECT_EQ(root("veremchuk-tg-3"), id("veremchuk-fb-4"));
  EXPECT_EQ(root("modena-tg-2"), id("modena-feed-2"));
  EXPECT_EQ(root("modena-tg-3"), id("modena-feed-3"));
  EXPECT_EQ(root("vauquelin-ig-1"), id("vauquelin-fb-t3"));
  EXPECT_EQ(root("vauquelin-threads-1"), id("vauquelin-fb-t3"));
  EXPECT_EQ(root("arizmendi-ig-1"), id("arizmendi-fb-1"));
  EXPECT_EQ(root("wetherby-threads-4"), id("wetherby-bsky-5"));
  EXPECT_EQ(root("brandlhofer-yt-1"), id("brandlhofer-fb-pact"));
  // Templates and updates.
  for (const char* key :
       {"corcoran-fb-2",        "corcoran-fb-3",       "corcoran-fb-4",       "tiedemoeller-masto-3",
        "tiedemoeller-masto-4", "marchandeau-masto-5", "marchandeau-masto-6", "corcoran-bsky-2",
        "corcoran-bsky-3",      "brandlhofer-fb-3",    "brandlhofer-fb-4",    "cork-council-feed-1",
        "cork-council-feed-2",  "uzhhorod-feed-3",     "uzhhorod-feed-4",     "veremchuk-fb-3",
        "veremchuk-fb-4",       "zahorudko-masto-2",   "zahorudko-masto-3",   "modena-feed-2",
        "modena-feed-3",        "wetherby-threads-3"}) {
    EXPECT_EQ(root(key), "") << key;
  }
  for (const auto& [item_id, item] : store.items) {
    if (item.official_id() == "newsroom") {
      EXPECT_TRUE(item.story_id().empty() && !item.has_duplicate_of()) << item_id;
    }
    if (item.official_id() != "newsroom") {
      EXPECT_FALSE(item.story_id().empty()) << item_id;
    }
    EXPECT_EQ(store.items.count(item.duplicate_of().item_id()), item.has_duplicate_of() ? 1U : 0U);
  }
}

TEST(Pipeline, SameInputSameOutput) {
  std::vector<std::string> outputs;
  for (int run = 0; run < 2; ++run) {
    Pipeline pipeline(day().officials, Rules::defaults());
    ItemsReader store;
    for (std::size_t i = 0; i < 150; ++i) run_through(pipeline, day().items[i], store);
    std::string all;
    for (const auto& [id, item] : store.items) all += item.SerializeAsString();
    for (const Story& story : all_stories(pipeline, store)) all += story.SerializeAsString();
    outputs.push_back(std::move(all));
  }
  EXPECT_EQ(outputs[0], outputs[1]);
}

TEST(Pipeline, AfterARestartTheStoriesAreTheSame) {
  Pipeline before(day().officials, Rules::defaults());
  ItemsReader store;
  for (const Item& item : day().items) run_through(before, item, store);
  Pipeline after(day().officials, Rules::defaults());
  for (const auto& [id, item] : store.items) after.restore(item);  // in order of id
  EXPECT_TRUE(after.take_changed_stories().empty());
  EXPECT_TRUE(after.take_revisions().empty());
  // One more post: both take it alike.
  Item late = make_post("mastodon", "late", "lesia-vasylenko", 60 * 16,
                        "Thank you again, Anne Hidalgo, for coming to Kyiv and Bucha.");
  ItemsReader store_after = store;
  run_through(before, late, store);
  run_through(after, late, store_after);
  EXPECT_EQ(store.items.at("mastodon:late").story_id(), store_after.items.at("mastodon:late").story_id());
  const auto ids = [](const absl::StatusOr<Story>& story) {
    return std::vector<std::string>(story->item_ids().begin(), story->item_ids().end());
  };
  const std::string visit = store.items.at("mastodon:late").story_id();
  EXPECT_EQ(ids(before.build_story(visit, store)), ids(after.build_story(visit, store_after)));
}

// Two posts of one story, and so many others 33 days later that memory lets go of what is old.
class AfterTheWindow : public ::testing::Test {
 protected:
  static constexpr const char* kWords =
      "Since this morning the 14 runs again to the harbour. Thank you to the crews and to the neighbours.";
  static constexpr int kLater = 60 * 24 * 33;

  void SetUp() override {
    place(make_post("facebook", "1", "anna", 0, kWords));
    place(make_post("mastodon", "1", "anna", 1, kWords));
    ASSERT_EQ(at("mastodon:1").duplicate_of().item_id(), "facebook:1");
    ASSERT_EQ(at("mastodon:1").story_id(), at("facebook:1").story_id());
  }
  void the_window_passes() {
    for (int i = static_cast<int>(store.items.size()); i < 4096; ++i) {
      const std::string id = std::to_string(i);
      Item reshare = make_post("mastodon", "later" + id, "p" + std::to_string(i % 40), kLater + i % 60, "");
      reshare.mutable_repost_of()->set_item_id("mastodon:original" + id);
      place(reshare);
    }
    (void)pipeline.take_changed_stories();
    before = store.items;
  }
  void place(Item item) {
    ASSERT_TRUE(pipeline.place(item).ok());
    const std::string id = item.id();
    store.items[id] = std::move(item);
    store_revisions(pipeline, store);
  }
  const Item& at(const std::string& id) const { return store.items.at(id); }
  void expect_as_stored(const std::string& id) const {
    const Item& was = before.at(id);
    EXPECT_EQ(at(id).duplicate_of().SerializeAsString(), was.duplicate_of().SerializeAsString()) << id;
    EXPECT_EQ(at(id).has_duplicate_of(), was.has_duplicate_of()) << id;
    EXPECT_EQ(at(id).story_id(), was.story_id()) << id;
    EXPECT_EQ(at(id).story_evidence().SerializeAsString(), was.story_evidence().SerializeAsString()) << id;
  }

  const Officials nobody;
  Pipeline pipeline{nobody, Rules::defaults()};
  ItemsReader store;
  std::map<std::string, Item, std::less<>> before;
};

TEST_F(AfterTheWindow, ALatePictureLeavesTheFoldAndTheStoryAsStored) {
  the_window_passes();
  for (const char* id : {"mastodon:1", "facebook:1"}) {
    Item item = at(id);
    item.add_media()->set_kind(PICTURE);
    place(item);
    EXPECT_EQ(at(id).media_size(), 1);
    expect_as_stored(id);
  }
  EXPECT_TRUE(pipeline.take_changed_stories().empty()) << "the record still lists both";
}

TEST_F(AfterTheWindow, AYoungerCopyKeepsTheFoldIntoWhatIsForgotten) {
  constexpr int kHalfway = 60 * 24 * 5;
  for (const char* id : {"2", "3"}) place(make_post("mastodon", id, id, kHalfway, kWords));
  the_window_passes();
  for (const char* id : {"mastodon:2", "mastodon:3"}) {
    ASSERT_EQ(at(id).duplicate_of().item_id(), "facebook:1");
    Item item = at(id);
    item.add_media()->set_kind(PICTURE);
    place(item);
    expect_as_stored(id);
  }
}

TEST_F(AfterTheWindow, WhatWasJustSaidOfAPostIsNewerThanItsStoredFold) {
  constexpr int kHalfway = 60 * 24 * 5;
  place(make_post("mastodon", "2", "bruno", kHalfway, kWords));
  the_window_passes();
  ASSERT_EQ(at("mastodon:2").duplicate_of().item_id(), "facebook:1");
  pipeline.answer({"mastodon:2", "facebook:1", false, "Mira", absl::FromUnixSeconds(1652400000)});
  place(at("mastodon:2"));  // in the same turn, as stored before it
  EXPECT_EQ(at("mastodon:2").duplicate_of().item_id(), "");
}

TEST_F(AfterTheWindow, AnEditedPostStaysInItsStory) {
  the_window_passes();
  Item edited = make_post("mastodon", "1", "anna", 1, "The market moves to the other side of the square.");
  edited.set_version(2);
  edited.set_story_id(at("mastodon:1").story_id());
  *edited.mutable_story_evidence() = at("mastodon:1").story_evidence();
  *edited.mutable_duplicate_of() = at("mastodon:1").duplicate_of();
  place(edited);
  expect_as_stored("mastodon:1");
  EXPECT_TRUE(pipeline.take_changed_stories().empty());
}

TEST_F(AfterTheWindow, AnOldPostThatComesAgainHidesNoNewOne) {
  the_window_passes();
  place(make_post("mastodon", "2", "anna", kLater, kWords));
  ASSERT_FALSE(at("mastodon:2").has_duplicate_of());
  place(at("facebook:1"));
  EXPECT_FALSE(at("mastodon:2").has_duplicate_of());
  expect_as_stored("facebook:1");
}

TEST(Pipeline, WhatMemoryNeverHeldIsJudgedAnew) {
  const Officials nobody;
  Pipeline pipeline(nobody, Rules::defaults());
  ItemsReader store;
  Item item = make_post("x", "1", "", 0, "The bridge is open again after the flood.");
  item.set_story_id("story:elsewhere");
  item.mutable_duplicate_of()->set_item_id("x:elsewhere");
  run_through(pipeline, item, store);
  EXPECT_EQ(store.items.at("x:1").duplicate_of().item_id(), "");
  ASSERT_NE(store.items.at("x:1").story_id(), "story:elsewhere");
  EXPECT_TRUE(pipeline.build_story(store.items.at("x:1").story_id(), store).ok());
}

TEST(Pipeline, StepsAreListedInOrder) {
  const Officials nobody;
  std::vector<std::string_view> names;
  for (const StepSpec& step : Pipeline(nobody, Rules::defaults()).steps()) names.push_back(step.name);
  EXPECT_THAT(names, ::testing::ElementsAre("language", "captions", "mentions", "places", "dates",
                                            "attribution", "quotes", "sections", "fingerprint", "dedupe",
                                            "stories", "newsworthiness"));
}

TEST(Pipeline, AnItemWithoutIdIsRefused) {
  const Officials nobody;
  const Pipeline pipeline(nobody, Rules::defaults());
  Item item;
  EXPECT_EQ(pipeline.prepare(item).code(), absl::StatusCode::kInvalidArgument);
  item.set_id(std::string(5000, 'x'));
  EXPECT_EQ(pipeline.prepare(item).code(), absl::StatusCode::kInvalidArgument);
}

TEST(Pipeline, AStoryWithoutPostsIsNotFound) {
  const Officials nobody;
  Pipeline pipeline(nobody, Rules::defaults());
  ItemsReader store;
  run_through(pipeline, make_post("x", "1", "", 0, "The bridge is open again after the flood."), store);
  const std::string id = store.items.at("x:1").story_id();
  EXPECT_TRUE(pipeline.build_story(id, store).ok());
  store.items.at("x:1").set_state(GONE);
  pipeline.forget("x:1");
  EXPECT_THAT(pipeline.take_changed_stories(), Contains(id));
  EXPECT_EQ(pipeline.build_story(id, store).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(pipeline.build_story("story:unknown", store).status().code(), absl::StatusCode::kNotFound);
}

TEST(Pipeline, HostileItemsGetAnAnswer) {
  const Officials nobody;
  Pipeline pipeline(nobody, Rules::defaults());
  ItemsReader store;
  std::string emoji, marks;
  for (int i = 0; i < 10'000; ++i) emoji += "\U0001F389", marks += "e\u0301\u0302";
  const std::string megabyte(1 << 20, 'k');
  int number = 0;
  for (const std::string& text :
       {std::string(), emoji, marks, megabyte, std::string("\u202e\u202e\u202e"), std::string(3000, '@')}) {
    Item item = make_post("x", std::to_string(number++), "", 0, text);
    item.set_title(text);
    for (int i = 0; i < 20; ++i) item.add_media()->mutable_pdq()->set_hash("zz");
    run_through(pipeline, item, store);
  }
  Item own = make_post("x", "self", "", 0, "points at itself");
  own.mutable_repost_of()->set_item_id("x:self");
  own.mutable_quote_of()->set_item_id("x:self");
  run_through(pipeline, own, store);
  Item ring_a = make_post("x", "a", "", 0, ""), ring_b = make_post("x", "b", "", 0, "");
  ring_a.mutable_repost_of()->set_item_id("x:b");
  ring_b.mutable_repost_of()->set_item_id("x:a");
  run_through(pipeline, ring_a, store);
  run_through(pipeline, ring_b, store);
  run_through(pipeline, ring_a, store);
  for (const auto& [id, item] : store.items) {
    EXPECT_NE(item.duplicate_of().item_id(), id);
    EXPECT_FALSE(item.story_id().empty());
  }
}

}  // namespace
}  // namespace copytaster
