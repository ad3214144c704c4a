// The traps of Business Discovery, one test each.
#include <gtest/gtest.h>

#include "collectors/platforms.h"
#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/url.h"
#include "tests/collectors/meta_world.h"

namespace copytaster {
namespace {

constexpr std::string_view kPicture = "https://scontent.example/v/1_n.jpg?oh=1&oe=6256363E";

std::string post(int number, std::string_view more = "", std::string_view when = "2022-04-14T08:00:00+0000") {
  return str_cat(R"({"id":"17)", 900 + number, R"(","media_type":"IMAGE","media_url":")", kPicture,
                 R"(","permalink":"https://www.instagram.com/p/C)", number, R"(/","timestamp":")", when, "\"",
                 more, "}");
}
std::string caption(std::string_view text) { return str_cat(R"(,"caption":")", text, "\""); }
std::string page(std::string_view posts, std::string_view after = "") {
  const std::string paging =
      after.empty() ? ""
                    : str_cat(R"(,"paging":{"cursors":{"after":")", after,
                              R"("},"next":"https://graph.facebook.com/x?access_token=SECRET&after=z"})");
  return str_cat(
      R"({"business_discovery":{"username":"ravenel.portvent","name":"Amélie Ravenel","media":{"data":[)",
      posts, "]", paging, R"(},"id":"17841400000000077"},"id":"17841400000000042"})");
}
// Posts number `first` down to `last`, an hour apart: a greater number is younger.
std::string posts(int first, int last) {
  std::string out;
  for (int i = first; i >= last; --i) {
    str_append(&out, out.empty() ? "" : ",",
               post(i, "", str_cat("2022-04-", i < 10 ? "0" : "", i, "T08:00:00+0000")));
  }
  return out;
}

class InstagramTest : public MetaWorld {
 protected:
  InstagramTest() : MetaWorld(make_instagram(settings()), "https://www.instagram.com/ravenel.portvent/") {}

  static CollectorSettings settings() { return {{"token", "canary-token"}, {"own_id", "17841400000000042"}}; }
  Item only_item(std::string_view one) { return only_item_of(answer(page(one))); }
  // The value of `fields`, decoded.
  std::string fields_for(std::string_view position) {
    const auto url = parse_url(url_for(position));
    if (!url) return url_for(position);
    for (const auto& [name, value] : query_parameters(url->query)) {
      if (name == "fields") return value;
    }
    return "";
  }
};

TEST_F(InstagramTest, RecognisesProfilesAsPeoplePasteThem) {
  for (const char* url :
       {"https://www.instagram.com/ravenel.portvent/", "https://instagram.com/ravenel.portvent",
        "https://m.instagram.com/ravenel.portvent/?hl=fr", "instagram.com/Ravenel.Portvent",
        "https://www.instagram.com/ravenel.portvent?igsh=MWQ1ZGUxMzBkMA==",
        "https://instagr.am/ravenel.portvent", "https://www.instagram.com/_u/ravenel.portvent/",
        "https://www.instagram.com/ravenel.portvent/tagged/",
        "https://www.instagram.com/ravenel.portvent/reels/", "https://www.instagram.com/@ravenel.portvent"}) {
    const auto account = collector_->recognise(url);
    ASSERT_TRUE(account.ok()) << url << account.status();
    EXPECT_EQ(account->id(), "instagram:ravenel.portvent") << url;
  }
}

