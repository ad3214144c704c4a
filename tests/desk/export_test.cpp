#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/strings.h"
#include "core/time.h"
#include "core/told_date.h"
#include "desk/draft.h"
#include "desk/escape.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "tests/desk/fake_store.h"
#include "tests/desk/visit.h"

namespace copytaster {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kNotice = "Rehearsal: none of this was published by the people named.";

class ExportTest : public testing::Test {
 protected:
  ExportTest() {
    put_visit(store_);
    EXPECT_TRUE(store_.set_notice(kNotice).ok());
  }
  Draft draft() { return *make_draft(*store_.story(kVisit), store_); }
  std::string markdown() { return *export_markdown(draft(), store_); }
  std::string html() { return *export_html(draft(), store_); }
  std::string ninjs() { return *export_ninjs(draft(), store_); }
  FakeStore store_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (const std::string_view line : split(text, '\n')) out.emplace_back(line);
  return out;
}

// Every stretch of `text` between `open` and the next `close`.
std::vector<std::string> between(const std::string& text, std::string_view open, std::string_view close) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = text.find(open, at)) != std::string::npos;) {
    at += open.size();
    const std::size_t end = text.find(close, at);
    if (end == std::string::npos) break;
    out.push_back(text.substr(at, end - at));
  }
  return out;
}

// Elements as a browser sees them: "<name …>" without what stands between quotation marks.
std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = html.find('<', at)) != std::string::npos; ++at) {
    std::string tag;
    bool quoted = false;
    for (std::size_t i = at; i < html.size() && (quoted || html[i] != '>'); ++i) {
      if (html[i] == '"') quoted = !quoted;
      if (!quoted) tag += html[i];
    }
    out.push_back(tag);
  }
  return out;
}

TEST_F(ExportTest, MarkdownMarksEverySentenceAndExplainsEveryMark) {
  const std::string out = markdown();
  int marked = 0;
  for (const std::string& line : lines_of(out)) {
    const bool speaks = !line.empty() && !line.starts_with("## ") && !line.starts_with("[^") &&
                        !line.starts_with("![") && !line.starts_with("> **") && !line.starts_with("> —") &&
                        !line.starts_with("Source: ") && !line.starts_with("**Rights ") &&
                        !line.starts_with("---") && !line.starts_with("*Draft made") && line != ">";
    if (!speaks) continue;
    ++marked;
    EXPECT_THAT(line, HasSubstr("[^")) << line;
  }
  EXPECT_GT(marked, 15);
  for (int number = 1; out.find(str_cat("[^", number, "]")) != std::string::npos; ++number) {
    EXPECT_THAT(out, HasSubstr(str_cat("\n[^", number, "]: "))) << "no note for this mark";
  }
  EXPECT_THAT(
      out,
      ContainsRegex("\\[\\^[0-9]+\\]: Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023, 18:48 UTC: "
                    "text, bytes [0-9]+ to [0-9]+, verbatim, in French\\. <https://facebook.test/"));
}

TEST_F(ExportTest, MarkdownHasEverythingAnEditorPrints) {
  const std::string out = markdown();
  EXPECT_THAT(out, HasSubstr("> **Rehearsal: none of this was published by the people named.**"));
  EXPECT_THAT(out, HasSubstr("\n# Mayor of Rouvray: «Je suis arrivée ce matin à Zelenohrad"));
  EXPECT_THAT(out, HasSubstr(str_cat("> «", kClosing, "»[^")));
  EXPECT_THAT(out, HasSubstr("> — Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023 (in French)"));
  EXPECT_THAT(out, HasSubstr("\nSource: Marie Aubanel on Facebook\n"));
  EXPECT_THAT(out, HasSubstr(str_cat("](<media/", sha256_hex("group"), ".jpg>)")));
  EXPECT_THAT(out, HasSubstr("([our article](<https://newsroom.test/rouvray-honours-zelenohrad>))"));
  EXPECT_THAT(out, HasSubstr("Source: Petro Halenko on Mastodon"));
  EXPECT_THAT(out, Not(HasSubstr("Секретна")));
}

