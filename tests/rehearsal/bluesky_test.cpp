#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/url.h"
#include "rehearsal/bluesky_post_json.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using ::testing::MatchesRegex;
using testing::on_the_day;
using testing::read_json;
using testing::Theatre;

constexpr std::string_view kHost = "https://public.api.bsky.app/xrpc/";

std::string feed_of(std::string_view actor, std::string_view more = "") {
  return str_cat(kHost, "app.bsky.feed.getAuthorFeed?actor=", percent_encode(actor), more);
}

std::string post(int number, std::string_view more = "", std::string_view account = "ada") {
  const absl::Time at = on_the_day(6, 0) + absl::Minutes(10) * number;
  return str_cat(R"({"key":"p)", number, R"(","account":"https://bsky.app/profile/)", account,
                 R"(.test","at":")", format_rfc3339(at), R"(","language":"en")", more, "}\n");
}

std::string text(std::string_view words) { return str_cat(",\"text\":\"", words, "\""); }

std::vector<std::string> texts(Json root) {
  std::vector<std::string> out;
  root["feed"].each([&](Json entry) { out.push_back(entry["post"]["record"]["text"].text()); });
  return out;
}

TEST(PlayedBluesky, AFeedIsAskedByHandleOrDid) {
  Theatre theatre(rehearsal_end());
  const auto by_handle = read_json(theatre.get(feed_of("annehidalgo.bsky.social")).body);
  const std::string did = by_handle.root()["feed"].at(0)["post"]["author"]["did"].text();
  EXPECT_THAT(did, MatchesRegex("did:plc:[a-z2-7]{24}"));
  EXPECT_EQ(theatre.get(feed_of(did)).body, theatre.get(feed_of("annehidalgo.bsky.social")).body);
  const HttpResponse nobody = theatre.get(feed_of("nobody.test"));
  EXPECT_EQ(nobody.status, 400);
  EXPECT_EQ(nobody.body, R"({"error":"InvalidRequest","message":"Profile not found"})");
}

TEST(PlayedBluesky, RecordsHaveTheShapesOfTheLexicons) {
  Theatre theatre(rehearsal_end());
  const auto json = read_json(theatre.get(feed_of("annehidalgo.bsky.social")).body);
  Json entry;
  json.root()["feed"].each([&](Json one) {
    if (one["post"]["embed"].exists()) entry = one;
  });
  const Json view = entry["post"];
  EXPECT_THAT(view["uri"].text(), MatchesRegex("at://did:plc:[a-z2-7]+/app.bsky.feed.post/[2-7a-z]{13}"));
  EXPECT_THAT(view["cid"].text(), MatchesRegex("bafyrei[a-z2-7]{52}"));
  EXPECT_EQ(view["record"]["createdAt"].view(), "2022-04-14T10:52:00.000Z");
  EXPECT_EQ(view["record"]["langs"].at(0).view(), "fr");
  EXPECT_EQ(view["embed"]["$type"].view(), "app.bsky.embed.images#view");
  const Json shown = view["embed"]["images"].at(0);
  const Json raw = view["record"]["embed"]["images"].at(0);
  EXPECT_EQ(shown["alt"].view(), raw["alt"].view());
  const std::string cid = raw["image"]["ref"]["$link"].text();
  EXPECT_THAT(cid, MatchesRegex("bafkrei[a-z2-7]{52}"));
  EXPECT_EQ(shown["fullsize"].text(), str_cat("https://cdn.bsky.app/img/feed_fullsize/plain/",
                                              view["author"]["did"].view(), "/", cid, "@jpeg"));
  EXPECT_EQ(theatre.get(shown["fullsize"].text()).status, 200);
}

TEST(PlayedBluesky, FacetsCountBytes) {
  const testing::SmallDay day(post(0, text("Дякую #Київ, @bob.test! https://ada.example/ä.")));
  Theatre theatre(rehearsal_end(), false, day.files());
  const auto json = read_json(theatre.get(feed_of("ada.test")).body);
  const Json record = json.root()["feed"].at(0)["post"]["record"];
  const std::string_view words = record["text"].view();
  std::vector<std::string> marked;
  record["facets"].each([&](Json facet) {
    const std::size_t begin = facet["index"]["byteStart"].count();
    marked.push_back(std::string(words.substr(begin, facet["index"]["byteEnd"].count() - begin)));
  });
  EXPECT_THAT(marked, ::testing::ElementsAre("#Київ", "@bob.test", "https://ada.example/ä"));
  EXPECT_EQ(record["facets"].at(0)["features"].at(0)["tag"].view(), "Київ");
  EXPECT_EQ(record["facets"].at(1)["features"].at(0)["$type"].view(), "app.bsky.richtext.facet#mention");
}

