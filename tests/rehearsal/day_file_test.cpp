#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kGood =
    R"({"key":"a1","account":"https://www.facebook.com/ada","at":"2022-04-14T08:12:00+02:00","language":"en","text":"One."})";

std::string error_of(std::string_view line) {
  const testing::SmallDay files(str_cat(kGood, "\n", line, "\n"));
  return std::string(read_day(files.files()).status().message());
}

std::string post(std::string_view more, std::string_view account = "https://www.facebook.com/ada") {
  return str_cat(R"({"key":"b","account":")", account, R"(","at":"2022-04-14T09:00:00Z","language":"en",)",
                 more, "}");
}

TEST(DayFile, TheEmbeddedDayIsWhole) {
  const auto day = read_day(embedded_day_files());
  ASSERT_TRUE(day.ok()) << day.status();
  EXPECT_EQ(day->posts.size(), 402u);
  EXPECT_EQ(day->accounts.size(), 83u);
  EXPECT_EQ(day->scenes.size(), 32u);
  EXPECT_EQ(day->notice, rehearsal_notice());
  EXPECT_THAT(std::string(rehearsal_officials_toml()), HasSubstr("anne-hidalgo"));
  for (const PlayedAccount& account : day->accounts) EXPECT_FALSE(account.posts.empty()) << account.url;
}

TEST(DayFile, AllPostsLieWithinTheDayButTheNewsrooms) {
  const auto day = read_day(embedded_day_files());
  ASSERT_TRUE(day.ok());
  for (const Post& one : day->posts) {
    if (one.account->official_id == "newsroom") continue;
    EXPECT_GE(one.at, rehearsal_begin()) << one.key;
    EXPECT_LT(one.versions.back().at, rehearsal_end()) << one.key;
  }
}

TEST(DayFile, KeepsTheAuthorsOffset) {
  const testing::SmallDay files{std::string(kGood)};
  const auto day = read_day(files.files());
  ASSERT_TRUE(day.ok()) << day.status();
  const Post& one = day->posts.front();
  EXPECT_EQ(absl::FormatTime("%H:%M %Ez", one.at, one.zone), "08:12 +02:00");
  EXPECT_EQ(one.at, testing::on_the_day(6, 12));
}

TEST(DayFile, NamesFileAndLine) {
  EXPECT_THAT(error_of("{\"key\":"), StartsWith("t/posts/test.jsonl:2: no JSON: "));
  EXPECT_THAT(error_of("[]"), StartsWith("t/posts/test.jsonl:2: \"post\" is no object"));
  EXPECT_EQ(error_of(post(R"("txt":"x")")), "t/posts/test.jsonl:2: \"txt\" is no field of a post");
  EXPECT_EQ(error_of(post(R"("text":"x","text":"y")")), "t/posts/test.jsonl:2: \"text\" stands there twice");
  EXPECT_EQ(error_of(post(R"("title":"x")")),
            "t/posts/test.jsonl:2: \"text\" is missing, and it is no reshare");
  EXPECT_EQ(error_of(post(R"("text":"x","links":"y")")), "t/posts/test.jsonl:2: \"links\" is no list");
  EXPECT_EQ(error_of(kGood), "t/posts/test.jsonl:2: a second post with the key a1");
  EXPECT_EQ(error_of(post(R"("text":"x")", "https://www.facebook.com/eve")),
            "t/posts/test.jsonl:2: no official has the account https://www.facebook.com/eve");
  EXPECT_EQ(error_of(post(R"("reply_to":"zz","text":"x")")), "t/posts/test.jsonl:2: no post has the key zz");
  EXPECT_EQ(error_of(post(R"("quote_of":"a1","text":"x")", "https://bsky.app/profile/ada.test")),
            "t/posts/test.jsonl:2: a1 is on another platform");
  EXPECT_EQ(error_of(post(R"("text":"x","pictures":[{"image":"none"}])")),
            "t/posts/test.jsonl:2: no scene is called none");
  EXPECT_EQ(error_of(post(R"("text":"x","pictures":[{"image":"scene","crop":"wide"}])")),
            "t/posts/test.jsonl:2: \"crop\" is none of full, left, right, tight, top: wide");
  EXPECT_EQ(error_of(post(R"("text":"x","pictures":[{"image":"scene","quality":0}])")),
            "t/posts/test.jsonl:2: \"quality\" is no number from 1 to 100");
  EXPECT_EQ(error_of(post(R"("text":"x","edits":[{"at":"2022-04-14T08:00:00Z","text":"y"}])")),
            "t/posts/test.jsonl:2: \"edits\" are not in order of time");
  EXPECT_EQ(error_of(post(R"("text":"x","delete_at":"2022-04-14T08:00:00Z")")),
            "t/posts/test.jsonl:2: \"delete_at\" is before the post");
  EXPECT_EQ(error_of(post(R"("text":"x","edits":[{"at":"2022-04-14T10:00:00Z","text":"y"}])",
                          "https://bsky.app/profile/ada.test")),
            "t/posts/test.jsonl:2: a post cannot be edited on Bluesky");
  EXPECT_EQ(error_of(post(R"("text":"x")", "https://ada.example/feed.xml")),
            "t/posts/test.jsonl:2: an item of a feed has a title");
}

TEST(DayFile, NamesTheLineOfBrokenToml) {
  const std::vector<std::pair<std::string_view, std::string_view>> files = {
      {"t/officials.toml", "[[official]]\nid = \"x\"\nname = \n"}};
  EXPECT_THAT(std::string(read_day(files).status().message()), StartsWith("t/officials.toml:3: "));
}

TEST(DayFile, SurvivesAnyCut) {
  const std::string line =
      post(R"("text":"ab","pictures":[{"image":"scene","crop":"left"}],"links":["https://x/"])");
  for (std::size_t size = 1; size < line.size(); ++size) {
    EXPECT_THAT(error_of(std::string_view(line).substr(0, size)), StartsWith("t/posts/test.jsonl:2: "))
        << size;
  }
  EXPECT_EQ(error_of(line), "");
}

TEST(DayFile, EditsAndDeletionsTakeEffectAtTheirTime) {
  const testing::SmallDay files(post(R"("text":"Two","edits":[{"at":"2022-04-14T10:00:00Z","text":"Two!"}],)"
                                     R"("delete_at":"2022-04-14T11:00:00Z")"));
  const auto day = read_day(files.files());
  ASSERT_TRUE(day.ok()) << day.status();
  const Post& one = day->posts.front();
  EXPECT_FALSE(live_at(one, testing::on_the_day(8, 59, 59)));
  EXPECT_EQ(live_at(one, testing::on_the_day(9, 0))->version->text, "Two");
  EXPECT_FALSE(live_at(one, testing::on_the_day(9, 59, 59))->edited());
  EXPECT_EQ(live_at(one, testing::on_the_day(10, 0))->version->text, "Two!");
  EXPECT_TRUE(live_at(one, testing::on_the_day(10, 59, 59))->edited());
  EXPECT_FALSE(live_at(one, testing::on_the_day(11, 0)));
}

}  // namespace
}  // namespace copytaster::rehearsal
