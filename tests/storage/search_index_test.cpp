#include "storage/search_index.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace copytaster {
namespace {

Item post(const std::string& id, const std::string& language, const std::string& text) {
  Item item;
  item.set_id(id);
  item.set_platform(id.substr(0, id.find(':')));
  item.set_language(language);
  item.set_text(text);
  return item;
}

class SearchIndex : public testing::Test {
 protected:
  void SetUp() override {
    auto writer = *open_search_writer(folder_.path());
    Item paris = post("facebook:1", "fr", "Réunion à l'hôtel de ville sur les pistes cyclables");
    paris.mutable_author()->set_name("Anne Hidalgo");
    Item kyiv = post("mastodon:2", "uk", "Зустріч у Києві про мости");
    kyiv.add_places()->set_name("Kyiv");
    ASSERT_TRUE(writer->add(paris).ok());
    ASSERT_TRUE(writer->add(kyiv).ok());
    ASSERT_TRUE(writer->add(post("feed:3", "en", "The bridges are closed, the tram runs")).ok());
    ASSERT_TRUE(writer->commit().ok());
  }
  std::vector<std::string> find(const std::string& query) {
    auto found = search_items(folder_.path(), query, 10);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.value_or(std::vector<std::string>());
  }
  TemporaryFolder folder_;
};

using Ids = std::vector<std::string>;

TEST_F(SearchIndex, FindsWithoutAccents) { EXPECT_EQ(find("reunion hotel"), Ids{"facebook:1"}); }
TEST_F(SearchIndex, FindsStemmedWords) { EXPECT_EQ(find("bridge"), Ids{"feed:3"}); }
TEST_F(SearchIndex, FindsTheWordsReadInAPicture) {
  auto writer = *open_search_writer(folder_.path());
  Item poster = post("mastodon:4", "en", "Come all.");
  poster.add_media()->set_read_text("The harbour market\nopens on Saturday");
  ASSERT_TRUE(writer->add(poster).ok());
  ASSERT_TRUE(writer->commit().ok());
  EXPECT_EQ(find("harbour market"), Ids{"mastodon:4"});
}
TEST_F(SearchIndex, FindsPhrasesOnlyInOrder) {
  EXPECT_EQ(find("\"tram runs\""), Ids{"feed:3"});
  EXPECT_EQ(find("\"runs tram\""), Ids{});
}
TEST_F(SearchIndex, FindsWordsOfALanguageWithoutSpaces) {
  auto writer = *open_search_writer(folder_.path());
  ASSERT_TRUE(writer->add(post("x:5", "ja", "東京都知事は月曜日に橋を閉鎖すると発表した")).ok());
  ASSERT_TRUE(writer->add(post("x:6", "zh", "市长宣布星期一关闭大桥")).ok());
  ASSERT_TRUE(writer->commit().ok());
  EXPECT_EQ(find("知事"), Ids{"x:5"});
  EXPECT_EQ(find("橋"), Ids{"x:5"});
  EXPECT_EQ(find("关闭大桥"), Ids{"x:6"});
  EXPECT_EQ(find("東知"), Ids{}) << "these stand there, but not together";
}
TEST_F(SearchIndex, FindsCyrillic) { EXPECT_EQ(find("МОСТИ"), Ids{"mastodon:2"}); }
TEST_F(SearchIndex, FiltersByPersonPlacePlatformAndLanguage) {
  EXPECT_EQ(find("person:hidalgo"), Ids{"facebook:1"});
  EXPECT_EQ(find("place:kyiv"), Ids{"mastodon:2"});
  EXPECT_EQ(find("platform:feed tram"), Ids{"feed:3"});
  EXPECT_EQ(find("lang:fr tram"), Ids{});
}
TEST_F(SearchIndex, ReplacesAndRemoves) {
  auto writer = *open_search_writer(folder_.path());
  ASSERT_TRUE(writer->add(post("feed:3", "en", "Only swans now")).ok());
  Item gone = post("mastodon:2", "uk", "");
  gone.set_state(GONE);
  ASSERT_TRUE(writer->add(gone).ok());
  ASSERT_TRUE(writer->commit().ok());
  EXPECT_EQ(find("tram"), Ids{});
  EXPECT_EQ(find("swans"), Ids{"feed:3"});
  EXPECT_EQ(find("мости"), Ids{});
}
TEST_F(SearchIndex, BadQueriesAreAnsweredNotCrashed) {
  for (const char* query : {"", "\"", "AND", "NOT", "a OR", "person:", "((((", "*", "\xff\xfe", "-", "+"}) {
    const auto found = search_items(folder_.path(), query, 10);
    EXPECT_TRUE(found.ok() || absl::IsInvalidArgument(found.status())) << query << ": " << found.status();
  }
}
TEST_F(SearchIndex, AWildcardMayStandForMoreWordsThanAreLookedUp) {
  auto writer = *open_search_writer(folder_.path());
  std::string text;
  for (int word = 0; word < 300; ++word) text += "quay" + std::to_string(word) + " ";
  ASSERT_TRUE(writer->add(post("feed:4", "en", text)).ok());
  ASSERT_TRUE(writer->commit().ok());
  EXPECT_EQ(find("quay*"), Ids{"feed:4"});
  EXPECT_EQ(find("q* quay1*"), Ids{"feed:4"});
}
TEST(SearchIndexAbsent, FindsNothing) {
  const TemporaryFolder folder;
  EXPECT_TRUE(search_items(folder.path(), "tram", 10)->empty());
}

}  // namespace
}  // namespace copytaster
