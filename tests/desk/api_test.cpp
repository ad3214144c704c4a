// The API over real HTTP on loopback.
#include "desk/api.h"

#include <gmock/gmock.h>

#include <set>

#include "core/json.h"
#include "core/told_date.h"
#include "tests/desk/api_support.h"

namespace copytaster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(ApiTest, StoriesWithNotice) {
  const RawReply reply = get("/api/stories");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("content-type"), "application/json");
  const auto root = json(reply);
  EXPECT_EQ(root.fields().at("notice").string_value(), "Rehearsal.");
  Story story;
  ASSERT_EQ(root.fields().at("stories").list_value().values_size(), 1);
  std::string one;
  ASSERT_TRUE(
      google::protobuf::util::MessageToJsonString(root.fields().at("stories").list_value().values(0), &one)
          .ok());
  ASSERT_TRUE(from_json(one, &story).ok());
  EXPECT_EQ(story.id(), kVisit);
  EXPECT_EQ(story.officials_size(), 3);
}

TEST_F(ApiTest, StoriesAreNotSentAgainWhenNothingChanged) {
  const std::string etag = get("/api/stories").header("etag");
  ASSERT_FALSE(etag.empty());
  const RawReply again = get("/api/stories", str_cat("If-None-Match: ", etag, "\r\n"));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  store_.story_to_change(std::string(kVisit)).set_title("Changed");
  EXPECT_EQ(get("/api/stories", str_cat("If-None-Match: ", etag, "\r\n")).status, 200);
}

TEST_F(ApiTest, PagesAreBounded) {
  for (const std::string_view bad :
       {"limit=0", "limit=501", "limit=-1", "limit=x", "offset=100001", "limit=1e3"}) {
    EXPECT_EQ(get(str_cat("/api/stories?", bad)).status, 400) << bad;
  }
  EXPECT_EQ(json(get("/api/stories?limit=1&offset=1")).fields().at("stories").list_value().values_size(), 0);
  const auto page = json(get("/api/items?limit=2&offset=1"));
  EXPECT_EQ(page.fields().at("items").list_value().values_size(), 2);
  EXPECT_TRUE(page.fields().at("more").bool_value());
  EXPECT_FALSE(json(get("/api/items?offset=7")).fields().at("more").bool_value());
}

TEST_F(ApiTest, OneStoryWithItsPosts) {
  const auto root = json(get(at("/api/stories/", kVisit)));
  EXPECT_EQ(root.fields().at("story").struct_value().fields().at("id").string_value(), kVisit);
  EXPECT_EQ(root.fields().at("items").list_value().values_size(), 7);
  EXPECT_THAT(get(at("/api/stories/", kVisit)).body, Not(HasSubstr("minhash")));
}

TEST_F(ApiTest, WhatIsNotThereIs404WithAReason) {
  for (const std::string_view path :
       {"/api/stories/none", "/api/stories/none/draft", "/api/items/none", "/api/items/none/versions",
        "/nothing", "/api", "/assets/none.js", "/assets/index.html"}) {
    const RawReply reply = get(path);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(json(reply).fields().at("error").struct_value().fields().at("code").string_value(), "not_found")
        << path;
  }
}

TEST_F(ApiTest, DraftInFourFormats) {
  const std::string path = at("/api/stories/", kVisit, "/draft");
  Draft draft;
  ASSERT_TRUE(from_json(get(path).body, &draft).ok());
  EXPECT_GT(draft.blocks_size(), 10);
  EXPECT_EQ(draft.notice(), "Rehearsal.");
  const RawReply markdown = get(path + "?format=markdown");
  EXPECT_EQ(markdown.header("content-type"), "text/markdown; charset=utf-8");
  EXPECT_THAT(markdown.body, HasSubstr("\nSource: Marie Aubanel on Facebook\n"));
  EXPECT_THAT(markdown.body, HasSubstr("](</media/"));
  const RawReply html = get(path + "?format=html&download=1");
  EXPECT_THAT(html.body, HasSubstr("src=\"http://localhost/media/"))
      << "a saved file finds its pictures at the desk";
  EXPECT_THAT(html.body, StartsWith("<!DOCTYPE html>"));
  EXPECT_EQ(html.header("content-disposition"), "attachment; filename=\"draft-story-visit.html\"");
  EXPECT_THAT(html.header("content-security-policy"),
              AllOf(HasSubstr("default-src 'none'"), Not(HasSubstr("script-src"))));
  EXPECT_EQ(json(get(path + "?format=ninjs")).fields().at("type").string_value(), "text");
  EXPECT_EQ(get(path + "?format=pdf").status, 400);
}

