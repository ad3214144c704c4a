#include "rehearsal/marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "rehearsal/graph_fields.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> marked(std::string_view text) {
  std::vector<std::string> out;
  for (const Mark& mark : find_marks(text)) out.emplace_back(mark.in(text));
  return out;
}

TEST(Marks, AreFoundInAnyScript) {
  EXPECT_THAT(marked("#Київ, (#Αθήνα) and #Zürich_2!"), ElementsAre("#Київ", "#Αθήνα", "#Zürich_2"));
  EXPECT_THAT(marked("see https://a.example/b?c=d. Or <http://x.example/>"),
              ElementsAre("https://a.example/b?c=d", "http://x.example/"));
  EXPECT_THAT(marked("thanks @ada.test, @bob@two.example."), ElementsAre("@ada.test", "@bob@two.example"));
}

TEST(Marks, AreNotFoundInsideWords) { EXPECT_THAT(marked("C#sharp a@b.example #1 # @ https:/x"), IsEmpty()); }

TEST(Marks, SurviveAnyBytes) {
  const std::string text = "a#\xd0@\xff https://\xe2\x82 #\xd0\x9a\xd0";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    for (const Mark& mark : find_marks(std::string_view(text).substr(0, size))) EXPECT_LE(mark.end, size);
  }
}

TEST(GraphFieldsTest, ReadsNestedFieldsAndModifiers) {
  const GraphFields fields(
      "id,attachments{media, subattachments.limit(100){media,target}},likes.limit(0).summary(x)");
  EXPECT_TRUE(fields.has("id"));
  EXPECT_TRUE(fields.has("likes"));
  EXPECT_FALSE(fields.has("media"));
  EXPECT_TRUE(fields.of("attachments").has("media"));
  EXPECT_TRUE(fields.of("attachments").of("subattachments").has("target"));
  EXPECT_TRUE(fields.of("likes").empty());
}

TEST(GraphFieldsTest, SurvivesNonsense) {
  for (const std::string text : {"", ",", "{", "}", "a{", "a}b{", "a{b{c", "((((", "a{b}c{d}"}) {
    EXPECT_FALSE(GraphFields(text).has("x")) << text;
  }
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "a{";
  EXPECT_TRUE(GraphFields(deep + std::string(10'000, '}')).has("a"));
}

}  // namespace
}  // namespace copytaster::rehearsal
