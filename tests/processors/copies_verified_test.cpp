// What is found by hashes is decided on the texts: every post through the whole pipeline, as the service does
// it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fold_support.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

class Posts final : public EarlierPosts {
 public:
  explicit Posts(const testing::ItemsReader* store) : store_(store) {}
  [[nodiscard]] const Item* find(std::string_view id, Item*) const override {
    const auto found = store_->items.find(id);
    return found == store_->items.end() ? nullptr : &found->second;
  }

 private:
  const testing::ItemsReader* store_;
};

void run_all(const std::vector<Item>& items, testing::ItemsReader* store) {
  const Officials officials;
  const Rules rules = Rules::defaults();
  Pipeline pipeline(officials, rules);
  const Posts posts(store);
  for (Item item : items) {
    ASSERT_TRUE(pipeline.run_step("language", item).ok());
    ASSERT_TRUE(pipeline.run_step("fingerprint", item).ok());
    ASSERT_TRUE(pipeline.place(item, &posts).ok());
    const std::string id = item.id();
    store->items[id] = std::move(item);
    testing::store_revisions(pipeline, *store);
  }
}

std::string root_of(const testing::ItemsReader& store, std::string id) {
  for (int hop = 0; hop < 32; ++hop) {
    const std::string& next = store.items.at(id).duplicate_of().item_id();
    if (next.empty()) return id;
    id = next;
  }
  ADD_FAILURE() << "a ring of copies at " << id;
  return id;
}

testing::ItemsReader run_posts(const std::vector<Item>& items) {
  testing::ItemsReader store;
  run_all(items, &store);
  return store;
}

// What is certain of one must not carry along what nobody has looked at.
TEST(CopiesVerified, AnExactCopyDoesNotBringInWhatSaysTheOpposite) {
  const std::string open =
      "Dear all, the engineers have finished their inspection of the footbridge. They looked at the deck and "
      "the stairs "
      "and are satisfied that it is safe, and it is open from six tomorrow morning for everybody.";
  std::string shut = open;
  shut.replace(shut.find("are satisfied"), 13, "are not satisfied");
  const auto store = run_posts({testing::make_post("facebook", "1", "anna", 0, open),
                                testing::make_post("x", "2", "anna", 30, shut),
                                testing::make_post("bluesky", "3", "anna", 40, open)});
  EXPECT_EQ(root_of(store, "bluesky:3"), "facebook:1");
  EXPECT_EQ(root_of(store, "x:2"), "x:2");
}

// More texts are laid beside the item's than scans are kept.
TEST(CopiesVerified, ManyLikelyCopiesAreAllComparedWithTheItem) {
  std::vector<Item> items;
  for (int i = 0; i < 12; ++i) {
    std::string text = "Station " + std::to_string(i) + ": the water of the river Wette stands at ";
    text += std::to_string(100 + i) +
            " centimetres this morning and nobody has to leave the houses along the bank today.";
    items.push_back(testing::make_post(i % 2 == 0 ? "facebook" : "x", std::to_string(i), "anna", i, text));
  }
  const auto store = run_posts(items);
  for (const auto& [id, item] : store.items) EXPECT_EQ(item.duplicate_of().item_id(), "") << id;
}

struct Apart {
  const char* why;
  const char* one;
  const char* other;
  const char* other_person = "anna";
  int minutes = 90;
};

TEST(CopiesVerified, WhatSaysSomethingElseIsNotFolded) {
  const Apart kPairs[] = {
      {"an opposite", "Unemployment in our town has increased by three per cent since the spring, they say.",
       "Unemployment in our town has decreased by three per cent since the spring, they say."},
      {"another line",
       "Auf der S6 kommt es wegen einer Signalstörung zu Ausfällen, bitte planen Sie mehr Zeit ein.",
       "Auf der U6 kommt es wegen einer Signalstörung zu Ausfällen, bitte planen Sie mehr Zeit ein."},
      {"another district",
       "Weststadt\n\nDer Strom ist wegen eines Kabelschadens ausgefallen, wir sind unterwegs.",
       "Oststadt\n\nDer Strom ist wegen eines Kabelschadens ausgefallen, wir sind unterwegs."},
      {"a number in words",
       "We welcomed six new neighbours in the town hall this morning, and each brought a cake.",
       "We welcomed sixty new neighbours in the town hall this morning, and each brought a cake."},
      {"a tag in the sentence",
       "Traffic on the main bridge in #Lyon is blocked after an accident this morning, take the train.",
       "Traffic on the main bridge in #Lille is blocked after an accident this morning, take the train."},
      {"who hit whom",
       "A cyclist hit a pedestrian on the market square this morning; both are in hospital now.",
       "A pedestrian hit a cyclist on the market square this morning; both are in hospital now."},
      {"it is denied",
       "The council will sell the old port to an investor from abroad before the summer begins.",
       "FAKE NEWS! The council will sell the old port to an investor from abroad before the summer begins.",
       "bert"},
      {"another town's wishes",
       "Wir wünschen allen Bürgerinnen und Bürgern von Linz ein frohes Fest und einen guten Rutsch.",
       "Wir wünschen allen Bürgerinnen und Bürgern von Graz ein frohes Fest und einen guten Rutsch.", "bert"},
      {"everybody's wishes", "Frohe Weihnachten und ein gutes neues Jahr!",
       "Frohe Weihnachten und ein gutes neues Jahr!", "bert"},
      {"another light", "🔴 Region Wette: the state of the air raid alert has changed, follow the channels",
       "🟢 Region Wette: the state of the air raid alert has changed, follow the channels"},
      {"another money", "The council has put aside 20 million $ for the repair of the bridge in the north.",
       "The council has put aside 20 million € for the repair of the bridge in the north."},
      {"who beat whom",
       "Great evening for the whole region: Lorme beats Auxonne in the cup after a long and hard match.",
       "Great evening for the whole region: Auxonne beats Lorme in the cup after a long and hard match."},
      {"a number between", "Twelve people were in the bus that left the road near the lake this morning.",
       "Twelve people, 2 of them children, were in the bus that left the road near the lake this morning."},
      {"another night",
       "No casualties were reported in the whole region last night, thank God and our gunners.",
       "No casualties were reported in the whole region last night, thank God and our gunners.", "anna",
       60 * 24 * 20},
  };
  for (const Apart& pair : kPairs) {
    Item one = testing::make_post("facebook", "1", "anna", 0, pair.one);
    Item other = testing::make_post("x", "2", pair.other_person, pair.minutes, pair.other);
    one.set_language("en"), other.set_language("en");
    const auto store = run_posts({one, other});
    EXPECT_EQ(root_of(store, "x:2"), "x:2") << pair.why;
    EXPECT_EQ(root_of(store, "facebook:1"), "facebook:1") << pair.why;
  }
}

