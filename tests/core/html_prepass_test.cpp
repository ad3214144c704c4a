// The pass that makes hostile HTML harmless before a tree is built. Nothing here is timed: what is counted is
// what costs gumbo time and stack, and what a reader would see.
#include "core/html_prepass.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "core/html.h"
#include "core/html_tag.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kMostDepth = 60;

std::string repeat(std::string_view part, std::size_t times) {
  std::string out;
  out.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++found;
  return found;
}

struct Shape {
  std::size_t deepest = 0;
  std::size_t most_links = 0;  // open at once
  bool balanced = true;        // each end tag ends the innermost element
};

// Of tamed HTML, read by rules of this test alone: names in '<' and '>', nothing implied.
Shape shape_of(std::string_view html) {
  Shape shape;
  std::vector<std::string_view> open;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    std::string_view name = html.substr(at + 1, html.find_first_of(" >", at) - at - 1);
    if (consume_prefix(&name, "/")) {
      shape.balanced = shape.balanced && !open.empty() && open.back() == name;
      if (!open.empty()) open.pop_back();
    } else if (name != "br" && name != "hr" && name != "img" && name != "image" && name != "embed") {
      open.push_back(name);
      shape.deepest = std::max(shape.deepest, open.size());
      shape.most_links = std::max(shape.most_links, static_cast<std::size_t>(std::ranges::count(open, "a")));
    }
  }
  return shape;
}

void expect_tame(std::string_view html) {
  const std::string tame = tame_html(html);
  const Shape shape = shape_of(tame);
  const std::string_view begin = html.substr(0, 60);
  EXPECT_LE(tame.size(), 6 * html.size()) << begin;
  EXPECT_LE(shape.deepest, kMostDepth) << begin;
  EXPECT_LE(shape.most_links, 1U) << begin;
  EXPECT_TRUE(shape.balanced) << begin;
  for (const std::string_view formatting : {"<b>", "<i>", "<font", "<nobr", "<em", "<form", "<plaintext"})
    EXPECT_EQ(count(tame, formatting), 0U) << begin;
}

std::string shown(std::string_view html) { return html_to_text(html, "https://a.example/").text; }

TEST(HtmlPrepass, FormattingThatIsNeverClosedDoesNotReachTheTree) {
  std::string html;
  for (int i = 0; i < 3000; ++i) str_append(&html, "<p><b a=", i, ">word</p>");
  const std::string tame = tame_html(html);
  EXPECT_EQ(tame, repeat("<p>word</p>", 3000));
  EXPECT_EQ(count(shown(html), "word"), 3000U);
  expect_tame(html);
}

TEST(HtmlPrepass, WhatABrowserTakesForATagsEndEndsItHereToo) {
  // A quote hides '>' only where a value begins: not behind "<p =".
  expect_tame(repeat("<p =\"><b a=1>x</b><i>\">", 2000));
  EXPECT_EQ(tame_html("<p =\"><b>x</b>"), "<p>x");
  EXPECT_EQ(tame_html("<p title=\"a>b\">x"), "<p>x");
  EXPECT_EQ(tame_html("<p title='a>b' class=\"c\">x"), "<p class=\"c\">x");
  EXPECT_EQ(tame_html("<p title=a\"b>x\""), "<p>x\"");
  EXPECT_EQ(tame_html("<p \"quoted\" a='1>2'>x"), "<p>x");
}

