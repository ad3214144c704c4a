// URLs: what is one, what it refers to, when two are the same.
#include "core/url.h"

#include <gtest/gtest.h>

#include <random>

#include "core/strings.h"
#include "core/text.h"
#include "tests/core/reference_support.h"

namespace copytaster {
namespace {

std::string parsed(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->to_string() : "none";
}

TEST(ParseUrl, PartsAndForms) {
  const auto url = parse_url(" HTTPS://WWW.Example.ORG:8443/a/../b%20c?q=1&r=é#f ");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->scheme, "https");
  EXPECT_EQ(url->host, "www.example.org");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/b%20c");
  EXPECT_EQ(url->query, "q=1&r=%C3%A9");
  EXPECT_EQ(url->fragment, "f");
  EXPECT_EQ(url->to_string(), "https://www.example.org:8443/b%20c?q=1&r=%C3%A9#f");
  EXPECT_EQ(parsed("http://a.example:80"), "http://a.example/");
  EXPECT_EQ(parsed("https://a.example:443/"), "https://a.example/");
  EXPECT_EQ(parsed("https://a.example:80/"), "https://a.example:80/");
  EXPECT_EQ(parsed("http://[2001:DB8::1]:8080/x"), "http://[2001:db8::1]:8080/x");
  EXPECT_EQ(parsed("https://Bücher.example/ä b"), "https://xn--bcher-kva.example/%C3%A4%20b");
  EXPECT_EQ(parsed("https://президент.рф"), "https://xn--d1abbgf6aiiy.xn--p1ai/");
  EXPECT_EQ(parsed("https://a.example\\b\\c?d\\e#f\\g"), "https://a.example/b/c?d%5Ce#f%5Cg");
  EXPECT_EQ(parsed("https://a.example/?u=https://b.example/"), "https://a.example/?u=https://b.example/");
  EXPECT_EQ(parsed("https://%61.example/"), "https://a.example/");
  EXPECT_EQ(parsed("http://0x7F.1/"), "http://127.0.0.1/") << "addresses have one spelling";
  EXPECT_EQ(parsed("http://017700000001."), "http://127.0.0.1/");
  EXPECT_EQ(parsed("http://2130706433"), "http://127.0.0.1/");
  EXPECT_EQ(parsed("http://0xbeef.example/"), "http://0xbeef.example/");
}

TEST(ParseUrl, RefusesWhatIsNone) {
  for (const char* text : {"",
                           "a.example",
                           "/path",
                           "//a.example/",
                           "https:",
                           "https://",
                           "https:///path",
                           "mailto:a@b.example",
                           "javascript:alert(1)",
                           "data:text/html,x",
                           "https://user@a.example/",
                           "https://user:pw@a.example/",
                           "https://a@b@c.example/",
                           "https://a.example:x/",
                           "https://a.example:99999/",
                           "https://a b.example/",
                           "https://a<b>.example/",
                           "https://[::1",
                           "https://[g::1]/",
                           "https://a%00.example/",
                           "https://a%2Fb.example/",
                           "https://a.example/\n",
                           "https://a.example/x\ny",
                           "https://a.exa\tmple/",
                           "1https://a.example/",
                           "https://a%zz.example/",
                           "http://1.2.3.256/",
                           "http://1.2.3.4.5/",
                           "http://4294967296/",
                           "http://1.2.3.09/",
                           "http://a.1/",
                           "http://a.0x/",
                           "http://[1::2::3]/",
                           "http://[::1.2.3.4.]/",
                           "http://[::1%25eth0]/",
                           "http://99999999999999999999/"})
    EXPECT_EQ(parsed(text), std::string_view(text).ends_with('\n') ? "https://a.example/" : "none") << text;
  EXPECT_EQ(parsed("https://a.example/" + std::string(9000, 'a')), "none");
  EXPECT_EQ(parsed("https://" + std::string(300, 'a') + ".example/"), "none");
}

TEST(ParseUrl, WhatItWritesItReadsTheSame) {
  constexpr std::uint64_t kSeed = 20220418;
  std::mt19937_64 random(kSeed);
  static constexpr std::string_view kParts[] = {
      "https://", "http://", "a.example", "b", "/", "//",   "..",   ".",   "?",    "#",
      "&",        "=",       "%41",       "%", "é", " ",    "\\",   ":",   "8080", "@",
      "[::1]",    "<",       "\"",        "+", "~", "xn--", "www.", "/amp"};
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random() % 4 == 0 ? "" : "https://a.example/";
    for (std::uint64_t i = random() % 8; i-- > 0;) text += kParts[random() % std::size(kParts)];
    const auto url = parse_url(text);
    if (!url) continue;
    const std::string once = url->to_string();
    ASSERT_EQ(parsed(once), once) << text << ", seed " << kSeed << ", round " << round;
    const std::string canonical = canonical_url(text);
    ASSERT_EQ(canonical_url(canonical), canonical) << text << ", seed " << kSeed << ", round " << round;
  }
}

