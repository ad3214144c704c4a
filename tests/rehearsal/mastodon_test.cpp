#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rehearsal/mastodon_status_json.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::on_the_day;
using testing::read_json;
using testing::Theatre;

std::string post(int number, std::string_view more, std::string_view account = "one.example/@ada") {
  const absl::Time at = on_the_day(6, 0) + absl::Minutes(10) * number;
  return str_cat(R"({"key":"p)", number, R"(","account":"https://)", account, R"(","at":")",
                 format_rfc3339(at), R"(","language":"en")", more, "}\n");
}

std::string text(std::string_view words) { return str_cat(",\"text\":\"", words, "\""); }

std::string numbered(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += post(i, text(str_cat("Post ", i)));
  return out;
}

std::string statuses_url(Theatre& theatre, std::string_view acct, std::string_view host,
                         std::string_view query) {
  const auto account =
      read_json(theatre.get(str_cat("https://", host, "/api/v1/accounts/lookup?acct=", acct)).body);
  return str_cat("https://", host, "/api/v1/accounts/", account.root()["id"].view(), "/statuses?", query);
}

std::vector<std::string> contents(const std::string& body) {
  std::vector<std::string> out;
  read_json(body).root().each([&](Json status) { out.push_back(status["content"].text()); });
  return out;
}

// The target of `relation` in a Link header.
std::string link(const HttpResponse& response, std::string_view relation) {
  for (std::string_view one : split(header_value(response.headers, "link"), ',')) {
    one = strip_space(one);
    if (one.ends_with(str_cat("; rel=\"", relation, "\"")))
      return std::string(one.substr(1, one.find('>') - 1));
  }
  return "";
}

TEST(PlayedMastodon, AccountsSayThatThisIsARehearsal) {
  Theatre theatre(rehearsal_end());
  const auto json =
      read_json(theatre.get("https://social.example/api/v1/accounts/lookup?acct=klitschko").body);
  EXPECT_EQ(json.root()["acct"].view(), "klitschko");
  EXPECT_EQ(json.root()["display_name"].view(), "Vitali Klitschko");
  EXPECT_THAT(json.root()["note"].text(), HasSubstr(std::string(rehearsal_notice())));
  const HttpResponse nobody = theatre.get("https://social.example/api/v1/accounts/lookup?acct=nobody");
  EXPECT_EQ(nobody.status, 404);
  EXPECT_EQ(nobody.body, R"({"error":"Record not found"})");
}

TEST(PlayedMastodon, ContentIsHtmlAsMastodonWritesIt) {
  const testing::SmallDay day(post(
      0,
      text(
          R"(A & B <c>\n\n@bob@two.example #Київ https://ada.example/a/very/long/path?with=parameters ok)")));
  Theatre theatre(rehearsal_end(), false, day.files());
  const std::string body = theatre.get(statuses_url(theatre, "ada", "one.example", "")).body;
  EXPECT_THAT(
      contents(body),
      ElementsAre(
          "<p>A &amp; B &lt;c&gt;</p><p><span class=\"h-card\" translate=\"no\"><a "
          "href=\"https://two.example/@bob\" "
          "class=\"u-url mention\">@<span>bob</span></a></span> <a href=\"https://one.example/tags/Київ\" "
          "class=\"mention hashtag\" rel=\"tag\">#<span>Київ</span></a> <a "
          "href=\"https://ada.example/a/very/long/path?with=parameters\" target=\"_blank\" rel=\"nofollow "
          "noopener\" "
          "translate=\"no\"><span class=\"invisible\">https://</span><span "
          "class=\"ellipsis\">ada.example/a/very/long/path?w</span><span "
          "class=\"invisible\">ith=parameters</span></a> "
          "ok</p>"));
  const auto json = read_json(body);
  EXPECT_EQ(json.root().at(0)["tags"].at(0)["name"].view(), "київ");
  EXPECT_EQ(json.root().at(0)["mentions"].at(0)["acct"].view(), "bob@two.example");
}

TEST(PlayedMastodon, MinIdWalksForwardFromTheOldest) {
  const testing::SmallDay day(numbered(7));
  Theatre theatre(rehearsal_end(), false, day.files());
  const std::string first = statuses_url(theatre, "ada", "one.example", "limit=3");
  const std::string oldest = mastodon_status_id(*theatre.day.by_key.find("p0")->second, "one.example");
  const HttpResponse page = theatre.get(str_cat(first, "&min_id=", oldest));
  EXPECT_THAT(contents(page.body), ElementsAre("<p>Post 3</p>", "<p>Post 2</p>", "<p>Post 1</p>"));
  EXPECT_THAT(contents(theatre.get(link(page, "prev")).body),
              ElementsAre("<p>Post 6</p>", "<p>Post 5</p>", "<p>Post 4</p>"));
  // since_id gives the newest, and would lose what lies between.
  EXPECT_THAT(contents(theatre.get(str_cat(first, "&since_id=", oldest)).body),
              ElementsAre("<p>Post 6</p>", "<p>Post 5</p>", "<p>Post 4</p>"));
}