TEST_F(ExportTest, HtmlHasTheSameAndNoScriptThatRuns) {
  const std::string out = html();
  EXPECT_THAT(out, HasSubstr("<blockquote cite=\"https://facebook.test/"));
  EXPECT_THAT(out,
              HasSubstr(str_cat("<span class=\"verbatim\" lang=\"fr\" dir=\"auto\">", kClosing, "</span>")));
  EXPECT_THAT(out, HasSubstr("<cite class=\"credit\">Source: Marie Aubanel on Facebook</cite>"));
  EXPECT_THAT(out, HasSubstr("Rehearsal: none of this"));
  EXPECT_THAT(out, HasSubstr("\"@type\":\"NewsArticle\""));
  EXPECT_THAT(out, HasSubstr("\"creditText\":\"Source: Marie Aubanel on Facebook\""));
  // Every mark leads somewhere.
  const std::vector<std::string> marks = between(out, "href=\"#source-", "\"");
  EXPECT_GT(marks.size(), 20U);
  for (const std::string& number : marks)
    EXPECT_THAT(out, HasSubstr(str_cat("<li id=\"source-", number, "\">")));
  // The only script element is data.
  const std::size_t script = out.find("<script");
  EXPECT_EQ(out.find("<script", script + 1), std::string::npos);
  EXPECT_THAT(out.substr(script), ::testing::StartsWith("<script type=\"application/ld+json\">"));
}

TEST_F(ExportTest, WhoIsKnownToWikidataIsToldByThatId) {
  EXPECT_THAT(html(), Not(HasSubstr("sameAs")));
  store_.story_to_change(std::string(kVisit)).mutable_officials(1)->set_wikidata("Q9");
  EXPECT_THAT(html(), HasSubstr("{\"@type\":\"Person\",\"name\":\"Petro Halenko\",\"sameAs\":"
                                "\"http://www.wikidata.org/entity/Q9\"}"));
  const std::string people = ninjs().substr(ninjs().find("\"people\""));
  EXPECT_THAT(people, HasSubstr("\"name\":\"Petro Halenko\",\"rel\":\"source\",\"uri\":"
                                "\"http://www.wikidata.org/entity/Q9\",\"literal\":\"halenko\""));
}

// Whatever a post, a name, a caption, a URL contains comes out as itself.
class HostileTest : public ExportTest {
 protected:
  void poison(std::string_view text) {
    Item& post = store_.newest(std::string(kArrival));
    post.set_text(str_cat("Voici une phrase assez longue ", text, " et sa fin tranquille."));
    post.clear_mentions();
    post.clear_places();
    Item& picture = store_.newest(std::string(kAlbum));
    picture.mutable_media(0)->set_caption(std::string(text));
    picture.mutable_media(0)->set_alt_text(std::string(text));
    Story& story = store_.story_to_change(std::string(kVisit));
    for (StoryPicture& one : *story.mutable_pictures()) {
      if (one.item_id() != kAlbum || one.media_index() != 0) continue;
      one.mutable_caption()->set_text(std::string(text));
      one.set_alt_text(std::string(text));
      one.mutable_attribution()->set_credit_line(str_cat("Source: ", text));
    }
    story.mutable_officials(0)->set_name(str_cat("Marie ", text));
    story.mutable_sections(0)->set_name(std::string(text));
    for (Item* item : {&post, &picture}) item->set_url(str_cat("https://facebook.test/", text));
  }
};

constexpr std::string_view kHostile[] = {
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<!--<script>",
    "&lt;b&gt; &#60;i&#62;",
    "[click](javascript:alert(1))",
    "![x](https://tracker.test/x.png)",
    "**bold** _it_ `code` ~~no~~ # head",
    "[^1]: stolen note",
    "</title></head><body onload=alert(1)>",
    "javascript:alert(1)",
};

