// The traps of X's API, one test each.
#include <gtest/gtest.h>

#include <algorithm>

#include "collectors/catalog.h"
#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "collectors/x_problem.h"
#include "collectors/x_syntax.h"
#include "collectors/x_text.h"
#include "core/strings.h"
#include "core/time.h"
#include "tests/collectors/conformance_support.h"

namespace copytaster {
namespace {

constexpr std::string_view kStand = "id=42&user=ravenel&name=Am%C3%A9lie%20Ravenel";
constexpr std::string_view kUsers = R"("users":[{"id":"42","username":"ravenel","name":"Amélie Ravenel"}])";

// `more` goes before the text: of doubled keys the first counts.
std::string post(std::string_view id, std::string_view text, std::string_view more = "") {
  return str_cat(R"({"id":")", id, R"(")", more, R"(,"text":")", text,
                 R"(","author_id":"42","created_at":"2022-04-14T08:00:00.000Z"})");
}
std::string page(std::string_view posts, std::string_view includes = kUsers, std::string_view meta = "") {
  return str_cat(R"({"data":[)", posts, R"(],"includes":{)", includes, R"(},"meta":{"result_count":1)", meta,
                 "}}");
}
std::string problem(std::string_view title, std::string_view type, std::string_view resource,
                    std::string_view id) {
  return str_cat(R"({"title":")", title, R"(","type":"https://api.twitter.com/2/problems/)", type,
                 R"(","resource_type":")", resource, R"(","value":")", id, R"(","detail":"said"})");
}
std::string errors(std::string_view problems) { return str_cat(R"({"errors":[)", problems, "]}"); }

void add_header(Capture* capture, std::string_view name, std::string_view value) {
  Header* header = capture->add_headers();
  header->set_name(std::string(name));
  header->set_value(std::string(value));
}
Capture reread_of(std::string_view id, std::string_view body, int status = 200) {
  Capture capture = answer(body, kStand, status);
  capture.set_purpose(REREAD);
  capture.set_native_id(std::string(id));
  return capture;
}

class XTest : public testing::Test {
 protected:
  Parsed parse(const Capture& capture) {
    auto parsed = collector_->parse(account_, capture);
    EXPECT_TRUE(parsed.ok()) << parsed.status();
    return parsed.ok() ? *std::move(parsed) : Parsed();
  }
  absl::Status failure(std::string_view body, int status, std::string_view position = kStand) {
    return collector_->parse(account_, answer(body, position, status)).status();
  }
  Item only_item(std::string_view one, std::string_view includes = kUsers) {
    const Parsed parsed = parse(answer(page(one, includes), kStand));
    EXPECT_EQ(parsed.items.size(), 1U) << (parsed.refused.empty() ? "" : parsed.refused[0].reason());
    return parsed.items.empty() ? Item() : parsed.items[0];
  }
  std::string url_for(std::string_view position) {
    Cursor cursor;
    cursor.set_position(std::string(position));
    const auto request = collector_->request(account_, cursor);
    return request.ok() ? request->url : request.status().ToString();
  }
  std::string stand(const Parsed& parsed, std::string_view key) {
    return std::string(Position(parsed.next.position()).get(key));
  }
  std::unique_ptr<Collector> collector_ = make_x({{"token", "canary-token"}});
  Account account_ = *collector_->recognise("https://x.com/ravenel");
};

// ---- addresses

