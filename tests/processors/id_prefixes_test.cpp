#include "processors/id_prefixes.h"

#include <gtest/gtest.h>

#include "fold_support.h"
#include "processors/copy_index.h"

namespace copytaster {
namespace {

using testing::make_post;

TEST(IdPrefixes, EachIsKeptOnceAndLetGoWithTheLastOfItsIds) {
  IdPrefixes prefixes;
  const std::string front = "mastodon:https://city.example/users/mayor/statuses/";
  const std::uint32_t one = prefixes.take(front);
  EXPECT_EQ(prefixes.take(front), one);
  const std::uint32_t other = prefixes.take("x:");
  EXPECT_NE(other, one);
  EXPECT_EQ(prefixes.text(one), front);
  prefixes.give_back(one);
  EXPECT_EQ(prefixes.take(front), one) << "it has an id still";
  const std::size_t before = prefixes.memory_bytes();
  prefixes.give_back(one);
  prefixes.give_back(one);
  EXPECT_LT(prefixes.memory_bytes(), before);
  EXPECT_EQ(prefixes.take("feed:https://city.example/"), one) << "its place is used again";
  EXPECT_EQ(prefixes.text(other), "x:");
}

TEST(IdPrefixes, ThousandsOfThemAreBorne) {
  IdPrefixes prefixes;
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < 5000; ++i)
    numbers.push_back(prefixes.take("feed:https://" + std::to_string(i) + ".example/"));
  for (int i = 0; i < 5000; i += 2) prefixes.give_back(numbers[static_cast<std::size_t>(i)]);
  for (int i = 1; i < 5000; i += 2)
    EXPECT_EQ(prefixes.text(numbers[static_cast<std::size_t>(i)]),
              "feed:https://" + std::to_string(i) + ".example/");
}

TEST(IdPrefixes, TheyEndWhereTheOwnPartBegins) {
  EXPECT_EQ(id_prefix_size("x:1234"), 2U);
  EXPECT_EQ(id_prefix_size("feed:https://city.example/?p=17"), 29U);
  EXPECT_EQ(id_prefix_size("bluesky:at://did:plc:abc/app.bsky.feed.post/3kxyz"), 44U);
  EXPECT_EQ(id_prefix_size("no sign of one"), 0U);
  EXPECT_EQ(id_prefix_size("feed:https://city.example/"), 26U);
  EXPECT_EQ(id_prefix_size(""), 0U);
}

// Numbers are packed; all that only looks like one must come back as it was.
TEST(CopyIndex, IdsComeBackAsTheyWere) {
  CopyIndex index;
  const std::vector<std::string> ids = {"x:0",
                                        "x:00",
                                        "x:1",
                                        "x:01",
                                        "x:18446744073709551615",
                                        "x:9999999999999999999",
                                        "x:255",
                                        "x:256",
                                        "x:65535",
                                        "x:",
                                        "x:99999999999999999999",
                                        "x:1a",
                                        "no sign",
                                        "17",
                                        "feed:a/b/",
                                        "feed:a/b",
                                        "feed:a/b/0",
                                        "x:108000000000012345",
                                        "x:-1",
                                        "x:\u0661",
                                        "feed:?p=17",
                                        "feed:?p=017",
                                        "x:" + std::string(300, '7'),
                                        std::string(60'000, 'y')};
  for (const std::string& id : ids) {
    Item item = make_post("x", "1", "anna", 0, "The bridge opens again tomorrow at seven in the morning.");
    item.set_id(id);
    index.restore(item);
  }
  for (const std::string& id : ids) {
    const auto number = index.number_of(id);
    ASSERT_TRUE(number.has_value()) << id.substr(0, 80);
    EXPECT_EQ(index.id_of(*number), id);
  }
  EXPECT_FALSE(index.number_of("x:2").has_value());
  EXPECT_FALSE(index.number_of("x:001").has_value());
}

}  // namespace
}  // namespace copytaster
