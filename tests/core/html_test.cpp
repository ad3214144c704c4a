// HTML to text: what a reader sees, and facets that lie on the bytes they name.
#include "core/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::string_view kBase = "https://city.example/news/today.html";

std::string shown(std::string_view html) { return html_to_text(html, kBase).text; }

// "[kind bytes→target] …", with the bytes the facet covers.
std::string facets_of(const HtmlText& html) {
  std::string out;
  for (const Facet& facet : html.facets) {
    EXPECT_LT(facet.begin(), facet.end());
    EXPECT_LE(facet.end(), html.text.size());
    const std::string covered = html.text.substr(facet.begin(), facet.end() - facet.begin());
    EXPECT_TRUE(is_valid_utf8(covered));
    str_append(&out, out.empty() ? "" : " ", "[", Facet::Kind_Name(facet.kind()), " ", covered, "→",
               facet.target(), "]");
  }
  return out;
}

TEST(Html, ParagraphsLinesAndSpaces) {
  EXPECT_EQ(shown("<p>One\n two</p><p>Three<br>four<br/>five</p>"), "One two\n\nThree\nfour\nfive");
  EXPECT_EQ(shown("<p>One<br><br><br>two</p>\n\n <p> </p><p>three</p>"), "One\n\ntwo\n\nthree");
  EXPECT_EQ(shown("<div>a</div><div>b</div>c<h2>d</h2>e"), "a\nb\nc\n\nd\n\ne");
  EXPECT_EQ(shown("a<hr>b"), "a\n\nb");
  EXPECT_EQ(shown("  a  <b> b </b>  c&nbsp;&nbsp;d&#x202f;e&#x3000; "), "a b c d e");
  EXPECT_EQ(shown("one<b>two</b>three"), "onetwothree");
  EXPECT_EQ(shown("hy&#8203;phen&#xFEFF;ated &shy;x"), "hyphenated \xC2\xADx");
  EXPECT_EQ(shown("<pre>a\n  b\n\n\nc</pre>d"), "a\nb\n\nc\n\nd");
  EXPECT_EQ(shown("<table><tr><td>a<td>b<tr><td>c</table>d"), "a b\nc\n\nd");
  EXPECT_EQ(shown(""), "");
  EXPECT_EQ(shown("<p></p><br>"), "");
}

TEST(Html, ItemsOfListsStandOnLinesOfTheirOwnWithoutADashThatNobodyWrote) {
  EXPECT_EQ(shown("<p>Two:</p><ul><li>one</li><li>two <b>three</b></li></ul><p>End</p>"),
            "Two:\n\none\ntwo three\n\nEnd");
  EXPECT_EQ(shown("<ul><li><p>one</p></li>\n<li><div>two</div><p>three</p></li></ul>"),
            "one\n\ntwo\n\nthree");
  EXPECT_EQ(shown("<ol><li></li><li>x<ol><li>y</ol></ol>z"), "x\n\ny\n\nz");
  EXPECT_EQ(shown("<ul><li><ul><li>deep</ul></ul>"), "deep");
  const HtmlText linked = html_to_text("<ul><li><a href='/x'>y</a></li></ul>", kBase);
  EXPECT_EQ(facets_of(linked), "[LINK y→https://city.example/x]");
}

TEST(Html, QuotesNestAndTextRunsBothWays) {
  EXPECT_EQ(shown("<blockquote>a<blockquote>b</blockquote>c</blockquote>d"), "a\n\nb\n\nc\n\nd");
  const HtmlText hebrew = html_to_text(
      "<p dir=rtl>שלום <a href='https://b.example/'>עולם</a> 👩‍👩‍👧 🇺🇦</p>", "");
  EXPECT_EQ(hebrew.text, "שלום עולם 👩‍👩‍👧 🇺🇦");
  EXPECT_EQ(facets_of(hebrew), "[LINK עולם→https://b.example/]");
  EXPECT_EQ(hebrew.facets[0].begin(), 9U);
  EXPECT_EQ(hebrew.facets[0].end(), 17U);
}

