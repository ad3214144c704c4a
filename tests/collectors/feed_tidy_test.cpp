#include "collectors/feed_tidy.h"

#include <gtest/gtest.h>

#include "core/strings.h"

namespace copytaster {
namespace {

std::string tidy(std::string_view text) { return tidy_xml(text).text; }

TEST(FeedTidy, LeavesWellFormedTextAlone) {
  for (const std::string_view text :
       {"<rss a=\"1\"><b>x &lt; y &amp; z</b><c/></rss>", "<a><![CDATA[<p>&nbsp;]]></a>", "<a>é 🎉</a>"}) {
    EXPECT_EQ(tidy(text), text);
  }
}

TEST(FeedTidy, ReadsReferences) {
  EXPECT_EQ(tidy("<a>&eacute;&nbsp;&hellip;</a>"), "<a>é\u00A0…</a>");
  EXPECT_EQ(tidy("<a>AT&T &nosuch; &; &#; R&D&amp;</a>"),
            "<a>AT&amp;T &amp;nosuch; &amp;; &amp;#; R&amp;D&amp;</a>");
  EXPECT_EQ(tidy("<a>&#146;&#x93;&#233;&#x1F389;</a>"), "<a>’“é🎉</a>");
  EXPECT_EQ(tidy("<a>&#0;&#xD800;&#x110000;&#99999999999;</a>"),
            "<a>\uFFFD\uFFFD\uFFFD&amp;#99999999999;</a>");
  EXPECT_EQ(tidy("<a>&#60;b&#62; &#38;</a>"), "<a>&lt;b> &amp;</a>");
}

TEST(FeedTidy, KnowsDeclaredEntitiesAndOnlySimpleOnes) {
  EXPECT_EQ(tidy("<!DOCTYPE a [<!ENTITY town \"Saint-Orens\"><!ENTITY town 'later'>]><a>&town;</a>"),
            "<a>Saint-Orens</a>");
  EXPECT_EQ(tidy("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y 'z'>]><a>&x;&y;</a>"),
            "<a>&amp;x;&amp;y;</a>");
  EXPECT_EQ(tidy("<!DOCTYPE a [<!ENTITY b '<i>&c;'>]><a>&b;</a>"), "<a>&lt;i>&amp;c;</a>");
}

TEST(FeedTidy, ExpandsABoundedAmount) {
  std::string text = str_cat("<!DOCTYPE a [<!ENTITY b '", std::string(1000, 'x'), "'>]><a>");
  for (int i = 0; i < 3000; ++i) text += "&b;";
  EXPECT_LT(tidy(text).size(), (std::size_t{1} << 20) + 100000);
}

TEST(FeedTidy, MatchesTags) {
  EXPECT_EQ(tidy("<a><b>x</a>"), "<a><b>x</b></a>");
  EXPECT_EQ(tidy("<a>x</p></a>"), "<a>x</a>");
  EXPECT_EQ(tidy("<a><language>da</langauge><b>x</b></a>"), "<a><language>da</language><b>x</b></a>");
  EXPECT_EQ(tidy("<a>1<br>2<img src=x alt>3</a>"), "<a>1<br/>2<img src=\"x\" alt=\"\"/>3</a>");
  EXPECT_EQ(tidy("<r><item><title>1<link>u</link><item>2</item></r>"),
            "<r><item><title>1</title><link>u</link></item><item>2</item></r>");
  EXPECT_EQ(tidy("<A>x</a>"), "<A>x</A>");
}

TEST(FeedTidy, EscapesWhatOpensNoTag) {
  EXPECT_EQ(tidy("<a>3 < 4 <3 <- <</a>"), "<a>3 &lt; 4 &lt;3 &lt;- &lt;</a>");
  EXPECT_EQ(tidy("<a>x<!-- -- -->y<?php echo 1 ?>z</a>"), "<a>xyz</a>");
  EXPECT_EQ(tidy("<a>x<!-- y</a>"), "<a>x&lt;!-- y</a>");
}

TEST(FeedTidy, MendsAttributes) {
  EXPECT_EQ(tidy("<a b=1 c='\"' b=2 e/>"), "<a b=\"1\" c=\"&quot;\" e=\"\"/>");
  EXPECT_EQ(tidy("<a href=\"http://x.example/?a=1&b=2\"/>"), "<a href=\"http://x.example/?a=1&amp;b=2\"/>");
}

TEST(FeedTidy, ATagMayBeginInsideAQuotedValue) {
  EXPECT_EQ(tidy("<a t=\"x < y\">z</a>"), "<a t=\"x &lt; y\">z</a>");
  EXPECT_EQ(tidy("<a t='<b>x</b>' u=\"<3\"/>"), "<a t=\"&lt;b>x&lt;/b>\" u=\"&lt;3\"/>");
  EXPECT_EQ(tidy("<r><a t=\"<p class='x'>y</p>\" u=\"1\">z</a></r>"),
            "<r><a t=\"&lt;p class='x'>y&lt;/p>\" u=\"1\">z</a></r>");
}

TEST(FeedTidy, AForgottenQuoteEndsWithItsTag) {
  EXPECT_EQ(tidy("<r><a t=\"x>y</a><b u=\"1\">z</b></r>"), "<r><a t=\"x\">y</a><b u=\"1\">z</b></r>");
  EXPECT_EQ(tidy("<r><a t='x>y</a><b u='1' v='2'/></r>"), "<r><a t=\"x\">y</a><b u=\"1\" v=\"2\"/></r>");
  EXPECT_EQ(tidy("<r><a t=\"x<b u=\"\">y</b></a></r>"), "<r><a t=\"x\"><b u=\"\">y</b></a></r>");
  EXPECT_EQ(tidy("<r><a t=\"x>He said</a> \"yes\"</r>"), "<r><a t=\"x\">He said</a> \"yes\"</r>");
}

TEST(FeedTidy, QuotesWithoutEndTakeNoQuadraticTime) {
  std::string text = "<r>";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "<a t=\"<" : "<a t='<";
  EXPECT_LT(tidy(text).size(), text.size() * 4);
}

TEST(FeedTidy, DropsForbiddenCharactersAndWhatStandsBefore) {
  EXPECT_EQ(tidy(std::string_view("PHP warning: x\n<a>b\x01\0c\x0B\uFFFE\t\n</a>", 32)), "<a>bc\t\n</a>");
  EXPECT_EQ(tidy("<a><![CDATA[b\x02"
                 "c]]></a>"),
            "<a><![CDATA[bc]]></a>");
  EXPECT_EQ(tidy("no tag at all & more"), "");
}

TEST(FeedTidy, SaysWhenItEndsInsideAnItem) {
  EXPECT_TRUE(tidy_xml("<rss><channel><item><title>x").cut_off_in_item);
  EXPECT_TRUE(tidy_xml("<feed><entry>").cut_off_in_item);
  EXPECT_FALSE(tidy_xml("<rss><channel><item><title>x</title></item><link>").cut_off_in_item);
  EXPECT_FALSE(tidy_xml("<rss><channel><item><title>x</channel></rss>").cut_off_in_item);
  EXPECT_TRUE(tidy_xml("<rss><channel><item><title>x</title></item><link>").cut_off);
  EXPECT_TRUE(tidy_xml("<rss><channel></channel>").cut_off);
  EXPECT_FALSE(tidy_xml("<rss><channel><item><title>x</channel></rss>").cut_off);
  EXPECT_FALSE(tidy_xml("<rss/>").cut_off);
  EXPECT_FALSE(tidy_xml("<rss></rss><p>what a server writes behind").cut_off);
}

TEST(FeedTidy, KeepsTheTextOfWhatIsTooDeep) {
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "<a>";
  const std::string out = tidy(deep + "words");
  EXPECT_NE(out.find("words"), std::string::npos);
  EXPECT_LT(out.size(), 2000U);
}

}  // namespace
}  // namespace copytaster
