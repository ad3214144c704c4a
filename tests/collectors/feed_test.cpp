// What the feed collector promises beyond its fixtures: accounts, requests, statuses, cursors, and that a
// damaged feed never gives a sentence its author did not write.
#include "collectors/feed.h"

#include <gtest/gtest.h>

#include <map>

#include "core/strings.h"
#include "core/text.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

const std::unique_ptr<Collector> kCollector = make_feed({});

Account account(std::string_view url = "https://www.hill.example/feed") {
  const auto found = kCollector->recognise(url);
  EXPECT_TRUE(found.ok()) << found.status();
  return found.value_or(Account());
}

absl::StatusOr<Parsed> parse(std::string_view body, std::string_view position = "") {
  Capture capture = answer(body, position);
  capture.set_url("https://www.hill.example/feed");
  return kCollector->parse(account(), capture);
}

// The items of an RSS channel with this inside.
std::vector<Item> items(std::string_view channel) {
  const auto parsed =
      parse(str_cat("<rss version='2.0'><channel><title>Hill</title>", channel, "</channel></rss>"));
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() ? parsed->items : std::vector<Item>();
}

Item item(std::string_view inside) {
  const std::vector<Item> all = items(str_cat("<item>", inside, "</item>"));
  EXPECT_EQ(all.size(), 1U) << inside;
  return all.empty() ? Item() : all.front();
}

std::string refusal(std::string_view body) { return std::string(from_absl(parse(body).status().message())); }

TEST(FeedAccount, IsOneUnderHttpAndHttpsAndWww) {
  const Account one = account("https://www.hill.example/feed");
  EXPECT_EQ(one.id(), account("http://hill.example/feed").id());
  EXPECT_EQ(one.id(), account("feed:https://hill.example/feed/").id());
  EXPECT_EQ(one.id(), account("feed://hill.example/feed").id());
  EXPECT_NE(one.id(), account("https://hill.example/other").id());
  EXPECT_EQ(one.id(), "feed:hill.example/feed");
  EXPECT_EQ(one.handle(), "www.hill.example");
  EXPECT_EQ(one.profile_url(), "https://www.hill.example/feed");
}

TEST(FeedAccount, ShowsNoKeyOfItsAddress) {
  const Account one = account("https://hill.example/feed?access_token=canary1&lang=fr");
  EXPECT_EQ(one.id().find("canary"), std::string::npos) << one.id();
  EXPECT_NE(one.id(), account("https://hill.example/feed?access_token=canary2&lang=fr").id());
  EXPECT_EQ(one.id(), account("http://www.hill.example/feed?access_token=canary1&lang=fr").id());
  EXPECT_NE(one.profile_url().find("canary1"), std::string::npos) << "it is asked with the key";
}

TEST(FeedAccount, IsNotMadeOfWhatIsNoWebAddress) {
  EXPECT_TRUE(absl::IsNotFound(kCollector->recognise("@mayor@social.example").status()));
  EXPECT_TRUE(absl::IsNotFound(kCollector->recognise("ftp://hill.example/feed").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(kCollector->recognise("https://user:word@hill.example/feed").status()));
}

TEST(FeedRequest, AsksForFeeds) {
  const auto request = kCollector->request(account(), {});
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->url, "https://www.hill.example/feed");
  EXPECT_TRUE(header_line(*request, "accept").starts_with("application/atom+xml"));
  EXPECT_TRUE(absl::IsUnimplemented(kCollector->reread(account(), "x").status()));
}

TEST(FeedStatus, SaysWhatMayBeDoneNext) {
  const std::map<int, absl::StatusCode> wanted = {
      {200, absl::StatusCode::kInvalidArgument},  {401, absl::StatusCode::kUnauthenticated},
      {403, absl::StatusCode::kPermissionDenied}, {404, absl::StatusCode::kUnavailable},
      {410, absl::StatusCode::kNotFound},         {429, absl::StatusCode::kResourceExhausted},
      {500, absl::StatusCode::kUnavailable},      {503, absl::StatusCode::kUnavailable},
  };
  for (const auto& [status, code] : wanted) {
    EXPECT_EQ(kCollector->parse(account(), answer("<html></html>", "", status)).status().code(), code)
        << status;
  }
}