TEST_F(InstagramTest, PostsReelsStoriesAndExploreAreNoProfiles) {
  for (const char* url :
       {"https://www.instagram.com/p/Cport001/", "https://www.instagram.com/reel/Cport001/",
        "https://www.instagram.com/reels/Cport001/", "https://www.instagram.com/tv/Cport001/",
        "https://www.instagram.com/explore/tags/portvent/", "https://www.instagram.com/explore",
        "https://www.instagram.com/stories/ravenel.portvent/3110/",
        "https://www.instagram.com/accounts/login/", "https://www.instagram.com/",
        "https://www.instagram.com/ravenel.portvent/p/Cport001/",
        "https://www.instagram.com/ravenel.portvent/reel/Cport001/", "https://help.instagram.com/123",
        "https://www.instagram.com/not%20a%20name/", "https://www.instagram.com/ends.with.dot./",
        "https://l.instagram.com/?u=https%3A%2F%2Fx.example"}) {
    const auto account = collector_->recognise(url);
    EXPECT_TRUE(absl::IsInvalidArgument(account.status())) << url << account.status();
    EXPECT_TRUE(says(account.status(), "https://www.instagram.com/")) << url;
  }
  EXPECT_TRUE(says(collector_->recognise("https://www.instagram.com/ravenel.portvent/p/Cport001/").status(),
                   "write https://www.instagram.com/ravenel.portvent/"));
  EXPECT_TRUE(absl::IsNotFound(collector_->recognise("https://notinstagram.com/ravenel").status()));
}

TEST_F(InstagramTest, AsksForBusinessDiscovery) {
  const auto request = collector_->request(account_, {});
  ASSERT_TRUE(request.ok()) << request.status();
  EXPECT_TRUE(request->url.starts_with("https://graph.facebook.com/v25.0/17841400000000042?fields="));
  EXPECT_EQ(
      fields_for(""),
      "business_discovery.username(ravenel.portvent){id,username,name,biography,media_count,"
      "media.limit(25){id,caption,media_type,media_product_type,media_url,thumbnail_url,permalink,timestamp,"
      "like_count,comments_count,alt_text,children{id,media_type,media_url,alt_text}}}");
}

TEST_F(InstagramTest, WithoutTheNewsroomsOwnIdItSaysSo) {
  for (const char* own_id : {"", "portvent", "1/../2"}) {
    const auto request =
        make_instagram({{"token", "canary-token"}, {"own_id", own_id}})->request(account_, {});
    EXPECT_TRUE(absl::IsFailedPrecondition(request.status())) << request.status();
    EXPECT_TRUE(says(request.status(), "own_id"));
  }
}

TEST_F(InstagramTest, TheTokenIsNeverInAUrl) {
  CollectorSettings with_proof = settings();
  with_proof["app_secret"] = "canary-secret";
  const auto collector = make_instagram(with_proof);
  expect_token_in_header_only(*collector, {"", "after=A&pages=1", "plain=1"});
  const std::string url = url_for(*collector, account_, "");
  EXPECT_NE(url.find("&appsecret_proof="), std::string::npos);
  EXPECT_TRUE(without_secrets(url).ends_with("appsecret_proof=…")) << without_secrets(url);
}

TEST_F(InstagramTest, PagesByMediaAfter) {
  const Parsed first = parse(answer(page(posts(14, 8), "QVFI+/=_-")));
  EXPECT_TRUE(first.more);
  EXPECT_NE(fields_for(first.next.position()).find(",media.after(QVFI+/=_-).limit(25){"), std::string::npos)
      << fields_for(first.next.position());
}

TEST_F(InstagramTest, OnlyCursorsAfterIsKeptOfPaging) {
  const Parsed parsed = parse(answer(page(post(1), "QVFI")));
  EXPECT_EQ(parsed.next.position().find("SECRET"), std::string::npos);
  EXPECT_EQ(parsed.next.position().find("access_token"), std::string::npos);
}

TEST_F(InstagramTest, ACursorCannotLeaveItsBrackets) {
  const Parsed parsed = parse(answer(page(post(1), "A).limit(9){id},x(")));
  EXPECT_FALSE(parsed.more);
  EXPECT_EQ(fields_for("after=A%29%7Bid%7D&pages=1"), fields_for(""));
}

TEST_F(InstagramTest, TheSamePlaceAgainLeadsNowhere) {
  const Parsed parsed = parse(answer(page(post(1), "QVFI"), "after=QVFI&pages=1"));
  EXPECT_FALSE(parsed.more);
  EXPECT_FALSE(parse(answer(page("", "QVFJ"), "after=QVFI")).more) << "nor does a page without posts";
}

