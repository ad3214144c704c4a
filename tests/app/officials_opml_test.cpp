// Subscription lists of feed readers.
#include "app/officials_opml.h"

#include <gmock/gmock.h>

#include "tests/app/officials_support.h"

namespace copytaster {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

OfficialsInput opml_of(std::string_view bytes) {
  return read_officials_opml(bytes, "list.opml", Collectors());
}

TEST(OfficialsOpml, FoldersAreThePeopleAndFeedsAloneAreToo) {
  const OfficialsInput input = opml_of(R"(<?xml version="1.0"?>
<opml version="1.1"><head><title>x</title></head><body>
  <outline text="France">
    <outline text="Odile Ravenel &amp; co">
      <outline type="rss" text="Blog" xmlUrl="https://ravenel.example/feed?a=1&amp;b=2" htmlUrl="https://ravenel.example/"/>
      <outline text="News" xmlurl="https://ravenel.example/news"/>
    </outline>
    <outline title="Ville de Portvent"><outline text="RSS" xmlUrl="https://portvent.example/rss"/></outline>
  </outline>
  <outline text="Марія Кравець" type="rss" xmlUrl="https://kravets.example/feed"/>
  <outline text="nothing"/>
</body></opml>)");
  EXPECT_THAT(texts_of(input.problems), IsEmpty());
  ASSERT_EQ(input.entries.size(), 3U);
  EXPECT_EQ(input.entries[0].official.name(), "Odile Ravenel & co");
  EXPECT_EQ(input.entries[0].line, 4U);
  EXPECT_THAT(urls_of(input.entries[0].official),
              ElementsAre("https://ravenel.example/feed?a=1&b=2", "https://ravenel.example/news"));
  EXPECT_THAT(input.entries[0].websites, ElementsAre("https://ravenel.example/"));
  EXPECT_EQ(input.entries[1].official.name(), "Ville de Portvent");
  EXPECT_EQ(input.entries[2].official.name(), "Марія Кравець");
  EXPECT_EQ(input.left_out.at("an outline without a feed"), 1U);
}

TEST(OfficialsOpml, WhatIsNotWellFormedIsRefusedWithItsLine) {
  EXPECT_THAT(
      texts_of(
          opml_of("<opml><body>\n<outline text=\"A\" xmlUrl=\"https://a.example/?a=1&b=2\"/>\n</body></opml>")
              .problems),
      ElementsAre(AllOf(HasSubstr("list.opml:2: "), HasSubstr("not well-formed"), HasSubstr("&amp;"))));
  EXPECT_THAT(texts_of(opml_of("<rss><channel/></rss>").problems),
              ElementsAre(AllOf(HasSubstr("list.opml:1: "), HasSubstr("not OPML"))));
  EXPECT_THAT(texts_of(opml_of("").problems), ElementsAre(HasSubstr("not well-formed")));
  EXPECT_THAT(texts_of(opml_of("<!DOCTYPE opml [<!ENTITY a \"b\">]><opml><body/></opml>").problems),
              ElementsAre(HasSubstr("document type")));
}

TEST(OfficialsOpml, EveryFaultIsToldWithItsLine) {
  const OfficialsInput input = opml_of(
      "<opml><body>\n<outline text=\"A\" xmlUrl=\"not a url\"/>\n<outline "
      "xmlUrl=\"https://b.example/feed\"/>\n"
      "<outline text=\"C\">\n<outline xmlUrl=\"https://www.tiktok.com/search\"/></outline>\n"
      "<outline text=\"D\" xmlUrl=\"https://d.example/feed\"/></body></opml>");
  EXPECT_EQ(input.refused, 3U);
  EXPECT_EQ(input.entries.size(), 1U);
  EXPECT_THAT(
      texts_of(input.problems),
      ElementsAre(HasSubstr("list.opml:2: "), AllOf(HasSubstr("list.opml:3: "), HasSubstr("has no name")),
                  AllOf(HasSubstr("list.opml:5: "), HasSubstr("TikTok"))));
}

TEST(OfficialsOpml, AnAddressThatGrowsTooLongWhenItIsEncodedIsRefused) {
  const std::string address = "https://a.example/" + std::string(1500, '>');  // each becomes %3E
  const OfficialsInput input =
      opml_of(str_cat("<opml><body><outline text=\"A\" xmlUrl=\"", address, "\"/></body></opml>"));
  EXPECT_THAT(texts_of(input.problems), ElementsAre(HasSubstr("more than 2000 bytes")));
}

TEST(OfficialsOpml, AReaderFindsOutlinesOfTypeRss) {
  std::map<std::string, std::size_t> left_out;
  const std::string opml = officials_to_opml(toml_of(kThreeOfficials).entries, &left_out);
  EXPECT_THAT(opml, AllOf(HasSubstr("<opml version=\"2.0\""), HasSubstr("<outline type=\"rss\" text=\""),
                          HasSubstr("xmlUrl=\"https://ravenel.example/news.xml?a=1&amp;b=2\""),
                          HasSubstr("text=\"Odile &quot;Odi&quot; Ravenel; la maire\"")));
}

}  // namespace
}  // namespace copytaster
