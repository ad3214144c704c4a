// The quality of folding on the project's own labelled set: every language and platform, all kinds of copies
// and of what only looks like one. Prints a report; the thresholds are those the project promises.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>
#include <set>
#include <string>

#include "copies_set.h"
#include "fold_support.h"
#include "processors/pipeline.h"

namespace copytaster {
namespace {

using testing::CopiesSet;
using testing::LabelledCopies;

struct Count {
  std::size_t right = 0, all = 0;
};

struct Report {
  std::size_t found = 0, missed = 0, wrong = 0;
  std::size_t asked = 0, asked_right = 0;  // pairs of posts an editor is asked about
  std::map<std::string, Count> kinds;      // of copies: pairs found; of others: pairs kept apart
  std::map<std::string, Count> languages;
  std::vector<std::string> misses;
  [[nodiscard]] double recall() const { return double(found) / double(found + missed); }
  [[nodiscard]] double precision() const { return double(found) / double(found + wrong); }
};

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

// Every post through the whole pipeline, as the service does it.
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

Report judge(const CopiesSet& set, const testing::ItemsReader& store) {
  Report report;
  std::map<std::string, std::string> root, group;
  for (const auto& [id, item] : store.items) root[id] = root_of(store, id);
  for (const LabelledCopies& label : set.labels) {
    for (const std::string& id : label.ids) group[id] = label.copies ? label.name : label.name + "/" + id;
    for (std::size_t i = 0; i < label.ids.size(); ++i) {
      for (std::size_t j = i + 1; j < label.ids.size(); ++j) {
        const bool together = root[label.ids[i]] == root[label.ids[j]];
        Count& kind = report.kinds[label.kind];
        Count& language = report.languages[label.name.substr(0, 2)];
        ++kind.all;
        ++language.all;
        if (together == label.copies) ++kind.right, ++language.right;
        if (label.copies) ++(together ? report.found : report.missed);
        if (together != label.copies) report.misses.push_back(label.name + " " + label.kind);
      }
    }
  }
  std::map<std::string, std::vector<std::string>> folded;
  for (const auto& [id, top] : root) folded[top].push_back(id);
  for (const auto& [top, ids] : folded) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      for (std::size_t j = i + 1; j < ids.size(); ++j) report.wrong += group[ids[i]] == group[ids[j]] ? 0 : 1;
    }
  }
  for (const auto& [id, item] : store.items) {
    for (const DuplicateOf& asked : item.may_copy()) {
      ++report.asked;
      report.asked_right += group[id] == group[asked.item_id()] ? 1 : 0;
    }
  }
  return report;
}

void print(std::string_view name, const Report& report) {
  std::printf(
      "copies, %s: recall %.4f (%zu of %zu pairs), precision %.4f (%zu wrong); %zu asked, %zu of them "
      "copies\n",
      std::string(name).c_str(), report.recall(), report.found, report.found + report.missed,
      report.precision(), report.wrong, report.asked, report.asked_right);
  for (const auto& [kind, count] : report.kinds)
    std::printf("  %-28s %4zu of %4zu\n", kind.c_str(), count.right, count.all);
  for (const auto& [language, count] : report.languages)
    std::printf("  %-28s %4zu of %4zu\n", language.c_str(), count.right, count.all);
  std::map<std::string, std::size_t> misses;
  for (const std::string& miss : report.misses) ++misses[miss];
  for (const auto& [miss, pairs] : misses)
    std::printf("    not as labelled: %s, %zu pair(s)\n", miss.c_str(), pairs);
}

TEST(CopiesQuality, InOrderOfTime) {
  const CopiesSet set = testing::read_copies_set();
  ASSERT_GE(set.labels.size(), 700U);
  testing::ItemsReader store;
  run_all(set.items, &store);
  const Report report = judge(set, store);
  print("in order of time", report);
  EXPECT_GE(report.recall(), 0.97);
  EXPECT_GE(report.precision(), 0.995);
}

// Platforms are asked at different times: what was posted within two days comes in any order.
TEST(CopiesQuality, InTheOrderInWhichPollingBringsThem) {
  CopiesSet set = testing::read_copies_set();
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < set.items.size(); ++i)
    order.emplace_back(set.items[i].created_at().seconds() + static_cast<std::int64_t>(random() % 172'800),
                       i);
  std::ranges::sort(order);
  std::vector<Item> items;
  for (const auto& [when, index] : order) items.push_back(set.items[index]);
  testing::ItemsReader store;
  run_all(items, &store);
  const Report report = judge(set, store);
  std::printf("seed %u\n", seed);
  print("as polling brings them", report);
  EXPECT_GE(report.recall(), 0.96);
  EXPECT_GE(report.precision(), 0.99);
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

}  // namespace
}  // namespace copytaster