TEST_F(XTest, RecognisesProfilesAsPeoplePasteThem) {
  for (const char* url :
       {"https://x.com/ravenel", "https://twitter.com/Ravenel", "https://www.x.com/ravenel/",
        "https://mobile.twitter.com/ravenel", "https://m.twitter.com/ravenel",
        "http://www.twitter.com/ravenel", "x.com/ravenel", "https://x.com/@ravenel",
        "https://x.com/ravenel?s=20&t=abc", "https://x.com/ravenel/with_replies",
        "https://x.com/RAVENEL/media", "https://twitter.com/#!/ravenel"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << ": " << account.status();
    EXPECT_EQ(account->id(), "x:ravenel") << url;
    EXPECT_EQ(account->platform(), "x");
  }
  EXPECT_EQ(collector_->recognise("https://twitter.com/Ravenel")->profile_url(), "https://x.com/Ravenel");
}

TEST_F(XTest, OtherPagesOfXAreNoProfiles) {
  for (const char* url :
       {"https://x.com/", "https://x.com/home", "https://x.com/explore", "https://x.com/search?q=a",
        "https://x.com/i/web/status/1", "https://x.com/i/user/42", "https://twitter.com/i/lists/1",
        "https://x.com/hashtag/portvent", "https://x.com/intent/user?screen_name=ravenel",
        "https://x.com/settings/account", "https://x.com/ravenel/status/1514500000000000001",
        "https://twitter.com/ravenel/status/1/photo/1", "https://x.com/ravenel/lists/villes",
        "https://x.com/a-name-with-dashes", "https://x.com/sixteen_letters_"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << ": " << account.status();
    EXPECT_NE(std::string(account.status().message()).find("https://x.com/"), std::string::npos) << url;
  }
  EXPECT_NE(std::string(collector_->recognise("https://x.com/ravenel/status/1").status().message())
                .find("write https://x.com/ravenel"),
            std::string::npos);
}

TEST_F(XTest, OtherSitesAreNotClaimed) {
  for (const char* url :
       {"https://help.x.com/en", "https://blog.x.com/ravenel", "https://t.co/abc", "https://notx.com/ravenel",
        "https://x.com.evil.example/ravenel", "https://nottwitter.com/ravenel", "ftp://x.com/ravenel"}) {
    EXPECT_TRUE(absl::IsNotFound(collector_->recognise(url).status())) << url;
  }
  // And the whole catalog gives X what is X's.
  EXPECT_EQ(Collectors().recognise("https://x.com/@ravenel")->id(), "x:ravenel");
}

TEST(XIds, AreComparedByLengthThenBytes) {
  EXPECT_TRUE(x_id_less("999999999999999999", "1514500000000000001"));
  EXPECT_TRUE(x_id_less("1514500000000000001", "1514500000000000002"));  // one number as a double
  EXPECT_FALSE(x_id_less("1514500000000000002", "1514500000000000002"));
}

TEST(XIds, TellTheTimeFromSnowflakesOn) {
  EXPECT_EQ(format_rfc3339(*x_id_time("1212092628029698048")), "2019-12-31T19:26:16Z");
  EXPECT_FALSE(x_id_time("20"));
  EXPECT_FALSE(x_id_time(""));
  EXPECT_FALSE(x_id_time("99999999999999999999"));
}

// ---- asking

TEST_F(XTest, TheUserIsLookedUpOnceAndKeptInTheCursor) {
  EXPECT_EQ(url_for(""),
            "https://api.x.com/2/users/by/username/ravenel?user.fields=name,username,description");
  const Parsed parsed = parse(answer(R"({"data":{"id":"42","username":"ravenel","name":"Amélie Ravenel"}})"));
  EXPECT_TRUE(parsed.more);
  EXPECT_EQ(parsed.next.position(), kStand);
  EXPECT_EQ(parsed.profile.title(), "Amélie Ravenel");
  EXPECT_DOUBLE_EQ(parsed.cost_usd, 0.010);
  EXPECT_TRUE(
      url_for(parsed.next.position()).starts_with("https://api.x.com/2/users/42/tweets?max_results=20&"));
}

TEST_F(XTest, AsksForAllThatAPostHas) {
  const std::string url = url_for(kStand);
  for (const char* field :
       {"created_at", "author_id", "entities", "attachments", "referenced_tweets", "note_tweet",
        "edit_controls", "public_metrics", "lang", "possibly_sensitive", "withheld",
        "expansions=attachments.media_keys", "referenced_tweets.id.author_id",
        "referenced_tweets.id.attachments.media_keys", "preview_image_url", "alt_text", "variants"}) {
    EXPECT_NE(url.find(field), std::string::npos) << field;
  }
  EXPECT_EQ(url.find("since_id"), std::string::npos);
  EXPECT_TRUE(
      url_for(str_cat(kStand, "&since=7&next=a%26b")).ends_with("&since_id=7&pagination_token=a%26b"));
}

TEST_F(XTest, TheTokenIsNeverInAUrl) {
  const auto request = collector_->request(account_, {});
  EXPECT_EQ(request->authorization, "Bearer canary-token");
  EXPECT_EQ(request->url.find("canary"), std::string::npos);
  EXPECT_TRUE(absl::IsFailedPrecondition(make_x({})->request(account_, {}).status()));
}

TEST_F(XTest, AHostileCursorAsksNothingButX) {
  EXPECT_TRUE(url_for("id=../../evil&since=x").starts_with("https://api.x.com/2/users/by/username/ravenel?"));
  EXPECT_EQ(url_for("id=42&since=1%262").find("since_id"), std::string::npos);
  Account nobody = account_;
  nobody.set_handle("../x");
  EXPECT_TRUE(absl::IsInvalidArgument(collector_->request(nobody, {}).status()));
}

TEST_F(XTest, SettingsAreObeyed) {
  const auto other = make_x({{"token", "t"}, {"endpoint", "http://127.0.0.1:8080/"}, {"max_results", "50"}});
  Cursor cursor;
  cursor.set_position("id=42");
  EXPECT_TRUE(other->request(account_, cursor)
                  ->url.starts_with("http://127.0.0.1:8080/2/users/42/tweets?max_results=50&"));
  cursor.set_position("id=42");
  const auto few = make_x({{"token", "t"}, {"max_results", "2"}});
  EXPECT_NE(few->request(account_, cursor)->url.find("max_results=5&"),
            std::string::npos);  // X takes no fewer
}

// ---- paging

TEST_F(XTest, FirstContactTakesOnePageUnlessMoreAreWanted) {
  const std::string body = page(post("12", "a"), kUsers, R"(,"next_token":"N")");
  const Parsed one = parse(answer(body, kStand));
  EXPECT_FALSE(one.more);
  EXPECT_EQ(stand(one, "since"), "12");
  collector_ = make_x({{"token", "t"}, {"first_pages", "2"}});
  const Parsed first = parse(answer(body, kStand));
  EXPECT_TRUE(first.more);
  EXPECT_EQ(stand(first, "since"), "");
  EXPECT_TRUE(url_for(first.next.position()).ends_with("&pagination_token=N"));
  const Parsed second =
      parse(answer(page(post("11", "b"), kUsers, R"(,"next_token":"O")"), first.next.position()));
  EXPECT_FALSE(second.more);
  EXPECT_EQ(stand(second, "since"), "12");
}

TEST_F(XTest, NothingBetweenTwoPagesIsSkipped) {
  const Parsed first =
      parse(answer(page(post("19", "a"), kUsers, R"(,"next_token":"N")"), str_cat(kStand, "&since=10")));
  EXPECT_TRUE(first.more);
  // Were it 19 already, a poll that broke off here would never see 11 to 18.
  EXPECT_EQ(stand(first, "since"), "10");
  const Parsed last = parse(answer(page(post("11", "b")), first.next.position()));
  EXPECT_FALSE(last.more);
  EXPECT_EQ(stand(last, "since"), "19");
  EXPECT_EQ(stand(last, "next"), "");
  EXPECT_EQ(stand(last, "top"), "");
}

TEST_F(XTest, AnEmptyPageHasNoDataAndCostsNothing) {
  const Parsed parsed = parse(answer(R"({"meta":{"result_count":0}})", str_cat(kStand, "&since=10")));
  EXPECT_TRUE(parsed.items.empty());
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(stand(parsed, "since"), "10");
  EXPECT_EQ(parsed.cost_usd, 0);
}

TEST_F(XTest, APlaceThatIsToldAgainDoesNotTurnUsInCircles) {
  const Parsed parsed = parse(answer(page(post("12", "a"), kUsers, R"(,"next_token":"N")"),
                                     str_cat(kStand, "&since=10&next=N&top=13&pages=1")));
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(stand(parsed, "since"), "13");
}

TEST_F(XTest, APlaceNoLongerKnownBeginsTheWalkAnew) {
  const Parsed parsed = parse(answer(R"({"title":"Invalid Request","detail":"x"})",
                                     str_cat(kStand, "&since=10&next=N&top=13&pages=1"), 400));
  EXPECT_EQ(parsed.next.position(), str_cat(kStand, "&since=10"));
  EXPECT_TRUE(absl::IsInvalidArgument(failure(R"({"title":"Invalid Request","detail":"x"})", 400)));
}

TEST_F(XTest, RefusedPostsAreStillWalkedPast) {
  const Parsed parsed = parse(answer(page(R"({"id":"14"})"), str_cat(kStand, "&since=10")));
  ASSERT_EQ(parsed.refused.size(), 1U);
  EXPECT_EQ(parsed.refused[0].native_id(), "14");
  EXPECT_EQ(stand(parsed, "since"), "14");
}

TEST_F(XTest, ARenamedUserIsFollowedByNumber) {
  const Parsed parsed = parse(answer(
      page(post("12", "a"), R"("users":[{"id":"42","username":"ravenel_maire","name":"A. R."}])"), kStand));
  EXPECT_EQ(parsed.profile.handle(), "ravenel_maire");
  EXPECT_EQ(stand(parsed, "id"), "42");
  EXPECT_EQ(stand(parsed, "user"), "ravenel_maire");
  EXPECT_EQ(parsed.items[0].url(), "https://x.com/ravenel_maire/status/12");
}

TEST_F(XTest, AnothersPostIsNotPutIntoTheOfficialsMouth) {
  const Parsed parsed = parse(answer(page(post("12", "a", R"(,"author_id":"43")")), kStand));
  EXPECT_TRUE(parsed.items.empty());
  ASSERT_EQ(parsed.refused.size(), 1U);
}

// ---- what it costs

TEST_F(XTest, EachPostAndUserOfAnAnswerIsCounted) {
  const std::string includes =
      str_cat(kUsers.substr(0, kUsers.size() - 1), R"(,{"id":"43","username":"h","name":"H"}],"tweets":[)",
              post("7", "x"), ",", post("7", "x"), ",", post("11", "y"), "]");
  const Parsed parsed = parse(answer(page(str_cat(post("12", "a"), ",", post("11", "y")), includes), kStand));
  EXPECT_DOUBLE_EQ(parsed.cost_usd, 3 * 0.005 + 2 * 0.010);  // posts 7, 11, 12; users 42, 43
}

TEST_F(XTest, ARereadOfAPlainPostCostsOnePost) {
  EXPECT_DOUBLE_EQ(parse(reread_of("12", str_cat(R"({"data":)", post("12", "a"), "}"))).cost_usd, 0.005);
  // So its author must not be asked for: a user costs twice as much.
  const std::string url = collector_->reread(account_, "12")->url;
  EXPECT_TRUE(url.starts_with("https://api.x.com/2/tweets/12?"));
  EXPECT_EQ(replace_all(url, "referenced_tweets.id.author_id", "").find(",author_id,edit"),
            std::string::npos);
}

TEST_F(XTest, NoRequestCostsMoreThanTheSpecSays) {
  std::string posts;
  std::string users(kUsers.substr(0, kUsers.size() - 1));
  std::string tweets;
  for (int i = 0; i < 50; ++i) {
    const std::string a = str_cat(1000 + i);
    const std::string b = str_cat(2000 + i);
    str_append(&posts, i == 0 ? "" : ",", post(str_cat(5000 + i), "x"));
    str_append(&tweets, i == 0 ? "" : ",", post(a, "x"), ",", post(b, "x"));
    str_append(&users, R"(,{"id":")", a, R"(","username":"a)", i, R"("},{"id":")", b, R"(","username":"b)", i,
               R"("})");
  }
  const Parsed parsed = parse(answer(page(posts, str_cat(users, R"(],"tweets":[)", tweets, "]")), kStand));
  EXPECT_EQ(parsed.items.size(), 50U);
  EXPECT_NEAR(parsed.cost_usd, x_spec().most_cost_usd, 1e-9);
}