TEST(FeedRefusal, NamesWhatItFoundInstead) {
  EXPECT_EQ(
      refusal("<!DOCTYPE html><p>x"),
      "an HTML page, not a feed, and it names no feed: give the address of the feed itself (on many sites "
      "the page's with /feed or /rss.xml at its end) or of a page that names one");
  EXPECT_EQ(refusal("<?xml version='1.0'?><opml version='2.0'/>"), "an XML document of <opml>, not a feed");
  EXPECT_EQ(refusal(" \n "), "nothing in it: an empty answer, not a feed");
  EXPECT_EQ(refusal("{\"error\": 1}"),
            "a JSON document, but no JSON Feed: neither \"version\" nor \"items\"");
  EXPECT_EQ(refusal("[1]"), "a JSON array, not a feed");
  EXPECT_EQ(refusal("\x89PNG\r\n\x1a\n"), "neither XML nor JSON, so not a feed");
  EXPECT_EQ(refusal(std::string((std::size_t{32} << 20) + 1, ' ')), "larger than 32 MiB: not read as a feed");
}

// ---- cursor

constexpr std::string_view kTwo =
    "<rss version='2.0'><channel><item><guid>b</guid><title>B</title><pubDate>Tue, 02 Jan 2024 00:00:00 "
    "GMT</pubDate>"
    "</item><item><guid>a</guid><title>A</title><pubDate>Mon, 01 Jan 2024 00:00:00 "
    "GMT</pubDate></item></channel></rss>";

TEST(FeedCursor, HandsOnOnlyWhatIsNewOrChanged) {
  const auto first = parse(kTwo);
  ASSERT_TRUE(first.ok());
  ASSERT_EQ(first->items.size(), 2U);
  EXPECT_EQ(first->items[0].title(), "A") << "oldest first";
  EXPECT_FALSE(first->more);

  const auto same = parse(kTwo, first->next.position());
  ASSERT_TRUE(same.ok());
  EXPECT_TRUE(same->items.empty());
  EXPECT_EQ(same->next.position(), first->next.position());

  const auto changed = parse(replace_all(kTwo, "<title>A<", "<title>A, corrected<"), same->next.position());
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->items.size(), 1U);
  EXPECT_EQ(changed->items[0].title(), "A, corrected");
  EXPECT_EQ(changed->items[0].id(), first->items[0].id());
}

TEST(FeedOrder, FollowsTheDocumentForParseAndTimeForThePoller) {
  Capture capture =
      answer(str_cat("<rss version='2.0'><channel>", "<item/><item><title>undated</title></item>",
                     std::string(kTwo.substr(kTwo.find("<item>")))));
  const auto document = parse_feed_in_document_order(account(), capture);
  ASSERT_TRUE(document.ok());
  std::vector<std::string> titles;
  for (const Item& one : document->items) titles.push_back(one.title());
  EXPECT_EQ(titles, (std::vector<std::string>{"", "undated", "B", "A"}));
  EXPECT_EQ(document->items[2].edited_at().seconds(), document->items[2].created_at().seconds());
  EXPECT_FALSE(document->items[2].edited_day_only());

  const auto polled = kCollector->parse(account(), capture);
  ASSERT_TRUE(polled.ok());
  titles.clear();
  for (const Item& one : polled->items) titles.push_back(one.title());
  EXPECT_EQ(titles, (std::vector<std::string>{"A", "B", "undated"})) << "an item that says nothing is none";
  EXPECT_FALSE(polled->items[0].has_edited_at());
}

TEST(FeedOrder, WhatIsPrintedAsTheChangeOfADayIsADay) {
  const auto document = parse_feed_in_document_order(
      account(), answer("<rss version='2.0'><channel><item><title>A</title><pubDate>2026-11-20</pubDate>"
                        "</item></channel></rss>"));
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(format_rfc3339(to_time(document->items[0].edited_at())), "2026-11-20T00:00:00Z");
  EXPECT_TRUE(document->items[0].edited_day_only());
}

TEST(FeedOrder, KeepsAnOldestFirstFeedAsItIs) {
  const std::vector<Item> all = items(
      "<item><title>1</title><pubDate>Mon, 01 Jan 2024 00:00:00 "
      "GMT</pubDate></item><item><title>2</title></item>"
      "<item><title>3</title><pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate></item>");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(str_cat(all[0].title(), all[1].title(), all[2].title()), "123");
}

// ---- identity

TEST(FeedIdentity, BelongsToTheFeedAndOutlivesHttps) {
  const Item plain = item("<guid>http://hill.example/1</guid>");
  EXPECT_EQ(plain.native_id(), "http://hill.example/1");
  EXPECT_EQ(plain.id(), item("<guid>https://hill.example/1</guid>").id());
  Capture capture = answer("<rss><channel><item><guid>http://hill.example/1</guid></item></channel></rss>");
  const auto elsewhere = kCollector->parse(account("https://valley.example/feed"), capture);
  ASSERT_TRUE(elsewhere.ok());
  EXPECT_NE(elsewhere->items.at(0).id(), plain.id()) << "two feeds may use one guid for two posts";
}

