// Asking X: addresses, the cursor, paging, what it costs. The traps of its API, one test each.
#include <gtest/gtest.h>

#include <algorithm>

#include "collectors/catalog.h"
#include "collectors/x_syntax.h"
#include "core/time.h"
#include "tests/collectors/x_world.h"

namespace copytaster {
namespace {

using namespace x_world;  // NOLINT: what it has is for these tests

class XTest : public XWorld {};

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

TEST_F(XTest, OfADamagedCursorNothingUnknownIsHandedOn) {
  const Parsed parsed = parse(answer(page(post("12", "a"), ""), "%ff=1&id=42&name=%ff%fe&since=10"));
  ASSERT_EQ(parsed.items.size(), 1U);
  EXPECT_EQ(stand(parsed, "since"), "12");
  EXPECT_TRUE(Cursor().ParseFromString(parsed.next.SerializeAsString()));
  EXPECT_TRUE(Item().ParseFromString(parsed.items[0].SerializeAsString()));
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

// The poller asks nothing that could cost more than is left: below that, X would be silent for ever.
TEST_F(XTest, ACeilingBelowWhatAPageMayCostIsSaidAndNothingIsAsked) {
  for (const char* ceiling : {"1", "1.75", "0"}) {
    const auto poor = make_x({{"token", "canary-token"}, {"monthly_usd", ceiling}});
    for (const absl::Status& status :
         {poor->request(account_, Cursor()).status(), poor->reread(account_, "12").status()}) {
      EXPECT_TRUE(absl::IsFailedPrecondition(status)) << ceiling << ": " << status;
    }
  }
  EXPECT_EQ(
      make_x({{"token", "canary-token"}, {"monthly_usd", "1"}})
          ->request(account_, Cursor())
          .status()
          .message(),
      "[collector.x] monthly_usd: the ceiling of 1.00 USD is below what one page may cost (1.76 USD), so X "
      "is not asked; raise monthly_usd to 1.76 or more, or leave its accounts out");
  const auto enough = make_x({{"token", "canary-token"}, {"monthly_usd", "1.76"}});
  EXPECT_TRUE(enough->request(account_, Cursor()).ok());
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

}  // namespace
}  // namespace copytaster