TEST_F(InstagramTest, WithoutSinceAPollStopsAtThreeKnownInARow) {
  const Parsed first = parse(answer(page(posts(14, 8))));
  EXPECT_EQ(first.items.size(), 7U);
  const std::string known = first.next.position();
  const Parsed again = parse(answer(page(posts(16, 9), "QVFI"), known));
  ASSERT_EQ(again.items.size(), 2U);
  EXPECT_EQ(again.items[0].native_id(), "17915");
  EXPECT_EQ(again.items[1].native_id(), "17916");
  EXPECT_FALSE(again.more);
  EXPECT_TRUE(parse(answer(page(posts(25, 13), "QVFI"), known)).more) << "two known do not tell";
}

TEST_F(InstagramTest, PinnedPostsMayComeFirst) {
  const std::string known = parse(answer(page(posts(14, 1)))).next.position();
  // Three old ones are pinned before eight new ones.
  const std::string pinned = str_cat(posts(3, 1), ",", posts(25, 18));
  const Parsed poll = parse(answer(page(pinned, "QVFI"), known));
  EXPECT_EQ(poll.items.size(), 8U);
  EXPECT_TRUE(poll.more) << "the three pinned ones are no end";
  const Parsed next = parse(answer(page(posts(17, 12), "QVFJ"), poll.next.position()));
  EXPECT_EQ(next.items.size(), 3U);
  EXPECT_FALSE(next.more);
  const Parsed only_pinned = parse(answer(page(posts(3, 1), "QVFI"), known));
  EXPECT_TRUE(only_pinned.more) << "a page of three may be the pinned ones";
}

TEST_F(InstagramTest, APageOlderThanAllWeKnowIsTheEnd) {
  const std::string known = parse(answer(page(posts(25, 20)))).next.position();
  EXPECT_FALSE(parse(answer(page(posts(12, 8), "QVFI"), known)).more);
}

TEST_F(InstagramTest, AnEditedCaptionIsHandedOnAgain) {
  const std::string known = parse(answer(page(post(1, caption("Le pont ouvre lundi."))))).next.position();
  EXPECT_TRUE(parse(answer(page(post(1, caption("Le pont ouvre lundi."))), known)).items.empty());
  EXPECT_TRUE(
      parse(answer(page(post(1, str_cat(caption("Le pont ouvre lundi."), R"(,"like_count":9)"))), known))
          .items.empty())
      << "likes are no edit";
  const Parsed edited = parse(answer(page(post(1, caption("Le pont ouvre mardi."))), known));
  ASSERT_EQ(edited.items.size(), 1U);
  EXPECT_EQ(edited.items[0].text(), "Le pont ouvre mardi.");
  EXPECT_FALSE(edited.items[0].has_edited_at()) << "Instagram tells no time of an edit";
}

