#include "core/shortened.h"

#include <gtest/gtest.h>

namespace copytaster {
namespace {

TEST(ShortenedTest, KeepsWhatFits) {
  EXPECT_EQ(shortened("The bridge is open", 18), "The bridge is open");
  EXPECT_EQ(shortened("", 18), "");
}

TEST(ShortenedTest, EndsAtACommaOfTheLastThirdElseAtAWholeWord) {
  EXPECT_EQ(shortened("The bridge of the lower town, closed since March, is open", 52),
            "The bridge of the lower town, closed since March");
  EXPECT_EQ(
      shortened("This morning in Graz, with her colleague, we signed a pact of friendship of towns", 66),
      "This morning in Graz, with her colleague, we signed a pact");
  EXPECT_EQ(shortened("Today, the bridge of the lower town opens", 30), "Today, the bridge");
  EXPECT_EQ(shortened("Firmato un patto di amicizia tra Trieste e Graz", 37), "Firmato un patto di amicizia");
  EXPECT_EQ(shortened("Firmato un patto di amicizia tra Trieste", 33), "Firmato un patto di amicizia");
}

TEST(ShortenedTest, KeepsWhoSaidIt) {
  EXPECT_EQ(shortened("«The cuttlefish will not be hurried», said Adelaide", 46),
            "«The cuttlefish will not be hurried», said");
}

TEST(ShortenedTest, CutsAWordWithoutEndBetweenCharacters) {
  EXPECT_EQ(shortened("ΑΒΓΔΕΖΗΘ", 5), "ΑΒΓΔ");
  EXPECT_EQ(shortened("a bbbbbbbbbbbbbbbb", 10), "a bbbbbbb");
}

}  // namespace
}  // namespace copytaster
