#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rehearsal/feed_page.h"
#include "tests/rehearsal/json.h"
#include "tests/rehearsal/theatre.h"

namespace copytaster::rehearsal {
namespace {

using testing::Harvest;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::on_the_day;
using ::testing::StartsWith;
using testing::Theatre;

constexpr std::string_view kParis = "https://www.paris.example/actualites/rss.xml";

std::string type_of(const HttpResponse& response) {
  return std::string(header_value(response.headers, "content-type"));
}

TEST(PlayedFeed, RssTellsCaptionAndPhotographer) {
  Theatre theatre(rehearsal_end());
  const HttpResponse response = theatre.get(std::string(kParis));
  EXPECT_EQ(type_of(response), "application/rss+xml; charset=utf-8");
  EXPECT_THAT(response.body,
              HasSubstr("<media:credit role=\"photographer\" scheme=\"urn:ebu\">Inès Brémontier / "
                        "Ville de Paris</media:credit>"));
  EXPECT_THAT(response.body, HasSubstr("<figcaption>Les deux exemplaires de l'accord"));
  EXPECT_THAT(response.body, HasSubstr("<pubDate>Thu, 14 Apr 2022 15:10:00 +0200</pubDate>"));
  EXPECT_THAT(response.body, HasSubstr("?utm_source=rss&amp;utm_medium=flux</link>"));
  EXPECT_THAT(response.body, HasSubstr(xml_escape(rehearsal_notice())));
}

TEST(PlayedFeed, EachFormatDeclaresItself) {
  Theatre theatre(rehearsal_end());
  EXPECT_EQ(type_of(theatre.get("https://lemans.example/atom.xml")), "application/atom+xml; charset=utf-8");
  EXPECT_EQ(type_of(theatre.get("https://leeuwarden.example/rdf.xml")), "application/rdf+xml; charset=utf-8");
  EXPECT_EQ(type_of(theatre.get("https://cork.example/feed.json")), "application/feed+json");
  EXPECT_EQ(theatre.get("https://cork.example/feed.xml").status, 404);
}

TEST(PlayedFeed, OldCodePagesAreDeclared) {
  Theatre theatre(rehearsal_end());
  const HttpResponse response = theatre.get("https://uzhhorod.example/rdf.xml");
  EXPECT_EQ(type_of(response), "application/rdf+xml; charset=windows-1251");
  EXPECT_THAT(response.body, StartsWith("<?xml version=\"1.0\" encoding=\"windows-1251\"?>"));
  EXPECT_FALSE(is_valid_utf8(response.body));
  EXPECT_EQ(in_charset("<a>Ї→</a>", "windows-1251"), "<a>\xaf&#8594;</a>");
}

TEST(PlayedFeed, TheNewsroomsPiecesKeepTheirDates) {
  Theatre theatre(rehearsal_begin());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll("https://newsroom.example/feed.xml", &harvest)) << theatre.last_error;
  ASSERT_EQ(harvest.items.size(), 6u);
  EXPECT_EQ(format_rfc3339(to_time(harvest.versions.front().created_at())), "2022-02-24T15:05:00Z");
}

TEST(PlayedFeed, EmptyBeforeItsFirstPost) {
  Theatre theatre(rehearsal_begin());
  Harvest harvest;
  ASSERT_TRUE(theatre.poll(std::string(kParis), &harvest)) << theatre.last_error;
  EXPECT_TRUE(harvest.items.empty());
  EXPECT_EQ(harvest.pages, 1);
}

TEST(PlayedFeed, BothValidatorsGive304) {
  Theatre theatre(on_the_day(8, 0));
  const HttpResponse first = theatre.get(std::string(kParis));
  const std::string etag(header_value(first.headers, "etag"));
  const std::string modified(header_value(first.headers, "last-modified"));
  EXPECT_EQ(modified, "Thu, 14 Apr 2022 07:00:00 GMT");
  EXPECT_EQ(theatre.get(std::string(kParis), {{"If-None-Match", etag}}).status, 304);
  EXPECT_EQ(theatre.get(std::string(kParis), {{"If-Modified-Since", modified}}).status, 304);
  theatre.clock.set(on_the_day(13, 10));  // paris-feed-2
  EXPECT_EQ(theatre.get(std::string(kParis), {{"If-None-Match", etag}}).status, 200);
  EXPECT_EQ(theatre.get(std::string(kParis), {{"If-Modified-Since", modified}}).status, 200);
  const auto hits = theatre.server->hits();
  EXPECT_EQ(hits.at("GET www.paris.example /actualites/rss.xml 304"), 2);
  EXPECT_EQ(hits.at("GET www.paris.example /actualites/rss.xml 200"), 3);
}

TEST(PlayedFeed, AnEditKeepsTheGuidAndTellsItsTime) {
  Theatre theatre(on_the_day(14, 45));  // posted at 14:15 UTC, edited at 15:00
  Harvest harvest;
  ASSERT_TRUE(theatre.poll("https://haverstock.example/atom.xml", &harvest)) << theatre.last_error;
  const Post& post = *theatre.day.by_key.find("haverstock-feed-3")->second;
  const std::string guid = feed_guid({&post, post.versions.data()});
  ASSERT_TRUE(harvest.items.contains(guid));
  EXPECT_EQ(harvest.items[guid].text(), post.versions[0].text);
  theatre.clock.set(on_the_day(15, 30));
  ASSERT_TRUE(theatre.poll("https://haverstock.example/atom.xml", &harvest)) << theatre.last_error;
  EXPECT_EQ(harvest.items[guid].text(), post.versions[1].text);
  EXPECT_EQ(to_time(harvest.items[guid].edited_at()), post.versions[1].at);
}

TEST(PlayedFeed, AtMostTwentyItems) {
  std::string posts;
  for (int i = 0; i < 25; ++i) {
    str_append(&posts, R"({"key":"p)", i,
               R"(","account":"https://ada.example/feed.xml","at":"2022-04-14T06:)", 10 + i,
               R"(:00Z","language":"en","title":"T)", i, R"(","text":"Post )", i, "\"}\n");
  }
  const testing::SmallDay day(posts);
  Theatre theatre(rehearsal_end(), false, day.files());
  const std::string body = theatre.get("https://ada.example/feed.xml").body;
  EXPECT_THAT(body, HasSubstr("<title>T24</title>"));
  EXPECT_THAT(body, HasSubstr("<title>T5</title>"));
  EXPECT_THAT(body, Not(HasSubstr("<title>T4</title>")));
}

TEST(PlayedFeed, TextIsEscapedInEveryFormat) {
  const std::string nasty = R"(,"title":"a < b & \"c\" ]]>","text":"x ]]> <script>&amp; é\n\nnext"})";
  const std::string begin = R"("at":"2022-04-14T06:00:00Z","language":"en")";
  const testing::SmallDay day(str_cat(R"({"key":"r","account":"https://ada.example/feed.xml",)", begin, nasty,
                                      "\n", R"({"key":"a","account":"https://bob.example/atom.xml",)", begin,
                                      nasty, "\n"));
  Theatre theatre(rehearsal_end(), false, day.files());
  for (const std::string url : {"https://ada.example/feed.xml", "https://bob.example/atom.xml"}) {
    Harvest harvest;
    ASSERT_TRUE(theatre.poll(url, &harvest)) << url << theatre.last_error;
    ASSERT_EQ(harvest.versions.size(), 1u) << url;
    EXPECT_EQ(harvest.versions[0].title(), "a < b & \"c\" ]]>") << url;
    EXPECT_EQ(harvest.versions[0].text(), "x ]]> <script>&amp; é\n\nnext") << url;
  }
}

}  // namespace
}  // namespace copytaster::rehearsal