TEST(HtmlPrepass, AttributesAreOnceAndWellQuoted) {
  EXPECT_EQ(tame_html("<A HREF=x href=y Class='a\"b' onclick=evil()>t</A>"),
            "<a href=\"x\" class='a\"b'>t</a>");
  EXPECT_EQ(tame_html("<img alt=it's\"so\" src = \"p\" />"), "<img alt=\"it's&quot;so&quot;\" src=\"p\">");
  EXPECT_EQ(tame_html("<img alt src/=x>"), "<img alt=\"\" src=\"\">");
  std::string many = "<p";
  for (int i = 0; i < 100'000; ++i) str_append(&many, " a", i, "=1");
  EXPECT_EQ(tame_html(many + ">x"), "<p>x");
  EXPECT_EQ(tame_html("<body" + repeat(" class=x", 50'000) + ">x"), "<body class=\"x\">x");
}

TEST(HtmlPrepass, EndTagsOfNothingCloseNothing) {
  const std::string html = repeat("<div></b>", 200'000) + "end";
  expect_tame(html);
  EXPECT_EQ(shown(html), "end");
  EXPECT_EQ(tame_html("a</span>b</div></a>c"), "abc");
  // As in browsers, an end tag of a paragraph that was not begun is an empty one.
  EXPECT_EQ(tame_html(repeat("</p>", 1000)), repeat("<br>", 1000));
}

TEST(HtmlPrepass, DepthHasAnEndAndTextBeyondItIsKept) {
  const std::string html = repeat("<div>", 100'000) +
                           "<script>evil()</script>deep <a href='https://b.example/'>down</a>" +
                           repeat("</div>", 100'000) + "<p>after";
  expect_tame(html);
  EXPECT_EQ(shown(html), "deep down\n\nafter");
  for (const char* name : {"span", "table",  "td",       "ul",     "blockquote", "a",       "p",
                           "li",   "select", "option",   "object", "button",     "h1",      "x-y",
                           "svg",  "math",   "frameset", "ruby",   "applet",     "marquee", "figure"}) {
    SCOPED_TRACE(name);
    const std::string many = repeat(str_cat("<", name, ">"), 20'000);
    expect_tame(many);
    (void)shown(many);  // freed by recursion: the stack bears it
  }
}

TEST(HtmlPrepass, ElementsThatAreVoidInHtmlAloneDoNotNestInAPicture) {
  for (const char* name :
       {"wbr", "input", "link", "source", "param", "track", "area", "base", "col", "br", "img"}) {
    SCOPED_TRACE(name);
    const std::string html = str_cat("<svg>", repeat(str_cat("<", name, ">"), 100'000), "</svg><p>after");
    expect_tame(html);
    EXPECT_TRUE(shown(html).ends_with("after"));
  }
  expect_tame("<svg>" + repeat("<div/>", 100'000));
  expect_tame(repeat("<table><tr><td><svg><foreignObject><p>", 20'000));
}

TEST(HtmlPrepass, LinksDoNotNest) {
  std::string html;
  for (int i = 0; i < 20'000; ++i) str_append(&html, "<p><a href='/", i, "'>x");
  expect_tame(html);
  EXPECT_EQ(tame_html("<a href=1>x<a href=2>y"), "<a href=\"1\">x</a><a href=\"2\">y");
  EXPECT_EQ(tame_html("<a href=1><div>x</div></a>"), "<a href=\"1\"><div>x</div></a>");
}

TEST(HtmlPrepass, EndTagsThatAuthorsMayLeaveOutAreImplied) {
  EXPECT_EQ(tame_html("<p>a<p>b<div>c"), "<p>a</p><p>b</p><div>c");
  EXPECT_EQ(tame_html("<p><span>a<p>b"), "<p><span>a</span></p><p>b");
  EXPECT_EQ(tame_html("<ul><li>a<li>b<ul><li>c<li>d</ul><li>e"),
            "<ul><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li><li>e");
  EXPECT_EQ(tame_html("<dl><dt>a<dd>b<dt>c"), "<dl><dt>a</dt><dd>b</dd><dt>c");
  EXPECT_EQ(tame_html("<table><tr><td>a<td>b<tr><th>c<table><td>d</table>e"),
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c<table><td>d</td></table>e");
  // A long table has all its rows, and the links in the last one.
  const std::string table = "<table>" + repeat("<tr><td>a<td>b", 2000) + "<tr><td><a href=/x>last</a>";
  EXPECT_EQ(shape_of(tame_html(table)).deepest, 4U);
  EXPECT_EQ(html_to_text(table, "https://a.example/").facets.size(), 1U);
}

TEST(HtmlPrepass, WhatNeverEndsIsReadOnce) {
  // Each of these is searched for its end; were the search begun anew for each, this test would not end.
  for (const char* part : {"<!--",
                           "<![CDATA[",
                           "<script",
                           "<script>",
                           "<a \"",
                           "<a b='",
                           "<a b=\"",
                           "<!",
                           "<?",
                           "</",
                           "</script",
                           "<style></",
                           "<template>",
                           "<svg>",
                           "<textarea>",
                           "<svg><desc>",
                           "<script><!--<script>",
                           "<!--->-",
                           "<a b=",
                           "<a/",
                           "<",
                           "<p",
                           "&",
                           "<x<",
                           "<title>",
                           "<!--->",
                           "<!---",
                           "]]>",
                           "<![CDATA[]]>"}) {
    SCOPED_TRACE(part);
    const std::string html = repeat(part, 100'000);
    EXPECT_LE(tame_html(html).size(), 6 * html.size());
    EXPECT_LE(tame_html("<p>before</p>" + html).size(), 6 * html.size() + 20);
  }
  EXPECT_EQ(tame_html(repeat("<!--", 100'000)), "");
  EXPECT_EQ(tame_html("x" + repeat("<script", 100'000)), "x");
  EXPECT_EQ(tame_html("x" + repeat("<a \"", 100'000)), "x");
}

TEST(HtmlPrepass, ACutOffTagIsNone) {
  EXPECT_EQ(tame_html("text<a href=\"https://b.example/lo"), "text");
  EXPECT_EQ(tame_html("text<img src='p.jpg'"), "text");
  EXPECT_EQ(tame_html("text<scr"), "text");
  EXPECT_EQ(tame_html("text</p"), "text");
  EXPECT_EQ(tame_html("text<"), "text&lt;");
  EXPECT_EQ(tame_html("text<!"), "text");
  EXPECT_EQ(tame_html("1 < 2 <3 </3"), "1 &lt; 2 &lt;3 &lt;/3");
}

TEST(HtmlPrepass, NoScriptIsShown) {
  for (const char* html : {"before <script>EVIL</script>after",
                           "before <SCRIPT type='x'>EVIL</sCrIpT >after",
                           "before <script>a='</scriptx>EVIL'</script>after",
                           "before <script>EVIL</script x='>'>after",
                           "before <script><!-- <script>EVIL</script> EVIL --></script>after",
                           "before <script><!-- EVIL </script>after",
                           "before <script><!--<script>x--></script>after",
                           "before <style>EVIL</style>after",
                           "before <!-- EVIL -->after",
                           "before <!-- > EVIL -->after",
                           "before <!-- EVIL --!>after",
                           "before <!-->after",
                           "before <!--->after",
                           "before <![CDATA[<script>EVIL</script>after]]>",
                           "before <script>//<![CDATA[\nEVIL\n//]]></script>after",
                           "before <noscript>EVIL</noscript>after",
                           "before <iframe src=x><script>EVIL</script></iframe>after",
                           "before <iframe src=x />after",
                           "before <template><template></template>EVIL</template>after",
                           "before <xmp>EVIL</xmp>after",
                           "before <textarea><b>EVIL</textarea>after",
                           "before <title>EVIL</title>after",
                           "before <svg><text>EVIL</text></svg>after",
                           "before <svg><script>EVIL</script></svg>after",
                           "before <svg><svg></svg>EVIL</svg>after",
                           "before <svg><foreignObject><p>EVIL</p></foreignObject></svg>after",
                           "before <svg/>after",
                           "before <math><mtext><p>EVIL</p></mtext></math>after",
                           "before <noembed>EVIL</noembed><noframes>EVIL</noframes>after",
                           "before <?php EVIL ?>after",
                           "before <!DOCTYPE EVIL>after",
                           "before <video/>after",
                           "before <plaintext>after",
                           "before <select><option>EVIL</option></select>after",
                           "before <object data=x type=y/>after"}) {
    EXPECT_EQ(collapse_space(shown(html)), "before after") << html << "\n" << tame_html(html);
  }
}

TEST(HtmlPrepass, NothingBehindAnOpenScriptIsShown) {
  for (const char* name : {"script", "style", "noscript", "template", "xmp"}) {
    EXPECT_EQ(shown(str_cat("before<", name, ">EVIL<p>EVIL</p></", name, "x>EVIL")), "before") << name;
  }
  EXPECT_EQ(shown("before<script/>EVIL"), "before") << "a script is not closed by its own tag";
  EXPECT_EQ(shown("before<script><!--<script>EVIL</script>EVIL"), "before");
  EXPECT_EQ(shown("before<!-- EVIL <p>EVIL"), "before");
}

TEST(HtmlPrepass, ABrokenPictureDoesNotSwallowTheArticle) {
  EXPECT_EQ(shown("a<svg><path d='x'><p>b"), "a\n\nb");
  EXPECT_EQ(shown("a<math><mi>x<div>y</div></mi></math>b"), "ab");
}

TEST(HtmlPrepass, BehindTwentyThousandTagsTheTextGoesOnLineByLine) {
  const std::string html =
      repeat("<ul><li>", 30'000) + "<p>last <a href='https://a.example'>words</a><p>of all";
  const std::string tame = tame_html(html);
  EXPECT_LT(tame.size(), 20'000 * 14U) << "of 60,000";
  EXPECT_EQ(shown(html), "last words\nof all");
  const std::string list = str_cat("<ul>", repeat("<li>a", 15'000), "</ul>");
  EXPECT_EQ(std::ranges::count(shown(list), '\n'), 14'999) << "an honest long list is whole";
}

TEST(HtmlPrepass, AnObjectThatIsNotShownDoesNotSwallowTheArticle) {
  EXPECT_EQ(shown("a <object data='plan.pdf'><param name=x><embed src=y>the plan</object> b"),
            "a the plan b");
  EXPECT_EQ(shown("a <object classid='clsid:1'> b <p>c"), "a b\n\nc") << "never closed";
  EXPECT_EQ(shown("a <object><script>EVIL</script><video>EVIL</video></object> b"), "a b");
}

// We show no frames: what an author gives to those who do not is text, and what follows an open one too.
TEST(HtmlPrepass, WhatAFrameHoldsIsForReadersWithoutFrames) {
  EXPECT_EQ(shown("a <iframe src=x><p>Route of the tram: <b>A</b> to B</p></iframe> b"),
            "a\n\nRoute of the tram: A to B\n\nb");
  EXPECT_EQ(shown("a <iframe src=x> b <p>c"), "a b\n\nc") << "never closed";
  EXPECT_EQ(shown("a <iframe>b <iframe>c</iframe></IFRAME >d"), "a b cd");
}

TEST(HtmlPrepass, ANoticeInAFrameIsNobodysText) {
  for (const char* notice :
       {"Loading…", "Loading...", "Wird geladen…", "Завантаження…", "", " ",
        "<p>Your browser does not support frames.</p>", "Votre navigateur ne prend pas en charge les iframes",
        "Ваш браузер не підтримує це."}) {
    EXPECT_EQ(shown(str_cat("a <iframe src=x>", notice, "</iframe>b")), "a b") << notice;
  }
  const std::string long_text = repeat("word ", 60);
  EXPECT_EQ(shown(str_cat("<iframe>", long_text, "Loading…</iframe>")), str_cat(long_text, "Loading…"));
}

TEST(HtmlPrepass, ASectionOfCharactersIsTakenForTheHtmlItWraps) {
  EXPECT_EQ(tame_html("<![CDATA[<p>a &amp; b</p>]]>"), "<p>a &amp; b</p>");
  EXPECT_EQ(shown("<![CDATA[a < b && c]]> d]]>"), "a < b && c d]]>");
  EXPECT_EQ(shown("<![CDATA[a]]><![CDATA[b]]>"), "ab");
}

TEST(HtmlPrepass, TamedTwiceIsTamedOnce) {
  std::mt19937_64 random(20220414);
  static constexpr std::string_view kParts[] = {
      "<p>",     "</p>",     "<a href='x'>", "</a>",
      "<b>",     "<li>",     "<ul>",         "</ul>",
      "<table>", "<tr>",     "<td>",         "</table>",
      "text ",   "<script>", "</script>",    "<!--",
      "-->",     "<svg>",    "</svg>",       "<img src=\"i\" alt='\"'>",
      "<",       "&lt;",     "<![CDATA[",    "]]>",
      "\"",      "'",        "<div class=c", ">",
      "</div>",  "<br/>",    "<template>",   "</template>",
      "é",       "<dd>"};
  for (int round = 0; round < 3000; ++round) {
    std::string html;
    for (int i = 0; i < 25; ++i) html += kParts[random() % std::size(kParts)];
    SCOPED_TRACE("seed 20220414, round " + std::to_string(round));
    const std::string once = tame_html(html);
    ASSERT_EQ(tame_html(once), once) << html;
    const Shape shape = shape_of(once);
    ASSERT_TRUE(shape.balanced) << html << "\n" << once;
    ASSERT_LE(shape.most_links, 1U) << html;
    ASSERT_TRUE(is_valid_utf8(shown(html))) << html;
  }
}

TEST(HtmlTag, ReadsUpToItsEndAndSaysWhetherThereIsOne) {
  const HtmlTag tag = read_html_tag("x</DIV foo='>'>y", 1);
  EXPECT_EQ(tag.name, "div");
  EXPECT_TRUE(tag.closes && tag.whole && !tag.self_closed);
  EXPECT_EQ(tag.end, 15U);
  EXPECT_TRUE(read_html_tag("<br />", 0).self_closed);
  EXPECT_FALSE(read_html_tag("<br ", 0).whole);
  EXPECT_EQ(read_html_tag("< b>", 0).name, "");
  EXPECT_TRUE(begins_tag_name("SCRIPT>", "script"));
  EXPECT_FALSE(begins_tag_name("scripts>", "script"));
  EXPECT_FALSE(begins_tag_name("script", "script"));
}

}  // namespace
}  // namespace copytaster
