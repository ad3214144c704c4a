#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rehearsal/x_post_json.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::ElementsAre;
using testing::Harvest;
using ::testing::HasSubstr;
using testing::on_the_day;
using testing::read_json;
using testing::Theatre;

constexpr std::string_view kAda = "https://x.com/ada";
constexpr std::string_view kAll =
    "tweet.fields=created_at,author_id,entities,attachments,referenced_tweets,note_tweet,lang"
    "&expansions=author_id,attachments.media_keys,referenced_tweets.id";

std::string post(int number, std::string_view more, std::string_view account = kAda) {
  const absl::Time at = on_the_day(6, 0) + absl::Minutes(10) * number;
  return str_cat(R"({"key":"p)", number, R"(","account":")", account, R"(","at":")", format_rfc3339(at),
                 R"(","language":"en")", more, "}\n");
}
std::string text(std::string_view words) { return str_cat(",\"text\":\"", words, "\""); }
std::string numbered(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += post(i, text(str_cat("Post ", i)));
  return out;
}

HttpResponse ask(Theatre& theatre, std::string_view path) {
  return theatre.get(str_cat("https://api.x.com/2/", path),
                     {{"Authorization", "Bearer of-the-rehearsal-only"}});
}
std::string id_of(Theatre& theatre, std::string_view handle) {
  return read_json(ask(theatre, str_cat("users/by/username/", handle)).body).root()["data"]["id"].text();
}
HttpResponse timeline(Theatre& theatre, std::string_view query) {
  return ask(theatre, str_cat("users/", id_of(theatre, "ada"), "/tweets?", query));
}
std::vector<std::string> texts(const HttpResponse& response) {
  std::vector<std::string> out;
  read_json(response.body).root()["data"].each([&](Json one) { out.push_back(one["text"].text()); });
  return out;
}
const Item& only(const Harvest& harvest, const Post& post) { return harvest.items.at(x_canonical_id(post)); }

TEST(PlayedX, AccountsSayThatThisIsARehearsal) {
  Theatre theatre(rehearsal_end());
  const auto json = read_json(ask(theatre, "users/by/username/Berrueta_Ensayo?user.fields=description").body);
  EXPECT_EQ(json.root()["data"]["username"].view(), "berrueta_ensayo");
  EXPECT_EQ(json.root()["data"]["name"].view(), "Íñigo Berrueta");
  EXPECT_THAT(json.root()["data"]["description"].text(), HasSubstr(std::string(rehearsal_notice())));
  const HttpResponse nobody = ask(theatre, "users/by/username/nobody");
  EXPECT_EQ(nobody.status, 200);
  EXPECT_EQ(read_json(nobody.body).root()["errors"].at(0)["title"].view(), "Not Found Error");
}

TEST(PlayedX, AnswersNobodyWithoutTheToken) {
  Theatre theatre(rehearsal_end());
  EXPECT_EQ(theatre.get("https://api.x.com/2/users/by/username/berrueta_ensayo").status, 401);
}

TEST(PlayedX, TextIsEscapedAndEntitiesCountItsCodePoints) {
  const testing::SmallDay day(post(0, text("🇺🇦 A & B <c> https://ada.example/x?a=1 #Київ @bob")));
  Theatre theatre(rehearsal_end(), false, day.files());
  const auto json = read_json(timeline(theatre, kAll).body);
  const Json one = json.root()["data"].at(0);
  EXPECT_THAT(one["text"].text(), HasSubstr("🇺🇦 A &amp; B &lt;c&gt; https://t.co/"));
  const Json url = one["entities"]["urls"].at(0);
  EXPECT_EQ(url["expanded_url"].view(), "https://ada.example/x?a=1");
  EXPECT_EQ(url["start"].count(), 23u);  // two flags, a space, "A &amp; B &lt;c&gt; "
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  EXPECT_EQ(only(harvest, theatre.day.posts[0]).text(), "🇺🇦 A & B <c> https://ada.example/x?a=1 #Київ @bob");
  EXPECT_EQ(only(harvest, theatre.day.posts[0]).facets_size(), 3);
}