// RFC 3986 §5.4.1 and §5.4.2.
TEST(ResolveUrl, ExamplesOfTheStandard) {
  const std::pair<const char*, const char*> examples[] = {{"g:h", "g:h"},
                                                          {"g", "http://a/b/c/g"},
                                                          {"./g", "http://a/b/c/g"},
                                                          {"g/", "http://a/b/c/g/"},
                                                          {"/g", "http://a/g"},
                                                          {"//g", "http://g"},
                                                          {"?y", "http://a/b/c/d;p?y"},
                                                          {"g?y", "http://a/b/c/g?y"},
                                                          {"#s", "http://a/b/c/d;p?q#s"},
                                                          {"g#s", "http://a/b/c/g#s"},
                                                          {"g?y#s", "http://a/b/c/g?y#s"},
                                                          {";x", "http://a/b/c/;x"},
                                                          {"g;x", "http://a/b/c/g;x"},
                                                          {"g;x?y#s", "http://a/b/c/g;x?y#s"},
                                                          {"", "http://a/b/c/d;p?q"},
                                                          {".", "http://a/b/c/"},
                                                          {"./", "http://a/b/c/"},
                                                          {"..", "http://a/b/"},
                                                          {"../", "http://a/b/"},
                                                          {"../g", "http://a/b/g"},
                                                          {"../..", "http://a/"},
                                                          {"../../", "http://a/"},
                                                          {"../../g", "http://a/g"},
                                                          {"../../../g", "http://a/g"},
                                                          {"../../../../g", "http://a/g"},
                                                          {"/./g", "http://a/g"},
                                                          {"/../g", "http://a/g"},
                                                          {"g.", "http://a/b/c/g."},
                                                          {".g", "http://a/b/c/.g"},
                                                          {"g..", "http://a/b/c/g.."},
                                                          {"..g", "http://a/b/c/..g"},
                                                          {"./../g", "http://a/b/g"},
                                                          {"./g/.", "http://a/b/c/g/"},
                                                          {"g/./h", "http://a/b/c/g/h"},
                                                          {"g/../h", "http://a/b/c/h"},
                                                          {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
                                                          {"g;x=1/../y", "http://a/b/c/y"},
                                                          {"g?y/./x", "http://a/b/c/g?y/./x"},
                                                          {"g?y/../x", "http://a/b/c/g?y/../x"},
                                                          {"g#s/./x", "http://a/b/c/g#s/./x"},
                                                          {"g#s/../x", "http://a/b/c/g#s/../x"},
                                                          {"http:g", "http:g"}};
  for (const auto& [reference, target] : examples)
    EXPECT_EQ(resolve_url("http://a/b/c/d;p?q", reference), target) << reference;
}

TEST(ResolveUrl, TheWeb) {
  EXPECT_EQ(resolve_url("https://a.example", "x.jpg"), "https://a.example/x.jpg");
  EXPECT_EQ(resolve_url("https://a.example/b#old", ""), "https://a.example/b");
  EXPECT_EQ(resolve_url("https://a.example/b", " /é x "), "https://a.example/%C3%A9%20x");
  EXPECT_EQ(resolve_url("https://a.example/b/c", "//b.example/x"), "https://b.example/x");
  EXPECT_EQ(resolve_url("https://a.example/b/c", "2022:x"), "https://a.example/b/2022:x");
  EXPECT_EQ(resolve_url("", "x.jpg"), "x.jpg");
  EXPECT_EQ(resolve_url("no base", "/x"), "/x");
  EXPECT_EQ(resolve_url("https://a.example/b", "https://c.example/./x"), "https://c.example/./x");
}

TEST(IsWebUrl, IsWhatMayBeShownAsALink) {
  for (const char* yes : {"https://a.example/", "http://a.example:8080/x?y#z", "HTTPS://A.EXAMPLE",
                          "https://1.2.3.4/", "https://bücher.example"})
    EXPECT_TRUE(is_web_url(yes)) << yes;
  for (const char* no :
       {"", "ftp://a.example/", "https://localhost/", "https://a/", "javascript:alert(1)//a.example",
        "at://a.example/x", "https://./", "https://.example/", "https://a..example/",
        "https://a.example@evil.example/", "a.example", "https://[::1]/"})
    EXPECT_FALSE(is_web_url(no)) << no;
}

void expect_same(std::initializer_list<const char*> urls) {
  for (const char* url : urls) {
    EXPECT_EQ(canonical_url(url), canonical_url(*urls.begin())) << url;
    EXPECT_EQ(canonical_url(canonical_url(url)), canonical_url(url)) << url;
  }
}
void expect_different(std::initializer_list<const char*> urls) {
  for (const char* a : urls) {
    for (const char* b : urls) {
      EXPECT_TRUE(a == b || canonical_url(a) != canonical_url(b))
          << a << " and " << b << " → " << canonical_url(a);
    }
  }
}

TEST(IsWebUrl, ANameOfTheRootIsNone) {
  EXPECT_FALSE(is_web_url("https://city."));
  EXPECT_FALSE(is_web_url("https://city"));
  EXPECT_FALSE(is_web_url("https://city.."));
  EXPECT_TRUE(is_web_url("https://city.example./x"));
  EXPECT_EQ(unwrap_url("https://l.facebook.com/l.php?u=https%3A%2F%2Fcity."),
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fcity.");
}

TEST(CanonicalUrl, EscapedDotsLeadAFolderUpToo) {
  EXPECT_EQ(canonical_url("https://a.example/b/%2e%2E/c/%2e/d"), "https://a.example/c/d");
  EXPECT_EQ(canonical_url("https://a.example/b/%2e%2e/%2e./x"), "https://a.example/x");
  EXPECT_EQ(canonical_url("https://a.example/b/%2efile"), "https://a.example/b/.file");
}

TEST(CanonicalUrl, IsTheSameForTheSamePage) {
  EXPECT_EQ(canonical_url("http://www.example.org/a/?utm_source=x&b=2&a=1&fbclid=y#top"),
            "https://example.org/a?a=1&b=2");
  expect_same({"https://example.org/a", "http://m.example.org/a/", "https://www.example.org:443/a?",
               "https://amp.example.org/a", "https://example.org/a/amp/", "https://example.org/a/amp",
               "https://example.org/a?amp=1", "https://example.org/a?outputType=AMP",
               "https://example.org/a.amp", "https://example.org./a", "https://example.org/%61",
               "https://mobile.example.org/a?UTM_Medium=social&", "https://www.m.example.org/a"});
  expect_same({"https://fr.example.org/%C3%A9?%7Ea=%2f", "https://fr.example.org/é?~a=%2F",
               "https://fr.example.org/%c3%a9?~a=%2F"});
  expect_same({"https://example.org", "http://example.org/", "https://www.example.org/#x",
               "https://example.org/amp/"});
  expect_same({"https://en.wikipedia.org/wiki/Kyiv", "https://en.m.wikipedia.org/wiki/Kyiv"});
  expect_same({"https://x.com/a/status/1", "https://x.com/a/status/1?s=20&t=abc"});
  expect_same({"https://www.facebook.com/a/posts/1", "https://web.facebook.com/a/posts/1?mibextid=x",
               "https://m.facebook.com/a/posts/1?__tn__=K-R"});
}

TEST(CanonicalUrl, IsAnotherForAnotherPage) {
  expect_different({"https://example.org/a", "https://example.org/A", "https://example.org/b",
                    "https://example.org/a?id=1", "https://example.org/a?id=2", "https://example.org:8080/a",
                    "https://sub.example.org/a", "https://example.com/a", "https://example.org/camp",
                    "https://example.org/a?t=1"});
  expect_different(
      {"https://m.fr/x", "https://fr/x", "https://www.fr/x", "https://m.co.uk/x", "https://amp.co.uk/x"});
  expect_different({"https://telegram.org/", "https://web.telegram.org/"});
  expect_different({"https://example.org/a%2Fb", "https://example.org/a/b"});
  EXPECT_EQ(canonical_url("not a url"), "not a url");
  EXPECT_EQ(canonical_url(""), "");
}

TEST(CanonicalUrl, ASnapshotIsNotThePageAndKeepsIt) {
  EXPECT_EQ(
      canonical_url("https://web.archive.org/web/20220414081200/https://www.example.org/a?b=1&utm_source=x"),
      "https://web.archive.org/web/20220414081200/https://example.org/a?b=1");
  expect_same({"https://web.archive.org/web/20220414081200/https://example.org/a",
               "http://web.archive.org/web/20220414081200/http://www.example.org/a/",
               "https://web.archive.org/web/20220414081200id_/https://example.org/a#x"});
  expect_different({"https://web.archive.org/web/20220414081200/https://example.org/a",
                    "https://web.archive.org/web/20220415081200/https://example.org/a",
                    "https://web.archive.org/web/20220414081200/https://example.org/b",
                    "https://web.archive.org/web/20220414081200/https://example.org/a?b=1",
                    "https://example.org/a", "https://archive.org/web/20220414081200/https://example.org/a",
                    "https://web.archive.org/web/*/https://example.org/a"});
  EXPECT_EQ(unwrap_url("https://web.archive.org/web/2022/https://example.org/"),
            "https://web.archive.org/web/2022/https://example.org/");
  std::string nested = "https://example.org/";
  for (int i = 0; i < 150; ++i) nested.insert(0, "https://web.archive.org/web/2022/");
  EXPECT_EQ(canonical_url(nested), nested);
}

TEST(CanonicalUrl, AnAmpCacheIsTheArticle) {
  expect_same(
      {"https://www.example.org/a/b",
       "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a/b/amp/?usqp=mq331AQ&amp_js_v=0.1",
       "https://www-example-org.cdn.ampproject.org/v/s/www.example.org/a/b?amp_js_v=a6#aoh=1&referrer=x",
       "https://cdn.ampproject.org/c/s/example.org/a/b",
       "https://example-org.cdn.ampproject.org/c/example.org/a/b",
       "https://www.google.com/amp/s/www.example.org/a/b%3Famp=1",
       "https://www.google.co.uk/amp/s/amp.example.org/a/b", "https://google.com/amp/example.org/a/b/",
       "https://www.bing.com/amp/s/www.example.org/a/b"});
  EXPECT_EQ(unwrap_url("https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a?id=7&usqp=x"),
            "https://www.example.org/a?id=7");
  EXPECT_EQ(unwrap_url("https://www-example-org.cdn.ampproject.org/c/www.example.org/a"),
            "http://www.example.org/a");
  for (const char* not_one :
       {"https://cdn.ampproject.org/v0.js", "https://cdn.ampproject.org/rtv/012203/v0.js",
        "https://x.cdn.ampproject.org/c/s/", "https://evilcdn.ampproject.org/c/s/a.example/",
        "https://google.com.evil.example/amp/s/a.example/", "https://www.google.com/amp/",
        "https://www.google.com/search?q=amp", "https://example.org/amp/s/a.example/x",
        "https://x.cdn.ampproject.org/c/s/nodot/x"})
    EXPECT_EQ(unwrap_url(not_one), not_one);
}

TEST(UnwrapUrl, TakesOffWrappersOnly) {
  const std::string inner = "https://example.org/a?b=1&utm_source=x";
  const std::string escaped = percent_encode(inner);
  for (const char* wrapper :
       {"https://l.facebook.com/l.php?u=", "https://lm.facebook.com/l.php?h=AT0&u=",
        "https://l.instagram.com/?u=", "https://l.threads.com/?u=",
        "https://www.youtube.com/redirect?event=x&q=", "https://www.google.com/url?sa=t&url=",
        "https://www.google.fr/url?q=", "https://vk.com/away.php?to=", "https://t.me/iv?rhash=1&url=",
        "https://go.bsky.app/redirect?u=", "https://eur01.safelinks.protection.outlook.com/?url="})
    EXPECT_EQ(unwrap_url(str_cat(wrapper, escaped, "&x=y")), inner) << wrapper;
  EXPECT_EQ(unwrap_url(str_cat("https://l.facebook.com/l.php?u=",
                               percent_encode(str_cat("https://t.me/iv?url=", escaped)))),
            inner);
  for (const char* as_it_is :
       {"https://example.org/?u=https%3A%2F%2Fb.example%2F",
        "https://l.facebook.com/l.php?u=javascript%3Aalert(1)", "https://l.facebook.com/l.php?h=1",
        "https://www.google.com/search?q=https%3A%2F%2Fb.example%2F",
        "https://l.facebook.com.evil.example/l.php?u=https%3A%2F%2Fb.example%2F",
        "https://example.org/a?utm_source=x", "not a url", "",
        "https://www.youtube.com/watch?v=1&q=https%3A%2F%2Fb.example"})
    EXPECT_EQ(unwrap_url(as_it_is), as_it_is);
}

TEST(PercentCoding, ComesBack) {
  EXPECT_EQ(percent_encode("a-Z0._~ é/?"), "a-Z0._~%20%C3%A9%2F%3F");
  EXPECT_EQ(percent_decode("%41%c3%A9%"), "Aé%");
  EXPECT_EQ(percent_decode("%4%zz%%41%4"), "%4%zz%A%4");
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(query_parameters("a=1&b&&c=x+y%2B%26&=z&d=e=f"),
            (Pairs{{"a", "1"}, {"b", ""}, {"c", "x y+&"}, {"", "z"}, {"d", "e=f"}}));
  EXPECT_EQ(query_parameters(""), Pairs{});
}

// Web Platform Tests: where a browser goes for an address, we must not say that it leads elsewhere.
TEST(UrlReference, AgreesWithBrowsersOnHosts) {
  const std::vector<JsonObject> cases = reference_cases("url_parse_wpt.jsonl");
  if (cases.empty())
    GTEST_SKIP() << "SKIPPED: ../shared/reference/evaluation/url_parse_wpt.jsonl is not present";
  std::size_t read = 0;
  for (const JsonObject& one : cases) {
    const std::string input = text_of(one, "input");
    const std::string resolved = has(one, "base") ? resolve_url(text_of(one, "base"), input) : input;
    const auto url = parse_url(resolved);
    if (!url || (url->scheme != "http" && url->scheme != "https")) continue;
    ++read;
    EXPECT_TRUE(has(one, "href")) << "a browser refuses " << input;
    if (!has(one, "href")) continue;
    const bool six = url->host.find(':') != std::string::npos;
    EXPECT_EQ(six ? str_cat("[", url->host, "]") : url->host, text_of(one, "hostname")) << input;
    EXPECT_EQ(url->port == 0 ? "" : str_cat(url->port), text_of(one, "port")) << input;
    EXPECT_EQ(url->path, text_of(one, "pathname")) << input;
  }
  EXPECT_GT(read, 20U);
}

// Parameters that a browser's extension takes off everywhere.
TEST(UrlReference, TakesOffKnownTracking) {
  const std::string rules = reference_text("clearurls_rules.json");
  if (rules.empty())
    GTEST_SKIP() << "SKIPPED: ../shared/reference/evaluation/clearurls_rules.json is not present";
  JsonObject root;
  ASSERT_TRUE(from_json(rules, &root).ok());
  const auto& global = root.fields().at("globalRules").struct_value();
  std::size_t names = 0;
  for (const auto& rule : global.fields().at("rules").list_value().values()) {
    std::string_view name = rule.string_value();
    consume_prefix(&name, "(?:%3F)?");
    if (name.find_first_of("()[]*+?\\") != std::string_view::npos) continue;
    ++names;
    EXPECT_EQ(canonical_url(str_cat("https://example.org/a?id=1&", name, "=x")),
              "https://example.org/a?id=1");
  }
  EXPECT_GT(names, 20U);
}

TEST(UnwrapUrl, KeepsTheWrapperAroundWhatIsNoText) {
  const std::string latin1 = "https://www.google.com/url?q=https%3A%2F%2Fcity.example%2Fcaf%E9";
  EXPECT_EQ(unwrap_url(latin1), latin1);
  EXPECT_EQ(unwrap_url("https://www.google.com/url?q=https%3A%2F%2Fcity.example%2Fcaf%C3%A9"),
            "https://city.example/caf\xC3\xA9");
}

}  // namespace
}  // namespace copytaster
