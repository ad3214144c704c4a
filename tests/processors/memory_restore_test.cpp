// A start after a stop: memory says of the next posts what it would have said without the stop.
#include "processors/memory_restore.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/item.h"
#include "fold_support.h"

namespace copytaster {
namespace {

using testing::ItemsReader;
using testing::make_post;

constexpr int kDay = 60 * 24;  // minutes

class MemoryRestore : public ::testing::Test {
 protected:
  // As the service does it; in memory and in the store.
  void place(Item item) {
    ASSERT_TRUE(live.place(item).ok());
    const std::string id = item.id();
    store.items[id] = std::move(item);
    testing::store_revisions(live, store);
  }
  // So much later that what was placed before, and is not renewed, has left the window.
  void days_pass(int day, int posts = 600) {
    for (int i = 0; i < posts; ++i) {
      const std::string id = std::to_string(day) + "-" + std::to_string(i);
      place(make_post("feed", id, "clerk" + std::to_string(i % 20), day * kDay + i,
                      "Notice " + id + " of the land registry: entry " + std::to_string(i * 7919 % 10007) +
                          " was changed on request of the owner"));
    }
  }
  RestoreCounts restart(std::size_t most_bytes = std::size_t{64} << 20) {
    after = std::make_unique<Pipeline>(nobody, Rules::defaults(), settings);
    const auto counts = restore_memory(store, *after, most_bytes);
    EXPECT_TRUE(counts.ok()) << counts.status();
    EXPECT_TRUE(after->take_changed_stories().empty());
    EXPECT_TRUE(after->take_revisions().empty());
    return counts.value_or(RestoreCounts{});
  }
  // What either says of a post.
  static std::string said(Pipeline& pipeline, Item item) {
    EXPECT_TRUE(pipeline.place(item).ok());
    std::string out = item.duplicate_of().item_id() + " " + item.duplicate_of().rule();
    for (const DuplicateOf& asked : item.may_copy()) out += " asked " + asked.item_id();
    for (const Media& media : item.media()) out += " picture " + media.folded_into();
    std::set<std::string> revised;  // a group's members stand in it in the order in which they joined
    for (const Revision& revision : pipeline.take_revisions()) {
      revised.insert(" " + revision.item_id + "=" +
                     (revision.duplicate_of ? revision.duplicate_of->item_id() : std::string("…")));
    }
    for (const std::string& one : revised) out += one;
    return out;
  }
  void expect_the_same_of(const Item& item) {
    EXPECT_EQ(said(*after, item), said(live, item)) << item.id() << ": " << item.text();
  }