TEST_F(XTest, FailuresCostNothing) {
  const std::string gone = errors(problem("Not Found Error", "resource-not-found", "tweet", "12"));
  EXPECT_EQ(parse(reread_of("12", gone)).cost_usd, 0);
}

TEST_F(XTest, TheSpecDeclaresItsMonthlyLimit) {
  const CollectorSpec& spec = x_spec();
  const auto field = std::find_if(spec.fields.begin(), spec.fields.end(),
                                  [](const ConfigField& one) { return one.name == "monthly_usd"; });
  ASSERT_NE(field, spec.fields.end());
  EXPECT_EQ(field->kind, FieldKind::kAmount);
  EXPECT_EQ(field->default_value, "10");
  EXPECT_GT(spec.most_cost_usd, 0);
  EXPECT_TRUE(spec.budget.by_app);
  EXPECT_NE(spec.limits.find("3,200"), std::string_view::npos);
}

// ---- text

TEST_F(XTest, EntitiesCountCodePointsNotUtf16OrBytes) {
  // Before the link stand 5 code points that are 9 UTF-16 units and 19 bytes.
  const Item item = only_item(post(
      "12", "🇺🇦👩‍🚒 Voir https://t.co/abc #été",
      R"(,"entities":{"urls":[{"start":11,"end":27,"url":"https://t.co/abc","expanded_url":"https://portvent.example/a"}],"hashtags":[{"start":28,"end":32,"tag":"été"}]})"));
  EXPECT_EQ(item.text(), "🇺🇦👩‍🚒 Voir https://portvent.example/a #été");
  ASSERT_EQ(item.facets_size(), 2);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), item.facets(0).end() - item.facets(0).begin()),
            "https://portvent.example/a");
  EXPECT_EQ(item.text().substr(item.facets(1).begin()), "#été");
  EXPECT_EQ(item.facets(1).target(), "été");
  ASSERT_EQ(item.tags_size(), 1);
}