TEST(PlayedX, SinceIdAndPlacesGiveEachPostOnce) {
  const testing::SmallDay day(numbered(12));
  Theatre theatre(on_the_day(12, 0), false, day.files());
  const HttpResponse first = timeline(theatre, "max_results=5");
  EXPECT_THAT(texts(first), ElementsAre("Post 11", "Post 10", "Post 9", "Post 8", "Post 7"));
  const auto json = read_json(first.body);
  const std::string next = json.root()["meta"]["next_token"].text();
  EXPECT_THAT(texts(timeline(theatre, str_cat("max_results=5&pagination_token=", next))),
              ElementsAre("Post 6", "Post 5", "Post 4", "Post 3", "Post 2"));
  const std::string since = json.root()["data"].at(2)["id"].text();
  EXPECT_THAT(texts(timeline(theatre, str_cat("since_id=", since))), ElementsAre("Post 11", "Post 10"));
  const std::string newest = json.root()["meta"]["newest_id"].text();
  EXPECT_EQ(timeline(theatre, str_cat("since_id=", newest)).body, R"({"meta":{"result_count":0}})");
  EXPECT_EQ(timeline(theatre, "max_results=4").status, 400);
  EXPECT_EQ(timeline(theatre, "pagination_token=x").status, 400);
}

TEST(PlayedX, PicturesStandInTheIncludesAndCanBeFetched) {
  const testing::SmallDay day(
      post(0, str_cat(text("Two"),
                      R"(,"pictures":[{"image":"scene","alt":"Red"},{"image":"scene","crop":"left"}])")));
  Theatre theatre(rehearsal_end(), false, day.files());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  const Item& item = only(harvest, theatre.day.posts[0]);
  EXPECT_EQ(item.text(), "Two");
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).alt_text(), "Red");
  EXPECT_EQ(item.media(1).alt_text(), "");
  for (const Media& media : item.media()) EXPECT_EQ(theatre.get(media.url()).status, 200) << media.url();
}

TEST(PlayedX, AnEditIsANewIdAndTheOldOneAnswersWithIt) {
  const testing::SmallDay day(
      post(0, str_cat(text("First"), R"(,"edits":[{"at":"2022-04-14T06:20:00Z","text":"Second"}])")));
  Theatre theatre(on_the_day(6, 10), false, day.files());
  const Post& one = theatre.day.posts[0];
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  EXPECT_EQ(only(harvest, one).text(), "First");
  EXPECT_FALSE(only(harvest, one).has_edited_at());
  theatre.clock.set(on_the_day(6, 30));
  const auto again = theatre.reread(std::string(kAda), x_canonical_id(one), harvest);
  ASSERT_TRUE(again.ok() && again->items.size() == 1) << again.status();
  EXPECT_EQ(again->items[0].text(), "Second");
  EXPECT_EQ(again->items[0].author().name(), "Ada Example");
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 1u);
  EXPECT_EQ(harvest.versions.size(), 2u);
  EXPECT_EQ(only(harvest, one).text(), "Second");
  EXPECT_EQ(to_time(only(harvest, one).created_at()), on_the_day(6, 0));
  EXPECT_EQ(to_time(only(harvest, one).edited_at()), on_the_day(6, 20));
}