TEST(PlayedMastodon, PagesJoinExactlyAlsoWhilePostsAppear) {
  const testing::SmallDay day(numbered(12));
  Theatre theatre(on_the_day(7, 0), false, day.files());
  std::vector<std::string> seen;
  std::string url = statuses_url(theatre, "ada", "one.example", "limit=2");
  for (int pages = 0; pages < 20 && !url.empty(); ++pages) {
    const HttpResponse page = theatre.get(url);
    for (std::string& one : contents(page.body)) seen.push_back(std::move(one));
    theatre.clock.advance(absl::Minutes(10));
    url = link(page, "next");
  }
  EXPECT_THAT(seen, ElementsAre("<p>Post 6</p>", "<p>Post 5</p>", "<p>Post 4</p>", "<p>Post 3</p>",
                                "<p>Post 2</p>", "<p>Post 1</p>", "<p>Post 0</p>"));
}

TEST(PlayedMastodon, EditsAndDeletionsTakeEffect) {
  const testing::SmallDay day(
      post(0, text("First").append(R"(,"edits":[{"at":"2022-04-14T07:00:00Z","text":"Second"}],)"
                                   R"("delete_at":"2022-04-14T08:00:00Z")")));
  Theatre theatre(on_the_day(6, 30), false, day.files());
  const Post& one = *theatre.day.by_key.find("p0")->second;
  const std::string id = mastodon_status_id(one, "one.example");
  const std::string url = str_cat("https://one.example/api/v1/statuses/", id);
  EXPECT_FALSE(read_json(theatre.get(url).body).root()["edited_at"].exists());
  theatre.clock.set(on_the_day(7, 0));
  const auto edited = read_json(theatre.get(url).body);
  EXPECT_EQ(edited.root()["content"].view(), "<p>Second</p>");
  EXPECT_EQ(edited.root()["edited_at"].view(), "2022-04-14T07:00:00.000Z");
  EXPECT_EQ(read_json(theatre.get(url + "/history").body).root().size(), 2u);
  theatre.clock.set(on_the_day(8, 0));
  EXPECT_EQ(theatre.get(url).status, 404);
  EXPECT_EQ(theatre.get(statuses_url(theatre, "ada", "one.example", "")).body, "[]");
  const auto parsed = theatre.reread("https://one.example/@ada", mastodon_status_uri(one));
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  ASSERT_EQ(parsed->deletions.size(), 1u);
  EXPECT_EQ(parsed->deletions[0].item_id(), str_cat("mastodon:", mastodon_status_uri(one)));
}

TEST(PlayedMastodon, ABoostHasTheOriginalWithItsHomesUri) {
  Theatre theatre(rehearsal_end());
  const auto json =
      read_json(theatre.get(statuses_url(theatre, "tiedemoeller", "hansestaedte.example", "limit=40")).body);
  Json boost;
  json.root().each([&](Json status) {
    if (status["reblog"].exists()) boost = status;
  });
  const Post& original = *theatre.day.by_key.find("klitschko-masto-1")->second;
  const Json reblog = boost["reblog"];
  EXPECT_EQ(reblog["uri"].text(), mastodon_status_uri(original));
  EXPECT_NE(reblog["id"].text(), mastodon_status_id(original, "social.example"))
      << "each instance has its own";
  EXPECT_EQ(reblog["account"]["acct"].view(), "klitschko@social.example");
  const Json picture = reblog["media_attachments"].at(0);
  EXPECT_THAT(picture["url"].text(), HasSubstr("https://hansestaedte.example/system/cache/"));
  EXPECT_THAT(picture["remote_url"].text(), HasSubstr("https://social.example/system/media_attachments/"));
  EXPECT_EQ(picture["description"].view(), original.versions.front().pictures.front().alt);
  for (const char* name : {"url", "preview_url", "remote_url"}) {
    EXPECT_EQ(theatre.get(picture[name].text()).status, 200) << name;
  }
}

TEST(PlayedMastodon, AnswersWith304UntilSomethingChanges) {
  const testing::SmallDay day(numbered(2));
  Theatre theatre(on_the_day(6, 0), false, day.files());
  const std::string url = statuses_url(theatre, "ada", "one.example", "");
  const HttpResponse first = theatre.get(url);
  const std::string etag(header_value(first.headers, "etag"));
  EXPECT_THAT(etag, ::testing::StartsWith("W/\""));
  const HttpResponse second = theatre.get(url, {{"If-None-Match", etag}});
  EXPECT_EQ(second.status, 304);
  EXPECT_EQ(second.body, "");
  theatre.clock.set(on_the_day(6, 10));
  EXPECT_EQ(theatre.get(url, {{"If-None-Match", etag}}).status, 200);
}

TEST(PlayedMastodon, TellsItsLimitsAsAnIsoDate) {
  Theatre theatre(on_the_day(12, 1));
  const HttpResponse response = theatre.get("https://social.example/api/v1/accounts/lookup?acct=klitschko");
  EXPECT_EQ(header_value(response.headers, "x-ratelimit-limit"), "300");
  EXPECT_EQ(header_value(response.headers, "x-ratelimit-reset"), "2022-04-14T12:05:00.000000Z");
}

}  // namespace
}  // namespace copytaster::rehearsal