TEST(CopiesVerified, ACutDoesNotBringInTheNextDaysReport) {
  const std::string begin =
      "Lagebericht der Stadt zum Hochwasser: Die Feuerwehr ist weiter im Einsatz, die Pumpen laufen Tag und "
      "Nacht, "
      "bitte meiden Sie die Uferwege";
  const auto store = run_posts(
      {testing::make_post("facebook", "1", "anna", 0, begin + ". Heute wurden 12 Keller ausgepumpt."),
       testing::make_post("x", "2", "anna", 60, begin + "…"),
       testing::make_post("facebook", "3", "anna", 60 * 24, begin + ". Heute wurden 57 Keller ausgepumpt.")});
  EXPECT_EQ(root_of(store, "x:2"), "facebook:1");
  EXPECT_EQ(root_of(store, "facebook:3"), "facebook:3");
  EXPECT_EQ(store.items.at("facebook:3").may_copy_size(), 1) << "it is asked";
}

TEST(CopiesVerified, ACutOfBothDoesNotUniteWhatIsOpposite) {
  const std::string begin =
      "Dear all, the engineers have finished their inspection of the footbridge. They looked at the deck and "
      "the stairs";
  const std::string end =
      " satisfied that it is safe, and it is open from six tomorrow morning for everybody.";
  const auto store = run_posts({testing::make_post("facebook", "1", "anna", 0, begin + " and are" + end),
                                testing::make_post("bluesky", "2", "anna", 30, begin + " and are not" + end),
                                testing::make_post("x", "3", "anna", 40, begin + " and…")});
  EXPECT_NE(root_of(store, "facebook:1"), root_of(store, "bluesky:2"));
}

TEST(CopiesVerified, TwoVideosOverOneFooterAreTwo) {
  const char* footer =
      "Abonnez-vous à la chaîne de la ville et retrouvez toutes nos vidéos. Suivez la mairie pour ne rien "
      "manquer.";
  Item debate = testing::make_post("youtube", "1", "anna", 0, footer);
  debate.set_title("Débat sur le budget");
  Item pool = testing::make_post("youtube", "2", "anna", 60, footer);
  pool.set_title("Inauguration de la piscine");
  const auto store = run_posts({debate, pool});
  EXPECT_EQ(root_of(store, "youtube:2"), "youtube:2");
}

// Each is like the one before it, and the last has nothing of the first.
TEST(CopiesVerified, ATickerDoesNotDriftIntoOneGroup) {
  std::vector<Item> items;
  for (int i = 0; i < 30; ++i) {
    std::string text;
    for (int word = i * 3; word < i * 3 + 40; ++word)
      text += "wort" + std::string(1, static_cast<char>('a' + word % 26)) +
              std::string(1, static_cast<char>('a' + word / 26)) + " ";
    items.push_back(testing::make_post("x", std::to_string(i), "anna", i, text));
  }
  const auto store = run_posts(items);
  EXPECT_NE(root_of(store, "x:0"), root_of(store, "x:29"));
}

TEST(CopiesVerified, AShortPageOfOneAddressInTwoFeedsIsOne) {
  Item one = testing::make_post("feed", "1", "city", 0, "");
  one.set_title("Ratssitzung am Donnerstag");
  one.set_url("https://stadt.example/rat");
  Item other = testing::make_post("feed", "2", "mayor", 60, "");
  other.set_title("Ratssitzung am Donnerstag");
  other.set_url("https://stadt.example/rat?utm_source=rss");
  EXPECT_EQ(root_of(run_posts({one, other}), "feed:2"), "feed:1");
}

}  // namespace
}  // namespace copytaster