TEST(FeedIdentity, FallsBackWithoutMovingFromPollToPoll) {
  EXPECT_EQ(item("<link>https://hill.example/2</link><title>x</title>").native_id(),
            "https://hill.example/2");
  const std::string dated =
      item("<title>x</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>").native_id();
  EXPECT_EQ(dated,
            item("<title>x</title><pubDate>Mon, 01 Jan 2024 01:00:00 +0100</pubDate><description>new words"
                 "</description>")
                .native_id());
  EXPECT_NE(dated, item("<title>x</title><pubDate>Tue, 02 Jan 2024 00:00:00 GMT</pubDate>").native_id());
  const std::string words = item("<description>only words</description>").native_id();
  EXPECT_EQ(words.size(), 16U);
  EXPECT_NE(words, item("<description>other words</description>").native_id());
}

TEST(FeedIdentity, StaysShort) {
  const std::string tail(4000, 'x');
  const std::string one = item(str_cat("<title>x</title><guid>", tail, "1</guid>")).native_id();
  EXPECT_LE(one.size(), 512U);
  EXPECT_NE(one, item(str_cat("<title>x</title><guid>", tail, "2</guid>")).native_id());
}

// ---- links, authors, words

TEST(FeedLinks, AreResolvedAndOnlyEverWebLinks) {
  EXPECT_EQ(item("<link>/a b</link>").url(), "https://www.hill.example/a%20b");
  EXPECT_EQ(item("<guid isPermaLink='false'>https://hill.example/no</guid><title>x</title>").url(), "");
  EXPECT_EQ(item("<guid>https://hill.example/yes</guid><title>x</title>").url(), "https://hill.example/yes");
  EXPECT_EQ(item("<link>javascript:alert(1)</link><title>x</title>").url(), "");
  EXPECT_EQ(items("<link>https://site.example/d/</link><item><link>a</link></item>").at(0).url(),
            "https://site.example/d/a")
      << "RSS: relative to the site";
}

TEST(FeedAuthors, AreNamesNotAddresses) {
  for (const auto& [written, name] :
       std::map<std::string, std::string>{{"press@hill.example (Jane Doe)", "Jane Doe"},
                                          {"Jane Doe &lt;press@hill.example&gt;", "Jane Doe"},
                                          {"\"Doe, Jane\" &lt;press@hill.example&gt;", "Doe, Jane"},
                                          {"Jane Doe (mailto:press@hill.example)", "Jane Doe"},
                                          {"press@hill.example", ""},
                                          {"press@hill.example Jane Doe", "Jane Doe"},
                                          {"Jane Doe (City Hall)", "Jane Doe (City Hall)"},
                                          {"&amp;Eacute;lodie", "Élodie"}}) {
    EXPECT_EQ(item(str_cat("<title>x</title><author>", written, "</author>")).author().name(), name)
        << written;
  }
}

TEST(FeedTexts, ReadHtmlThatWasEscapedOnceTooOften) {
  EXPECT_EQ(item("<description>&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two.&amp;lt;/p&amp;gt;"
                 "</description>")
                .text(),
            "One.\n\nTwo.");
  EXPECT_EQ(item("<description>2 &amp;lt; 3 &amp;amp; so on</description>").text(), "2 < 3 & so on");
}

TEST(FeedTexts, KeepParagraphsOfPlainTextAndJoinWrappedLines) {
  EXPECT_EQ(item("<description>One\n  sentence.\n\n  Caf&amp;eacute;.</description>").text(),
            "One sentence.\n\nCafé.");
  EXPECT_EQ(item("<description>One\n  sentence.\n\n  Two.</description>").text(), "One sentence.\n\nTwo.");
}

TEST(FeedTexts, NeverHoldAltTextOrCaption) {
  const Item one = item(
      "<description><![CDATA[<p>Words.</p><figure><img src='/1.jpg' "
      "alt='ALT'><figcaption>CAPTION</figcaption></figure>"
      "<img src='/2.jpg' alt='OTHER'>]]></description>");
  EXPECT_EQ(one.text(), "Words.");
  ASSERT_EQ(one.media_size(), 2);
  EXPECT_EQ(one.media(0).url(), "https://www.hill.example/1.jpg");
  EXPECT_EQ(one.media(0).alt_text(), "ALT");
  EXPECT_EQ(one.media(0).caption(), "CAPTION");
  EXPECT_EQ(one.media(1).alt_text(), "OTHER");
  EXPECT_EQ(one.media(1).caption(), "");
}

// ---- truncation and hostile shapes

