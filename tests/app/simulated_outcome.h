// What must be true of a store when a simulated history is over: it holds what was posted, no more and no
// less.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "app/store_difference.h"
#include "core/item.h"
#include "core/store.h"
#include "core/strings.h"
#include "tests/app/rebuilding.h"
#include "tests/app/simulated_towns.h"

namespace copytaster::testing {

// Posts whose edit or deletion was met by a reading again: not each is, for those end after two days.
struct Met {
  int edits = 0, deletions = 0;
};

inline void expect_said(const Store& store, const SimulatedTowns::Post& post, const Item& item, Met* met) {
  const auto versions = store.versions(item.id());
  ASSERT_TRUE(versions.ok()) << versions.status();
  std::ptrdiff_t last = -1;
  for (const Item& version : *versions) {
    const auto text = std::ranges::find(post.texts, version.text());
    ASSERT_NE(text, post.texts.end()) << post.id << " never said: " << version.text();
    EXPECT_GE(text - post.texts.begin(), last) << post.id << ": an older text came after a newer one";
    last = text - post.texts.begin();
  }
  if (last > 0) ++met->edits;
  if (item.state() == GONE) ++met->deletions;
  EXPECT_EQ(versions->size(), item.version()) << "every version of " << post.id << " is there";
  EXPECT_TRUE(post.gone || item.state() != GONE) << post.id << " stands and is told as gone";
}

inline void expect_as_posted(const Store& store, const SimulatedTowns& towns, Met* met) {
  std::size_t expected = 0;
  towns.each_post([&](const SimulatedTowns::Post& post) {
    if (post.bad) return;
    const auto item = store.item(str_cat("words:", post.id));
    // One that was taken back before anybody asked was never seen.
    if (!item.ok() && post.gone) return;
    ++expected;
    ASSERT_TRUE(item.ok()) << post.id << " is lost: " << item.status();
    expect_said(store, post, *item, met);
  });
  std::size_t stored = 0;
  EXPECT_TRUE(store.each_item([&](const Item&) { return ++stored, true; }).ok());
  EXPECT_EQ(stored, expected) << "what nobody posted is stored";
  const Counters counters = store.counters();
  EXPECT_EQ(counters.collected(), counters.stored() + counters.dead_lettered());
  const auto letters = store.dead_letters(100'000);
  EXPECT_EQ(letters.ok() ? letters->size() : 0, static_cast<std::size_t>(towns.counts().bad))
      << "each post that could not be read is a dead letter, once";
}

inline void expect_each_in_one_story(const Store& store) {
  std::map<std::string, int> listed;
  const auto stories = store.stories(100'000);
  ASSERT_TRUE(stories.ok());
  for (const Story& story : *stories) {
    for (const std::string& id : story.item_ids()) ++listed[id];
  }
  for (const auto& [id, times] : listed) EXPECT_EQ(times, 1) << id << " is in " << times << " stories";
  const auto looked = store.each_item([&](const Item& item) {
    EXPECT_TRUE(item.state() == GONE || listed.contains(item.id())) << item.id() << " is in no story";
    return true;
  });
  EXPECT_TRUE(looked.ok()) << looked;
}

inline void expect_actions(const Store& store, const std::vector<std::string>& acknowledged) {
  std::vector<std::string> kept;
  EXPECT_TRUE(
      store.each_action([&](const Action& action) { return kept.push_back(action.id()), true; }).ok());
  EXPECT_EQ(kept, acknowledged) << "each action that was acknowledged, in order, once";
}

// Made anew from what was kept, all posts are there with the same versions and words. In which order
// pictures came, and when the house was stopped, is not kept; what rests on that may differ once, and never
// again.
inline void expect_rebuilt_twice_the_same(MemoryKeyValue& played, const Rebuilding& with) {
  MemoryKeyValue once, twice;
  expect_rebuilt(played, &once, with);
  expect_rebuilt(once, &twice, with);
  if (::testing::Test::HasFailure()) return;
  for (const Space space : {Space::kItems, Space::kVersions, Space::kDeadLetters})
    EXPECT_EQ(as_collected(played, space), as_collected(once, space));
  const auto differences = compare_stores(once, twice);
  ASSERT_TRUE(differences.ok()) << differences.status();
  for (const SpaceDifference& found : *differences) {
    EXPECT_TRUE(found.is_none()) << found.what << " differ in " << found.changed << ", " << found.only_before
                                 << " are missing, " << found.only_after << " new; "
                                 << (found.examples.empty() ? "" : found.examples[0]);
  }
}

}  // namespace copytaster::testing