TEST_F(InstagramTest, AltTextIsAskedForAndDroppedOnError100) {
  EXPECT_NE(fields_for("").find("alt_text"), std::string::npos);
  const std::string refused =
      R"json({"error":{"message":"(#100) Tried accessing nonexisting field (alt_text) on node type (IGMedia)","code":100}})json";
  const Parsed parsed = parse(answer(refused, "top=1649923200&known=0123456789abcdef", 400));
  EXPECT_TRUE(parsed.more) << "it goes on at once";
  EXPECT_TRUE(parsed.items.empty());
  const std::string fields = fields_for(parsed.next.position());
  EXPECT_EQ(fields.find("alt_text"), std::string::npos) << fields;
  EXPECT_NE(fields.find("children{id,media_type,media_url}"), std::string::npos) << fields;
  const Parsed page_without = parse(answer(page(post(1)), parsed.next.position()));
  EXPECT_EQ(fields_for(page_without.next.position()).find("alt_text"), std::string::npos) << "and remembers";
  EXPECT_TRUE(absl::IsInvalidArgument(collector_->parse(account_, answer(refused, "plain=1", 400)).status()))
      << "once";
}

TEST_F(InstagramTest, TextIsThePlainCaption) {
  const Item item = only_item(post(
      1, caption(R"(Дякуємо @ville.de.lindau. 🇺🇦\nMairie@portvent.example &amp; <b> #Київ_2030 ، @\u0645)")));
  EXPECT_EQ(item.text(), "Дякуємо @ville.de.lindau. 🇺🇦\nMairie@portvent.example &amp; <b> #Київ_2030 ، @م");
  ASSERT_EQ(item.facets_size(), 2);
  const auto span = [&](int i) {
    return item.text().substr(item.facets(i).begin(), item.facets(i).end() - item.facets(i).begin());
  };
  EXPECT_EQ(span(0), "@ville.de.lindau");
  EXPECT_EQ(item.facets(0).kind(), Facet::MENTION);
  EXPECT_EQ(item.facets(0).target(), "https://www.instagram.com/ville.de.lindau");
  EXPECT_EQ(span(1), "#Київ_2030");
  ASSERT_EQ(item.tags_size(), 1);
  EXPECT_EQ(item.tags(0), "Київ_2030");
}

TEST_F(InstagramTest, CaptionMayBeAbsent) { EXPECT_EQ(only_item(post(1)).text(), ""); }

TEST_F(InstagramTest, TimesHaveZonesWithoutColon) {
  EXPECT_EQ(only_item(post(1, "", "2022-04-14T10:00:00+0200")).created_at().seconds(), 1649923200);
}

TEST_F(InstagramTest, SignedAddressesDoNotChangeTheHash) {
  const Item one = only_item(post(1, caption("Bonjour")));
  const Item two =
      only_item(replace_all(post(1, caption("Bonjour")), "1_n.jpg?oh=1&oe=6256363E", "2_n.jpg?oh=2&oe=7"));
  EXPECT_NE(one.media(0).url(), two.media(0).url());
  EXPECT_EQ(one.content_hash(), two.content_hash());
}

TEST_F(InstagramTest, AnAlbumIsItsChildrenWithoutPermalinks) {
  const Item item = only_item(replace_all(
      post(
          1,
          str_cat(
              R"(,"children":{"data":[{"id":"31","media_type":"IMAGE","media_url":")", kPicture,
              R"(","alt_text":"Le phare."},{"id":"32","media_type":"VIDEO","media_url":"https://v.example/2.mp4"}]})")),
      R"("media_type":"IMAGE","media_url":"https://scontent)",
      R"("media_type":"CAROUSEL_ALBUM","media_url":"https://scontent)"));
  ASSERT_EQ(item.media_size(), 2);
  EXPECT_EQ(item.media(0).native_id(), "31");
  EXPECT_EQ(item.media(0).alt_text(), "Le phare.");
  EXPECT_EQ(item.media(1).kind(), VIDEO);
  EXPECT_EQ(item.media(1).url(), "https://v.example/2.mp4");
  EXPECT_EQ(item.url(), "https://www.instagram.com/p/C1/");
}

