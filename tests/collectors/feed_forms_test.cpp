// What publishers write where the standards say one thing: each form is read as what was meant.
#include <gtest/gtest.h>

#include "collectors/feed_document.h"
#include "collectors/feed_text.h"
#include "collectors/feed_tidy_text.h"
#include "core/strings.h"
#include "core/time.h"

namespace copytaster {
namespace {

FeedDocument read(std::string_view text) {
  auto document = read_feed(text, {"", "", "https://hill.example/feed"});
  EXPECT_TRUE(document.ok()) << document.status() << "\n" << text;
  return document.ok() ? *std::move(document) : FeedDocument();
}

Item first(std::string_view text) {
  const FeedDocument document = read(text);
  EXPECT_FALSE(document.items.empty()) << text;
  return document.items.empty() ? Item() : document.items.front();
}

std::string rss(std::string_view channel) {
  return str_cat(
      "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/' "
      "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
      "xmlns:googleplay='http://www.google.com/schemas/play-podcasts/1.0'><channel>",
      channel, "</channel></rss>");
}

std::string atom(std::string_view inside) {
  return str_cat("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>", inside, "</entry></feed>");
}

TEST(FeedForms, RssHasManyNamespaces) {
  for (const char* uri :
       {"http://channel.netscape.com/rdf/simple/0.9/", "http://my.netscape.com/rdf/simple/0.9/",
        "http://purl.org/rss/1.0/", "http://feeds.hill.example/made-up"}) {
    const FeedDocument rdf =
        read(str_cat("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='", uri,
                     "'><channel><title>Hill</title></channel><item><title>A tram</title></item></rdf:RDF>"));
    EXPECT_EQ(rdf.profile.title(), "Hill") << uri;
    ASSERT_EQ(rdf.items.size(), 1U) << uri;
    EXPECT_EQ(rdf.items[0].title(), "A tram") << uri;
    EXPECT_EQ(
        read(str_cat("<rss><channel xmlns='", uri, "'><title>Hill</title></channel></rss>")).profile.title(),
        "Hill")
        << uri;
  }
}

TEST(FeedForms, OtherNamespacesStayOthers) {
  const FeedDocument rdf = read(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
      "xmlns:x='http://hill.example/x'><channel><x:title>Other</x:title></channel></rdf:RDF>");
  EXPECT_EQ(rdf.profile.title(), "");
}

TEST(FeedForms, APodcastIsItsOwnersWhereNoAuthorIsNamed) {
  const std::string_view owner =
      "<itunes:owner><itunes:email>press@hill.example</itunes:email><itunes:name>Hill Council</itunes:name>"
      "</itunes:owner>";
  EXPECT_EQ(first(rss(str_cat(owner, "<item><title>A</title></item>"))).author().name(), "Hill Council");
  EXPECT_EQ(
      first(rss(str_cat(owner, "<itunes:author>Ana Reyes</itunes:author><item><title>A</title></item>")))
          .author()
          .name(),
      "Ana Reyes");
}

TEST(FeedForms, GooglesPodcastWordsAreApples) {
  const FeedDocument podcast =
      read(rss("<googleplay:description>Council "
               "talk</googleplay:description><googleplay:author>Hill</googleplay:author>"
               "<item><googleplay:description>The tram</googleplay:description></item>"));
  EXPECT_EQ(podcast.profile.description(), "Council talk");
  ASSERT_EQ(podcast.items.size(), 1U);
  EXPECT_EQ(podcast.items[0].text(), "The tram");
  EXPECT_EQ(podcast.items[0].author().name(), "Hill");
}

TEST(FeedForms, AMediaGroupMayHoldTheTitle) {
  const std::string_view group = "<media:group><media:title>The new tram</media:title></media:group>";
  EXPECT_EQ(first(rss(str_cat("<item>", group, "</item>"))).title(), "The new tram");
  EXPECT_EQ(first(rss(str_cat("<item>", group, "<title>Tram</title></item>"))).title(), "Tram");
}

TEST(FeedForms, ARelationMayBeWrittenAsAnAddress) {
  const std::string entry = atom(
      "<link rel='http://www.iana.org/assignments/relation/alternate' href='/tram'/>"
      "<link rel='http://www.iana.org/assignments/relation/edit' href='/edit'/>");
  EXPECT_EQ(first(entry).url(), "https://hill.example/tram");
}

TEST(FeedForms, AContentTypeMayHaveParameters) {
  EXPECT_EQ(
      first(atom("<content type='text/html; charset=utf-8'>&lt;p>A&lt;/p>&lt;p>B&lt;/p></content>")).text(),
      "A\n\nB");
}

TEST(FeedForms, BytesOfAPictureAreNoWords) {
  const Item item =
      first(atom("<summary>The tram</summary><content type='image/png'>iVBORw0KGgo=</content>"));
  EXPECT_EQ(item.text(), "The tram");
  EXPECT_EQ(item.summary(), "");
  EXPECT_EQ(first(atom("<content type='application/x-note'>tram</content>")).text(), "tram")
      << "of an unknown type, and not in Base64";
}

TEST(FeedForms, ATitleThatIsNeverClosedEndsWhereAnItemBegins) {
  const FeedDocument hill = read("<rss><channel><title>Hill<item><title>A</title></item></channel></rss>");
  EXPECT_EQ(hill.profile.title(), "Hill");
  ASSERT_EQ(hill.items.size(), 1U);
  EXPECT_EQ(hill.items[0].title(), "A");
}

TEST(FeedForms, ABareDateIsADayWhateverTheFormat) {
  const std::vector<std::string> bare = {
      rss("<item><title>A</title><pubDate>2026-11-20</pubDate></item>"),
      rss("<item><title>A</title><pubDate>Fri, 20 Nov 2026</pubDate></item>"),
      atom("<title>A</title><published>2026-11-20</published>"),
      atom("<title>A</title><updated>2026-11-20</updated>"),
      R"({"version":"https://jsonfeed.org/version/1.1","title":"Hill","items":[{"id":"1","date_published":"2026-11-20"}]})"};
  for (const std::string& feed : bare) {
    EXPECT_EQ(created_at_text(first(feed)), "2026-11-20") << feed;
    EXPECT_EQ(format_rfc3339(to_time(first(feed).created_at())), "2026-11-20T00:00:00Z") << feed;
  }
  const Item midnight = first(rss("<item><title>A</title><pubDate>2026-11-20T00:00:00Z</pubDate></item>"));
  EXPECT_FALSE(midnight.day_only()) << "it says so itself";
  EXPECT_FALSE(
      first(atom("<title>A</title><published>2026-11-20T08:00:00Z</published><updated>2026-11-21</updated>"))
          .day_only());
}

TEST(FeedForms, ABareDateOfAChangeIsADayToo) {
  const auto edited = [](std::string_view published, std::string_view updated) {
    const Item item = first(atom("<title>A</title><published>" + std::string(published) +
                                 "</published><updated>" + std::string(updated) + "</updated>"));
    return to_text(ToldDate{to_time(item.edited_at()), item.edited_day_only()});
  };
  EXPECT_EQ(edited("2026-11-20T08:00:00Z", "2026-11-21"), "2026-11-21");
  EXPECT_EQ(edited("2026-11-20", "2026-11-21"), "2026-11-21");
  EXPECT_EQ(edited("2026-11-20", "2026-11-21T09:00:00Z"), "2026-11-21T09:00:00Z");
  EXPECT_EQ(edited("2026-11-20", "2026-11-21T00:00:00Z"), "2026-11-21T00:00:00Z") << "it says so itself";
  EXPECT_FALSE(first(atom("<title>A</title><published>2026-11-20</published>")).edited_day_only());
}

TEST(FeedForms, DatesMayBeUnixTime) {
  const absl::Time when = absl::FromUnixSeconds(1649926800);
  for (const char* text : {"1649926800", " 1649926800000 ", "2022-04-14T09:00:00Z"})
    EXPECT_EQ(feed_date(text), (ToldDate{when, false})) << text;
  for (const char* none : {"164992680", "16499268000", "9649926800", "1649926800x", "1649926.80", ""})
    EXPECT_EQ(feed_date(none), std::nullopt) << none;
  const Item item = first(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"Hill","items":[{"id":"1","date_published":1649926800}]})");
  EXPECT_EQ(to_time(item.created_at()), when);
}

TEST(FeedForms, ControlsAreTheCharactersOfWindows1252) {
  const Item item =
      first(rss("<item><title>The mayor&#146;s tram &#150; line &#x37;&#129;</title>"
                "<author>Ana O&#146;Hara</author><description>&#147;Yes&#148;, &amp;#133; &lt;b>\xC2\x80 "
                "5&lt;/b></description></item>"));
  EXPECT_EQ(item.title(), "The mayor’s tram – line 7\xC2\x81");
  EXPECT_EQ(item.text(), "“Yes”, … € 5");
  EXPECT_EQ(item.author().name(), "Ana O’Hara");
  EXPECT_EQ(without_stray_characters("a\xC2"), "a\xC2");
  EXPECT_EQ(without_stray_characters("é \xC2\xA0"), "é \xC2\xA0");
}

TEST(FeedForms, ABreakWithoutWidthIsNoSpace) {
  const Item item = first(
      rss("<item><title>\uFEFFKy\u200Biv tram</title><description>Ky\u200Biv tram</description></item>"));
  EXPECT_EQ(item.title(), "Kyiv tram");
  EXPECT_EQ(item.text(), "Kyiv tram");
}

TEST(FeedForms, CharacterDataInCharacterDataLosesNoWords) {
  EXPECT_EQ(
      first(rss("<item><description><![CDATA[a <![CDATA[b]]> c]]></description><title>t</title></item>"))
          .text(),
      "a b c");
  EXPECT_EQ(first(rss("<item><title>a ]]> b</title></item>")).title(), "a ]]> b");
}

}  // namespace
}  // namespace copytaster
