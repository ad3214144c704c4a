#include "processors/copy_index.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "fold_support.h"
#include "processors/dedupe.h"

namespace copytaster {
namespace {

using testing::make_post;

// What a store would hold: each item's fold, as dedupe and the refolds leave it.
class Folds {
 public:
  explicit Folds(const CopySettings& settings = {}) : index(settings) {}

  void place(Item item) {
    DuplicateOf fold = find_original(item, index);
    if (!fold.item_id().empty()) *item.mutable_duplicate_of() = std::move(fold);
    const std::vector<Refold> refolds = index.remember(item);
    items[item.id()] = std::move(item);
    take(refolds);
  }
  void forget(const std::string& id) { take(index.forget(id)); }
  void answer(const CopyJudgement& judgement) { take(index.answer(judgement)); }
  std::string root(const std::string& id) const { return items.at(id).duplicate_of().item_id(); }

  CopyIndex index;
  std::map<std::string, Item> items;

 private:
  void take(const std::vector<Refold>& refolds) {
    for (const Refold& refold : refolds) {
      Item& item = items.at(refold.item_id);
      item.clear_duplicate_of();
      if (!refold.duplicate_of.item_id().empty()) *item.mutable_duplicate_of() = refold.duplicate_of;
    }
  }
};

constexpr const char* kLong =
    "Since this morning the 14 runs again to the harbour. Four years of works, two floods and one lost "
    "shovel are "
    "behind us. Thank you to the crews and above all to the neighbours, who put up with the noise.";
constexpr const char* kCut =
    "Since this morning the 14 runs again to the harbour. Four years of works, two floods and one lost "
    "shovel are beh…";

TEST(CopyIndex, TheFullestTextIsShownWhicheverComesFirst) {
  Folds folds;
  folds.place(make_post("x", "1", "anna", 0, kCut));
  folds.place(make_post("mastodon", "1", "anna", 1, kCut));
  EXPECT_EQ(folds.root("mastodon:1"), "x:1");
  folds.place(make_post("facebook", "1", "anna", 2, kLong));
  EXPECT_EQ(folds.root("facebook:1"), "");
  EXPECT_EQ(folds.root("x:1"), "facebook:1");
  EXPECT_EQ(folds.root("mastodon:1"), "facebook:1") << "never a chain";
  EXPECT_EQ(folds.items.at("x:1").duplicate_of().rule(), "cross-post");
  EXPECT_EQ(folds.items.at("x:1").duplicate_of().relation(), "same-person");
}

TEST(CopyIndex, TheOriginalTakesTheReshareSPlace) {
  Folds folds;
  for (const char* id : {"b1", "b2"}) {
    Item boost = make_post("mastodon", id, id, 5, "");
    boost.mutable_repost_of()->set_item_id("mastodon:original");
    folds.place(boost);
  }
  EXPECT_EQ(folds.root("mastodon:b2"), "mastodon:b1");
  folds.place(make_post("mastodon", "original", "anna", 0, kLong));
  EXPECT_EQ(folds.root("mastodon:original"), "");
  EXPECT_EQ(folds.root("mastodon:b1"), "mastodon:original");
  EXPECT_EQ(folds.root("mastodon:b2"), "mastodon:original");
  EXPECT_EQ(folds.items.at("mastodon:b1").duplicate_of().rule(), "reshare");
}

TEST(CopyIndex, AnotherPersonsEarlierPostIsTheSource) {
  Folds folds;
  folds.place(make_post("x", "late", "bruno", 60, kLong));
  folds.place(make_post("x", "early", "anna", 0, kLong));
  EXPECT_EQ(folds.root("x:early"), "");
  EXPECT_EQ(folds.root("x:late"), "x:early");
  EXPECT_EQ(folds.items.at("x:late").duplicate_of().relation(), "other-person");
}

TEST(CopyIndex, TheLivingAreShownForTheDeleted) {
  Folds folds;
  folds.place(make_post("facebook", "1", "anna", 0, kLong));
  folds.place(make_post("x", "1", "anna", 1, kCut));
  folds.forget("facebook:1");
  EXPECT_EQ(folds.root("x:1"), "");
  EXPECT_EQ(folds.root("facebook:1"), "x:1");
}

TEST(CopyIndex, PlacingTheSameItemAgainChangesNothing) {
  Folds folds;
  folds.place(make_post("facebook", "1", "anna", 0, kLong));
  folds.place(make_post("x", "1", "anna", 1, kCut));
  const std::size_t before = folds.index.size();
  for (int i = 0; i < 3; ++i) {
    folds.place(make_post("facebook", "1", "anna", 0, kLong));
    folds.place(make_post("x", "1", "anna", 1, kCut));
  }
  EXPECT_EQ(folds.index.size(), before);
  EXPECT_EQ(folds.root("facebook:1"), "");
  EXPECT_EQ(folds.root("x:1"), "facebook:1");
}

TEST(CopyIndex, AnEditThatSaysSomethingElseIsNoCopyAnyMore) {
  Folds folds;
  folds.place(make_post("facebook", "1", "anna", 0, kLong));
  folds.place(make_post("x", "1", "anna", 1, kCut));
  folds.place(
      make_post("x", "1", "anna", 1, "The market moves to the other side of the square from Saturday on."));
  EXPECT_EQ(folds.root("x:1"), "");
  EXPECT_EQ(find_original(make_post("x", "2", "anna", 2, kCut), folds.index).item_id(), "facebook:1");
}

TEST(CopyIndex, RestoredInAnyOrderItIsTheSame) {
  Folds folds;
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    const int kind = i % 6;
    std::string text = "Statement number " + std::to_string(kind == 0 ? i : i - i % 6) +
                       " about the water and the light in the northern quarter of the town";
    if (kind == 3) text += ", to be continued tomorrow with the eastern quarter and its schools";
    Item item =
        make_post(i % 2 == 0 ? "x" : "facebook", std::to_string(i), "p" + std::to_string(kind % 2), i, text);
    if (kind == 5) {
      item.clear_text();
      item.mutable_fingerprint()->Clear();
      item.mutable_repost_of()->set_item_id("facebook:" + std::to_string(i - 4));
    }
    folds.place(item);
  }
  std::vector<const Item*> stored;
  for (const auto& [id, item] : folds.items) stored.push_back(&item);
  for (int order = 0; order < 4; ++order) {
    CopyIndex again;
    for (const Item* item : stored) again.restore(*item);
    for (const Item* item : stored) {
      const auto post = again.find(item->id());
      ASSERT_TRUE(post);
      const auto root = folds.root(item->id()).empty() ? item->id() : folds.root(item->id());
      EXPECT_EQ(again.id_of(post->root), root);
    }
    std::shuffle(stored.begin(), stored.end(), random);
  }
}

TEST(CopyIndex, TheWindowIsMeasuredOnThePostsOwnTimes) {
  CopySettings settings;
  settings.window = absl::Hours(1);
  CopyIndex index(settings);
  (void)index.remember(make_post("x", "old", "anna", 0, kLong));
  for (int i = 0; i < 10; ++i) {
    (void)index.remember(
        make_post("x", std::to_string(i), "bruno", 50 + i * 10, "Post number " + std::to_string(i)));
  }
  EXPECT_FALSE(index.find("x:old"));
  EXPECT_TRUE(index.find("x:9"));
}

TEST(CopyIndex, AWrongFutureDateDoesNotEmptyTheWindow) {
  CopySettings settings;
  settings.window = absl::Hours(1);
  CopyIndex index(settings);
  (void)index.remember(make_post("x", "1", "anna", 0, kLong));
  Item wrong = make_post("x", "2", "bruno", 60 * 24 * 3650, "A post from the year 2032, says the platform");
  *wrong.mutable_collected_at() = make_post("x", "", "", 5, "").created_at();
  for (int i = 0; i < 5; ++i) (void)index.remember(wrong);
  EXPECT_TRUE(index.find("x:1"));
}

TEST(CopyIndex, BoundedByCount) {
  CopySettings settings;
  settings.max_posts = 5000;
  settings.max_sketches = 4096;
  CopyIndex index(settings);
  std::size_t most = 0;
  for (int i = 0; i < 30'000; ++i) {
    (void)index.remember(
        make_post("x", std::to_string(i), "p" + std::to_string(i % 100), i / 100,
                  "Report " + std::to_string(i) + " on the state of street number " + std::to_string(i * 7)));
    if (i == 12'000) most = index.memory_bytes();
  }
  EXPECT_EQ(index.size(), 5000U);
  EXPECT_LT(index.memory_bytes(), most * 3 / 2) << "it grows with what it holds, not with what it has seen";
  EXPECT_FALSE(index.find("x:24999"));
  EXPECT_TRUE(index.find("x:25000"));
}

// An account that is given to an official brings its posts again as another person's.
TEST(CopyIndex, APostOfAnotherPersonNowIsNotKeptAsThePersonsItWas) {
  CopySettings settings;
  settings.max_posts = 5000;
  CopyIndex index(settings);
  (void)index.remember(make_post("x", "moved", "anna", 0, kLong));
  (void)index.remember(make_post("x", "moved", "bruno", 0, kLong));
  int offered = 0;
  const Item cut = make_post("facebook", "cut", "bruno", 1, std::string(kLong).substr(0, 60));
  index.each_candidate(index.look_up(cut), [&](const SeenPost&) { ++offered; });
  EXPECT_EQ(offered, 1);
  for (int i = 0; i < 12'000; ++i)
    (void)index.remember(make_post("x", std::to_string(i), "p" + std::to_string(i % 100), 1, ""));
  ASSERT_FALSE(index.find("x:moved"));
  for (const char* person : {"anna", "bruno"}) {
    const Item late = make_post("x", "late", person, 2, kLong);
    index.each_candidate(index.look_up(late), [&](const SeenPost&) { ADD_FAILURE() << person; });
  }
}

TEST(CopyIndex, OldPostsWithoutTheirWordsAreOnlyMatchedWhenNearlyEqual) {
  CopySettings settings;
  settings.max_sketches = 4096;
  CopyIndex index(settings);
  (void)index.remember(make_post("x", "old", "anna", 0, kLong));
  for (int i = 0; i < 20'000; ++i)
    (void)index.remember(make_post("x", std::to_string(i), "p" + std::to_string(i), 1, ""));
  ASSERT_FALSE(index.find("x:old")->text.whole);
  EXPECT_EQ(find_original(make_post("x", "copy", "bruno", 2, kLong), index).rule(), "same-words");
  std::string changed = kLong;
  changed.replace(changed.find("14"), 2, "15");
  EXPECT_EQ(find_original(make_post("x", "other", "bruno", 2, changed), index).rule(), "");
}

// As many copies of one post as a popular one has.
std::size_t most_refolds(CopyIndex& index, Item item) {
  DuplicateOf fold = find_original(item, index);
  if (!fold.item_id().empty()) *item.mutable_duplicate_of() = std::move(fold);
  return index.remember(item).size();
}
constexpr std::size_t kBound = CopyIndex::kMaxGroupToRefold + 2;

TEST(CopyIndex, ALateOriginalOfManyResharesRewritesABoundedNumber) {
  CopyIndex index;
  for (int i = 0; i < 3000; ++i) {
    Item boost = make_post("mastodon", std::to_string(i), std::to_string(i), 5, "");
    boost.mutable_repost_of()->set_item_id("mastodon:original");
    (void)most_refolds(index, boost);
  }
  const std::size_t refolds = most_refolds(index, make_post("mastodon", "original", "anna", 0, kLong));
  EXPECT_GT(refolds, CopyIndex::kMaxGroupToRefold / 2);
  EXPECT_LE(refolds, kBound);
  const std::uint32_t root = index.find("mastodon:original")->number;
  for (const char* id : {"mastodon:0", "mastodon:1", "mastodon:2999"}) EXPECT_EQ(index.find(id)->root, root);
}

TEST(CopyIndex, ADeletedPostOfManyCopiesIsNotShownForThem) {
  CopyIndex index;
  for (int i = 0; i < 3000; ++i)
    (void)most_refolds(index, make_post("x", std::to_string(i), "p" + std::to_string(i), i, kLong));
  const std::vector<Refold> refolds = index.forget("x:0");
  ASSERT_FALSE(refolds.empty());
  EXPECT_LE(refolds.size(), kBound);
  EXPECT_EQ(refolds.front().duplicate_of.item_id(), "") << "another is shown";
  bool leads_on = false;  // those that were not rewritten are led by the one they name
  for (const Refold& refold : refolds)
    leads_on =
        leads_on || (refold.item_id == "x:0" && refold.duplicate_of.item_id() == refolds.front().item_id);
  EXPECT_TRUE(leads_on);
  EXPECT_EQ(index.find("x:1")->root, index.find("x:2999")->root);
  EXPECT_NE(index.find("x:1")->root, index.find("x:0")->number);
}

TEST(CopyIndex, AnAnswerAboutTwoLargeGroupsRewritesABoundedNumber) {
  CopyIndex index;
  for (int i = 0; i < 3000; ++i) {
    (void)most_refolds(index, make_post("x", std::to_string(i), "p" + std::to_string(i), i, kLong));
    (void)most_refolds(index, make_post("facebook", std::to_string(i), "q" + std::to_string(i), i,
                                        "The library on Mill Lane will stay open until ten in the evening."));
  }
  const std::vector<Refold> refolds = index.answer({"x:5", "facebook:7", true, "Mira", absl::UnixEpoch()});
  EXPECT_FALSE(refolds.empty());
  EXPECT_LE(refolds.size(), kBound);
  EXPECT_EQ(index.find("x:5")->root, index.find("facebook:7")->root);
}

Item reshare_of(std::string_view original, std::string_view id, std::string_view words) {
  Item boost = make_post("mastodon", id, id, 5, words);
  boost.mutable_repost_of()->set_item_id(std::string(original));
  return boost;
}

TEST(CopyIndex, AReshareThatComesAgainWaitsOnce) {
  CopyIndex index;
  (void)index.remember(reshare_of("mastodon:original", "b1", ""));
  const std::size_t before = index.memory_bytes();
  for (int i = 0; i < 10'000; ++i) (void)index.remember(reshare_of("mastodon:original", "b1", ""));
  EXPECT_LT(index.memory_bytes(), before + 1000);
}

TEST(CopyIndex, AReshareWithAStatementOfItsOwnDoesNotWaitToBeFolded) {
  Folds folds;
  folds.place(reshare_of("mastodon:original", "b1", kLong));
  folds.place(
      make_post("mastodon", "original", "anna", 0, "The market moves to the other side of the square."));
  EXPECT_EQ(folds.root("mastodon:b1"), "");
}

TEST(CopyIndex, WhatStandsWithAReshareIsFoldedByTheRuleItStandsThereBy) {
  Folds folds;
  folds.place(reshare_of("mastodon:original", "b1", ""));
  folds.place(make_post("x", "1", "bruno", 3, kLong));
  folds.answer({"x:1", "mastodon:b1", true, "Mira", absl::UnixEpoch()});
  ASSERT_EQ(folds.root("mastodon:b1"), "x:1");
  folds.place(
      make_post("mastodon", "original", "anna", 0, "The market moves to the other side of the square."));
  for (const char* id : {"x:1", "mastodon:b1"}) {
    EXPECT_EQ(folds.root(id), "mastodon:original");
    EXPECT_EQ(folds.items.at(id).duplicate_of().rule(), "editor") << id;
  }
}

// Few words, few people, few ids: everything happens to everything.
void stir(Folds& folds, int times) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < times; ++i) {
    std::string text;
    for (unsigned word = 0; word < random() % 12; ++word) text += "w" + std::to_string(random() % 6) + " ";
    Item item = make_post(random() % 2 == 0 ? "x" : "facebook", std::to_string(random() % 4000),
                          "p" + std::to_string(random() % 5), static_cast<int>(random() % 600), text);
    if (random() % 5 == 0) item.mutable_repost_of()->set_item_id("x:" + std::to_string(random() % 4000));
    folds.place(item);
    if (random() % 10 == 0) folds.forget("x:" + std::to_string(random() % 4000));
  }
}

TEST(CopyIndex, ACopyNeverPointsAtACopy) {
  Folds folds;
  stir(folds, 12'000);
  for (const auto& [id, item] : folds.items) {
    const std::string root = item.duplicate_of().item_id();
    ASSERT_EQ(folds.index.id_of(folds.index.find(id)->root), root.empty() ? id : root);
    if (!root.empty()) {
      EXPECT_EQ(folds.root(root), "") << id;
    }
  }
}

TEST(CopyIndex, SurvivesAnythingInASmallWindow) {
  CopySettings settings;
  settings.window = absl::Hours(5);
  settings.max_posts = 1000;
  settings.max_pictures = 10;
  Folds folds(settings);
  stir(folds, 12'000);
  EXPECT_LE(folds.index.size(), 1000U);
  for (const auto& [id, item] : folds.items) {
    const auto post = folds.index.find(id);
    if (!post) continue;
    ASSERT_TRUE(folds.index.find(folds.index.id_of(post->root))) << "the root of a group is here";
    const std::string root = item.duplicate_of().item_id();
    EXPECT_EQ(folds.index.shown_id(post->root), root.empty() ? id : root) << "what is stored stays: " << id;
  }
}

}  // namespace
}  // namespace copytaster