TEST_F(HostileTest, HtmlShowsItAsText) {
  for (const std::string_view text : kHostile) {
    SCOPED_TRACE(text);
    poison(text);
    const std::string out = html();
    EXPECT_THAT(out, HasSubstr(escape_html(text)));
    EXPECT_EQ(out.find("<svg"), std::string::npos);
    EXPECT_EQ(out.find("<img src=x"), std::string::npos);
    EXPECT_EQ(out.find("<script>"), std::string::npos);
    EXPECT_EQ(out.find("<body onload"), std::string::npos);
    for (const std::string& tag : tags_of(out)) EXPECT_EQ(tag.find(" on"), std::string::npos) << tag;
    for (const std::string_view attribute : {"href=\"", "src=\"", "cite=\""}) {
      for (const std::string& url : between(out, attribute, "\"")) {
        EXPECT_TRUE(url.starts_with("https://") || url.starts_with("#source-") || url.starts_with("media/"))
            << url;
      }
    }
    const std::size_t open = out.find("<script"), close = out.find("</script");
    EXPECT_EQ(out.find("</script", close + 1), std::string::npos) << "data closed the element";
    EXPECT_LT(open, close);
  }
}

TEST_F(HostileTest, MarkdownShowsItAsText) {
  for (const std::string_view text : kHostile) {
    SCOPED_TRACE(text);
    poison(text);
    const std::string out = markdown();
    EXPECT_THAT(out, HasSubstr(escape_markdown(text)));
    // Only we make notes, links and HTML: everything of theirs that could is escaped.
    for (const std::string& line : lines_of(out)) EXPECT_FALSE(line.starts_with("[^1]: stolen")) << line;
    for (std::size_t at = 0; (at = out.find("](", at)) != std::string::npos; ++at) {
      const std::string_view target = std::string_view(out).substr(at + 2);
      EXPECT_TRUE(out[at - 1] == '\\' || target.starts_with("<https://") || target.starts_with("<media/"))
          << target.substr(0, 40);
    }
    for (std::size_t at = 0; (at = out.find('<', at)) != std::string::npos; ++at) {
      const std::string_view rest = std::string_view(out).substr(at);
      EXPECT_TRUE(out[at - 1] == '\\' || rest.starts_with("<https://") || rest.starts_with("<media/"))
          << rest.substr(0, 40);
    }
  }
}

TEST(Escape, MarkdownKeepsWordsReadable) {
  EXPECT_EQ(escape_markdown("Île-de-France, le 4 mai (hier)."), "Île-de-France, le 4 mai (hier).");
  EXPECT_EQ(escape_markdown("1. not a list"), "1\\. not a list");
  EXPECT_EQ(escape_markdown("12) not a list"), "12\\) not a list");
  EXPECT_EQ(escape_markdown("- not a list"), "\\- not a list");
  EXPECT_EQ(escape_markdown("a\n\n# b"), "a \\# b");
  EXPECT_EQ(escape_markdown("Source: Anne Hidalgo on Facebook"), "Source: Anne Hidalgo on Facebook");
  EXPECT_EQ(escape_markdown("a*b_c`d[e]f<g>h|i~j\\k"), "a\\*b\\_c\\`d\\[e\\]f\\<g\\>h\\|i\\~j\\\\k");
}

TEST(Escape, UrlsKeepTheirPlace) {
  EXPECT_EQ(markdown_destination("https://a.test/x y>z"), "https://a.test/x%20y%3Ez");
  EXPECT_EQ(markdown_destination("javascript:alert(1)"), "");
  EXPECT_EQ(as_uri("https://a.test/ü?q=[1]#a#b"), "https://a.test/%C3%BC?q=%5B1%5D#a%23b");
  EXPECT_EQ(as_uri("https://[::1]:80/%zz%41"), "https://[::1]:80/%25zz%41");
  EXPECT_EQ(as_uri("media/abc.jpg"), "");
}

using JsonObject = google::protobuf::Map<std::string, google::protobuf::Value>;

JsonObject parse(const std::string& json) {
  google::protobuf::Struct out;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &out).ok()) << json;
  return out.fields();
}

std::string described(const google::protobuf::Value& object, const std::string& role) {
  for (const auto& one : object.struct_value().fields().at("descriptions").list_value().values()) {
    const auto& fields = one.struct_value().fields();
    if (fields.at("role").string_value() == role) return fields.at("value").string_value();
  }
  return {};
}