TEST_F(XTest, OffsetsReferToTheEscapedText) {
  const Item item = only_item(post("12", "1 &lt; 2 &amp;&amp; @ville &gt; x",
                                   R"(,"entities":{"mentions":[{"start":20,"end":26,"username":"Ville"}]})"));
  EXPECT_EQ(item.text(), "1 < 2 && @ville > x");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.text().substr(item.facets(0).begin(), 6), "@ville");
  EXPECT_EQ(item.facets(0).target(), "https://x.com/Ville");
}

TEST(XText, OnlyThreeEscapesAndOnlyOnce) {
  EXPECT_EQ(x_unescape("&amp;lt; &quot; &#39; & &amp &gt;&lt;"), "&lt; &quot; &#39; & &amp ><");
}

TEST_F(XTest, AnEntityThatDoesNotStandThereIsNotBelieved) {
  const Item item = only_item(post(
      "12", "Voir https://t.co/abc",
      R"(,"entities":{"urls":[{"start":4,"end":21,"url":"https://t.co/abc","expanded_url":"https://evil.example/"},{"start":5,"end":2100,"url":"https://t.co/abc"},{"start":-1,"end":3,"url":"x"}],"hashtags":[{"start":0,"end":4,"tag":"oir"}],"mentions":[{"start":3,"end":3,"username":"a"}]})"));
  EXPECT_EQ(item.text(), "Voir https://t.co/abc");
  EXPECT_EQ(item.facets_size(), 0);
}

TEST_F(XTest, LongTextStandsInNoteTweet) {
  const Item item = only_item(post(
      "12", "Le début… https://t.co/abc",
      R"(,"note_tweet":{"text":"Le début &amp; la fin #été","entities":{"hashtags":[{"start":22,"end":26,"tag":"été"}]}},"entities":{"urls":[{"start":10,"end":26,"url":"https://t.co/abc","expanded_url":"https://x.com/i/web/status/12"}]})"));
  EXPECT_EQ(item.text(), "Le début & la fin #été");
  ASSERT_EQ(item.facets_size(), 1);
  EXPECT_EQ(item.facets(0).target(), "été");
}

TEST_F(XTest, TheLinkToItsOwnPicturesIsNotText) {
  const std::string urls =
      R"(,"entities":{"urls":[{"start":5,"end":21,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"},{"start":5,"end":21,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"}]})";
  EXPECT_EQ(only_item(post("12", "Voilà https://t.co/abc",
                           str_cat(R"(,"attachments":{"media_keys":["3_1"]})",
                                   replace_all(urls, "\"start\":5,\"end\":21", "\"start\":6,\"end\":22"))))
                .text(),
            "Voilà");
  // Another's picture, pasted: it is what the author wrote.
  EXPECT_EQ(only_item(post("12", "Voir https://t.co/abc", urls)).text(),
            "Voir https://x.com/ravenel/status/12/photo/1");
}

TEST_F(XTest, LinksInTheMiddleStay) {
  const Item item = only_item(post(
      "12", "https://t.co/abc la suite",
      R"(,"attachments":{"media_keys":["3_1"]},"entities":{"urls":[{"start":0,"end":16,"url":"https://t.co/abc","expanded_url":"https://x.com/ravenel/status/12/photo/1"}]})"));
  EXPECT_EQ(item.text(), "https://x.com/ravenel/status/12/photo/1 la suite");
}

TEST_F(XTest, CodesForNoLanguageAreNone) {
  for (const char* none : {"und", "zxx", "qme", "qht", "qam", "qst", "qct", "art", ""}) {
    EXPECT_EQ(only_item(post("12", "a", str_cat(R"(,"lang":")", none, "\""))).declared_language(), "")
        << none;
  }
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"uk")")).declared_language(), "uk");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"iw")")).declared_language(), "he");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"in")")).declared_language(), "id");
  EXPECT_EQ(only_item(post("12", "a", R"(,"lang":"zh-Hant")")).declared_language(), "zh-Hant");
}