// By native id: what each whole item says.
std::map<std::string, std::string> words_of(const Parsed& parsed) {
  std::map<std::string, std::string> out;
  for (const Item& one : parsed.items)
    out[one.native_id()] = str_cat(one.title(), "|", one.text(), "|", one.url());
  return out;
}

TEST(FeedCutOff, NeverGivesHalfAPost) {
  for (const char* name : {"rss20_captions/input.xml", "atom10_xhtml_base/input.xml", "rdf/input.xml"}) {
    const std::string body = read_file(source_path(str_cat("tests/collectors/fixtures/feed/", name)));
    const auto whole = parse(body);
    ASSERT_TRUE(whole.ok()) << whole.status();
    const auto wanted = words_of(*whole);
    std::size_t refused = 0;
    for (std::size_t size = 0; size < body.size(); ++size) {
      const auto cut = parse(std::string_view(body).substr(0, size));
      if (!cut.ok()) continue;
      refused += cut->refused.size();
      for (const auto& [id, words] : words_of(*cut)) {
        ASSERT_TRUE(wanted.contains(id)) << name << " cut at " << size << ": " << id;
        ASSERT_EQ(words, wanted.at(id)) << name << " cut at " << size;
      }
    }
    EXPECT_GT(refused, 0U) << "what is left out is said";
  }
}

// A gzip stream or a connection without length that ends early is no error to HTTP. An empty feed is.
TEST(FeedCutOff, BeforeItsFirstWholePostIsAFailureNotAnEmptyFeed) {
  for (const char* cut :
       {"<rss><channel><title>Hill", "<rss><channel><title>Hill</title><link>https://hill.example/</link>",
        "<rss><channel><item><title>A tr", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rss>"}) {
    const auto parsed = parse(cut);
    EXPECT_TRUE(absl::IsUnavailable(parsed.status())) << cut << ": " << parsed.status();
    EXPECT_EQ(from_absl(parsed.status().message()), "the feed is cut off before its first post ends") << cut;
  }
  for (const char* whole :
       {"<rss><channel><title>Hill</title></channel></rss>", "<rss><channel><title>Hill</channel></rss><p>",
        "<rss><channel><title>&eacute;</title></channel></rss>\n<!-- 3 ms", "<rss/>"}) {
    EXPECT_TRUE(parse(whole).ok()) << whole << ": " << parse(whole).status();
  }
}

std::string repeat(std::string_view piece, std::size_t times) {
  std::string out;
  while (times-- > 0) out += piece;
  return out;
}

TEST(FeedHostile, ShapesAreReadOrRefusedButNeverFatal) {
  const std::string head = "<rss><channel><item><title>kept</title></item>";
  for (const std::string& body :
       {head + repeat("<a>", 100000), head + repeat("<!--", 50000), head + repeat("<![CDATA[", 50000),
        head + "<item " + repeat("a='b\" ", 50000),
        head + "<item><description><![CDATA[" + repeat("<div>", 50000),
        head + "<item><title>" + repeat("&", 100000), head + repeat("</rss>", 50000),
        head + repeat("<", 100000),
        "<!DOCTYPE rss [" + repeat("<!ENTITY a '&a;&a;'>", 5000) + "]>" + head +
            "<item><title>&a;</title></item>",
        head + "<item>" + repeat("<category>t</category>", 20000) + "</item></channel></rss>"}) {
    const auto parsed = parse(body);
    ASSERT_TRUE(parsed.ok()) << parsed.status() << " of " << body.substr(0, 80);
    ASSERT_FALSE(parsed->items.empty()) << body.substr(0, 80);
    EXPECT_TRUE(words_of(*parsed).size() >= 1);
    for (const Item& one : parsed->items) EXPECT_LE(one.tags_size(), 100);
  }
  EXPECT_FALSE(parse("{\"items\":" + repeat("[", 100000)).ok());
}

TEST(FeedHostile, ManyAttributesAndCommentsTakeTheMendingPass) {
  std::string attributes;
  for (int i = 0; i < 20000; ++i) str_append(&attributes, " a", i, "='b'");
  EXPECT_EQ(items(str_cat("<item", attributes, "><title>x</title></item>")).at(0).title(), "x");
  EXPECT_EQ(item(str_cat("<!--", repeat("--", 50000), "--><title>y</title>")).title(), "y");
}

TEST(FeedHostile, SaysHowManyItemsItLeftOut) {
  const auto parsed =
      parse("<rss><channel>" + repeat("<item><title>x</title></item>", 5003) + "</channel></rss>");
  ASSERT_TRUE(parsed.ok());
  ASSERT_EQ(parsed->refused.size(), 1U);
  EXPECT_EQ(parsed->refused[0].reason(), "more than 5000 items: 3 were left out");
}

}  // namespace
}  // namespace copytaster
