// What a feed leaves out, and what stands in its place: an address it gave, never words that nobody wrote.
#include <gtest/gtest.h>

#include "collectors/feed.h"
#include "core/strings.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

Parsed read(std::string_view body) {
  const std::unique_ptr<Collector> collector = make_feed({});
  Capture capture = answer(body);
  capture.set_url("https://www.hill.example/feed");
  const auto parsed = collector->parse(*collector->recognise("https://www.hill.example/feed"), capture);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.value_or(Parsed());
}

TEST(FeedWords, AFeedWithoutATitleShowsItsSite) {
  EXPECT_EQ(
      read("<rss version='2.0'><channel><link>https://hill.example/</link></channel></rss>").profile.title(),
      "https://hill.example/");
  EXPECT_EQ(
      read(
          R"({"version":"https://jsonfeed.org/version/1.1","home_page_url":"https://hill.example/","items":[]})")
          .profile.title(),
      "https://hill.example/");
}

TEST(FeedWords, APostWithoutAWordShowsItsAddress) {
  const Parsed parsed = read(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>Hill</title><entry><id>urn:1</id>"
      "<link href='https://hill.example/news/7'/><updated>2026-11-26T08:00:00Z</updated></entry></feed>");
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].title(), "https://hill.example/news/7");
}

TEST(FeedWords, APostWithWordsOrAPictureGetsNoTitle) {
  const Parsed parsed = read(
      "<rss version='2.0'><channel><title>Hill</title>"
      "<item><link>https://hill.example/1</link><description>The bridge is open.</description></item>"
      "<item><link>https://hill.example/2</link><enclosure url='https://hill.example/2.jpg' "
      "type='image/jpeg' "
      "length='9'/></item></channel></rss>");
  ASSERT_EQ(parsed.items.size(), 2U);
  EXPECT_EQ(parsed.items[0].title(), "");
  EXPECT_EQ(parsed.items[1].title(), "");
}

TEST(FeedWords, AFeedsLanguageStandsAsItIsWrittenInLowerCase) {
  const auto language = [](std::string_view said) {
    return read(str_cat("<rss version='2.0'><channel><title>Hill</title><language>", said,
                        "</language><item><title>a</title></item></channel></rss>"));
  };
  EXPECT_EQ(language("fr_CA").profile.language(), "fr_ca");
  EXPECT_EQ(language("fr_CA").items[0].declared_language(), "fr-ca") << "of posts in one form, to compare";
  EXPECT_EQ(language(" en-US ").profile.language(), "en-us");
  EXPECT_EQ(language("the language of the hill").profile.language(), "");
}

TEST(FeedWords, ADeclarationThatNeverEndsIsWhatTheTitleSays) {
  const auto title = [](std::string_view escaped) {
    return read(str_cat("<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>", escaped,
                        "</title></feed>"))
        .profile.title();
  };
  EXPECT_EQ(title("The sign &lt;!CLOSED"), "The sign <!CLOSED");
  EXPECT_EQ(title("Open&lt;!-- not shown --&gt; again"), "Open again");
}

TEST(FeedWords, AnOpenCommentSaysNothingInATitle) {
  const Parsed parsed = read(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>Hill &lt;!--</title><entry><id>urn:1</id>"
      "<title type='html'>Tram &lt;!-- draft</title><updated>2026-11-26T08:00:00Z</updated></entry></feed>");
  EXPECT_EQ(parsed.profile.title(), "Hill");
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].title(), "Tram");
}

TEST(FeedWords, WhatAPostEmbedsIsALinkOfIt) {
  const Parsed parsed = read(
      "<rss version='2.0'><channel><title>Hill</title><item><guid>1</guid><description>&lt;p&gt;The "
      "council&apos;s "
      "session&lt;/p&gt;&lt;iframe "
      "src=&quot;https://video.example/embed/5&quot;&gt;&lt;/iframe&gt;</description>"
      "</item></channel></rss>");
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(parsed.items[0].text(), "The council's session");
  ASSERT_EQ(parsed.items[0].links_size(), 1);
  EXPECT_EQ(parsed.items[0].links(0).url(), "https://video.example/embed/5");
}

}  // namespace
}  // namespace copytaster