TEST_F(ApiTest, ItemsByIdsOfAnyShape) {
  for (const std::string_view id : {kArrival, kArrivalCopy, kHost, kArticle}) {
    Item item;
    const RawReply reply = get(at("/api/items/", id));
    ASSERT_EQ(reply.status, 200) << id;
    ASSERT_TRUE(from_json(reply.body, &item).ok());
    EXPECT_EQ(item.id(), id);
    EXPECT_EQ(item.fingerprint().minhash_size(), 0);
    EXPECT_EQ(
        json(get(at("/api/items/", id, "/versions"))).fields().at("versions").list_value().values_size(), 1)
        << id;
  }
  const auto versions = json(get(at("/api/items/", kAlbum, "/versions"))).fields().at("versions");
  EXPECT_EQ(versions.list_value().values_size(), 2);
  const RawReply diff = get(at("/api/items/", kAlbum, "/diff?from=1&to=2"));
  EXPECT_EQ(diff.status, 200) << diff.body;
  EXPECT_GT(json(diff).fields().at("changes").list_value().values_size(), 0);
  EXPECT_EQ(get(at("/api/items/", kAlbum, "/diff")).status, 400);
  EXPECT_EQ(get(at("/api/items/", kAlbum, "/diff?from=1&to=3")).status, 404);
  store_.put(make_post("feed:https://a.test/x/versions", "feed", "brodzki", "2023-05-11T08:00:00Z", "en",
                       "Odd id."));
  EXPECT_EQ(get(at("/api/items/", "feed:https://a.test/x/versions")).status, 200);
}

TEST_F(ApiTest, ADeletedPostIsATombstone) {
  const std::string path = at("/api/items/", kDeleted);
  const RawReply reply = get(path);
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("\"state\":\"GONE\""));
  EXPECT_THAT(reply.body, HasSubstr("\"goneAt\""));
  for (const std::string& target :
       {path, path + "/versions", path + "/diff?from=1&to=1", std::string("/api/items?limit=200"),
        at("/api/stories/", kVisit), at("/api/stories/", kVisit, "/draft?format=markdown"),
        str_cat("/api/search?q=", percent_encode("чернетка"))}) {
    EXPECT_THAT(get(target).body, Not(HasSubstr("Секретна"))) << target;
  }
}

TEST_F(ApiTest, ADayOfWhichNoTimeIsKnownIsMarkedDeletedToo) {
  for (const std::string_view id : {kEvening, kDeleted}) {
    Item item = *store_.item(std::string(id));
    set_created_at(*parse_told_date("2023-05-11"), &item);
    store_.put(item);
    const auto shown = json(get(at("/api/items/", id))).fields();
    EXPECT_TRUE(shown.at("dayOnly").bool_value()) << id;
    EXPECT_EQ(shown.at("createdAt").string_value(), "2023-05-11T00:00:00Z") << id;
  }
  EXPECT_FALSE(json(get(at("/api/items/", kAlbum))).fields().contains("dayOnly"));
}

TEST_F(ApiTest, AStorysFirstAndLastTimeSayWhereTheyAreADay) {
  for (const auto& story : {json(get(at("/api/stories/", kVisit))).fields().at("story"),
                            json(get("/api/stories")).fields().at("stories").list_value().values(0)}) {
    EXPECT_FALSE(story.struct_value().fields().contains("firstDayOnly"));
    EXPECT_FALSE(story.struct_value().fields().contains("lastDayOnly"));
  }
  Story& story = store_.story_to_change(std::string(kVisit));
  story.set_first_day_only(true);
  story.set_last_day_only(true);
  const auto shown = json(get(at("/api/stories/", kVisit))).fields().at("story").struct_value().fields();
  EXPECT_TRUE(shown.at("firstDayOnly").bool_value());
  EXPECT_TRUE(shown.at("lastDayOnly").bool_value());
  const auto draft = json(get(at("/api/stories/", kVisit, "/draft"))).fields();
  EXPECT_TRUE(draft.at("madeDayOnly").bool_value());
}