TEST(PlayedX, ADeletedPostIsNotFoundAndAQuoteOfItComesWithAPartialError) {
  const testing::SmallDay day(
      str_cat(post(0, str_cat(text("Gone"), R"(,"delete_at":"2022-04-14T07:00:00Z")")),
              post(1, str_cat(text("Look"), R"(,"quote_of":"p0")")),
              post(2, R"(,"reshare_of":"p0")", "https://x.com/bob")));
  Theatre theatre(on_the_day(6, 30), false, day.files());
  Harvest harvest, bobs;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  ASSERT_TRUE(theatre.poll("https://x.com/bob", &bobs)) << theatre.last_error;
  EXPECT_EQ(only(harvest, theatre.day.posts[1]).quote_of().text(), "Gone");
  EXPECT_EQ(only(bobs, theatre.day.posts[2]).repost_of().text(), "Gone");
  theatre.clock.set(on_the_day(7, 0));
  const auto gone = theatre.reread(std::string(kAda), x_canonical_id(theatre.day.posts[0]), harvest);
  ASSERT_TRUE(gone.ok() && gone->deletions.size() == 1) << gone.status();
  EXPECT_EQ(gone->deletions[0].state(), GONE);
  const HttpResponse partial = timeline(theatre, kAll);
  EXPECT_EQ(partial.status, 200);
  EXPECT_EQ(read_json(partial.body).root()["errors"].at(0)["resource_id"].text(),
            x_canonical_id(theatre.day.posts[0]));
  Harvest later;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &later)) << theatre.last_error;
  ASSERT_EQ(later.items.size(), 1u);
  const Item& quote = only(later, theatre.day.posts[1]);
  EXPECT_EQ(quote.text(), "Look");
  EXPECT_EQ(quote.content_hash(), only(harvest, theatre.day.posts[1]).content_hash());
  EXPECT_EQ(quote.quote_of().text(), "");
  Harvest bobs_later;  // the repost went with its original
  ASSERT_TRUE(theatre.poll("https://x.com/bob", &bobs_later)) << theatre.last_error;
  EXPECT_TRUE(bobs_later.items.empty());
}

TEST(PlayedX, LongTextIsCutAndWholeInTheNote) {
  const std::string words = std::string(300, 'w') + " & the end";
  const testing::SmallDay day(post(0, text(words)));
  Theatre theatre(rehearsal_end(), false, day.files());
  const auto json = read_json(timeline(theatre, kAll).body);
  EXPECT_THAT(json.root()["data"].at(0)["text"].text(), HasSubstr("www… https://t.co/"));
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kAda), &harvest)) << theatre.last_error;
  EXPECT_EQ(only(harvest, theatre.day.posts[0]).text(), words);
}

TEST(PlayedX, Says429InPlainTextAndRecoversByTheClock) {
  Theatre theatre(on_the_day(10, 0), true);
  const std::string account = "https://x.com/berrueta_ensayo";
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(account, &harvest)) << theatre.last_error;
  const std::size_t before = harvest.items.size();
  theatre.clock.set(on_the_day(11, 0));
  const HttpResponse refused = ask(theatre, "users/by/username/berrueta_ensayo");
  EXPECT_EQ(refused.status, 429);
  EXPECT_THAT(std::string(header_value(refused.headers, "content-type")),
              ::testing::StartsWith("text/plain"));
  EXPECT_EQ(refused.body, "Rate limit exceeded\n");
  EXPECT_EQ(header_value(refused.headers, "x-rate-limit-remaining"), "0");
  EXPECT_EQ(header_value(refused.headers, "x-rate-limit-reset"),
            str_cat(absl::ToUnixSeconds(on_the_day(11, 3))));
  ASSERT_TRUE(theatre.poll(account, &harvest)) << theatre.last_error;  // told to wait, which is no error
  EXPECT_EQ(harvest.items.size(), before);
  theatre.clock.set(on_the_day(20, 0));
  ASSERT_TRUE(theatre.poll(account, &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items.size(), 4u);
}

TEST(PlayedX, TellsItsLimitsInUnixSeconds) {
  Theatre theatre(on_the_day(12, 1));
  const HttpResponse response = ask(theatre, "users/by/username/berrueta_ensayo");
  EXPECT_EQ(header_value(response.headers, "x-rate-limit-limit"), "10000");
  EXPECT_EQ(header_value(response.headers, "x-rate-limit-reset"),
            str_cat(absl::ToUnixSeconds(on_the_day(12, 15))));
}

}  // namespace
}  // namespace copytaster::rehearsal