TEST(Html, EntitiesAreCharacters) {
  EXPECT_EQ(shown("&lt;b&gt; &amp;amp; &eacute; &#233; &#xE9; &euro; &#128512; &hellip;"),
            "<b> &amp; é é é € 😀 …");
  EXPECT_EQ(shown("AT&T; R&D; &copy 2022; &unknown; a&lt b"), "AT&T; R&D; © 2022; &unknown; a< b");
  EXPECT_EQ(shown("&#0;&#xD800;&#x110000;"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(shown("&#147;quoted&#148;"), "“quoted”");
  EXPECT_EQ(html_to_line("&lt;script&gt;x&lt;/script&gt;"), "<script>x</script>")
      << "text that looks like a tag";
}

TEST(Html, LinksLieOnTheirBytes) {
  const HtmlText html = html_to_text(
      "<p>Élysée: <a href=\"/a?b=1&amp;c=2#d\"> the  text </a>, <a href='//cdn.example/x'>é</a> "
      "<a href='mailto:a@b.example'>mail</a> <a name=x>no</a> <a href='javascript:evil()'>js</a> "
      "<a href='https://c.example/'><img src='i.png'></a></p>",
      kBase);
  EXPECT_EQ(html.text, "Élysée: the text , é mail no js");
  EXPECT_EQ(facets_of(html),
            "[LINK the text→https://city.example/a?b=1&c=2#d] [LINK é→https://cdn.example/x]");
  EXPECT_EQ(html.facets[0].begin(), 10U);
  EXPECT_EQ(html.facets[0].end(), 18U);
  EXPECT_EQ(html.facets[1].begin(), 21U);
  EXPECT_EQ(html.facets[1].end(), 23U);
}

TEST(Html, ALinkOverBlocksIsOneLink) {
  EXPECT_EQ(facets_of(html_to_text("<a href='/x'><h2>Title</h2><p>Text</p></a>", kBase)),
            "[LINK Title\n\nText→https://city.example/x]");
  EXPECT_EQ(facets_of(html_to_text("<a href='/x'>a<a href='/y'>b</a>c</a>", kBase)),
            "[LINK a→https://city.example/x] [LINK b→https://city.example/y]");
  EXPECT_EQ(facets_of(html_to_text("<p><a href='/x'>cut off", kBase)),
            "[LINK cut off→https://city.example/x]");
}

TEST(Html, WithoutABaseRelativeTargetsAreLeftOut) {
  const HtmlText html =
      html_to_text("<a href='/x'>a</a> <a href='https://b.example/'>b</a> <img src='i.png'>", "");
  EXPECT_EQ(html.text, "a b");
  EXPECT_EQ(facets_of(html), "[LINK b→https://b.example/]");
  EXPECT_TRUE(html.images.empty());
}

// As Mastodon writes them: https://docs.joinmastodon.org/spec/microformats/
TEST(Html, MentionsHashtagsAndHiddenPartsOfLinks) {
  const HtmlText html = html_to_text(
      "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://a.example/@anne\" class=\"u-url "
      "mention\">"
      "@<span>anne</span></a></span> <a href=\"https://a.example/tags/Kyiv\" class=\"mention hashtag\" "
      "rel=\"tag\">#<span>Kyiv</span></a> <a href=\"https://paris.example/very/long/path/to/it\" "
      "rel=\"nofollow noopener\"><span class=\"invisible\">https://</span><span "
      "class=\"ellipsis\">paris.example/very/long</span><span class=\"invisible\">/path/to/it</span></a></p>",
      "https://a.example/");
  EXPECT_EQ(html.text, "@anne #Kyiv paris.example/very/long…");
  EXPECT_EQ(facets_of(html),
            "[MENTION @anne→https://a.example/@anne] [HASHTAG #Kyiv→Kyiv] [LINK "
            "paris.example/very/long…→https://paris.example/very/long/path/to/it]");
}

TEST(Html, PicturesHaveTheirWords) {
  const HtmlText html = html_to_text(
      "<p>Text</p><figure><img src='/p.jpg' alt='Two  people &amp; a dog'><figcaption>The  <a "
      "href='/x'>caption</a><span class='photo-credit'>Photo: A. B.</span></figcaption></figure><img "
      "src='data:image/gif;base64,R0' data-src='lazy.jpg'><img src='pixel.gif' width=1><img src='ftp://x/y'>",
      kBase);
  EXPECT_EQ(html.text, "Text") << "words of pictures are no words of the text";
  EXPECT_TRUE(html.facets.empty());
  ASSERT_EQ(html.images.size(), 2U);
  EXPECT_EQ(html.images[0].url, "https://city.example/p.jpg");
  EXPECT_EQ(html.images[0].alt, "Two people & a dog");
  EXPECT_EQ(html.images[0].caption, "The caption");
  EXPECT_EQ(html.images[0].credit, "Photo: A. B.");
  EXPECT_EQ(html.images[1].url, "https://city.example/news/lazy.jpg");
  EXPECT_EQ(html.images[1].caption, "");
}

TEST(Html, AFiguresWordsStayWithItsPictures) {
  const HtmlText html = html_to_text(
      "<figure><img src=a.jpg><figure><img src=b.jpg><figcaption>B</figcaption></figure>"
      "<figcaption>A</figcaption></figure><figcaption>none</figcaption><p class=byline>By C",
      kBase);
  ASSERT_EQ(html.images.size(), 2U);
  EXPECT_EQ(html.images[0].caption, "A");
  EXPECT_EQ(html.images[1].caption, "B");
  EXPECT_EQ(html.text, "none\n\nBy C") << "outside a figure nothing is a caption";
}

TEST(Html, TextWithoutMarkupIsTheSameAsWithIt) {
  for (const char* text : {"plain  text\nwith lines",
                           "a\xE2\x80\x8B"
                           "b",
                           "\xEF\xBB\xBF"
                           "bom",
                           "wide\xE3\x80\x80space ", "bad \xFF\xC3 bytes", " \n "}) {
    EXPECT_EQ(shown(text), shown(str_cat("<b></b>", text))) << text;
    EXPECT_TRUE(is_valid_utf8(shown(text)));
  }
}

TEST(Html, WhatIsFramedIsNamedOnceByItsAddress) {
  const HtmlText text = html_to_text(
      "<p>Watch</p><iframe src='//video.example/embed/1' allow=x></iframe><embed src='/map?a=1&amp;b=2'>"
      "<iframe src='//video.example/embed/1'>again</iframe><iframe src='https://count.example/' "
      "width=1></iframe>"
      "<iframe src='javascript:alert(1)'></iframe><iframe src='about:blank' data-src='later.html'></iframe>"
      "<iframe></iframe><iframe src='https://count.example/' height='0'/>",
      "https://city.example/news/");
  EXPECT_THAT(text.frames,
              ::testing::ElementsAre("https://video.example/embed/1", "https://city.example/map?a=1&b=2",
                                     "https://city.example/news/later.html"));
  std::string many;
  for (int i = 0; i < 100; ++i) many += str_cat("<iframe src=/", i, "></iframe>");
  EXPECT_EQ(html_to_text(many, "https://city.example/").frames.size(), 32U);
}

// The part again and again, at least `size` bytes.
std::string repeated(std::string_view part, std::size_t size) {
  std::string out;
  while (out.size() < size) out += part;
  return out;
}

TEST(Html, OneLineForTitles) {
  EXPECT_EQ(html_to_line("<b>City</b> &amp; <i>State</i><br>today\n\n: <p>x</p>"), "City & State today : x");
  EXPECT_EQ(html_to_line("no markup  at all"), "no markup at all");
}

TEST(Html, FacetsOfAnyCutAreInsideTheText) {
  const std::string html =
      "<div><p>Ça <a href='https://a.example/é?x=1'>va 🇺🇦</a></p><ul><li><a class=hashtag href=/t>#Élan</a>"
      "<figure><img src=x alt='«é»'><figcaption>c</figcaption></figure></ul><script>x</script></div>";
  for (std::size_t cut = 0; cut <= html.size(); ++cut) {
    const HtmlText part = html_to_text(std::string_view(html).substr(0, cut), kBase);
    EXPECT_TRUE(is_valid_utf8(part.text)) << cut;
    (void)facets_of(part);
    // Only what is cut before the tag's name is text, by HTML's own rules.
    const std::string_view before = std::string_view(html).substr(0, cut);
    const bool no_name = before.ends_with('<') || before.ends_with("</");
    EXPECT_TRUE(no_name || part.text.find('<') == std::string::npos) << cut;
  }
}

TEST(Html, WhatIsTooLongIsNotCutInsideATag) {
  const std::string html = repeated("<td class='x'>", std::size_t{5} << 20);
  EXPECT_EQ(html_to_text(html, "").text, "");
  EXPECT_EQ(html_to_text("words " + html, "").text, "words");
}

TEST(Html, ANumberBeyondUnicodeIsStillValidText) {
  for (const char* html :
       {"a &#999999999999999; b", "&#999999999999999", "&#x110000;", "&#xD800; &#xFFFFFFFFFFFFFFFFF;"}) {
    EXPECT_TRUE(is_valid_utf8(html_to_text(html, "").text)) << html;
    EXPECT_TRUE(is_valid_utf8(html_to_line(html))) << html;
  }
}

}  // namespace
}  // namespace copytaster