TEST_F(ExportTest, ANoteTellsWhichDayQuotedWordsMean) {
  EXPECT_THAT(markdown(), HasSubstr("bytes 0 to 104, verbatim, in Ukrainian; “Сьогодні” is 11 May 2023."));
  EXPECT_THAT(html(), HasSubstr("verbatim, in Ukrainian; “Сьогодні” is 11 May 2023."));
  EXPECT_THAT(markdown(), HasSubstr("«Сьогодні вітаємо мерку"));  // the words stay as they are
}

TEST_F(ExportTest, MediaTopicsGoOutInEveryFormat) {
  EXPECT_THAT(markdown(), HasSubstr("- Social City (70 % sure; medtop:20000639)[^"));
  EXPECT_THAT(html(), HasSubstr(R"("termCode":"medtop:20000639")"));
}

TEST_F(ExportTest, NinjsHasItsStructure) {
  const auto root = parse(ninjs());
  EXPECT_EQ(root.at("uri").string_value(), "tag:copytaster.example,2023-05-11:story/story%2Fvisit");
  EXPECT_EQ(root.at("type").string_value(), "text");
  EXPECT_EQ(root.at("pubStatus").string_value(), "withheld");
  EXPECT_EQ(root.at("standard").struct_value().fields().at("version").string_value(), "3.1");
  EXPECT_THAT(root.at("edNote").string_value(), HasSubstr(std::string(kNotice)));
  EXPECT_THAT(root.at("headlines").list_value().values(0).struct_value().fields().at("value").string_value(),
              HasSubstr("Mayor of Rouvray: «Je suis arrivée"));
  const auto& body = root.at("bodies").list_value().values(0).struct_value().fields();
  EXPECT_EQ(body.at("contentType").string_value(), "text/html");
  EXPECT_THAT(body.at("value").string_value(), HasSubstr(std::string(kClosing)));
  EXPECT_EQ(root.at("people").list_value().values_size(), 3);
  EXPECT_EQ(root.at("places").list_value().values(0).struct_value().fields().at("uri").string_value(),
            "https://sws.geonames.org/900001/");
  const auto& topic = root.at("subjects").list_value().values(1).struct_value().fields();
  EXPECT_EQ(topic.at("literal").string_value(), "medtop:20000639");
  EXPECT_EQ(topic.at("uri").string_value(), "http://cv.iptc.org/newscodes/mediatopic/20000639");
  EXPECT_EQ(topic.at("confidence").number_value(), 70);
  const auto& sources = root.at("infoSources").list_value().values();
  EXPECT_EQ(sources.Get(0).struct_value().fields().at("role").string_value(), "originator");
  for (const auto& source : sources) {
    EXPECT_NE(source.struct_value().fields().at("literal").string_value(), kDeleted);
  }
}

TEST_F(ExportTest, NinjsPicturesCarryCaptionCreditAndAltText) {
  const auto root = parse(ninjs());
  const auto& all = root.at("associations").list_value().values();
  ASSERT_EQ(all.size(), 3);
  EXPECT_EQ(described(all.Get(1), "caption"),
            "Avec des acteurs de la ville. Marie Aubanel est la 4e à gauche.");
  EXPECT_EQ(described(all.Get(1), "creditline"), "Source: Marie Aubanel on Facebook");
  EXPECT_EQ(described(all.Get(1), "altText"), "Neuf personnes debout dans une salle.");
  EXPECT_EQ(all.Get(2).struct_value().fields().at("rel").string_value(), "background");
  const auto& rendition =
      all.Get(0).struct_value().fields().at("renditions").list_value().values(0).struct_value().fields();
  EXPECT_EQ(rendition.at("width").number_value(), 1200);
  EXPECT_THAT(rendition.at("href").string_value(), Not(HasSubstr("s3cret")));
  EXPECT_THAT(rendition.at("href").string_value(), Not(HasSubstr("hidden")));
}

TEST_F(ExportTest, NinjsPointsAtOurCopyWhereTheDeskHasAnAddress) {
  const std::string out = *export_ninjs(draft(), store_, {.media_base = "https://desk.test/media/"});
  EXPECT_THAT(out, HasSubstr(str_cat("\"href\":\"https://desk.test/media/", sha256_hex("group"), ".jpg\"")));
}