  const Officials nobody;
  CopySettings settings;
  Pipeline live{nobody, Rules::defaults(), settings};
  std::unique_ptr<Pipeline> after;
  ItemsReader store;
};

std::string statement(unsigned number) {
  static const std::vector<std::string> words = {"harbour", "school", "bridge",  "library", "council",
                                                 "winter",  "market", "tram",    "garden",  "theatre",
                                                 "budget",  "street", "station", "river",   "hospital",
                                                 "stadium", "museum", "square",  "forest",  "airport"};
  std::mt19937 random(number);
  std::string text;
  for (int i = 0; i < 30; ++i)
    text += (i > 0 ? " " : "") + words[random() % words.size()] + (i % 5 == 4 ? "s" : "");
  return text;
}

TEST_F(MemoryRestore, SaysOfTheNextPostsWhatItWouldHaveSaid) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> platforms = {"x", "facebook", "bluesky", "mastodon"};
  const auto next = [&](int i, int minutes, std::string_view kind) {
    std::string text = statement(static_cast<unsigned>(random() % 400));
    if (random() % 3 == 0) text.resize(text.size() * 2 / 3);
    if (random() % 3 == 0) text += " and more of it tomorrow";
    Item item = make_post(platforms[random() % 4], std::string(kind) + std::to_string(i),
                          "p" + std::to_string(random() % 12), minutes, text);
    if (random() % 9 == 0 && !store.items.empty()) {
      item.clear_text();
      item.clear_fingerprint();
      auto original = store.items.begin();
      std::advance(original, static_cast<long>(random() % store.items.size()));
      item.mutable_repost_of()->set_item_id(original->first);
    }
    return item;
  };
  for (int i = 0; i < 2000; ++i) place(next(i, i * 20, ""));  // 28 days
  const RestoreCounts counts = restart();
  EXPECT_EQ(counts.decoded, store.items.size());
  for (int i = 0; i < 200; ++i) {
    const Item item = next(i, 2000 * 20 + i, "late");
    expect_the_same_of(item);
    store.items[item.id()] = item;
  }
}

// By id, all of one platform come after all of another: the latest forty-eight must not be those.
TEST_F(MemoryRestore, APersonsLatestPostsAreTheLatestByTime) {
  for (int i = 0; i < 60; ++i)
    place(make_post("x", std::to_string(i), "anna", i,
                    "Day " + std::to_string(i) + ": " + statement(1000 + i)));
  std::vector<std::string> cuts;  // what is like the whole text too little for the tables to find it
  for (int i = 0; i < 20; ++i) {
    std::string told;
    for (int word = 0; word < 40; ++word)
      told += (word > 0 ? " " : "") + std::string("word") + static_cast<char>('a' + word % 26) +
              static_cast<char>('a' + i) + static_cast<char>('a' + word / 2);
    place(make_post("facebook", std::to_string(i), "anna", 100 + i, told));
    cuts.push_back(told.substr(8 * 8, 15 * 8 - 1));
  }
  for (int i = 0; i < 10; ++i)
    place(make_post("x", "later" + std::to_string(i), "anna", 130 + i,
                    statement(static_cast<unsigned>(2000 + i))));
  restart();
  std::size_t found = 0;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const Item cut = make_post("instagram", std::to_string(i), "anna", 150, cuts[i]);
    found += said(*after, cut).starts_with("facebook:") ? 1 : 0;
    EXPECT_EQ(said(*after, cut), said(live, cut)) << cuts[i];
  }
  EXPECT_GT(found, 5U);
}

TEST_F(MemoryRestore, WhatIsOutOfTheWindowIsNotReadAndStaysAsStored) {
  const std::string words = statement(1);
  place(make_post("facebook", "old", "anna", 0, words));
  place(make_post("x", "old", "anna", 1, words));
  ASSERT_EQ(store.items.at("x:old").duplicate_of().item_id(), "facebook:old");
  days_pass(40, 4200);  // stories let go of what is old only now and then
  const RestoreCounts counts = restart();
  EXPECT_EQ(counts.stored, store.items.size());
  EXPECT_EQ(counts.decoded, store.items.size() - 2);
  EXPECT_EQ(said(*after, make_post("mastodon", "new", "anna", 41 * kDay, words)), " ");
  // It comes again, its likes having changed.
  Item again = store.items.at("x:old");
  ASSERT_TRUE(after->place(again).ok());
  EXPECT_EQ(again.duplicate_of().item_id(), "facebook:old");
  EXPECT_EQ(again.story_id(), store.items.at("x:old").story_id());
}

TEST_F(MemoryRestore, CopiesOfAnOriginalThatLeftTheWindowAreStillOneGroup) {
  const std::string words =
      "Since this morning the 14 runs again to the harbour, past the new school and the old theatre. Thank "
      "you to "
      "the crews, who worked through two winters, and to all neighbours for their patience with dust and "
      "noise.";
  place(make_post("facebook", "old", "anna", 0, words));
  for (const int day : {6, 12, 18, 25}) {  // each within a week of the one before
    const std::string id = "day" + std::to_string(day);
    place(make_post("x", id, id, day * kDay, words));
    ASSERT_EQ(store.items.at("x:" + id).duplicate_of().item_id(), "facebook:old");
  }
  days_pass(31);
  restart();
  for (Pipeline* pipeline : {after.get(), &live}) {
    Item item = make_post("mastodon", "new", "emil", 31 * kDay + 700, words);
    ASSERT_TRUE(pipeline->place(item).ok());
    EXPECT_EQ(item.duplicate_of().item_id(), "facebook:old") << "what is stored as shown";
    EXPECT_TRUE(pipeline->take_revisions().empty()) << "they were one group before it came";
  }
}