// ---- pictures

TEST_F(XTest, PicturesAreJoinedByTheirKeysAndKeepTheirOrder) {
  const Item item = only_item(
      post("12", "a", R"(,"attachments":{"media_keys":["3_2","3_1","3_9"]})"),
      str_cat(
          kUsers,
          R"(,"media":[{"media_key":"3_1","type":"photo","url":"https://p.example/1.jpg","width":10,"height":20},{"media_key":"3_2","type":"photo","url":"https://p.example/2.jpg","alt_text":"Un rail"},{"media_key":"3_3","type":"photo","url":"https://p.example/3.jpg"}])"));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).url(), "https://p.example/2.jpg");
  EXPECT_EQ(item.media(0).alt_text(), "Un rail");
  EXPECT_EQ(item.media(1).native_id(), "3_1");
  EXPECT_EQ(item.media(1).height(), 20U);
  EXPECT_EQ(item.text(), "a");
}

TEST_F(XTest, AVideoHasNoUrlButVariants) {
  const auto video = [&](std::string_view more) {
    return only_item(
               post("12", "a", R"(,"attachments":{"media_keys":["7_1"]})"),
               str_cat(
                   kUsers,
                   R"(,"media":[{"media_key":"7_1","type":"video","preview_image_url":"https://p.example/t.jpg")",
                   more, "}]"))
        .media(0);
  };
  const Media best = video(
      R"(,"variants":[{"content_type":"application/x-mpegURL","url":"https://v.example/a.m3u8"},{"bit_rate":9,"content_type":"video/mp4","url":"https://v.example/9.mp4"},{"bit_rate":10,"content_type":"video/mp4","url":"https://v.example/10.mp4"},{"bit_rate":8,"content_type":"video/mp4","url":"https://v.example/8.mp4"}])");
  EXPECT_EQ(best.kind(), VIDEO);
  EXPECT_EQ(best.url(), "https://v.example/10.mp4");
  EXPECT_EQ(best.mime_type(), "video/mp4");
  EXPECT_EQ(best.preview_url(), "https://p.example/t.jpg");
  EXPECT_EQ(
      video(R"(,"variants":[{"content_type":"application/x-mpegURL","url":"https://v.example/a.m3u8"}])")
          .url(),
      "https://v.example/a.m3u8");
  EXPECT_EQ(video("").url(), "");
  EXPECT_EQ(video("").preview_url(), "https://p.example/t.jpg");
}

// ---- other posts

constexpr std::string_view kOriginal =
    R"("tweets":[{"id":"7","text":"Le texte entier &lt;3","author_id":"43","created_at":"2022-04-14T07:00:00.000Z","edit_history_tweet_ids":["6","7"]}])";
constexpr std::string_view kBoth =
    R"("users":[{"id":"42","username":"ravenel","name":"Amélie Ravenel"},{"id":"43","username":"halenko","name":"Місто"}])";

TEST_F(XTest, ARetweetsOwnTextIsCutSoTheOriginalsIsTaken) {
  const Item item = only_item(
      post("12", "RT @halenko: Le texte ent…", R"(,"referenced_tweets":[{"type":"retweeted","id":"7"}])"),
      str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.native_id(), "12");
  EXPECT_EQ(item.author().handle(), "ravenel");
  EXPECT_EQ(item.repost_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.repost_of().item_id(), "x:6");  // the first of its versions
  EXPECT_EQ(item.repost_of().url(), "https://x.com/halenko/status/7");
  EXPECT_EQ(item.repost_of().author().name(), "Місто");
}

TEST_F(XTest, ARetweetWithoutItsOriginalSaysWhatItCan) {
  const Item item = only_item(post("12", "RT @halenko: Le texte &amp; ent…",
                                   R"(,"referenced_tweets":[{"type":"retweeted","id":"7"}])"));
  EXPECT_EQ(item.text(), "");
  EXPECT_EQ(item.repost_of().item_id(), "x:7");
  EXPECT_EQ(item.repost_of().author().handle(), "halenko");
  EXPECT_EQ(item.repost_of().text(), "Le texte & ent…");
}

TEST_F(XTest, AQuoteHasItsOwnTextAndTheQuotedOnes) {
  const std::string quoting = post(
      "12", "Bravo https://t.co/abc",
      R"(,"referenced_tweets":[{"type":"quoted","id":"7"}],"entities":{"urls":[{"start":6,"end":22,"url":"https://t.co/abc","expanded_url":"https://twitter.com/halenko/status/7"}]})");
  const Item item = only_item(quoting, str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.text(), "Bravo");
  EXPECT_EQ(item.facets_size(), 0);
  EXPECT_EQ(item.quote_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.quote_of().item_id(), "x:6");
  EXPECT_FALSE(item.has_repost_of());
  EXPECT_EQ(only_item(quoting).quote_of().url(), "https://twitter.com/halenko/status/7");
}

TEST_F(XTest, AQuoteOfAnOlderVersionFindsTheNewest) {
  const Item item = only_item(post("12", "Bravo", R"(,"referenced_tweets":[{"type":"quoted","id":"6"}])"),
                              str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.quote_of().text(), "Le texte entier <3");
  EXPECT_EQ(item.quote_of().item_id(), "x:6");
}

TEST_F(XTest, RepliesNameTheirParent) {
  const Item item = only_item(post("12", "Oui", R"(,"referenced_tweets":[{"type":"replied_to","id":"7"}])"),
                              str_cat(kBoth, ",", kOriginal));
  EXPECT_EQ(item.reply_to().item_id(), "x:6");
  EXPECT_EQ(item.reply_to().author().handle(), "halenko");
  const Item thread = only_item(post(
      "12", "2/2", R"(,"in_reply_to_user_id":"42","referenced_tweets":[{"type":"replied_to","id":"11"}])"));
  EXPECT_EQ(thread.reply_to().item_id(), "x:11");
  EXPECT_EQ(thread.reply_to().author().handle(), "ravenel");
  EXPECT_EQ(thread.reply_to().url(), "https://x.com/ravenel/status/11");
}

// ---- edits and deletions

constexpr std::string_view kFirst = "1514513787909046273";   // 2022-04-14T08:00:00Z
constexpr std::string_view kSecond = "1514515549516726274";  // seven minutes later

TEST_F(XTest, AnEditIsANewIdOfTheSamePost) {
  const Item item = only_item(post(kSecond, "b",
                                   str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond,
                                           R"("],"created_at":"2022-04-14T08:07:00.000Z")")));
  EXPECT_EQ(item.id(), str_cat("x:", kFirst));
  EXPECT_EQ(item.url(), str_cat("https://x.com/ravenel/status/", kSecond));
  EXPECT_EQ(to_time(item.created_at()), *x_id_time(kFirst));
  EXPECT_EQ(format_rfc3339(to_time(item.edited_at())), "2022-04-14T08:07:00Z");
  EXPECT_FALSE(only_item(post(kFirst, "a", str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, "\"]")))
                   .has_edited_at());
}

TEST_F(XTest, OfTwoVersionsOnAPageTheNewerIsTaken) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  for (const bool newest_first : {true, false}) {
    const std::string a = post(kFirst, "old", history);
    const std::string b = post(kSecond, "new", history);
    const Item item = only_item(newest_first ? str_cat(b, ",", a) : str_cat(a, ",", b));
    EXPECT_EQ(item.text(), "new") << newest_first;
  }
}

TEST_F(XTest, ARereadFindsTheNewestVersionOrNone) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  const std::string old_post = post(kFirst, "old", history);
  const std::string new_post = post(kSecond, "new", history);
  EXPECT_NE(collector_->reread(account_, kFirst)->url.find("edit_history_tweet_ids"), std::string::npos);
  EXPECT_EQ(parse(reread_of(kFirst, str_cat(R"({"data":)", new_post, "}"))).items.at(0).text(), "new");
  const Parsed by_old = parse(reread_of(kFirst, str_cat(R"({"data":)", old_post, R"(,"includes":{"tweets":[)",
                                                        old_post, ",", new_post, "]}}")));
  ASSERT_EQ(by_old.items.size(), 1U);
  EXPECT_EQ(by_old.items[0].text(), "new");
  EXPECT_EQ(by_old.items[0].author().name(), "Amélie Ravenel");  // from the cursor
  const Parsed missing = parse(reread_of(kFirst, str_cat(R"({"data":)", old_post, "}")));
  EXPECT_TRUE(missing.items.empty());
  ASSERT_EQ(missing.refused.size(), 1U);
  EXPECT_NE(missing.refused[0].reason().find("newest version"), std::string::npos);
}

TEST_F(XTest, ANewestVersionWithoutItsPicturesIsNotTaken) {
  const std::string history = str_cat(R"(,"edit_history_tweet_ids":[")", kFirst, R"(",")", kSecond, "\"]");
  const Parsed parsed = parse(reread_of(
      kFirst,
      str_cat(R"({"data":)", post(kFirst, "old", history), R"(,"includes":{"tweets":[)",
              post(kSecond, "new", str_cat(history, R"(,"attachments":{"media_keys":["3_1"]})")), "]}}")));
  EXPECT_TRUE(parsed.items.empty());
  EXPECT_EQ(parsed.refused.size(), 1U);
}

TEST_F(XTest, AnotherPostThanAskedForIsNotTaken) {
  EXPECT_TRUE(absl::IsInvalidArgument(
      collector_->parse(account_, reread_of("12", str_cat(R"({"data":)", post("13", "x"), "}"))).status()));
}

TEST_F(XTest, ADeletedPostIsGoneWith200AndWith404) {
  const std::string body = errors(problem("Not Found Error", "resource-not-found", "tweet", "12"));
  for (const int status : {200, 404}) {
    const Parsed parsed = parse(reread_of("12", body, status));
    ASSERT_EQ(parsed.deletions.size(), 1U) << status;
    EXPECT_EQ(parsed.deletions[0].state(), GONE);
    EXPECT_EQ(parsed.deletions[0].item_id(), "x:12");
  }
}

TEST_F(XTest, ProtectedAndSuspendedAreNoDeletionNotEvenUnknown) {
  for (const std::string& said :
       {problem("Authorization Error", "not-authorized-for-resource", "tweet", "12"),
        problem("Forbidden", "resource-not-found", "tweet", "12"),        // suspended
        problem("Not Found Error", "resource-not-found", "user", "12"),   // not of this post
        problem("Not Found Error", "resource-not-found", "tweet", "13"),  // nor this
        problem("Not Found Error", "invalid-request", "tweet", "12")}) {
    const auto parsed = collector_->parse(account_, reread_of("12", errors(said)));
    if (parsed.ok()) {
      EXPECT_TRUE(parsed->deletions.empty()) << said;
      EXPECT_TRUE(parsed->items.empty()) << said;
    }
  }
  for (const int status : {401, 403, 429, 500}) {
    const auto parsed = collector_->parse(
        account_,
        reread_of("12", errors(problem("Not Found Error", "resource-not-found", "tweet", "12")), status));
    EXPECT_TRUE(!parsed.ok() || parsed->deletions.empty()) << status;
  }
  for (const int status : {200, 403, 404, 503}) {
    EXPECT_TRUE(
        absl::IsUnavailable(collector_->parse(account_, reread_of("12", "<html>", status)).status()) ||
        status == 403)
        << status;
  }
}

// ---- errors and limits

TEST_F(XTest, PartialErrorsComeWith200) {
  const std::string body = str_cat(R"({"data":[)", post("12", "a"), R"(],"errors":[)",
                                   problem("Not Found Error", "resource-not-found", "tweet", "7"),
                                   R"(],"meta":{"result_count":1}})");
  const Parsed parsed = parse(answer(body, kStand));
  EXPECT_EQ(parsed.items.size(), 1U);
  EXPECT_TRUE(parsed.deletions.empty());
}

TEST_F(XTest, StatusesMeanWhatTheContractSays) {
  EXPECT_TRUE(absl::IsNotFound(
      failure(errors(problem("Not Found Error", "resource-not-found", "user", "ravenel")), 200, "")));
  EXPECT_TRUE(absl::IsPermissionDenied(
      failure(errors(problem("Forbidden", "resource-not-found", "user", "ravenel")), 200, "")));
  EXPECT_TRUE(absl::IsPermissionDenied(
      failure(errors(problem("Authorization Error", "not-authorized-for-resource", "user", "42")), 200)));
  EXPECT_TRUE(absl::IsUnauthenticated(failure(R"({"title":"Unauthorized","status":401})", 401)));
  EXPECT_TRUE(absl::IsPermissionDenied(failure(R"({"title":"Client Forbidden","detail":"x"})", 403)));
  EXPECT_TRUE(absl::IsUnavailable(failure("<html>Over capacity</html>", 503)));
  EXPECT_TRUE(absl::IsUnavailable(failure("<html>", 200)));
  // A path that is not X's is no account that is gone.
  EXPECT_TRUE(absl::IsUnavailable(failure("", 404)));
  EXPECT_TRUE(
      absl::IsUnavailable(failure(R"({"title":"Not Found","type":"about:blank","status":404})", 404)));
  EXPECT_TRUE(absl::IsInvalidArgument(failure(R"({"version":1})", 200)));
  EXPECT_TRUE(absl::IsResourceExhausted(failure("Rate limit exceeded", 429)));
  EXPECT_TRUE(
      absl::IsResourceExhausted(failure(R"({"errors":[{"code":88,"message":"Rate limit exceeded"}]})", 429)));
}

TEST_F(XTest, AUsageCapWaitsForAnOperatorNotForTheReset) {
  Capture capped = answer(
      R"({"title":"UsageCapExceeded","detail":"Usage cap exceeded: Monthly product cap","type":"https://api.twitter.com/2/problems/usage-capped"})",
      kStand, 429);
  add_header(&capped, "x-rate-limit-remaining", "39999");  // as it is: of requests there is plenty
  const absl::Status status = collector_->parse(account_, capped).status();
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_NE(std::string(status.message()).find("UsageCapExceeded"), std::string::npos);
  EXPECT_TRUE(absl::IsPermissionDenied(failure(R"({"title":"CreditsDepleted","detail":"x"})", 402)));
}

class XWait : public testing::Test {
 protected:
  static absl::Duration wait(std::string_view remaining, std::string_view reset) {
    Capture limited = answer("Rate limit exceeded", kStand, 429);
    add_header(&limited, "date", "Thu, 14 Apr 2022 09:00:00 GMT");
    if (!remaining.empty()) add_header(&limited, "x-rate-limit-remaining", remaining);
    if (!reset.empty()) add_header(&limited, "x-rate-limit-reset", reset);
    return x_wait(limited).value_or(absl::ZeroDuration());
  }
};

TEST_F(XWait, UntilTheResetByTheServersOwnClock) {
  EXPECT_EQ(wait("0", "1649927000"), absl::Seconds(200));  // 2022-04-14T09:03:20Z; fetched_at is 09:00:00 too
}

TEST_F(XWait, ADistrustedClockStopsUsForAQuarterOfAnHourAtMost) {
  EXPECT_EQ(wait("0", "1749927000"), absl::Seconds(901));
  EXPECT_EQ(wait("0", "9223372036854775807"), absl::Seconds(901));
  EXPECT_EQ(wait("0", "1649926700"), absl::Seconds(10));
  EXPECT_EQ(wait("0", "-1"), absl::Seconds(10));
}

TEST_F(XWait, WhileRequestsRemainItWasTheLimitOfOneASecond) {
  EXPECT_EQ(wait("897", "1649927000"), absl::Seconds(10));
}

TEST_F(XWait, NothingToldIsNothingKnown) {
  EXPECT_EQ(wait("", ""), absl::ZeroDuration());
  EXPECT_EQ(wait("0", "soon"), absl::ZeroDuration());
}

TEST_F(XTest, ARateLimitAs429InPlainTextIsWaitedForAndNothingMoves) {
  Capture limited = answer("Rate limit exceeded\n", str_cat(kStand, "&since=10"), 429);
  add_header(&limited, "content-type", "text/plain;charset=utf-8");
  add_header(&limited, "x-rate-limit-remaining", "0");
  add_header(&limited, "x-rate-limit-reset", "1649927000");
  const Parsed parsed = parse(limited);
  EXPECT_EQ(parsed.wait, absl::Seconds(200));
  EXPECT_EQ(parsed.next.position(), str_cat(kStand, "&since=10"));
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(parsed.cost_usd, 0);
}

TEST_F(XTest, TheLastRequestOfAWindowIsHeeded) {
  Capture last = answer(page(post("12", "a")), kStand);
  add_header(&last, "x-rate-limit-remaining", "0");
  add_header(&last, "x-rate-limit-reset", "1649927000");
  EXPECT_EQ(parse(last).wait, absl::Seconds(200));
}

TEST_F(XTest, SensitiveAndWithheldAreTold) {
  EXPECT_EQ(only_item(post("12", "a", R"(,"possibly_sensitive":true)")).content_warning(),
            "possibly sensitive");
  EXPECT_EQ(
      only_item(
          post("12", "a",
               R"(,"possibly_sensitive":false,"withheld":{"copyright":true,"country_codes":["DE","FR"]})"))
          .content_warning(),
      "withheld for copyright in DE, FR");
  EXPECT_EQ(only_item(post("12", "a")).content_warning(), "");
}

TEST_F(XTest, MetricsAreEngagement) {
  const Engagement got =
      only_item(
          post(
              "12", "a",
              R"(,"public_metrics":{"retweet_count":1,"reply_count":2,"like_count":3,"quote_count":4,"bookmark_count":9,"impression_count":5})"))
          .engagement();
  EXPECT_EQ(got.reposts(), 1U);
  EXPECT_EQ(got.replies(), 2U);
  EXPECT_EQ(got.likes(), 3U);
  EXPECT_EQ(got.quotes(), 4U);
  EXPECT_EQ(got.views(), 5U);
}

TEST_F(XTest, APostWithoutADateHasOneInItsId) {
  const Parsed parsed = parse(answer(
      page(str_cat(R"({"id":"1212092628029698048","text":"a","author_id":"42"},{"id":"20","text":"b"})")),
      kStand));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(format_rfc3339(to_time(parsed.items[0].created_at())), "2019-12-31T19:26:16Z");
  ASSERT_EQ(parsed.refused.size(), 1U);
}

}  // namespace
}  // namespace copytaster
