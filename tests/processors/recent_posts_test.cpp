#include "processors/recent_posts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace copytaster {
namespace {

std::vector<std::uint32_t> numbers(const RecentPosts& posts, std::uint32_t person) {
  std::vector<std::uint32_t> out;
  posts.each(person, [&](const RecentPosts::Recent& one) { out.push_back(one.number); });
  return out;
}

TEST(RecentPosts, NewestFirstAndNoMoreThanTheLatest) {
  RecentPosts posts;
  for (std::uint32_t number = 0; number < 100; ++number) posts.add(7, {number, number * 3});
  std::vector<std::uint32_t> wanted;
  for (std::uint32_t number = 99; number > 99 - RecentPosts::kMost; --number) wanted.push_back(number);
  EXPECT_EQ(numbers(posts, 7), wanted);
  EXPECT_TRUE(numbers(posts, 8).empty());
}

TEST(RecentPosts, APostThatBeginsOtherwiseNow) {
  RecentPosts posts;
  posts.add(7, {1, 10});
  posts.add(7, {2, 20});
  posts.change(7, {1, 11});
  posts.change(7, {3, 30});  // not there
  posts.change(9, {1, 90});
  std::map<std::uint32_t, std::uint32_t> leads;
  posts.each(7, [&](const RecentPosts::Recent& one) { leads[one.number] = one.lead; });
  EXPECT_EQ(leads, (std::map<std::uint32_t, std::uint32_t>{{1, 11}, {2, 20}}));
}

TEST(RecentPosts, IsWhatAPlainListIs) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  RecentPosts posts;
  std::map<std::uint32_t, std::vector<std::uint32_t>> plain;  // newest first
  for (std::uint32_t number = 0; number < 20'000; ++number) {
    const auto person = static_cast<std::uint32_t>(random() % 40);
    auto& list = plain[person];
    if (random() % 3 == 0 && !list.empty()) {
      const std::size_t at = random() % list.size();
      posts.remove(person, list[at]);
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    } else {
      posts.add(person, {number, 0});
      list.insert(list.begin(), number);
      if (list.size() > RecentPosts::kMost) list.pop_back();
    }
    ASSERT_EQ(numbers(posts, person), list) << "person " << person << " at step " << number;
  }
}

TEST(RecentPosts, WhoHasNoPostsLeftTakesNoMemory) {
  RecentPosts posts;
  for (std::uint32_t person = 0; person < 10'000; ++person) posts.add(person, {person, 0});
  const std::size_t full = posts.memory_bytes();
  for (std::uint32_t person = 0; person < 10'000; ++person) posts.remove(person, person);
  EXPECT_LT(posts.memory_bytes(), full);
  for (std::uint32_t person = 20'000; person < 30'000; ++person) posts.add(person, {person, 0});
  EXPECT_LE(posts.memory_bytes(), full * 2);
}

}  // namespace
}  // namespace copytaster