TEST_F(ApiTest, APictureSaysHowItIsTheSameAsAnother) {
  Item item = *store_.item(std::string(kHost));
  Media& media = *item.mutable_media(0);
  media.set_folded_into(str_cat(kAlbum, "#0"));
  media.mutable_fold()->set_rule("same-picture");
  media.mutable_fold()->set_distance(12);
  store_.put(item);
  const auto shown = json(get(at("/api/items/", kHost))).fields().at("media").list_value().values(0);
  const auto fields = shown.struct_value().fields();
  EXPECT_EQ(fields.at("foldedInto").string_value(), str_cat(kAlbum, "#0"));
  const auto fold = fields.at("fold").struct_value().fields();
  EXPECT_EQ(fold.at("rule").string_value(), "same-picture");
  EXPECT_EQ(fold.at("distance").number_value(), 12);
  EXPECT_FALSE(fold.contains("agreement"));
  EXPECT_FALSE(fold.contains("likeKey"));
}

TEST_F(ApiTest, Search) {
  const auto found = json(get("/api/search?q=Berezivka")).fields().at("items").list_value();
  ASSERT_EQ(found.values_size(), 1);
  EXPECT_EQ(found.values(0).struct_value().fields().at("id").string_value(), kEvening);
  EXPECT_EQ(json(get("/api/search?q=notre+soutien")).fields().at("items").list_value().values_size(), 1);
  EXPECT_EQ(get("/api/search").status, 400);
  EXPECT_EQ(get("/api/search?q=%20").status, 400);
  EXPECT_EQ(get(str_cat("/api/search?q=", std::string(501, 'a'))).status, 400);
}

TEST_F(ApiTest, SourcesTellNoPagingPositions) {
  const RawReply reply = get("/api/sources");
  EXPECT_THAT(reply.body, HasSubstr("facebook:aubanel.test"));
  EXPECT_THAT(reply.body, Not(HasSubstr("s3cret")));
}

TEST_F(ApiTest, StatusAndProbes) {
  EXPECT_EQ(get("/livez").status, 200);
  EXPECT_EQ(get("/readyz").status, 200);
  auto status = json(get("/api/status")).fields();
  EXPECT_TRUE(status.at("ready").bool_value());
  EXPECT_EQ(status.at("now").string_value(), "2023-05-11T19:00:00Z");
  EXPECT_EQ(status.at("sources").struct_value().fields().at("failing").number_value(), 1);
  not_ready_ = "the disk is full";
  const RawReply ready = get("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_THAT(ready.body, HasSubstr("the disk is full"));
  EXPECT_EQ(get("/livez").status, 200);
  EXPECT_EQ(json(get("/api/status")).fields().at("why_not_ready").string_value(), "the disk is full");
}

TEST_F(ApiTest, DamageIsReportedWithoutInnards) {
  store_.break_reads(absl::DataLossError("/secret/path/db is damaged"));
  const RawReply reply = get("/api/stories");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, Not(HasSubstr("secret")));
  store_.break_reads(absl::UnavailableError("disk busy"));
  EXPECT_EQ(get("/api/stories").status, 503);
}

TEST_F(ApiTest, ThePageAndItsFiles) {
  const RawReply page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("<title>Copytaster</title>"));
  // Whatever the page asks for by name is there.
  std::set<std::string> wanted;
  for (std::size_t at = 0; (at = page.body.find("/assets/", at)) != std::string::npos; ++at) {
    wanted.insert(page.body.substr(at, page.body.find('"', at) - at));
  }
  EXPECT_GE(wanted.size(), 3U);
  for (const std::string& file : wanted) EXPECT_EQ(get(file).status, 200) << file;
  EXPECT_EQ(get("/assets/app.js").header("content-type"), "text/javascript; charset=utf-8");
  const std::string etag = get("/assets/app.css").header("etag");
  EXPECT_EQ(get("/assets/app.css", str_cat("If-None-Match: ", etag, "\r\n")).status, 304);
}

TEST_F(ApiTest, EveryAnswerCarriesTheSafeHeaders) {
  for (const std::string_view path :
       {"/", "/api/stories", "/nothing", "/assets/app.js", "/livez", "/login"}) {
    const RawReply reply = get(path);
    EXPECT_EQ(reply.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(reply.header("referrer-policy"), "no-referrer") << path;
    EXPECT_THAT(reply.header("content-security-policy"),
                AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                      HasSubstr("base-uri 'none'"), Not(HasSubstr("unsafe"))))
        << path;
    EXPECT_FALSE(reply.header("cache-control").empty()) << path;
  }
  EXPECT_THAT(get("/").header("content-security-policy"),
              AllOf(HasSubstr("script-src 'self'"), HasSubstr("connect-src 'self'"),
                    HasSubstr("form-action 'none'")));
}

}  // namespace
}  // namespace copytaster