TEST(PlayedBluesky, PagesJoinExactlyAlsoWhilePostsAppear) {
  std::string posts;
  for (int i = 0; i < 12; ++i) posts += post(i, text(str_cat("Post ", i)));
  const testing::SmallDay day(posts);
  Theatre theatre(on_the_day(7, 0), false, day.files());
  std::vector<std::string> seen;
  std::string cursor;
  for (int pages = 0; pages < 20; ++pages) {
    const auto json = read_json(theatre.get(feed_of("ada.test", str_cat("&limit=2", cursor))).body);
    for (std::string& one : texts(json.root())) seen.push_back(std::move(one));
    theatre.clock.advance(absl::Minutes(10));
    if (!json.root()["cursor"].exists()) break;
    cursor = str_cat("&cursor=", percent_encode(json.root()["cursor"].view()));
  }
  EXPECT_THAT(seen,
              ::testing::ElementsAre("Post 6", "Post 5", "Post 4", "Post 3", "Post 2", "Post 1", "Post 0"));
}

TEST(PlayedBluesky, RepostsQuotesAndRepliesComeWithTheirOriginals) {
  const testing::SmallDay day(post(0, text("Original")) + post(1, R"(,"reshare_of":"p0")", "bob") +
                              post(2, R"(,"quote_of":"p0","text":"Quote")", "bob") +
                              post(3, R"(,"reply_to":"p2","text":"Reply")"));
  Theatre theatre(rehearsal_end(), false, day.files());
  const auto bob = read_json(theatre.get(feed_of("bob.test")).body);
  const Json quote = bob.root()["feed"].at(0)["post"];
  EXPECT_EQ(quote["embed"]["$type"].view(), "app.bsky.embed.record#view");
  EXPECT_EQ(quote["embed"]["record"]["value"]["text"].view(), "Original");
  EXPECT_EQ(quote["embed"]["record"]["uri"].view(), quote["record"]["embed"]["record"]["uri"].view());
  EXPECT_EQ(quote["embed"]["record"]["cid"].view(), quote["record"]["embed"]["record"]["cid"].view());
  const Json repost = bob.root()["feed"].at(1);
  EXPECT_EQ(repost["post"]["record"]["text"].view(), "Original");
  EXPECT_EQ(repost["reason"]["$type"].view(), "app.bsky.feed.defs#reasonRepost");
  EXPECT_EQ(repost["reason"]["by"]["handle"].view(), "bob.test");
  const auto ada = read_json(theatre.get(feed_of("ada.test")).body);
  EXPECT_EQ(ada.root()["feed"].at(0)["reply"]["parent"]["record"]["text"].view(), "Quote");
  EXPECT_EQ(texts(read_json(theatre.get(feed_of("ada.test", "&filter=posts_no_replies")).body).root()),
            std::vector<std::string>{"Original"});
}

TEST(PlayedBluesky, WhatIsDeletedIsLeftOut) {
  const testing::SmallDay day(post(0, text("Gone").append(R"(,"delete_at":"2022-04-14T08:00:00Z")")) +
                              post(1, R"(,"quote_of":"p0","text":"Quote")", "bob"));
  Theatre theatre(on_the_day(7, 0), false, day.files());
  const std::string uri = bluesky_post_uri(*theatre.day.by_key.find("p0")->second);
  const std::string asked = str_cat(kHost, "app.bsky.feed.getPosts?uris=", percent_encode(uri));
  EXPECT_EQ(read_json(theatre.get(asked).body).root()["posts"].size(), 1u);
  theatre.clock.set(on_the_day(8, 0));
  EXPECT_EQ(theatre.get(asked).body, R"({"posts":[]})");
  EXPECT_TRUE(texts(read_json(theatre.get(feed_of("ada.test")).body).root()).empty());
  const auto quoting = read_json(theatre.get(feed_of("bob.test")).body);
  EXPECT_TRUE(quoting.root()["feed"].at(0)["post"]["embed"]["record"]["notFound"].yes());
  const auto parsed = theatre.reread("https://bsky.app/profile/ada.test", uri);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->deletions.size(), 1u);
}

TEST(PlayedBluesky, TellsItsLimitsInUnixSeconds) {
  Theatre theatre(on_the_day(12, 1));
  const HttpResponse response = theatre.get(feed_of("annehidalgo.bsky.social"));
  EXPECT_EQ(header_value(response.headers, "ratelimit-limit"), "3000");
  EXPECT_EQ(header_value(response.headers, "ratelimit-reset"),
            str_cat(absl::ToUnixSeconds(on_the_day(12, 5))));
}

}  // namespace
}  // namespace copytaster::rehearsal