TEST_F(MemoryRestore, AnOldPostOfAStoryThatLivesStaysItsMember) {
  Item first = make_post("facebook", "1", "anna", 0, statement(1));
  place(first);
  const std::string story = store.items.at("facebook:1").story_id();
  for (int day = 1; day <= 40; ++day) {  // each answers the one before
    Item next = make_post("facebook", std::to_string(day + 1), "anna", day * kDay,
                          statement(static_cast<unsigned>(day) + 1));
    next.mutable_reply_to()->set_item_id("facebook:" + std::to_string(day));
    place(next);
  }
  ASSERT_EQ(store.items.at("facebook:41").story_id(), story);
  restart();
  for (Pipeline* pipeline : {after.get(), &live}) {
    const auto record = pipeline->build_story(story, store);
    ASSERT_TRUE(record.ok()) << record.status();
    EXPECT_EQ(record->item_ids_size(), 41);
  }
}

Media picture(const std::string& name) {
  Media media;
  media.set_kind(PICTURE);
  media.set_state(KEPT);
  media.set_sha256(std::string(64 - name.size(), '0') + name);
  return media;
}

TEST_F(MemoryRestore, PicturesAreRememberedLongerThanTheWindow) {
  Item old = make_post("facebook", "old", "anna", 0, statement(1));
  *old.add_media() = picture("abc");
  place(old);
  days_pass(40);
  restart();
  Item again = make_post("mastodon", "new", "bruno", 41 * kDay, statement(2));
  *again.add_media() = picture("abc");
  EXPECT_NE(said(live, again).find("picture facebook:old#0"), std::string::npos);
  EXPECT_NE(said(*after, again).find("picture facebook:old#0"), std::string::npos);
}

TEST_F(MemoryRestore, OfTooManyTheNewestAreKeptInSlicesOfTime) {
  settings.max_posts = 1000;
  for (int i = 0; i < 3000; ++i) {
    const std::string number = std::to_string(i);
    place(make_post("feed", "1-" + number, "clerk" + std::to_string(i % 50), i,
                    "Notice " + number + ": " + statement(static_cast<unsigned>(i))));
  }
  const RestoreCounts counts = restart(std::size_t{64} << 10);
  EXPECT_GT(counts.walks, 3U);
  const auto root = [&](const std::string& id) {
    const Item& said = store.items.at(id);
    Item copy = make_post("feed", id + "-again", said.official_id(), 3001, said.text());
    EXPECT_TRUE(after->place(copy).ok());
    return copy.duplicate_of().item_id();
  };
  EXPECT_EQ(root("feed:1-2999"), "feed:1-2999");
  EXPECT_EQ(root("feed:1-2010"), "feed:1-2010");
  EXPECT_EQ(root("feed:1-1500"), "") << "by id it stands before 1-999";
  EXPECT_EQ(root("feed:1-999"), "");
}

TEST_F(MemoryRestore, AnItemThatDoesNotParseIsToldByItsId) {
  class Damaged final : public testing::ItemsReader {
   public:
    absl::Status each_item_record(
        const std::function<bool(std::string_view, std::string_view)>& visit) const override {
      visit("x:bad", "\xff\xff");
      return absl::OkStatus();
    }
  };
  Pipeline pipeline(nobody, Rules::defaults());
  const auto counts = restore_memory(Damaged(), pipeline);
  EXPECT_TRUE(absl::IsDataLoss(counts.status()));
  EXPECT_NE(std::string(counts.status().message()).find("x:bad"), std::string::npos);
}

}  // namespace
}  // namespace copytaster