TEST_F(InstagramTest, MediaUrlIsLeftOutOfProtectedVideos) {
  const Item item = only_item(
      R"({"id":"17950","media_type":"VIDEO","media_product_type":"REELS","thumbnail_url":"https://s.example/t.jpg","caption":"La fanfare","permalink":"https://www.instagram.com/reel/C5/","timestamp":"2022-04-14T08:00:00+0000"})");
  EXPECT_EQ(item.text(), "La fanfare") << "the post is kept";
  ASSERT_EQ(item.media_size(), 1);
  EXPECT_EQ(item.media(0).url(), "");
  EXPECT_EQ(item.media(0).preview_url(), "https://s.example/t.jpg");
  EXPECT_NE(item.media(0).problem().find("does not hand out this video"), std::string::npos);
}

TEST_F(InstagramTest, WhatIsNoBusinessAccountIsNotDeleted) {
  const auto not_shown = error(110, 2207013, 400, "Invalid user id");
  EXPECT_TRUE(absl::IsPermissionDenied(not_shown)) << not_shown;
  EXPECT_TRUE(says(not_shown, "only Business and Creator accounts without an age limit"));
  EXPECT_TRUE(says(not_shown, "Invalid user id"));
  const auto nothing = collector_->parse(account_, answer(R"({"id":"17841400000000042"})"));
  EXPECT_TRUE(absl::IsPermissionDenied(nothing.status())) << nothing.status();
}

TEST_F(InstagramTest, AgeGatedAccountsGiveNothing) {
  const std::string gated =
      R"({"business_discovery":{"username":"ravenel.portvent","media_count":7,"id":"1"},"id":"2"})";
  const auto status = collector_->parse(account_, answer(gated)).status();
  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_TRUE(says(status, "tells of 7 posts but shows none"));
  EXPECT_FALSE(parse(answer(gated, "after=QVFI&pages=1&newtop=1649923200")).more) << "behind the last page";
  EXPECT_TRUE(parse(answer(replace_all(gated, ":7", ":0"))).items.empty()) << "one that never posted";
}

TEST_F(InstagramTest, APostCannotBeAskedForAgain) {
  EXPECT_TRUE(absl::IsUnimplemented(collector_->reread(account_, "17901").status()));
}

TEST_F(InstagramTest, RateLimitsAreWaitedFor) {
  expect_rate_limits({4, 17, 32, 613, 80001, 80002});
  const auto wait = [&](std::string_view name, std::string_view value) {
    Capture capture = answer(R"({"error":{"message":"x","code":80002}})", "top=1649923200", 400);
    Header* header = capture.add_headers();
    header->set_name(std::string(name));
    header->set_value(std::string(value));
    const Parsed parsed = parse(capture);
    EXPECT_EQ(parsed.next.position(), "top=1649923200") << "the place is kept";
    return parsed.wait;
  };
  EXPECT_EQ(
      wait(
          "x-business-use-case-usage",
          R"({"17841400000000042":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":22}]})"),
      absl::Minutes(22));
  EXPECT_EQ(wait("x-app-usage", R"({"call_count":100,"total_time":2,"total_cputime":1})"), absl::Hours(1));
}

TEST_F(InstagramTest, UsageFrom80PercentMakesUsWaitAlsoWithPosts) {
  Capture capture = answer(page(post(1)));
  add_header(
      &capture, "x-business-use-case-usage",
      R"({"17841400000000042":[{"type":"pages","call_count":12},{"type":"instagram","call_count":3,"total_time":91}]})");
  EXPECT_EQ(parse(capture).items.size(), 1U);
  EXPECT_EQ(parse(capture).wait, absl::Minutes(20));
  EXPECT_EQ(collector_->spec().budget.requests, 0) << "only the headers tell";
  EXPECT_EQ(collector_->spec().token_life, absl::Hours(60 * 24));
}

TEST_F(InstagramTest, HiddenLikesAreNotTold) {
  EXPECT_EQ(only_item(post(1)).engagement().likes(), 0U);
  EXPECT_EQ(only_item(post(1, R"(,"like_count":7,"comments_count":2)")).engagement().likes(), 7U);
  EXPECT_EQ(only_item(post(1, R"(,"like_count":7,"comments_count":2)")).engagement().replies(), 2U);
}

TEST_F(InstagramTest, ReduceTheAmountOfDataHalvesTheLimit) {
  const Parsed parsed = parse(answer(kTooMuch, "top=1649923200&known=0123456789abcdef", 500));
  EXPECT_TRUE(parsed.more);
  EXPECT_NE(fields_for(parsed.next.position()).find("media.limit(12){"), std::string::npos);
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer(kTooMuch, "limit=1", 500)).status()));
}

TEST_F(InstagramTest, ErrorsSayWhatToDo) {
  EXPECT_TRUE(absl::IsUnauthenticated(error(190, 463)));
  EXPECT_TRUE(says(error(10, 0, 403), "instagram_manage_insights"));
  EXPECT_TRUE(absl::IsPermissionDenied(error(10, 0, 403)));
  EXPECT_TRUE(says(error(100, 33), "own_id"));
  EXPECT_TRUE(absl::IsPermissionDenied(error(100, 33))) << "never a deletion";
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 502)).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>Log in</html>")).status()));
  EXPECT_TRUE(absl::IsUnavailable(collector_->parse(account_, answer("<html>", "", 404)).status()));
}

}  // namespace
}  // namespace copytaster
