// The short way through HTML gives what the whole parser gives, or nothing.
#include "collectors/simple_html.h"

#include <gtest/gtest.h>

#include <random>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"

namespace copytaster {
namespace {

constexpr std::string_view kBase = "https://social.example/@ravenel/1";

std::string written(const HtmlText& html) {
  std::string out = str_cat("text: ", html.text, "\n");
  for (const Facet& facet : html.facets)
    str_append(&out, "facet: ", facet.begin(), " ", facet.end(), " ", static_cast<int>(facet.kind()), " ",
               facet.target(), "\n");
  for (const HtmlImage& image : html.images) str_append(&out, "image: ", image.url, "\n");
  return out;
}

// Whether the short way was taken.
bool agrees(std::string_view html, std::string_view base = kBase) {
  const auto simple = simple_html_to_text(html, base);
  if (simple) {
    EXPECT_EQ(written(*simple), written(html_to_text(html, base))) << html;
  }
  EXPECT_EQ(written(status_html_to_text(html, base)), written(html_to_text(html, base))) << html;
  return simple.has_value();
}

TEST(SimpleHtml, ReadsWhatMicroblogsWrite) {
  for (
      const std::string_view html :
      {"<p>Le pont rouvre.</p>", "<p>Un</p><p>Deux<br>Trois<br />Quatre<br/></p>",
       "A&amp;B &lt;3 &quot;x&quot; &#39;y&#39;",
       R"(<p>Voir <a href="https://www.portvent.example/plan?a=1&amp;b=2" rel="nofollow noopener" translate="no" target="_blank"><span class="invisible">https://www.</span><span class="ellipsis">portvent.example/plan</span><span class="invisible">?a=1&amp;b=2</span></a> !</p>)",
       R"(<p><span class="h-card" translate="no"><a href="https://social.example/@hartwig" class="u-url mention">@<span>hartwig</span></a></span> merci</p>)",
       R"(<p><a href="https://social.example/tags/velo" class="mention hashtag" rel="tag">#<span>vélo</span></a></p>)",
       "<p>à&nbsp;9 h\u00A0!\u200B</p>", "<p>\n  un \t deux\r\n</p>\n<p>trois</p>",
       "<p><strong>Oui</strong>, <em>vraiment</em> <code>x</code></p>",
       R"(<p class="quote-inline">RE: <a href="/@x/7">x</a></p><p>👩‍🚒 🇺🇦 Київ</p>)",
       "<p></p><br><p> </p>x",
       R"(<p><a href="mailto:a@b.example">post</a> <a href="javascript:x">js</a> <a>nowhere</a> <a href="">here</a></p>)",
       R"(<p><a href="https://x.example/"><span class="ellipsis">x</span></a><a href="/y" class="hashtag">#</a></p>)"}) {
    EXPECT_TRUE(agrees(html)) << html;
  }
}

TEST(SimpleHtml, LeavesTheRestToTheWholeParser) {
  for (const std::string_view html : {"no markup at all",
                                      "<p>open",
                                      "</p>x",
                                      "<p><a href=\"/x\">open</p>",
                                      "<p><p>x</p></p>",
                                      "<ul><li>x</li></ul>",
                                      "<P>x</P>",
                                      "<a href='/x'>x</a>",
                                      "<a href=/x>x</a>",
                                      "<a href=\"/x\"><a href=\"/y\">z</a></a>",
                                      "x < y",
                                      "&copy; AT&T",
                                      "<p>x<!-- y --></p>",
                                      "<script>x</script>",
                                      "<p>\x01</p>",
                                      "<p>\x7f</p>",
                                      "<p>\uFFFE\uFDD0\u0085</p>",
                                      "<p>\xff</p>",
                                      "<p>x</br></p>",
                                      "<span class=\"invisible\"><span>x</span></span>",
                                      "<p title=\"a\" title>x</p>",
                                      "<span class=\"ellipsis\">x<p>y</p></span>",
                                      "<p>&#x41;</p>",
                                      "<b><p>x</b>y",
                                      "<p/>x",
                                      "<strong class=\"x\">y</strong>",
                                      "<img src=\"/x.jpg\">",
                                      "<blockquote><p>x</p></blockquote>",
                                      "\xF0\x9F\xBF\xBE<br>"}) {
    EXPECT_FALSE(agrees(html)) << html;
  }
}

TEST(SimpleHtml, ABaseThatIsNoneIsBorneToo) {
  for (const std::string_view base : {"", "x", "https://", "https://a.example"}) {
    agrees(R"(<p><a href="/x">x</a> <a href="https://y.example/a b">y</a> <a href="#z">z</a></p>)", base);
  }
}

TEST(SimpleHtml, GivesTheSameForMarkupOfAnyMake) {
  static constexpr std::string_view kParts[] = {
      "<p>",
      "</p>",
      "<p>",
      "</p>",
      "<br>",
      "<br/>",
      "<br />",
      "</a>",
      "</a>",
      "</span>",
      "</span>",
      "</span>",
      "<span>",
      "<span class=\"invisible\">",
      "<span class=\"ellipsis\">",
      "<span class=\"h-card x\">",
      "<strong>",
      "</strong>",
      "<em>",
      "</em>",
      "<a href=\"https://a.example/b?c=d&amp;e\">",
      "<a href=\"/r\" class=\"u-url mention\">",
      "<a href=\"https://t.example/tags/x\" class=\"mention hashtag\" rel=\"tag\">",
      "<a class=\"x\">",
      "<a href=\"\">",
      "<a rel=\"tag\" href=\"//h.example\" href=\"/second\">",
      "&amp;",
      "&lt;",
      "&gt;",
      "&quot;",
      "&#39;",
      "&nbsp;",
      "&copy;",
      "&",
      " ",
      "  ",
      "\n",
      "\t",
      "\r\n",
      "\u00A0",
      "\u200B",
      "\uFEFF",
      "\u2003",
      "\u202F",
      "\u3000",
      "\u1680",
      "\u205F",
      "\u2028",
      "。",
      "’",
      "ក",
      "\u0085",
      "\uFFFD",
      "#",
      "é",
      "Київ",
      "🎉",
      "x",
      "word ",
      "two words",
      "a run of words that is longer than sixteen bytes",
      " with a space on both of its sides ",
      "двадцять слів поспіль без розмітки",
      "twice  the  space, then–a dash in it",
      ".",
      "\"",
      "'",
      ">",
      "/",
      "<",
      "<3",
      "<!-- x -->",
      "<li>",
      "<div>",
      "</div>",
      "\f",
      "\v"};
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    // Mostly from the parts that the short way reads: else nearly all would be refused.
    const std::size_t parts = round % 4 == 0 ? std::size(kParts) : std::size(kParts) - 12;
    std::string html;
    for (std::size_t n = random() % 14; n > 0; --n) html += kParts[random() % parts];
    taken += agrees(html) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(taken, 500) << "the short way must be taken often enough to be tested";
}

// Well nested by construction, so that the short way is nearly always taken.
std::string inline_html(std::mt19937& random, int depth);
std::string words(std::mt19937& random) {
  static constexpr std::string_view kWords[] = {"le ",
                                                "pont",
                                                " rouvre",
                                                "&amp;",
                                                "&nbsp;",
                                                "é",
                                                "🇺🇦",
                                                " \n ",
                                                "\u00A0",
                                                "\u200B",
                                                "мер",
                                                "—",
                                                "#",
                                                "@",
                                                "the bridge over the river opens again ",
                                                "  знову відкрито для всіх"};
  std::string out;
  for (std::size_t n = random() % 5; n > 0; --n) out += kWords[random() % std::size(kWords)];
  return out;
}
std::string inline_html(std::mt19937& random, int depth) {
  std::string out = words(random);
  for (std::size_t n = random() % 3; n > 0 && depth < 3; --n) {
    switch (random() % 6) {
      case 0:
        out += "<br>";
        break;
      case 1:
        str_append(&out, "<span class=\"invisible\">", words(random), "</span>");
        break;
      case 2:
        str_append(&out, "<span class=\"ellipsis\">", inline_html(random, depth + 1), "</span>");
        break;
      case 3:
        str_append(&out, "<strong>", inline_html(random, depth + 1), "</strong>");
        break;
      case 4:
        str_append(&out, "<a href=\"https://a.example/", random() % 100, "?a=1&amp;b=2\" class=\"",
                   random() % 2 == 0 ? "mention" : "hashtag", "\">", words(random), "<span>", words(random),
                   "</span></a>");
        break;
      default:
        str_append(&out, "<span>", inline_html(random, depth + 1), "</span>");
    }
    out += words(random);
  }
  return out;
}

TEST(SimpleHtml, GivesTheSameForWellNestedMarkup) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int taken = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::string html;
    for (std::size_t n = 1 + random() % 4; n > 0; --n)
      str_append(&html, random() % 8 == 0 ? "\n" : "", "<p>", inline_html(random, 0), "</p>");
    taken += agrees(html) ? 1 : 0;
    if (HasFailure()) return;
  }
  EXPECT_GT(taken, 4'000);
}

TEST(SimpleHtml, PlainAddressesAreThoseThatStayAsTheyAre) {
  static constexpr std::string_view kParts[] = {"https://", "http://", "a",  "b.example", "1",    "1.2.3.4",
                                                "0x1f",     ".",       "..", "-",         "/",    "?x=1",
                                                "#",        ":80",     "@",  "é",         "%41",  "\\",
                                                " ",        "[::1]",   "A",  "/../",      "xn--", "9a"};
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  int plain = 0;
  for (int round = 0; round < 50'000; ++round) {
    std::string url = random() % 8 == 0 ? "" : "https://";
    for (std::size_t n = random() % 7; n > 0; --n) url += kParts[random() % std::size(kParts)];
    if (!is_plain_http_url(url)) continue;
    ++plain;
    EXPECT_EQ(resolve_url(kBase, url), url);
    const auto parsed = parse_url(url);
    ASSERT_TRUE(parsed.has_value()) << url;
    EXPECT_TRUE(parsed->scheme == "https" || parsed->scheme == "http") << url;
  }
  EXPECT_GT(plain, 500);
}

}  // namespace
}  // namespace copytaster