TEST_F(HostileTest, NinjsStaysJson) {
  for (const std::string_view text : kHostile) {
    poison(text);
    EXPECT_EQ(described(parse(ninjs()).at("associations").list_value().values(0), "caption"), text);
  }
}

TEST_F(ExportTest, NoDateIsInventedWhereThePlatformGivesNone) {
  std::vector<Item> items;
  ASSERT_TRUE(store_.each_item([&](const Item& item) { return items.push_back(item), true; }).ok());
  for (Item& item : items) {
    set_timestamp(item.mutable_collected_at(), absl::FromUnixSeconds(1683979200));  // 13 May 2023, 12:00
    item.clear_created_at();
    store_.put(item);
  }
  for (const std::string& text : {markdown(), html(), ninjs()}) {
    EXPECT_THAT(text, Not(HasSubstr("1970")));
    EXPECT_THAT(text, HasSubstr("seen"));
  }
  EXPECT_THAT(markdown(), HasSubstr("undated, seen 13 May 2023, 12:00 UTC"));
  EXPECT_THAT(html(), Not(HasSubstr("datePublished")));
  const std::string exported = ninjs();
  EXPECT_EQ(exported.find("contentCreated"), exported.rfind("contentCreated")) << "the draft's own only";
}

TEST_F(ExportTest, ADayOfWhichNoTimeIsKnownIsADay) {
  std::vector<Item> items;
  ASSERT_TRUE(store_.each_item([&](const Item& item) { return items.push_back(item), true; }).ok());
  for (Item& item : items) {
    set_created_at(*parse_told_date("2023-05-11"), &item);
    store_.put(item);
  }
  EXPECT_THAT(html(), HasSubstr(R"("dateModified":"2023-05-11T18:48:00Z",)"));
  EXPECT_THAT(ninjs(), HasSubstr(R"("versionCreated":"2023-05-11T18:48:00Z",)"));
  Story& story = store_.story_to_change(std::string(kVisit));
  set_timestamp(story.mutable_first_at(), *parse_date("2023-05-11"));
  *story.mutable_last_at() = story.first_at();
  story.set_first_day_only(true);
  story.set_last_day_only(true);
  EXPECT_THAT(html(), HasSubstr(R"("dateModified":"2023-05-11",)"));
  EXPECT_THAT(ninjs(), HasSubstr("tag:copytaster.example,2023-05-11:story/"));
  for (const std::string& text : {markdown(), html(), ninjs()}) {
    EXPECT_THAT(text, HasSubstr("on Facebook, 11 May 2023"));
    EXPECT_THAT(text, Not(HasSubstr("00:00 UTC")));
    EXPECT_THAT(text, Not(HasSubstr("2023-05-11T00:00:00Z")));
  }
  EXPECT_THAT(html(), HasSubstr(R"("datePublished":"2023-05-11",)"));
}

TEST_F(ExportTest, ANoteThatRestsOnAPostBroughtInByHandSaysSo) {
  for (const std::string& text : {markdown(), html(), ninjs()}) EXPECT_THAT(text, Not(HasSubstr("by hand")));
  Item& item = store_.newest(std::string(kEvening));
  item.mutable_intake()->set_by("Mira <b>");
  set_timestamp(item.mutable_intake()->mutable_at(), *parse_date("2026-11-26T08:30:00Z"));
  EXPECT_THAT(markdown(),
              ContainsRegex("\\[\\^[0-9]+\\]: Marie Aubanel, Mayor of Rouvray, on Facebook, 11 May 2023, "
                            "18:48 UTC; brought in by hand by Mira [^,]*, 26 November 2026: text, bytes"));
  EXPECT_THAT(html(), HasSubstr("18:48 UTC; brought in by hand by Mira &lt;b&gt;, 26 November 2026"));
  EXPECT_THAT(ninjs(), HasSubstr("18:48 UTC; brought in by hand by Mira"));
}

TEST_F(ExportTest, SameDraftSameBytes) {
  EXPECT_EQ(markdown(), markdown());
  EXPECT_EQ(html(), html());
  EXPECT_EQ(ninjs(), ninjs());
}

}  // namespace
}  // namespace copytaster
